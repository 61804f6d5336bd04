"""Dates in running text, however much of them is written: "10 september jl.", "May 2023", "vandaag".

A date that a sentence names is proven by one that says at least as much: "in september" by "10 september 2014", not the
other way round.
"""

import calendar
import datetime
import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from babel import Locale

from kamerbrief.language.lexicon import Lexicon

YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"
_NUMERIC = (
    r"(?P<iso>(?<!\d)[12]\d{3}-[01]\d-[0-3]\d(?!\d))|(?<!\d)(?P<d>[0-3]?\d)[-/](?P<m>[01]?\d)[-/](?P<y>[12]\d{3})(?!\d)"
)
_GAP = 15  # days: what lies so near the letter's own date may be meant either way by "last" and "next"


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

    @property
    def date(self) -> datetime.date | None:
        """The day, where all of it is written and there is such a one: there is no 31 February."""
        try:
            return datetime.date(self.year or 0, self.month or 0, self.day or 0)
        except ValueError:
            return None

    @property
    def span(self) -> tuple[datetime.date, datetime.date]:
        """The first and the last day of it. Raises ValueError where its year is not told."""
        if self.year is None:
            raise ValueError("a moment without a year")
        first, last = self.month or 1, self.month or 12
        until = self.day or calendar.monthrange(self.year, last)[1]
        return datetime.date(self.year, first, self.day or 1), datetime.date(self.year, last, until)


def find_moments(text: str, written: datetime.date | None, lexicon: Lexicon) -> list[Moment]:
    """The dates of a text in order; `written` is the date of its letter, against which "jl." is worked out.

    A year by itself is a number, and not here.
    """
    forms = _forms(lexicon)
    found = [one for match in forms.date.finditer(text) for one in _moments(text, match, written, forms)]
    for match in forms.relative.finditer(text) if written else ():
        found.append(_relative(match, written, lexicon))
    for match in forms.weekday.finditer(text):
        found.append(Moment(match.start(), match.end(), weekday=forms.weekdays[match[0].lower()]))
    return sorted(found, key=lambda one: one.start)


def find_periods(text: str, lexicon: Lexicon) -> list[Moment]:
    """The days, months and years that a text names with their years, years by themselves too, in order."""
    dates = [one for one in find_moments(text, None, lexicon) if one.year and (one.day is None or one.date)]
    years = [Moment(*one.span(), year=int(one[0])) for one in re.finditer(rf"(?<![\d.,/-]){YEAR}(?![\d/-])", text)]
    alone = [one for one in years if not any(date.start <= one.start < date.end for date in dates)]
    return sorted([*dates, *alone], key=lambda one: one.start)


def time_parts(text: str, lexicon: Lexicon) -> frozenset[str]:
    """The parts of a year ("najaar", "end of 2023") and the frequencies ("jaarlijks") that a text names, by names that
    are the same in all languages."""
    return frozenset(find_time_parts(text, lexicon))


def find_time_parts(text: str, lexicon: Lexicon) -> dict[str, tuple[int, int]]:
    """The same, each with where it first stands."""
    found = ((name, spelling.search(text)) for name, spelling in _forms(lexicon).parts.items())
    return {name: match.span() for name, match in found if match}


def months(lexicon: Lexicon) -> tuple[str, ...]:
    """The names of the months, in order."""
    return tuple(Locale(lexicon.code).months["format"]["wide"][number] for number in range(1, 13))


@dataclass(frozen=True)
class _Forms:
    """How a language writes dates."""

    date: re.Pattern[str]
    relative: re.Pattern[str]
    weekday: re.Pattern[str]
    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    capitals: bool  # months are written with one
    alone: re.Pattern[str]
    also_words: frozenset[str]
    later: re.Pattern[str]
    sooner: re.Pattern[str]
    parts: Mapping[str, re.Pattern[str]]


@functools.cache
def _forms(lexicon: Lexicon) -> _Forms:
    names = {name.lower(): number for number, name in enumerate(months(lexicon), start=1)}
    month, short = _longest(names), _longest(lexicon.table("dates.months"))
    days = {name.lower(): number for number, name in Locale(lexicon.code).days["format"]["wide"].items()}
    near_year = rf"(?:{_longest(lexicon.table('dates.years_from'))}) (?:{lexicon.any_of('dates.year')})"
    time = (
        rf"(?:(?:{lexicon.any_of('dates.before_time')}) )*"
        rf"(?:{month}|{YEAR}|{near_year}|{lexicon.any_of('dates.times')})"
    )
    parts = {name: lexicon.any_of(f"dates.parts.{name}") for name in lexicon.table("dates.parts")}
    parts |= {
        name: rf"(?:{lexicon.any_of(f'dates.parts_of.{name}')})[ -]{time}" for name in lexicon.table("dates.parts_of")
    }
    return _Forms(
        date=re.compile(_date(lexicon, month, short), re.IGNORECASE),
        relative=re.compile(rf"\b(?:{_longest(lexicon.table('dates.days_from'))}|{near_year})\b", re.IGNORECASE),
        weekday=re.compile(rf"\b(?:{_longest(days)})", re.IGNORECASE),
        weekdays=days,
        months={**names, **lexicon.table("dates.months")},
        capitals=months(lexicon)[0][0].isupper(),
        alone=re.compile(rf"\b(?:{lexicon.any_of('dates.before_month_alone')})\s+$", re.IGNORECASE),
        also_words=frozenset(lexicon.words("dates.also_words")),
        later=re.compile(rf"[ ,]{{0,2}}(?:{lexicon.any_of('dates.later')})", re.IGNORECASE),
        sooner=re.compile(rf"[ ,]{{0,2}}(?:{lexicon.any_of('dates.sooner')})", re.IGNORECASE),
        parts={name: re.compile(rf"\b(?:{spelling})", re.IGNORECASE) for name, spelling in parts.items()},
    )


