"""Dates in running text, Dutch and English, however much of them is written: "10 september jl.", "May 2023", "vandaag".

A date that a sentence names is proven by one that says at least as much: "in september" by "10 september 2014", not the
other way round.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kamerbrief.language.dates import MONTHS

_ENGLISH = "january february march april may june july august september october november december"
_MONTHS = {name: number for names in (MONTHS, _ENGLISH.split()) for number, name in enumerate(names, start=1)}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"(?<![\d.,/-])(?:[12]\d|3[01]|0?[1-9])(?:e|ste|de|st|nd|rd|th)?(?![\d%])"
_YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"
_JOIN = r"(?:,? (?:en|and|t/m|tot en met|tot|to|or|of|through|until)(?: the)? |, | ?[-–] ?)"
_DATE = re.compile(
    rf"(?P<iso>(?<!\d)[12]\d{{3}}-[01]\d-[0-3]\d(?!\d))"
    rf"|(?<!\d)(?P<d>[0-3]?\d)[-/](?P<m>[01]?\d)[-/](?P<y>[12]\d{{3}})(?!\d)"
    rf"|(?P<days>{_DAY}(?:{_JOIN}{_DAY})*)(?: of)? (?P<month>{_MONTH})\b(?:,? (?:van )?(?P<year>{_YEAR}))?"
    rf"|(?P<month2>{_MONTH}) (?P<days2>{_DAY}(?:{_JOIN}{_DAY})*)(?:,? (?P<year2>{_YEAR}))?"
    rf"|\b(?P<month3>{_MONTH})\b(?:,?(?: of)? (?P<year3>{_YEAR}))?",
    re.IGNORECASE,
)
_BEFORE_MONTH = re.compile(
    r"\b(?:in|of|since|until|by|early|late|mid|from|before|after|during|vanaf|eind|begin|half|sinds|tot|per)\s+$", re.I
)
_LATER = re.compile(r"[ ,]{0,2}(?:jl\b|jongstleden|laatstleden|last\b|afgelopen)", re.IGNORECASE)
_SOONER = re.compile(r"[ ,]{0,2}(?:a\.s\.|aanstaande|next\b|eerstkomende)", re.IGNORECASE)
_TODAY = r"vandaag|heden|today|gisteren|yesterday|morgen(?!s)|tomorrow"
_NEAR_YEAR = r"(?:vorig|afgelopen|verleden|volgend|komend|dit|this|last|past|next|coming|previous) (?:jaar|year)"
_RELATIVE = re.compile(rf"\b(?:{_TODAY}|{_NEAR_YEAR})\b", re.IGNORECASE)
_DAYS_FROM = {"gisteren": -1, "yesterday": -1, "morgen": 1, "tomorrow": 1}
_YEARS_FROM = {"dit": 0, "this": 0} | dict.fromkeys(("volgend", "komend", "next", "coming"), 1)
_WEEKDAYS = (
    ("maandag", "monday"),
    ("dinsdag", "tuesday"),
    ("woensdag", "wednesday"),
    ("donderdag", "thursday"),
    ("vrijdag", "friday"),
    ("zaterdag", "saturday"),
    ("zondag", "sunday"),
)
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(name for names in _WEEKDAYS for name in names)})", re.IGNORECASE)


# Parts of the year and of other times, and how often: each with its spellings in both languages.
_TIME = (
    rf"(?:van |of |in |the )*(?:{_MONTH}|{_YEAR}|{_NEAR_YEAR}|dat jaar|that year|het jaar|the year|week|maand|month)"
)
_PARTS = {
    name: re.compile(rf"\b(?:{spelling})", re.IGNORECASE)
    for name, spelling in {
        "spring": r"voorjaar|lente|spring\b",
        "summer": r"zomer|summer",
        "autumn": r"najaar|herfst|autumn",
        "winter": r"winter",
        "christmas": r"kerst|christmas",
        "turn": r"jaarwisseling|oud en nieuw|new year",
        "quarter": r"kwartaal|(?:first|second|third|fourth|last|next) quarter\b",
        "begin": rf"(?:begin|start|aanvang|(?:the )?(?:beginning|start) of|early|vroeg)[ -]{_TIME}",
        "middle": rf"(?:medio|half|halverwege|mid|(?:the )?middle of)[ -]{_TIME}",
        "end": rf"(?:eind\w*|ultimo|laat|(?:the )?(?:end|close) of|late|uiterlijk)[ -]{_TIME}",
        "yearly": r"jaarlijks|per jaar|(?:elk|ieder) jaar|annual|yearly|(?:each|every|a|per) year|jaar op jaar",
        "monthly": r"maandelijks|per maand|(?:elke|iedere) maand|monthly|(?:each|every|a|per) month",
        "weekly": r"wekelijks|per week|(?:elke|iedere) week|weekly|(?:each|every|a|per) week",
        "daily": r"dagelijks|per dag|(?:elke|iedere) dag|daily|(?:each|every|a|per) day|24 uur",
    }.items()
}


def time_parts(text: str) -> frozenset[str]:
    """The parts of a year ("najaar", "end of 2023") and the frequencies ("jaarlijks") that a text names."""
    return frozenset(name for name, spelling in _PARTS.items() if spelling.search(text))


@dataclass(frozen=True)
class Moment:
    """A date as far as it is written. `guessed` says that the year was worked out from the letter's date."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    guessed: bool = False

    def proven_by(self, other: "Moment", years: frozenset[int]) -> bool:
        """Whether the other says all that this one says. `years` are those the source names by themselves."""
        if self.weekday is not None:
            return self.weekday in (other.weekday, _weekday(other))
        if self.month is None:
            return self.year == other.year
        if self.month != other.month or (self.day is not None and self.day != other.day):
            return False
        loose = other.year is None or other.guessed or self.guessed
        return self.year in (None, other.year) or (loose and self.year in years)


