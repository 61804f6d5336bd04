"""Full dates, to and from `datetime.date`."""

import datetime
from collections.abc import Sequence

from kamerbrief.language.lexicon import Lexicon, lexicon_of
from kamerbrief.language.moments import find_moments, months


def parse_date(text: str, among: Sequence[Lexicon]) -> datetime.date | None:
    """The first full date in a text in any of these languages: "10 september 2014", "2014-09-10", "10-09-2014" (day
    first). Of days that share a month it is the last; impossible ones ("31 februari 2014") are passed over."""
    found = [
        (one.end, -place, one.date)
        for lexicon in among
        for place, one in enumerate(find_moments(text, None, lexicon))
        if one.date
    ]
    return min(found)[2] if found else None


def format_date(date: datetime.date, lexicon: Lexicon | None = None) -> str:
    """The date as letters in this language print it, Dutch ones where none is given: "10 september 2014"."""
    return f"{date.day} {months(lexicon or lexicon_of(None))[date.month - 1]} {date.year}"
