"""Dates that a sentence names, as exact as it names them, worked out against the letter's own date."""

import datetime
import re
from collections.abc import Iterator, Sequence

from kamerbrief.briefings.find.shapes import shaped
from kamerbrief.briefings.periods import days_of
from kamerbrief.language.lexicon import Lexicon
from kamerbrief.language.memory import per_sentence
from kamerbrief.language.moments import find_moments

_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
# A year by itself is a date after these words, or with a part of the year before it. In brackets, as "2022-2027" in the
# name of a plan, or after "t/m" it is none.
_OF_YEAR = rf"\b<before_year> {_YEAR}(?![-–/]\d)"
# "Eind Q1 2025", "tweede kwartaal van volgend jaar", "eerste helft van 2025"; not of a school year ("2024-2025").
_PART_OF_YEAR = (
    r"\b(?:(?P<end><end_of>) )?(?:{part})(?: <of_year> | |-)"
    r"(?:(?P<of>(?:19|20)\d\d)(?!\d|[-–/]\d)|(?P<near><near>) <year>\b)"
)
_YEAR_FIRST = r"(?<![\d-])(?P<of>(?:19|20)\d\d)[- ](?:{part})\b"
_BRACKETED = re.compile(rf"\({_YEAR}[-–](?:19|20)\d\d\)")
_RANGE = r"\s?(?:<until>|[-–])\s(?:\w+ )?<until_in>?$|[-–]$"


@per_sentence
def dates(text: str, written: datetime.date | None, lexicon: Lexicon) -> tuple[str, ...]:
    """The dates, in order: "2014-09-10", "2014-09", "2014-Q3", "2014-Q3-end", "2014-H2" or "2014"."""
    found: dict[int, tuple[int, str]] = {}
    for one in find_moments(text, written, lexicon):
        if one.year is not None and text[one.start : one.end].lower() not in lexicon.words("briefings.dates.no_days"):
            found[one.start] = (one.end, _iso(one.year, one.month, one.day))
    found |= _parts_of_years(text, written, lexicon)
    for match in _shaped(lexicon, _OF_YEAR).finditer(text):
        found.setdefault(match.start("year"), (match.end(), match["year"]))
    if written:
        for match in lexicon.pattern("briefings.dates.part_of_year").finditer(text):
            found.setdefault(match.start(), (match.end(), str(written.year)))
    for match in _BRACKETED.finditer(text):
        found.setdefault(match.start("year"), (match.end(), match["year"]))
    return tuple(_without_ends(text, found, _shaped(lexicon, _RANGE)))


def coming(found: Sequence[str], written: datetime.date | None) -> str | None:
    """The first of the dates that is not past for a letter of this day."""
    return next((date for date in found if not written or _last_day(date) >= written), None)


def _last_day(date: str) -> datetime.date:
    days = days_of(date)
    return days[1] if days else datetime.date.max


def _shaped(lexicon: Lexicon, shape: str) -> re.Pattern[str]:
    return shaped(lexicon, "briefings.dates", shape)


def _without_ends(text: str, found: dict[int, tuple[int, str]], between: re.Pattern[str]) -> Iterator[str]:
    """The dates that found holds by where they start; of a period its beginning only, told by what stands between."""
    end = 0
    for start, (until, date) in sorted(found.items()):
        if start >= end:
            if not (end and between.match(text[end:start])):
                yield date
            end = until


def _parts_of_years(text: str, written: datetime.date | None, lexicon: Lexicon) -> dict[int, tuple[int, str]]:
    """The quarters and halves of years by where they start, with where they end."""
    found = {}
    for part in lexicon.table("briefings.dates.parts"):
        spelled = lexicon.any_of(f"briefings.dates.parts.{part}")
        for shape in (_PART_OF_YEAR, _YEAR_FIRST):
            for match in _shaped(lexicon, shape.replace("{part}", spelled)).finditer(text):
                said = match.groupdict()
                if said["of"]:
                    year = int(said["of"])
                elif written:
                    year = written.year + lexicon.table("dates.years_from")[said["near"].lower()]
                else:
                    continue
                found[match.start()] = (match.end(), f"{year}-{part}{'-end' if said.get('end') else ''}")
    return found


def _iso(year: int, month: int | None, day: int | None) -> str:
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part is not None)])