def _date(lexicon: Lexicon, month: str, short: str) -> str:
    """A date in figures, in one of the orders of the language, or a month by itself."""
    figures = rf"(?:[12]\d|3[01]|0?[1-9])(?:{lexicon.any_of('numbers.ordinals')})?(?![\d%])"
    join = rf"(?:,? (?:{lexicon.any_of('dates.day_joins')}) |, | ?[-–] ?)"
    days = rf"(?<![\d.,/-]){figures}(?:{join}(?<![\d.,/]){figures})*"
    of_month, of_year = (rf"(?:(?:{lexicon.any_of(f'dates.before_{what}')}) )?" for what in ("month", "year"))
    orders = {
        "day month": rf"(?P<days>{days})\.?\s?{of_month}(?:(?P<month>{month})\b(?:,? {of_year}(?P<year>{YEAR}))?"
        rf"|(?P<short>{short})\b\.? (?P<short_year>{YEAR}))",
        "month day": rf"(?P<month2>{month}) (?P<days2>{days})(?:,? (?P<year2>{YEAR}))?",
    }
    alone = rf"\b(?P<month3>{month})\b(?:,? {of_year}(?P<year3>{YEAR}))?"
    return "|".join((_NUMERIC, *(orders[one] for one in lexicon.words("dates.orders")), alone))


def _longest(words: Mapping[str, object]) -> str:
    """Any of the words, the longest first; none where there are none."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"


def _moments(text: str, match: re.Match[str], written: datetime.date | None, forms: _Forms) -> list[Moment]:
    start, end = match.span()
    said = {name: value for name, value in match.groupdict().items() if value}
    if "iso" in said:
        year, month, day = map(int, said["iso"].split("-"))
        return [Moment(start, end, year, month, day)]
    if "d" in said:
        return [Moment(start, end, int(said["y"]), int(said["m"]), int(said["d"]))]
    name = next(said[one] for one in ("month", "month2", "month3", "short") if one in said)
    days: list[int | None] = [int(day) for day in re.findall(r"\d+", said.get("days") or said.get("days2") or "")]
    years = [int(said[one]) for one in ("year", "year2", "year3", "short_year") if one in said]
    if not days and not years and not _is_month(text, start, name, forms):
        return []
    number = forms.months[name.lower()]
    guess = None if years or written is None else _guess(text[end : end + 14], number, days, written, forms)
    year_said = years[0] if years else guess
    return [Moment(start, end, year_said, number, day, guessed=guess is not None) for day in (days or [None])]


def _is_month(text: str, start: int, name: str, forms: _Forms) -> bool:
    """Whether a month without a day or a year is one: "may", "march" and "mei" are other words too."""
    if name.lower() not in forms.also_words:
        return True
    return not (forms.capitals and name[0].islower()) and bool(forms.alone.search(text[:start]))


def _guess(after: str, month: int, days: Sequence[int | None], written: datetime.date, forms: _Forms) -> int:
    """The year for which the day lies nearest to the letter's date, on the side that is said."""
    day = (days[-1] if days else None) or 15

    def distance(year: int) -> int:
        gap = (year - written.year) * 365 + (month - written.month) * 30 + day - written.day
        wrong = (forms.later.match(after) and gap > _GAP) or (forms.sooner.match(after) and gap < -_GAP)
        return abs(gap) + (10_000 if wrong else 0)

    return min((written.year - 1, written.year, written.year + 1), key=distance)


def _relative(match: re.Match[str], written: datetime.date | None, lexicon: Lexicon) -> Moment:
    assert written is not None
    said = match[0].lower()
    if said in lexicon.table("dates.days_from"):
        date = written + datetime.timedelta(days=lexicon.table("dates.days_from")[said])
        return Moment(match.start(), match.end(), date.year, date.month, date.day)
    years = lexicon.table("dates.years_from")[said.split()[0]]
    return Moment(match.start(), match.end(), written.year + years)


def _weekday(moment: Moment) -> int | None:
    return moment.date.weekday() if moment.date else None
