"""Which points are told, and in how many words: those worth most, nothing twice, in the room there is."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kamerbrief.briefings.choose.twins import TWIN, Alike
from kamerbrief.briefings.find.points import Neighbour, Point

Array = NDArray[np.float64]

MOST_KEY = 7  # key points of a briefing
MOST_WORDS = 120  # of a key point that is told on: a paragraph
LIKE = 3.0  # what likeness to what is told already costs, against the worth
SECTION = 1.0  # and to come out of the same section of the letter, each time


class Told:
    """What a briefing tells already, so that nothing is said twice."""

    def __init__(self) -> None:
        self._points: list[Point] = []
        self._sections: Counter[tuple[str, int]] = Counter()

    def __iter__(self) -> Iterator[Point]:
        return iter(self._points)

    def often(self, points: Sequence[Point]) -> Array:
        """How many points of each one's section are told."""
        return np.array([self._sections[point.place] for point in points], float)

    def new(self, points: Sequence[Point]) -> NDArray[np.bool_]:
        """Which of the points come out of letters that nothing is told of yet."""
        heard = {letter for letter, _ in self._sections}
        return np.array([point.key[0] not in heard for point in points], bool)

    def add(self, point: Point) -> None:
        self._points.append(point)
        self._sections[point.place] += 1


def choose_again(points: Sequence[Point], worth: Sequence[float], room: int, chosen: Sequence[int]) -> list[int]:
    """As `choose`, for a list that is to be as full as it may: those chosen, and out of what is told elsewhere."""
    others = [i for i in range(len(points)) if i not in chosen]
    again = choose([points[i] for i in others], [worth[i] for i in others], room, Told())
    return sorted([*chosen, *(others[i] for i in again)])


def choose(
    points: Sequence[Point], worth: Sequence[float], room: int, told: Told, most: int = 1000, *, each: bool = False
) -> list[int]:
    """The places of the points that are worth most while saying nothing twice, in at most so many words (MMR). With
    `each` every letter is heard before any is heard again: a long one would leave the short ones nothing."""
    if not points:
        return []
    chosen: list[int] = []
    words, values = np.array([point.words for point in points]), np.array(worth)
    alike = Alike(points)
    likeness = np.zeros(len(points))
    for one in told:
        likeness = np.maximum(likeness, alike.to(one))
    while len(chosen) < most and (open_ := (likeness < TWIN) & (words <= room)).any():
        if each and (new := open_ & told.new(points)).any():
            open_ = new
        scores = values - LIKE * likeness - SECTION * told.often(points)
        best = int(np.where(open_, scores, -np.inf).argmax())
        room -= int(words[best])
        told.add(points[best])
        chosen.append(best)
        likeness = np.maximum(likeness, alike.to(points[best]))
    return sorted(chosen)


def tell_on(points: Sequence[Point], room: int, told: Told) -> list[Point]:
    """The points with the sentences of their paragraphs that stand beside them, those first that are likeliest key, in
    at most so many words more. What is told already is not told on."""
    longer = list(points)
    while further := [
        (beside, at)
        for at, one in enumerate(longer)
        for beside in _beside(one)
        if beside.words <= min(room, MOST_WORDS - one.words)
        and not any(known.tells(*one.key[:2], beside.start, beside.end) for known in (*told, *longer))
    ]:
        best, at = max(further, key=lambda found: found[0].key)
        longer[at] = _with(longer[at], best)
        room -= best.words
    return longer


def _beside(point: Point) -> Iterator[Neighbour]:
    """The sentences before and after a point in its paragraph."""
    if point.around:
        (citation,) = point.line.citations
        yield from [one for one in point.around if one.end <= citation.start][-1:]
        yield from [one for one in point.around if one.start >= citation.end][:1]


def _with(point: Point, beside: Neighbour) -> Point:
    """The point with a sentence that stands beside it."""
    (citation,) = point.line.citations
    start, end = min(citation.start, beside.start), max(citation.end, beside.end)
    quote = citation.text[start:end]
    citation = citation.model_copy(update={"start": start, "end": end, "quote": quote})
    return replace(point, line=point.line.model_copy(update={"text": quote, "citations": (citation,)}))
