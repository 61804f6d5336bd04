"""A sentence that is told with the date of its letter: "Op 20 november 2024: …", "Eerder, op 14 mei 2024: …"."""

import datetime
import functools
import re
from dataclasses import dataclass

from kamerbrief.language.dates import format_date, parse_date
from kamerbrief.language.lexicon import Lexicon, lexicons

_FORMS = ("latest", "earlier")


@dataclass(frozen=True)
class Dated:
    """The date that a sentence is told with, where that stands, and where the sentence itself begins."""

    date: datetime.date
    span: tuple[int, int]
    end: int


def lead(date: datetime.date, lexicon: Lexicon, *, earlier: bool) -> str:
    """What stands before the sentence of a letter of this date, in a language."""
    form = lexicon.text(f"proof.dated.{'earlier' if earlier else 'latest'}")
    return form.format(date=format_date(date, lexicon))


def parted(text: str) -> Dated | None:
    """The date of the letter that a sentence is told with; None where it begins with none."""
    for lexicon in lexicons():
        found = _lead(lexicon).match(text)
        date = parse_date(found["date"], [lexicon]) if found else None
        if found and date and format_date(date, lexicon) == found["date"]:
            return Dated(date, found.span("date"), found.end())
    return None


@functools.cache
def _lead(lexicon: Lexicon) -> re.Pattern[str]:
    forms = (lexicon.text(f"proof.dated.{form}").split("{date}") for form in _FORMS)
    starts, ends = zip(*forms, strict=True)
    before, after = ("|".join(map(re.escape, some)) for some in (starts, ends))
    return re.compile(rf"(?:{before})(?P<date>\d[^:;]{{0,30}}\d)(?:{after})")
