"""What a later letter of a dossier says otherwise or anew of what an earlier one said."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kamerbrief.briefings.choose.recounted import Counted
from kamerbrief.briefings.choose.twins import TWIN, counted_anew
from kamerbrief.briefings.find.points import Findings, Point
from kamerbrief.briefings.parts import FIGURES, KEY
from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.records.briefings import Change

MOST_CHANGES = 5  # of one briefing
ALIKE = 0.6  # cosine from which on two statements of two letters speak of the same matter


@dataclass
class _Dossier:
    """The key points of a dossier, and of how many of them the letter is read already."""

    points: list[Point] = field(default_factory=list)
    read: int = 0
    texts: set[str] = field(default_factory=set)


def changes(findings: Sequence[Findings]) -> Iterator[Change]:
    """The changes that each letter brings, the oldest letter first, and of each first what it counts anew; one that is
    of no dossier changes nothing."""
    counted: dict[str, Counted] = defaultdict(Counted)
    in_dossiers = [
        (one.head.dossier, one.points[KEY.name], one.points[FIGURES.name], lexicon_of(one.head.language))
        for one in findings
        if one.head.dossier
    ]
    dossiers: dict[str, _Dossier] = defaultdict(_Dossier)
    for name, points, *_ in in_dossiers:
        dossiers[name].points += points
    # Stacked once: of a dossier of 300 letters they are many.
    stacked = {name: np.array([one.vector for one in dossier.points]) for name, dossier in dossiers.items()}
    for name, points, figures, lexicon in in_dossiers:
        dossier = dossiers[name]
        anew = list(counted[name].anew(figures))
        yield from anew
        told = {one.later.text for one in anew}
        updates = lexicon.pattern("briefings.changes.updates")
        for change in _changed(dossier, stacked[name][: dossier.read], points, updates):
            if change.later.text not in told:
                yield change
        counted[name].read(figures)
        dossier.read += len(points)
        dossier.texts.update(one.line.text for one in points)


def _changed(
    dossier: _Dossier, before: NDArray[np.float32], later: Sequence[Point], update: re.Pattern[str]
) -> Iterator[Change]:
    """`before` are the vectors of the points that were read before, shape (points, size); `update` finds the words by
    which a letter says that something is otherwise now."""
    if not len(before) or not later:
        return
    near = before @ np.array([point.vector for point in later]).T
    for point, nearest, best in zip(later, near.max(axis=0), near.argmax(axis=0), strict=True):
        earlier = dossier.points[best]
        updates = nearest >= ALIKE and update.search(point.line.text)
        if point.line.text not in dossier.texts and (updates or (nearest >= TWIN and counted_anew(point, earlier))):
            yield Change(earlier=earlier.line, later=point.line)
