"""From the notes of some letters to one briefing: which points are told, and in how many words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from kamerbrief.briefings.choose.twins import TWIN, Alike, counted_anew
from kamerbrief.briefings.find.notes import Notes, Point, Sentence, words_of
from kamerbrief.records.briefings import BriefingLength, Change, Line
from kamerbrief.records.letters import Letter

Array = NDArray[np.float64]

# Words of each part. A page of A4 holds some 450: half of one, two, and five.
ROOM: dict[BriefingLength, dict[str, int]] = {
    "short": {
        "in_short": 130,
        "decided": 40,
        "commitments": 50,
        "figures": 0,
        "timeline": 0,
        "actors": 0,
        "open_points": 0,
    },
    "normal": {
        "in_short": 350,
        "decided": 130,
        "commitments": 190,
        "figures": 90,
        "timeline": 60,
        "actors": 40,
        "open_points": 70,
    },
    "long": {
        "in_short": 300,
        "decided": 400,
        "commitments": 600,
        "figures": 350,
        "timeline": 350,
        "actors": 120,
        "open_points": 200,
    },
}
MOST_KEY = 7
MOST_WORDS = 120  # of a key point that is told on: a paragraph
LIKE = 3.0  # what likeness to what is told already costs, against the worth
SECTION = 1.0  # and to come out of the same section of the letter, each time
_UPDATES = re.compile(
    r"\b(?:anders dan|in tegenstelling tot|in afwijking van|niet langer|niet meer|uitgesteld|vertraging|"
    r"vertraagd|ingetrokken|herzien|aangepast|bijgesteld|gewijzigd|in aanvulling op|"
    r"eerder (?:gemeld|aangekondigd|toegezegd)\w*|inmiddels|"
    r"in (?:mijn|onze) (?:vorige )?brief van|alsnog|vervalt|vervallen|later dan)\b",
    re.IGNORECASE,
)
ALIKE = 0.6  # cosine from which on two statements of two letters speak of the same matter


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


SHARE = 0.66  # of the letters' words that a briefing may have at most: a short letter needs no long one


def rooms(length: BriefingLength, words: int) -> dict[str, int]:
    """The words of each part of a briefing of letters with so many words: no less than in a short one."""
    room, least = ROOM[length], ROOM["short"]
    scale = min(1.0, SHARE * words / sum(room.values()))
    return {part: max(round(scale * size), least[part]) for part, size in room.items()}


def most_words(letters: Sequence[Letter], length: BriefingLength = "normal") -> int:
    """How many words a briefing of these letters may have."""
    return sum(rooms(length, sum(map(words_of, letters))).values())


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


def _beside(point: Point) -> Iterator[Sentence]:
    """The sentences before and after a point in its paragraph."""
    if point.around:
        (citation,) = point.line.citations
        yield from [one for one in point.around if one.end <= citation.start][-1:]
        yield from [one for one in point.around if one.start >= citation.end][:1]


def _with(point: Point, beside: Sentence) -> Point:
    """The point with a sentence that stands beside it."""
    (citation,) = point.line.citations
    start, end = min(citation.start, beside.start), max(citation.end, beside.end)
    quote = citation.text[start:end]
    citation = citation.model_copy(update={"start": start, "end": end, "quote": quote})
    return replace(point, line=point.line.model_copy(update={"text": quote, "citations": (citation,)}))


def all_of(notes: Iterable[Notes], kind: str) -> list[Point]:
    """The points of a kind of all letters, in the order of the letters."""
    return list(chain.from_iterable(getattr(one, kind) for one in notes))


def log_odds(chance: float) -> float:
    return float(np.log((chance + 1e-6) / (1 - chance + 1e-6)))


def lines(points: Sequence[Point], chosen: Sequence[int]) -> tuple[Line, ...]:
    return tuple(points[i].line for i in chosen)


def changes(notes: Sequence[Notes], most: int) -> Iterator[Change]:
    """What a later letter of a dossier says otherwise or anew of what an earlier one said, at most so many."""
    before: dict[str | None, list[Point]] = {}
    for later in notes:
        dossier = before.setdefault(later.head.dossier, [])
        found = list(islice(_changed(dossier, later.key), most))
        yield from found
        if not (most := most - len(found)):
            return
        if later.head.dossier:
            dossier += later.key


def _changed(before: Sequence[Point], later: Sequence[Point]) -> Iterator[Change]:
    if not before:
        return
    vectors, texts = np.array([one.vector for one in before]), {one.line.text for one in before}
    for point in later:
        near = vectors @ point.vector
        best = before[int(near.argmax())]
        updates = near.max() >= ALIKE and _UPDATES.search(point.line.text)
        if point.line.text not in texts and (updates or (near.max() >= TWIN and counted_anew(point, best))):
            yield Change(earlier=best.line, later=point.line)
