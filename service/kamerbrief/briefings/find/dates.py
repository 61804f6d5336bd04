"""Dates that a sentence names, as exact as it names them, worked out against the letter's own date."""

import datetime
import re
from collections.abc import Iterator, Sequence

from kamerbrief.briefings.find.shapes import shaped
from kamerbrief.language.lexicon import Lexicon
from kamerbrief.language.memory import per_sentence
from kamerbrief.language.moments import find_moments

_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
# A year by itself is a date after these words, or with a part of the year before it. In brackets, as "2022-2027" in the
# name of a plan, or after "t/m" it is none.
_OF_YEAR = rf"\b<before_year> {_YEAR}(?![-–/]\d)"
_QUARTER = r"(?P<which><quarters>|Q[1-4]) <quarter_of>$"
_HALF = r"\b(?P<which><halves>) <half_of>$"
_NEAR_HALF = r"\b(?P<which><halves>) <half_of>(?P<when><near>) <year>\b"
_BRACKETED = re.compile(rf"\({_YEAR}[-–](?:19|20)\d\d\)")
_RANGE = r"\s?(?:<until>|[-–])\s(?:\w+ )?<until_in>?$|[-–]$"
_QUARTERS, _HALVES = (1, 4, 7, 10), (1, 7)  # the months that they begin with


@per_sentence
def dates(text: str, written: datetime.date | None, lexicon: Lexicon) -> tuple[str, ...]:
    """The dates, in order: "2014-09-10", "2014-09" or "2014"."""
    found: dict[int, tuple[int, str]] = {}
    for one in find_moments(text, written, lexicon):
        if one.year is not None and text[one.start : one.end].lower() not in lexicon.words("briefings.dates.no_days"):
            found[one.start] = (one.end, _iso(one.year, one.month, one.day))
    if written:
        for match in _shaped(lexicon, _NEAR_HALF).finditer(text):
            year = written.year + lexicon.table("dates.years_from")[match["when"].lower()]
            found[match.start()] = (match.end(), _iso(year, _HALVES[_place(lexicon, "halves", match)], None))
    for match in _shaped(lexicon, _OF_YEAR).finditer(text):
        month = _month_before(text[: match.start("year")], lexicon)
        found.setdefault(match.start("year"), (match.end(), _iso(int(match["year"]), month, None)))
    if written:
        for match in lexicon.pattern("briefings.dates.part_of_year").finditer(text):
            found.setdefault(match.start(), (match.end(), str(written.year)))
    for match in _BRACKETED.finditer(text):
        found.setdefault(match.start("year"), (match.end(), match["year"]))
    return tuple(_without_ends(text, found, _shaped(lexicon, _RANGE)))


def coming(found: Sequence[str], written: datetime.date | None) -> str | None:
    """The first of the dates that is not past for a letter of this day."""
    return next((date for date in found if not written or date >= written.isoformat()[: len(date)]), None)


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


def _month_before(text: str, lexicon: Lexicon) -> int | None:
    """The month that a quarter or a half of a year begins with, which a text ends with."""
    if quarter := _shaped(lexicon, _QUARTER).search(text):
        return _QUARTERS[_place(lexicon, "quarters", quarter)]
    if half := _shaped(lexicon, _HALF).search(text):
        return _HALVES[_place(lexicon, "halves", half)]
    return None


def _place(lexicon: Lexicon, name: str, match: re.Match[str]) -> int:
    """Which one of the list was found, from 0; quarters have numbers too ("Q2")."""
    which = match["which"].lower()
    return int(which[1]) - 1 if which[1].isdigit() else lexicon.words(f"briefings.dates.{name}").index(which)


def _iso(year: int, month: int | None, day: int | None) -> str:
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part is not None)])
