"""Dutch (and English) dates in running text, to and from `datetime.date`."""

import datetime
import re

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)

_SPELLINGS = {name: number for number, name in enumerate(MONTHS, start=1)} | {
    "january": 1,
    "february": 2,
    "march": 3,
    "may": 5,
    "june": 6,
    "july": 7,
    "august": 8,
    "october": 10,
    "jan": 1,
    "feb": 2,
    "mrt": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "okt": 10,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
_MONTH = "|".join(sorted(_SPELLINGS, key=len, reverse=True))

DATE = re.compile(
    rf"\b(?:(?P<day>[0-3]?\d)\.?\s?(?P<month>{_MONTH})\.?\s+(?P<year>[12]\d{{3}})"
    r"|(?P<iso>[12]\d{3}-[01]\d-[0-3]\d)"
    r"|(?P<d>[0-3]?\d)[-/](?P<m>[01]?\d)[-/](?P<y>[12]\d{3}))\b",
    re.IGNORECASE,
)
"""A full date: "10 september 2014", "2014-09-10", "10-09-2014" (day first, as in Dutch)."""


def find_dates(text: str) -> list[tuple[int, int, datetime.date]]:
    """Every full date in `text`, as (start, end, date) in order. Impossible ones ("31 februari 2014") are left out."""
    found = []
    for match in DATE.finditer(text):
        date = _to_date(match)
        if date is not None:
            found.append((match.start(), match.end(), date))
    return found


def parse_date(text: str) -> datetime.date | None:
    """The first full date in `text`, or None."""
    found = find_dates(text)
    return found[0][2] if found else None


def format_date(date: datetime.date) -> str:
    """The date as Dutch letters print it: "10 september 2014"."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def _to_date(match: re.Match[str]) -> datetime.date | None:
    try:
        if match["iso"]:
            return datetime.date.fromisoformat(match["iso"])
        if match["month"]:
            return datetime.date(int(match["year"]), _SPELLINGS[match["month"].lower()], int(match["day"]))
        return datetime.date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
