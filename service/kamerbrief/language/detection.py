"""Which language a text is in."""

import re
from collections.abc import Sequence

from kamerbrief.language.lexicon import Lexicon

_WORD = re.compile(r"[^\W\d_]+")
_LEAST = 5  # words
_SHARE = 0.1
"""In running text a share of .25 to .45 of the words is frequent in its language, and under .1 in another one."""


def language_of(text: str, among: Sequence[Lexicon]) -> Lexicon:
    """The language of a text, by which words are in it: the first of `among` where two have as many."""
    return max(among, key=_shares(text, among).__getitem__)


def clear_language_of(text: str, among: Sequence[Lexicon]) -> Lexicon | None:
    """The language of a text that is clearly in one; None for a list of names, and for few words."""
    shares = _shares(text, among)
    best, second = sorted((*shares.values(), 0.0), reverse=True)[:2]
    if len(_WORD.findall(text)) < _LEAST or best < _SHARE or best - second < _SHARE / 2:
        return None
    return language_of(text, among)


def _shares(text: str, among: Sequence[Lexicon]) -> dict[Lexicon, float]:
    """Which share of the words is frequent in each of the languages."""
    words = _WORD.findall(text.lower())
    frequent = {one: frozenset(one.words("detection.frequent")) for one in among}
    return {one: sum(word in known for word in words) / max(len(words), 1) for one, known in frequent.items()}