def find_moments(text: str, written: datetime.date | None) -> list[Moment]:
    """The dates of a text in order; `written` is the date of its letter, against which "jl." is worked out.

    A year by itself is a number, and not here.
    """
    found = [one for match in _DATE.finditer(text) for one in _moments(text, match, written)]
    for match in _RELATIVE.finditer(text) if written else ():
        found.append(_relative(match, written))
    for match in _WEEKDAY.finditer(text):
        day = next(i for i, names in enumerate(_WEEKDAYS) if match[0].lower() in names)
        found.append(Moment(match.start(), match.end(), weekday=day))
    return sorted(found, key=lambda one: one.start)


def _moments(text: str, match: re.Match[str], written: datetime.date | None) -> list[Moment]:
    start, end = match.span()
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
        return [Moment(start, end, year, month, day)]
    if match["d"]:
        return [Moment(start, end, int(match["y"]), int(match["m"]), int(match["d"]))]
    name = match["month"] or match["month2"] or match["month3"]
    days: list[int | None] = [int(day) for day in re.findall(r"\d+", match["days"] or match["days2"] or "")]
    year_text = match["year"] or match["year2"] or match["year3"]
    if not days and not year_text and not _is_month(text, start, name):
        return []
    number, said = _MONTHS[name.lower()], int(year_text) if year_text else None
    guess = None if said or written is None else _guess(text[end : end + 14], number, days, written)
    return [Moment(start, end, said or guess, number, day, guessed=guess is not None) for day in (days or [None])]


def _is_month(text: str, start: int, name: str) -> bool:
    """Whether a month without a day or a year is one: "may", "march" and "mei" are other words too."""
    if name.lower() not in ("may", "march", "mei"):
        return True
    return name != "may" and bool(_BEFORE_MONTH.search(text[:start]))


def _guess(after: str, month: int, days: Sequence[int | None], written: datetime.date) -> int:
    """The year for which the day lies nearest to the letter's date, on the side that is said."""
    day = (days[-1] if days else None) or 15

    def distance(year: int) -> int:
        gap = (year - written.year) * 365 + (month - written.month) * 30 + day - written.day
        wrong = (_LATER.match(after) and gap > 15) or (_SOONER.match(after) and gap < -15)
        return abs(gap) + (10_000 if wrong else 0)

    return min((written.year - 1, written.year, written.year + 1), key=distance)


def _relative(match: re.Match[str], written: datetime.date | None) -> Moment:
    assert written is not None
    first = match[0].lower().split()[0]
    if " " in match[0]:
        return Moment(match.start(), match.end(), written.year + _YEARS_FROM.get(first, -1))
    date = written + datetime.timedelta(days=_DAYS_FROM.get(first, 0))
    return Moment(match.start(), match.end(), date.year, date.month, date.day)


def _weekday(moment: Moment) -> int | None:
    try:
        return datetime.date(moment.year or 0, moment.month or 0, moment.day or 0).weekday()
    except ValueError:
        return None
