"""Texts and dates as a form holds them. They come from letters and models and are not trusted: here they lose what none
of the forms can hold, and each form escapes what would be markup in it."""

import datetime
import re
from calendar import monthrange
from collections.abc import Sequence

from kamerbrief.language.characters import readable
from kamerbrief.language.dates import format_date

_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ADDRESS = re.compile(r"https://[a-z0-9.-]+(?:/[\w./?=&%~+-]*)?", re.ASCII)
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def plain(text: str) -> str:
    """The text on one line, without what steers its direction; what is no character becomes U+FFFD."""
    return _NO_TEXT.sub("\ufffd", " ".join(readable(text).split()))


def days_of(date: str) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of "2015-01-31", "2015-01" or "2015"; None for anything else."""
    if not (match := _DATE.fullmatch(date)):
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = datetime.date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    last = monthrange(first.year, month or 12)[1]
    return first, first.replace(month=month or 12, day=day or last)


def dutch_date(date: str) -> str:
    """ "31 januari 2015", "januari 2015" or "2015", as exact as it is given."""
    days = days_of(date)
    if days is None:
        return plain(date)
    words = format_date(days[0]).split()
    return " ".join(words[2 - date.count("-") :])


def listed(names: Sequence[str]) -> str:
    """ "A, B en C"."""
    *most, last = map(plain, names)
    return f"{', '.join(most)} en {last}" if most else last


def address(url: str | None) -> str | None:
    """The address if it is a plain one over https: a link must lead to nothing else."""
    return url if url and _ADDRESS.fullmatch(url) else None
