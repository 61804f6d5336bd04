"""Letters on a time axis, as a picture: a lane for each kind, a dot for each letter."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from kamerbrief.records.letters import LetterHead, LetterKind

KINDS: tuple[LetterKind, ...] = ("letter", "answers", "other")
WIDTH = 960.0  # in the picture's own units
_EDGE = 12.0
_STEP = 12.0  # from a dot to the one above it, and how near to each other two may stand in a row
_GAP = 26.0  # above the dots of a lane, where its name stands
_FOOT = 24.0
_MOST_TICKS = 10


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    head: LetterHead


@dataclass(frozen=True)
class Lane:
    """The letters of one kind, over the line at `y`; its name stands at `top`."""

    kind: LetterKind
    top: float
    y: float
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Axis:
    height: float
    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[float, int], ...]  # years, where they begin


def axis_of(heads: Sequence[LetterHead]) -> Axis | None:
    """None where there are not two days to put beside each other."""
    dated = sorted(((head.date, head) for head in heads if head.date), key=lambda one: (one[0], one[1].id))
    if not dated or dated[0][0] == dated[-1][0]:
        return None
    first, last = dated[0][0].toordinal(), dated[-1][0].toordinal()

    def place(day: int) -> float:
        return round(_EDGE + (day - first) / (last - first) * (WIDTH - 2 * _EDGE), 1)

    lanes: list[Lane] = []
    top = 0.0
    for kind in KINDS:
        of_kind = [(place(day.toordinal()), head) for day, head in dated if head.kind == kind]
        if not of_kind:
            continue
        rows = _rows([x for x, _ in of_kind])
        line = top + _GAP + (max(rows) + 1) * _STEP
        dots = [Dot(x, line - (row + 0.75) * _STEP, head) for row, (x, head) in zip(rows, of_kind, strict=True)]
        lanes.append(Lane(kind, top + _GAP * 0.6, line, tuple(dots)))
        top = line
    years = range(dated[0][0].year + 1, dated[-1][0].year + 1)
    shown = years[:: len(years) // _MOST_TICKS + 1]
    ticks = tuple((place(datetime.date(year, 1, 1).toordinal()), year) for year in shown)
    return Axis(top + _FOOT, tuple(lanes), ticks)


def _rows(places: Sequence[float]) -> list[int]:
    """In which row each dot stands, so that none hides another: the lowest in which there is room."""
    ends: list[float] = []
    found = []
    for x in places:
        row = next((at for at, end in enumerate(ends) if x - end >= _STEP), len(ends))
        ends[row : row + 1] = [x]
        found.append(row)
    return found
