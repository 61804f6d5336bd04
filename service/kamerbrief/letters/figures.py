"""Figures: drawings whose words are labels and no prose.

A drawing is told by its shapes; what stands in it, and what stands close to it and is set otherwise than the text, as
the numbers along an axis or the names of a legend, are its labels.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kamerbrief.letters.boxes import Box
from kamerbrief.letters.drawings import BESIDE, LONG, drawings, holds, is_prose, labels_wanted, may_hold, place_of
from kamerbrief.letters.flow import join
from kamerbrief.letters.hyphens import known_words
from kamerbrief.letters.pdf import Page
from kamerbrief.letters.rows import Segment
from kamerbrief.letters.shapes import Shape

_ASIDE = 25.0  # points between a drawing and the numbers along it
_OVER = 1.6  # sizes of type, likewise above and below
_NAME = 3  # words of what stands beside a bar, at the text's own edge
_NUMBER = re.compile(r"^[\d.,%€+–—/() -]+$")
_STOPPED = re.compile(r"[.?!;:,]$")
_UNDER = 1.7  # sizes of type between the lines of a label
_IN_BOX = 2.4  # likewise, where a box is around them
_ROUNDS = 6
_SAME = 0.04
_EDGE = 3.0  # points


@dataclass(frozen=True)
class Figure:
    """The words of a drawing, label by label, and where it lies."""

    page: int
    box: Box
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Setting:
    """How the text of a document is set: its left and right edges, the size of its type; and how captions begin, which
    are text where they stand in a drawing too."""

    left: float
    right: float
    size: float
    caption: re.Pattern[str]


def take_figures(page: Page, rows: list[list[Segment]], setting: Setting) -> tuple[list[list[Segment]], list[Figure]]:
    """The rows without what is in figures, and these from top to bottom."""
    if not any(shape.kind != "rule" for shape in page.shapes):
        return rows, []
    pieces = {id(one): _cut(one, page.shapes) for row in rows for one in row}
    free = [piece for found in pieces.values() for piece in found]
    figures: list[Figure] = []
    taken: set[int] = set()
    for group in drawings(page):
        wanted = labels_wanted(group, free, setting.right - setting.left)
        if wanted is None:
            continue
        hull, inner = _grown(group, page.shapes, free, setting)
        at_edge = sum(abs(one.left - setting.left) < _EDGE for one in inner)
        if len(inner) < wanted or 2 * at_edge > len(inner) or is_prose(inner):
            continue
        taken |= {id(one) for one in inner}
        free = [one for one in free if id(one) not in taken]
        figures.append(Figure(page.number, hull, tuple(_labels(page.shapes, inner))))
    kept = [[piece for one in row for piece in _left_over(one, pieces[id(one)], taken)] for row in rows]
    return [row for row in kept if row], sorted(figures, key=lambda figure: -figure.box.top)


def _cut(segment: Segment, shapes: Sequence[Shape]) -> list[Segment]:
    """A segment in pieces where the side of a shape stands between two words: the words of two boxes."""
    middle = segment.base + 0.3 * segment.size
    sides = [
        side
        for shape in shapes
        if may_hold(shape) and shape.box.bottom < middle < shape.box.top
        for side in (shape.box.left, shape.box.right)
        if segment.left < side < segment.right
    ]
    starts = [0]
    for at in range(1, len(segment.words)):
        if any(segment.words[at - 1].right <= side <= segment.words[at].left for side in sides):
            starts.append(at)
    if len(starts) == 1:
        return [segment]
    ends = [*starts[1:], len(segment.words)]
    return [
        replace(
            segment,
            words=segment.words[start:end],
            raised={at - start for at in segment.raised if start <= at < end},
        )
        for start, end in zip(starts, ends, strict=True)
    ]


def _left_over(segment: Segment, pieces: list[Segment], taken: set[int]) -> list[Segment]:
    left = [piece for piece in pieces if id(piece) not in taken]
    return [segment] if len(left) == len(pieces) else left


def _grown(
    group: Sequence[Shape], shapes: Sequence[Shape], segments: Sequence[Segment], setting: Setting
) -> tuple[Box, list[Segment]]:
    """The whole of a drawing, with what is drawn and printed around it as long as no text lies between; its words."""
    hull = Box.around(shape.box for shape in group)
    inner = [one for one in segments if holds(hull, one) and not setting.caption.match(one.text())]
    ids = {id(one) for one in inner}
    others = [one for one in segments if id(one) not in ids]
    text = [place_of(one) for one in others if not _is_label(one, hull, setting)]
    for _ in range(_ROUNDS):
        before = hull
        more = [shape.box for shape in shapes if shape.box.gap(hull) < BESIDE and shape.box.area < 4 * hull.area]
        more += [place_of(one) for one in others if _is_close(hull, one) and _is_label(one, hull, setting)]
        for box in more:
            wider = Box.around([hull, box])
            if not any(place.gap(wider) < 0 for place in text):
                hull = wider
        if hull == before:
            break
    return hull, inner + [one for one in others if _is_label(one, hull, setting) and holds(hull, one)]


def _is_label(segment: Segment, hull: Box, setting: Setting) -> bool:
    """Whether words outside a drawing may belong to it: few, and set otherwise than the text or right beside it."""
    told = segment.text()
    if setting.caption.match(told) or 0 in segment.raised or len(segment.words) >= LONG:
        return False
    if _NUMBER.match(told) or segment.left > setting.left + _EDGE:
        return True
    if abs(segment.size - setting.size) > _SAME * setting.size:
        return True
    place = place_of(segment)
    level = hull.bottom < place.bottom and place.top < hull.top
    return level and len(segment.words) <= _NAME and not _STOPPED.search(told)


def _is_close(hull: Box, segment: Segment) -> bool:
    place = place_of(segment)
    across = max(hull.left - place.right, place.left - hull.right)
    up = max(hull.bottom - place.top, place.bottom - hull.top)
    return (across < 0 and up < _OVER * segment.size) or (up < 0 and across < _ASIDE)


def _labels(shapes: Sequence[Shape], segments: Sequence[Segment]) -> Iterator[str]:
    """The words of a figure, those in one box or close under one another together, from top to bottom."""
    known = known_words(one.text() for one in segments)
    holders = [shape.box for shape in shapes if may_hold(shape)]
    groups: list[tuple[Box | None, list[Segment]]] = []
    for one in sorted(segments, key=lambda segment: (-segment.base, segment.left)):
        box = min((box for box in holders if holds(box, one)), key=lambda box: box.area, default=None)
        for held, group in groups:
            if held == box and _goes_on(group[-1], one, _UNDER if box is None else _IN_BOX):
                group.append(one)
                break
        else:
            groups.append((box, [one]))
    for _, group in groups:
        yield join(((one.text(), ()) for one in group), known)[0]


def _goes_on(above: Segment, below: Segment, reach: float) -> bool:
    """Whether a line of a label goes on in the next one: under it by `reach` sizes at most, in the same type."""
    step = above.base - below.base
    overlap = min(above.right, below.right) - max(above.left, below.left)
    return 0 < step < reach * below.size and overlap > 0 and abs(above.size - below.size) < _SAME * above.size
