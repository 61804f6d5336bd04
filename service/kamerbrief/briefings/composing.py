"""From the notes of some letters to one briefing: which points are told, and in how many words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from kamerbrief.briefing_records import BriefingLength, Change, Line
from kamerbrief.briefings.notes import Notes, Point
from kamerbrief.records import Letter

Array = NDArray[np.float64]
Vector = NDArray[np.float32]

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
        "in_short": 260,
        "decided": 130,
        "commitments": 190,
        "figures": 130,
        "timeline": 110,
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
LIKE = 2.0  # what likeness to what is told already costs, against the worth
SECTION = 0.2  # and to come out of the same section of the letter, each time
TWIN = 0.85  # cosine: two lines that say the same
_UPDATES = re.compile(
    r"\b(?:anders dan|in tegenstelling tot|in afwijking van|niet langer|niet meer|uitgesteld|vertraging|"
    r"vertraagd|ingetrokken|"
    r"herzien|aangepast|bijgesteld|gewijzigd|in aanvulling op|eerder (?:gemeld|aangekondigd|toegezegd)\w*|inmiddels|"
    r"in (?:mijn|onze) (?:vorige )?brief van|alsnog|vervalt|vervallen|later dan)\b",
    re.IGNORECASE,
)
ALIKE = 0.6  # cosine from which on two statements of two letters speak of the same matter


class Told:
    """What a briefing tells already, so that nothing is said twice."""

    def __init__(self) -> None:
        self._keys: set[tuple[str, int, int]] = set()
        self._texts: set[str] = set()
        self._vectors: list[Vector] = []
        self._sections: dict[tuple[str, int], int] = {}

    def likeness(self, points: Sequence[Point]) -> Array:
        """How near each point comes to what is told (0 to 1)."""
        known = np.array([one.key in self._keys or one.line.text in self._texts for one in points], float)
        if self._vectors and points:
            near = np.array([point.vector for point in points]) @ np.array(self._vectors).T
            known = np.maximum(known, near.max(axis=1))
        return known

    def often(self, points: Sequence[Point]) -> Array:
        """How many points of each one's section are told."""
        return np.array([self._sections.get((point.key[0], point.section), 0) for point in points], float)

    def add(self, point: Point) -> None:
        self._keys.add(point.key)
        self._texts.add(point.line.text)
        self._vectors.append(point.vector)
        place = (point.key[0], point.section)
        self._sections[place] = self._sections.get(place, 0) + 1


SHARE = 0.66  # of the letters' words that a briefing may have at most: a short letter needs no long one


def rooms(length: BriefingLength, words: int) -> dict[str, int]:
    """The words of each part of a briefing of letters with so many words: no less than in a short one."""
    room, least = ROOM[length], ROOM["short"]
    scale = min(1.0, SHARE * words / sum(room.values()))
    return {part: max(round(scale * size), least[part]) for part, size in room.items()}


def most_words(letters: Sequence[Letter], length: BriefingLength = "normal") -> int:
    """How many words a briefing of these letters may have."""
    words = sum(len(one.text.split()) for letter in letters for one in letter.paragraphs)
    return sum(rooms(length, words).values())


def choose_list(points: Sequence[Point], worth: Sequence[float], room: int, told: Told) -> list[int]:
    """As `choose`, for a list that is to be as full as it may: what room is left goes to what is told elsewhere."""
    chosen = choose(points, worth, room, told)
    room -= sum(points[i].words for i in chosen)
    others = [i for i in range(len(points)) if i not in chosen]
    again = choose([points[i] for i in others], [worth[i] for i in others], room, Told())
    return sorted([*chosen, *(others[i] for i in again)])


def choose(points: Sequence[Point], worth: Sequence[float], room: int, told: Told, most: int = 1000) -> list[int]:
    """The places of the points that are worth most while saying nothing twice, in at most so many words (MMR)."""
    chosen: list[int] = []
    words = np.array([point.words for point in points])
    open_ = words <= room
    while open_.any() and len(chosen) < most:
        likeness = told.likeness(points)
        open_ &= likeness < TWIN
        scores = np.array(worth) - LIKE * likeness - SECTION * told.often(points)
        best = int(np.where(open_, scores, -np.inf).argmax())
        if not open_[best]:
            break
        room -= int(words[best])
        told.add(points[best])
        chosen.append(best)
        open_[best] = False
        open_ &= words <= room
    return sorted(chosen)


def all_of(notes: Iterable[Notes], kind: str) -> list[Point]:
    """The points of a kind of all letters, in the order of the letters."""
    return list(chain.from_iterable(getattr(one, kind) for one in notes))


def log_odds(chance: float) -> float:
    return float(np.log((chance + 1e-6) / (1 - chance + 1e-6)))


def lines(points: Sequence[Point], chosen: Sequence[int]) -> tuple[Line, ...]:
    return tuple(points[i].line for i in chosen)


def changes(notes: Sequence[Notes], most: int) -> Iterator[Change]:
    """What a later letter of the same dossier says otherwise or anew of what an earlier one said."""
    found = 0
    for at, later in enumerate(notes):
        before = [
            one
            for earlier in notes[:at]
            if earlier.head.dossier == later.head.dossier is not None and earlier.head.id != later.head.id
            for one in earlier.key
        ]
        for point in later.key:
            if found < most and before and _UPDATES.search(point.line.text):
                best = max(before, key=partial(_cosine, point))
                if _cosine(point, best) >= ALIKE:
                    found += 1
                    yield Change(earlier=best.line, later=point.line)


def _cosine(one: Point, other: Point) -> float:
    return float(one.vector @ other.vector)
