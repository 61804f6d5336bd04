"""What is known of one language, as data: its lexicon, read from a file of `lexicons/`.

The words of a language stand in its file, one table a subject, and the code that needs them asks by key. A room may
keep a table of its own there (`[proof.certainty]`) without this one knowing of it:

    lexicon.words("sentences.never_last")     the strings of a list
    lexicon.pattern("proof.certainty.can")    finds any of them, as whole words, in capitals or not; made once
    lexicon.any_of("evidence.reply")          the same as the text of a regular expression, to be part of a larger one
    lexicon.table("numbers.times")            what a table holds by name
    lexicon.text("questions.not_found")       one string

What stands in a list may be a regular expression. `{name}` in it is any of the list `name` of the same table, and
`{dates.year}` any of a list of another one. All of them raise LexiconError, with file and key, for what is not there.
"""

import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kamerbrief.errors import LexiconError

FOLDER = Path(__file__).parent / "lexicons"
FIRST = "nl"
"""The language of nearly all letters: what is of no language that is known, or of none clearly, is taken for it."""

_NAMED = re.compile(r"\{([a-z][a-z_.]*)\}")


@dataclass(frozen=True, eq=False)
class Lexicon:
    """A language by its two letters (ISO 639-1) and the tables of its data file. One is like no other but itself, so
    that what is made of it can be kept by it."""

    code: str
    file: Path
    data: Mapping[str, Any] = field(repr=False)

    def words(self, key: str) -> tuple[str, ...]:
        """The strings of a list."""
        return tuple(self._find(key, list))

    def text(self, key: str) -> str:
        """One string."""
        return str(self._find(key, str))

    def table(self, key: str) -> Mapping[str, Any]:
        """What a table holds by name."""
        found: Mapping[str, Any] = self._find(key, dict)
        return found

    def any_of(self, key: str) -> str:
        """The text of a regular expression that matches any string of a list; nothing at all where it is empty."""
        return _any_of(self, key)

    def pattern(self, key: str) -> re.Pattern[str]:
        """Finds any string of a list, as whole words, whatever their case."""
        return _pattern(self, key)

    def _find(self, key: str, kind: type[Any]) -> Any:
        found: Any = self.data
        for part in key.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        if not isinstance(found, kind):
            raise LexiconError(f"{self.file.name} has no {_KINDS[kind]} {key}", "add it there, empty if need be")
        return found


_KINDS: dict[type[Any], str] = {list: "list", str: "string", dict: "table"}


def read_lexicon(path: Path) -> Lexicon:
    """The lexicon in a data file, which is named after its language ("nl.toml"). Raises LexiconError."""
    try:
        return Lexicon(path.stem, path, tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{path} cannot be read: {error}", "mend the file") from error


@functools.cache
def lexicons() -> tuple[Lexicon, ...]:
    """All languages that are known, Dutch first."""
    return tuple(read_lexicon(path) for path in sorted(FOLDER.glob("*.toml"), key=lambda one: (one.stem != FIRST, one)))


def lexicon_of(code: str | None) -> Lexicon:
    """The lexicon of a language, as a letter or a question tells it ("nl"); Dutch where it tells none that is known."""
    return next((one for one in lexicons() if one.code == code), lexicons()[0])


def any_in(among: Sequence[Lexicon], key: str) -> str:
    """The text of a regular expression that matches any string of a list in any of these languages."""
    return "|".join(one.any_of(key) for one in among)


@functools.cache
def _any_of(lexicon: Lexicon, key: str) -> str:
    table = key.rpartition(".")[0]

    def named(match: re.Match[str]) -> str:
        return f"(?:{lexicon.any_of(match[1] if '.' in match[1] else f'{table}.{match[1]}')})"

    return "|".join(_NAMED.sub(named, one) for one in lexicon.words(key)) or "(?!)"


@functools.cache
def _pattern(lexicon: Lexicon, key: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{lexicon.any_of(key)})\b", re.IGNORECASE)
