"""Sentences with two actors swapped: who does what to whom, turned round."""

import re
from functools import cache
from pathlib import Path

ACTORS = Path(__file__).with_name("actors.txt")
"""Whom ministers' letters speak of: a name a line."""

SHORTEST, LONGEST = 40, 260  # characters of a sentence that is worth it
_SENTENCE_END = re.compile(r"(?<=[.;])\s+")
_JOINED = re.compile(r"\s*(?:en|of|,)\s*")  # "de Kamer en de regering": swapped it says the same


def swapped(text: str) -> list[tuple[str, str]]:
    """The sentences of a text in which two different actors stand, each with these two swapped."""
    pattern, found = _actors(), []
    for sentence in _SENTENCE_END.split(text):
        if not SHORTEST < len(sentence) < LONGEST:
            continue
        actors = list(pattern.finditer(sentence))
        first = actors[0] if actors else None
        second = next((one for one in actors if first and one.group().lower() != first.group().lower()), None)
        if not first or not second or _JOINED.fullmatch(sentence, first.end(), second.start()):
            continue
        between = sentence[first.end() : second.start()]
        opened = _written(second.group(), begins=first.start() == 0)
        closed = _written(first.group(), begins=False)
        found.append((sentence, sentence[: first.start()] + opened + between + closed + sentence[second.end() :]))
    return found


def _written(name: str, *, begins: bool) -> str:
    """An actor as it is written within a sentence, or where it begins one."""
    if name.lower() not in _common():
        return name
    return (name[0].upper() if begins else name[0].lower()) + name[1:]


@cache
def _common() -> frozenset[str]:
    """The actors that begin with a small letter within a sentence, all in small letters."""
    return frozenset(name.lower() for name in _names() if name[0].islower())


@cache
def _names() -> list[str]:
    return ACTORS.read_text("utf-8").splitlines()


@cache
def _actors() -> re.Pattern[str]:
    longest_first = sorted(map(re.escape, _names()), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(longest_first)})\b", re.IGNORECASE)
