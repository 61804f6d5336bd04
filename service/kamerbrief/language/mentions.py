"""Whether a text mentions a word: in any of its forms, or within a longer one ("stikstof" in "stikstofbeleid")."""

import functools
import re
from collections.abc import Iterable, Sequence

from kamerbrief.language.lexicon import Lexicon
from kamerbrief.language.terms import stem_of

WORD = re.compile(r"[^\W_]+")
WITHIN = 5  # letters that a word must have to be looked for within longer ones: "rat" is no part of "strategie"


def telling_words(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The words of a text that tell what it is about, each once, as they are written."""
    frequent = frozenset(lexicon.words("detection.frequent"))
    words = {stem_of(word): word for word in reversed(WORD.findall(text)) if word.lower() not in frequent}
    return tuple(word for stem, word in reversed(words.items()) if stem)


def mentions(word: str, text: str) -> bool:
    """Whether the text mentions the word."""
    stem = stem_of(word)
    return any(_is_in(stem, stem_of(one)) for one in WORD.findall(text))


def all_in(words: Iterable[str], texts: Sequence[str]) -> bool:
    """Whether each of the words is mentioned in one of the texts."""
    return all(any(mentions(word, text) for text in texts) for word in words)


@functools.lru_cache(100_000)
def _is_in(stem: str, other: str) -> bool:
    return stem == other or (len(stem) >= WITHIN and (other.startswith(stem) or other.endswith(stem)))
