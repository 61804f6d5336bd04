"""Texts and dates as a form holds them. They come from letters and models and are not trusted: here they lose what none
of the forms can hold, and each form escapes what would be markup in it."""

import re
from collections.abc import Sequence

from kamerbrief.briefings.periods import days_of
from kamerbrief.language.characters import readable
from kamerbrief.language.dates import format_date
from kamerbrief.language.lexicon import Lexicon

_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ADDRESS = re.compile(r"https://[a-z0-9.-]+(?:/[\w./?=&%~+-]*)?", re.ASCII)
_PART = re.compile(r"(?P<year>[0-9]{4})-(?P<kind>[QH])(?P<number>[1-4])(?P<end>-end)?")
_PARTS = {"Q": "quarter", "H": "half"}


def plain(text: str) -> str:
    """The text on one line, without what steers its direction; what is no character becomes U+FFFD."""
    return _NO_TEXT.sub("\ufffd", " ".join(readable(text).split()))


def date_in(date: str, lexicon: Lexicon) -> str:
    """ "31 januari 2015", "januari 2015", "eind eerste kwartaal 2015", "tweede helft 2015" or "2015", as exact as it is
    given."""
    days = days_of(date)
    if days is None:
        return plain(date)
    if part := _PART.fullmatch(date):
        ordinal = lexicon.words("briefings.forms.ordinals")[int(part["number"]) - 1]
        told = lexicon.text(f"briefings.forms.{_PARTS[part['kind']]}").format(ordinal=ordinal, year=part["year"])
        return lexicon.text("briefings.forms.end").format(part=told) if part["end"] else told
    words = format_date(days[0], lexicon).split()
    return " ".join(words[2 - date.count("-") :])


def listed(names: Sequence[str], lexicon: Lexicon) -> str:
    """ "A, B en C"."""
    *most, last = map(plain, names)
    return lexicon.text("briefings.forms.listed").format(most=", ".join(most), last=last) if most else last


def address(url: str | None) -> str | None:
    """The address if it is a plain one over https: a link must lead to nothing else."""
    return url if url and _ADDRESS.fullmatch(url) else None
