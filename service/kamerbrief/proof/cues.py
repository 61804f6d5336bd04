"""The words that proof/ goes by, in the languages that a text may be in."""

import functools
import re

from kamerbrief.language.detection import clear_language_of, language_of
from kamerbrief.language.lexicon import Lexicon, lexicons

Languages = tuple[Lexicon, ...]
"""Those a text may be in, the likeliest first."""


def languages_of(text: str) -> Languages:
    """The language of a text; all that are known where it is not clear, so that no word is missed that a rule must see
    ("Both ships sailed.")."""
    if clear := clear_language_of(text, lexicons()):
        return (clear,)
    likeliest = language_of(text, lexicons())
    return (likeliest, *(one for one in lexicons() if one is not likeliest))


@functools.cache
def any_of(languages: Languages, key: str) -> str:
    """The text of a regular expression that matches any word of the lists of that key."""
    return "|".join(one.any_of(key) for one in languages)


@functools.cache
def pattern(languages: Languages, key: str) -> re.Pattern[str]:
    """Finds any word of the lists of that key, whole and whatever its case."""
    return re.compile(rf"\b(?:{any_of(languages, key)})\b", re.IGNORECASE)


@functools.cache
def part_of_a_word(languages: Languages, key: str) -> re.Pattern[str]:
    """Finds what is of the lists of that key, within longer words too ("buurgemeente"); what is all capitals ("IPO")
    only so, and by itself."""
    listed = [word for one in languages for word in one.words(key)]
    return re.compile("|".join(rf"\b{word}\b" if word.isupper() else f"(?i:{word})" for word in listed))


@functools.cache
def whole(languages: Languages, key: str) -> re.Pattern[str]:
    """Matches a word that is one of the lists of that key, whatever its case."""
    return re.compile(any_of(languages, key), re.IGNORECASE)


@functools.cache
def vocabulary(languages: Languages, key: str) -> frozenset[str]:
    """The words of the lists of that key, in lower case."""
    return frozenset(word for one in languages for word in one.words(key))


def blanked(text: str, languages: Languages, key: str) -> str:
    """The text without what is of that list, all else in its place."""
    return pattern(languages, key).sub(lambda match: "x" * len(match[0]), text)
