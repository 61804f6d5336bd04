"""How near lines come to each other, and whether one says all that another says."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kamerbrief.briefings.find.points import Point
from kamerbrief.language.detection import language_of
from kamerbrief.language.lexicon import lexicons
from kamerbrief.language.memory import per_sentence
from kamerbrief.language.moments import find_moments, time_parts
from kamerbrief.language.names import find_names
from kamerbrief.language.numbers import find_quantities
from kamerbrief.records.answers import Citation

Array = NDArray[np.float64]

TWIN = 0.85  # cosine: two lines that say the same, but for what they count, date and name
OTHER = 0.84  # of two that differ in that: as near as lines that say two things can be


class Alike:
    """How near some points come to one that is told, from 0 to 1: 1 where they quote any of the same words, and less
    than `TWIN` where they hold a number, date or name that it does not."""

    def __init__(self, points: Sequence[Point]) -> None:
        self._texts = [point.line.text for point in points]
        self._vectors = np.array([point.vector for point in points])
        self._hashes = np.array([hash(text) for text in self._texts])
        cited = ((i, quote) for i, one in enumerate(points) for quote in one.line.citations)
        quotes = [(_place(quote), quote.start, quote.end, i) for i, quote in cited]
        self._places, self._starts, self._ends, self._points = np.array(quotes).T

    def to(self, told: Point) -> Array:
        near: Array = (self._vectors @ told.vector).astype(float)
        for i in np.flatnonzero(near >= TWIN):
            if not facts(self._texts[i]) <= facts(told.line.text):
                near[i] = OTHER
        near[self._hashes == hash(told.line.text)] = 1.0
        for quote in told.line.citations:
            same = (self._places == _place(quote)) & (self._starts < quote.end) & (quote.start < self._ends)
            near[self._points[same]] = 1.0
        return near


def _place(quote: Citation) -> int:
    return hash(quote.key)


@per_sentence
def facts(text: str) -> frozenset[object]:
    """What of a text can be checked: its numbers, dates and names."""
    return _counted(text) | {one.key for one in find_names(text, lexicons())}


def _counted(text: str) -> frozenset[object]:
    lexicon = language_of(text, lexicons())
    numbers = {one.value for one in find_quantities(text, lexicon)}
    dates = {(one.month, one.day) for one in find_moments(text, None, lexicon)}
    return frozenset(numbers | dates | time_parts(text, lexicon))
