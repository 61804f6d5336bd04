"""What the page says, in Dutch and in English: texts/<language>.toml, a table for each view."""

import datetime
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

LANGUAGES = {"nl": "Nederlands", "en": "English"}
DEFAULT = "nl"


class Table:
    """Texts under their names, as attributes. Raises AttributeError for a name that is not there."""

    def __init__(self, texts: Mapping[str, Any]) -> None:
        self._texts = {name: Table(one) if isinstance(one, dict) else str(one) for name, one in texts.items()}

    def __getitem__(self, name: str) -> Any:
        return self._texts[name]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._texts:
            raise AttributeError(f"no text {name!r}")
        return self._texts[name]

    def named(self, name: object, otherwise: str = "") -> str:
        """The text of a name that is data, as that of a rule; where there is none, another text, or the name."""
        found = self._texts.get(str(name), otherwise or str(name))
        return found if isinstance(found, str) else str(name)


@cache
def texts_in(language: str) -> Table:
    """All texts of one of the languages."""
    return Table(tomllib.loads((files("kamerbrief.web") / "texts" / f"{language}.toml").read_text("utf-8")))


def language_of(asked: str | None, kept: str | None, accept: str) -> str:
    """The language of a page: the one that is asked for, else the one that was chosen before, else the first of the
    browser's that there is (`accept` is its header), else Dutch."""
    for one in (asked, kept):
        if one in LANGUAGES:
            return one
    return accepted_language(accept) or DEFAULT


def accepted_language(header: str) -> str | None:
    """The first of the languages that a header Accept-Language takes, by weight."""
    weighed: list[tuple[float, str]] = []
    for part in header.split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((float(weight or 1), tag.partition("-")[0].lower()))
        except ValueError:
            continue
    best = max((weight for weight, tag in weighed if tag in LANGUAGES and weight > 0), default=None)
    return next((tag for weight, tag in weighed if weight == best and tag in LANGUAGES), None)


def filled(text: str, **values: object) -> str:
    """A text with its {gaps} filled."""
    return text.format(**values)


def counted(texts: Table, count: int, **values: object) -> str:
    """The one of the texts `one` and `other` that fits a number, which is {count} in it."""
    text: str = texts.one if count == 1 else texts.other
    return text.format(count=count, **values)


def day(date: datetime.date, language: str) -> str:
    """ "10 september 2014", "10 September 2014"."""
    return format_date(date, "d MMMM y", locale=language)


def number(value: float, language: str) -> str:
    """ "1.234" in Dutch, "1,234" in English."""
    return format_decimal(value, locale=language)
