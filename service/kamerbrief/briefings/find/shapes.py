"""Regular expressions that are of one shape in each language and take its words from the lexicon."""

import functools
import re

from kamerbrief.language.lexicon import Lexicon

_NAMED = re.compile(r"(?<!\?P)<([a-z][a-z_]*)>")


@functools.cache
def shaped(lexicon: Lexicon, table: str, shape: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """The shape with any word of the list `name` of the table for each `<name>` in it. Raises LexiconError."""

    def words(match: re.Match[str]) -> str:
        return f"(?:{lexicon.any_of(f'{table}.{match[1]}')})"

    return re.compile(_NAMED.sub(words, shape), flags)
