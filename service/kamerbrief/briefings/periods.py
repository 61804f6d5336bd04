"""The dates of a briefing, as exact as a letter gives them: a day, a month, a quarter, a half of a year or a year."""

import datetime
import re
from calendar import monthrange

_DATE = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?|-(?P<part>Q[1-4]|H[12])(?P<end>-end)?)?"
)
_MONTHS = {"Q": 3, "H": 6}


def days_of(date: str) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of "2015-01-31", "2015-01", "2015-Q1", "2015-H1" or "2015", and of the last month of
    "2015-Q1-end"; None for anything else."""
    if not (match := _DATE.fullmatch(date)):
        return None
    year, first, last = int(match["year"]), 1, 12
    if match["month"]:
        first = last = int(match["month"])
    elif part := match["part"]:
        months = _MONTHS[part[0]]
        last = months * int(part[1])
        first = last if match["end"] else last - months + 1
    try:
        begin = datetime.date(year, first, int(match["day"] or 1))
    except ValueError:
        return None
    return begin, begin if match["day"] else datetime.date(year, last, monthrange(year, last)[1])


def in_time(date: str) -> str:
    """By this dates sort: by their first day, and of two that begin together the longer before the shorter."""
    days = days_of(date)
    return f"{days[0]} {9999 - (days[1] - days[0]).days}" if days else date
