"""Dates that a sentence names, as exact as it names them, worked out against the letter's own date."""

import datetime
import re
from collections.abc import Iterator, Sequence

from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.language.memory import per_sentence
from kamerbrief.language.moments import find_moments

_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
# A year by itself is a date after these words, or with a part of the year before it. In brackets, as "2022-2027" in the
# name of a plan, or after "t/m" it is none.
_OF_YEAR = re.compile(
    rf"\b(?:in|sinds|vanaf|voor|tot|per|eind|begin|medio|uiterlijk in|uiterlijk|na|rond|richting|van|voorjaar|"
    rf"najaar|zomer|"
    rf"winter|herfst|lente|jaar|kwartaal(?: van)?|helft van|loop van|start van|einde van|begin van) {_YEAR}(?![-–/]\d)",
    re.IGNORECASE,
)
_QUARTER = re.compile(r"(?P<which>eerste|tweede|derde|vierde|Q[1-4]) kwartaal (?:van )?$", re.IGNORECASE)
_HALF = re.compile(r"\b(?P<which>eerste|tweede) (?:jaar)?helft van $", re.IGNORECASE)
_FIRST_MONTH = {"eerste": 1, "tweede": 4, "derde": 7, "vierde": 10, "q1": 1, "q2": 4, "q3": 7, "q4": 10}
_PART_OF_YEAR = re.compile(
    r"\b(?:dit|komend|aankomend|afgelopen|het) (?:voorjaar|najaar|zomer|winter)\b(?! (?:van )?\d{4})|"
    r"\b(?:komende|afgelopen|deze) "
    r"(?:zomer|winter)\b|\b(?:voor|na) de zomer\b|\b(?:eind|later|in de loop van|in de tweede helft van) dit jaar\b",
    re.IGNORECASE,
)
_BRACKETED = re.compile(rf"\({_YEAR}[-–](?:19|20)\d\d\)")
_RANGE = re.compile(r"\s?(?:tot(?: en met)?|t/m|[-–]|en)\s(?:\w+ )?(?:in |en met )?$|[-–]$", re.IGNORECASE)
_NO_DAYS = frozenset(("vandaag", "gisteren", "morgen", "today", "yesterday", "tomorrow"))
_NEXT_HALF = re.compile(r"\b(?P<which>eerste|tweede) helft van (?P<when>dit|volgend) jaar\b", re.IGNORECASE)


@per_sentence
def dates(text: str, written: datetime.date | None) -> tuple[str, ...]:
    """The dates, in order: "2014-09-10", "2014-09" or "2014"."""
    found: dict[int, tuple[int, str]] = {}
    for one in find_moments(text, written, lexicon_of(None)):
        if one.year is not None and text[one.start : one.end].lower() not in _NO_DAYS:
            found[one.start] = (one.end, _iso(one.year, one.month, one.day))
    for match in _NEXT_HALF.finditer(text) if written else ():
        year = (written.year if written else 0) + (match["when"].lower() == "volgend")
        found[match.start()] = (match.end(), _iso(year, 1 if match["which"].lower() == "eerste" else 7, None))
    for match in _OF_YEAR.finditer(text):
        month = _month_before(text[: match.start("year")])
        found.setdefault(match.start("year"), (match.end(), _iso(int(match["year"]), month, None)))
    for match in _PART_OF_YEAR.finditer(text) if written else ():
        found.setdefault(match.start(), (match.end(), str(written.year if written else 0)))
    for match in _BRACKETED.finditer(text):
        found.setdefault(match.start("year"), (match.end(), match["year"]))
    return tuple(_without_ends(text, found))


def coming(found: Sequence[str], written: datetime.date | None) -> str | None:
    """The first of the dates that is not past for a letter of this day."""
    return next((date for date in found if not written or date >= written.isoformat()[: len(date)]), None)


def _without_ends(text: str, found: dict[int, tuple[int, str]]) -> Iterator[str]:
    """The dates that found holds by where they start; of a period its beginning only."""
    end = 0
    for start, (until, date) in sorted(found.items()):
        if start >= end:
            if not (end and _RANGE.match(text[end:start])):
                yield date
            end = until


def _month_before(text: str) -> int | None:
    """The month that a quarter or a half of a year begins with, which a text ends with."""
    if quarter := _QUARTER.search(text):
        return _FIRST_MONTH[quarter["which"].lower()]
    if half := _HALF.search(text):
        return 1 if half["which"].lower() == "eerste" else 7
    return None


def _iso(year: int, month: int | None, day: int | None) -> str:
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part is not None)])
