"""What a later letter of a dossier says otherwise or anew of what an earlier one said."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from kamerbrief.briefings.choose.twins import TWIN, counted_anew
from kamerbrief.briefings.find.points import Point
from kamerbrief.records.briefings import Change

MOST_CHANGES = 5  # of one briefing
ALIKE = 0.6  # cosine from which on two statements of two letters speak of the same matter
_UPDATES = re.compile(
    r"\b(?:anders dan|in tegenstelling tot|in afwijking van|niet langer|niet meer|uitgesteld|vertraging|"
    r"vertraagd|ingetrokken|herzien|aangepast|bijgesteld|gewijzigd|in aanvulling op|"
    r"eerder (?:gemeld|aangekondigd|toegezegd)\w*|inmiddels|"
    r"in (?:mijn|onze) (?:vorige )?brief van|alsnog|vervalt|vervallen|later dan)\b",
    re.IGNORECASE,
)


@dataclass
class _Dossier:
    """The key points of a dossier, and of how many of them the letter is read already."""

    points: list[Point] = field(default_factory=list)
    read: int = 0
    texts: set[str] = field(default_factory=set)


def changes(letters: Sequence[tuple[str | None, Sequence[Point]]]) -> Iterator[Change]:
    """The changes that each letter brings, letter by letter. `letters` are the dossier and the key points of each,
    oldest first; one that is of no dossier changes nothing."""
    dossiers: dict[str, _Dossier] = defaultdict(_Dossier)
    for name, points in letters:
        if name:
            dossiers[name].points += points
    # Stacked once: of a dossier of 300 letters they are many.
    stacked = {name: np.array([one.vector for one in dossier.points]) for name, dossier in dossiers.items()}
    for name, points in letters:
        if name:
            dossier = dossiers[name]
            yield from _changed(dossier, stacked[name][: dossier.read], points)
            dossier.read += len(points)
            dossier.texts.update(one.line.text for one in points)


def _changed(dossier: _Dossier, before: np.ndarray, later: Sequence[Point]) -> Iterator[Change]:
    """`before` are the vectors of the points that were read before, shape (points, size)."""
    if not len(before) or not later:
        return
    near = before @ np.array([point.vector for point in later]).T
    for point, nearest, best in zip(later, near.max(axis=0), near.argmax(axis=0), strict=True):
        earlier = dossier.points[best]
        updates = nearest >= ALIKE and _UPDATES.search(point.line.text)
        if point.line.text not in dossier.texts and (updates or (nearest >= TWIN and counted_anew(point, earlier))):
            yield Change(earlier=earlier.line, later=point.line)
