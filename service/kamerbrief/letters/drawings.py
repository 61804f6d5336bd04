"""Whether what is drawn on a page is a figure: boxes with a few words each, bars, lines that run aslant or are curved.

A frame around prose is no figure, nor are the rules and the grounds of a table.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from statistics import median

from kamerbrief.letters.boxes import Box
from kamerbrief.letters.pdf import Page
from kamerbrief.letters.rows import Segment
from kamerbrief.letters.shapes import Shape

NEAR = 6.0
"""Points between shapes of one drawing, at most, where nothing ties them."""
BESIDE = 30.0
"""Points, likewise between boxes that may hold words."""
LONG = 7
"""Words of a line of prose, at least."""

_LABELS = 3  # groups of words of a figure, at least: a signature has fewer
_APART = 2.5  # points between the boxes of a drawing; grounds of cells touch
_WORDS = 20  # in a box of a drawing, in the middle of them
_WIDE = 0.8  # of the text's width: a box as wide is a frame or a ground
_HOLDER = (15.0, 8.0)  # points: width and height of a box that may hold words
_DRAWN = 20.0  # points: a line or curve that is no bullet, arrowhead or tick
_BARS = 3  # of other lengths, at least: a cell that spans others makes two
_LONGER = 10.0  # points that a table's rule is longer than a cell
_FIELD = 3.0  # sizes of type between a field and what it is called
_INSIDE = 0.75  # of a group of words: a long word may stick out of its box
_MAX_SHAPES = 600
"""Of a page: more are not needed to tell a figure."""


def place_of(segment: Segment) -> Box:
    """Where the words of a segment are printed."""
    size = segment.words[0].size  # not the most frequent one: this is asked for each shape of a page
    return Box(segment.left, segment.base - 0.2 * size, segment.right, segment.base + 0.75 * size)


def holds(box: Box, segment: Segment) -> bool:
    """Whether a segment stands in a box; it may stick out."""
    if not box.bottom - segment.words[0].size < segment.base < box.top:
        return False
    place = place_of(segment)
    inside = min(place.right, box.right) - max(place.left, box.left)
    return inside > _INSIDE * place.width and box.bottom <= (place.bottom + place.top) / 2 <= box.top


def may_hold(shape: Shape) -> bool:
    """Whether a shape is big enough for words."""
    return shape.kind != "rule" and shape.box.width > _HOLDER[0] and shape.box.height > _HOLDER[1]


def drawings(page: Page) -> list[list[Shape]]:
    """The shapes of a page in groups that lie close together; what covers most of the page is its ground."""
    ground = 0.5 * page.width * page.height
    shapes = sorted((one for one in page.shapes if one.box.area < ground), key=lambda shape: shape.box.left)
    where: dict[int, list[Shape]] = {}
    reached: list[Shape] = []
    for shape in shapes[:_MAX_SHAPES]:
        group = [shape]
        reached = [one for one in reached if one.box.right + BESIDE >= shape.box.left]
        for one in reached:
            reach = BESIDE if may_hold(one) and may_hold(shape) else NEAR
            if where[id(one)] is not group and one.box.gap(shape.box) <= reach:
                group += where[id(one)]
                where |= dict.fromkeys(map(id, group), group)
        where[id(shape)] = group
        reached.append(shape)
    return list({id(group): group for group in where.values()}.values())


def is_prose(segments: Sequence[Segment]) -> bool:
    """Whether most words stand in lines of prose."""
    words = [len(one.words) for one in segments]
    return 2 * sum(count for count in words if count >= LONG) > sum(words)


def labels_wanted(group: Sequence[Shape], segments: Sequence[Segment], width: float) -> int | None:
    """How many groups of words a figure wants that a group of shapes draws in a text of this width; None where they
    draw none. `segments` are all words of the page."""
    hull = Box.around(shape.box for shape in group)
    inner = [one for one in segments if holds(hull, one)]
    shapes = [shape for shape in group if not _is_frame(shape, inner)]
    if _has_boxes(shapes, segments, width):
        return 2
    return _LABELS if _has_bars(shapes) or _has_lines(shapes, inner) else None


def _is_frame(shape: Shape, inner: Sequence[Segment]) -> bool:
    """Whether a box is drawn around all of it."""
    return shape.kind == "box" and sum(holds(shape.box, one) for one in inner) > 0.9 * len(inner) > 0


def _has_boxes(shapes: Sequence[Shape], segments: Sequence[Segment], width: float) -> bool:
    """Whether there are boxes with a few words each, apart from one another, side by side or tied by lines."""
    rules = [shape.box for shape in shapes if shape.kind == "rule"]
    held = _holders(shapes, segments, width)
    labels = [
        box
        for box in held
        if not any(other is not box and box.gap(other) < _APART for other in held)
        and not any(_runs_along(rule, box) for rule in rules)
    ]
    if len(labels) < 2 or median(_words(box, segments) for box in labels) > _WORDS:
        return False
    ties = [shape.box for shape in shapes if shape.kind in ("rule", "line")]
    if any(sum(tie.gap(box) < NEAR for box in labels) >= 2 for tie in ties):
        return True
    loose = [one for one in segments if not any(holds(box, one) for box in labels)]
    beside = [box for box in labels if not _is_field(box, loose)]
    return any(max(one.bottom, other.bottom) < min(one.top, other.top) for one, other in combinations(beside, 2))


def _holders(shapes: Sequence[Shape], segments: Sequence[Segment], width: float) -> list[Box]:
    """The boxes, none of them twice and none around another, that hold whole groups of words."""
    found: dict[tuple[int, ...], Box] = {}
    for shape in shapes:
        box = shape.box
        if may_hold(shape) and box.width < _WIDE * width and any(holds(box, one) for one in segments):
            found.setdefault(tuple(round(side / 2) for side in (box.left, box.bottom, box.right, box.top)), box)
    boxes = [box for box in found.values() if not any(_is_cut(box, one) for one in segments)]
    return [box for box in boxes if not any(other is not box and other.within(box) for other in boxes)]


def _is_cut(box: Box, segment: Segment) -> bool:
    """Whether words run on over the side of a box, as they do over a mark of the pen."""
    place = place_of(segment)
    level = box.bottom < (place.bottom + place.top) / 2 < box.top
    inside = min(place.right, box.right) - max(place.left, box.left)
    return level and 2 < inside < _INSIDE * place.width


def _runs_along(rule: Box, box: Box) -> bool:
    """Whether a rule along a side of the box goes further than it, as that of a table does along its cells."""
    if rule.gap(box) > _APART:
        return False
    if rule.width > rule.height:
        at_side = min(abs(rule.top - box.bottom), abs(rule.bottom - box.top)) < _APART
        return at_side and rule.width > box.width + _LONGER
    at_side = min(abs(rule.left - box.right), abs(rule.right - box.left)) < _APART
    return at_side and rule.height > box.height + _LONGER


def _words(box: Box, segments: Sequence[Segment]) -> int:
    return sum(len(one.words) for one in segments if holds(box, one))


def _is_field(box: Box, segments: Sequence[Segment]) -> bool:
    """Whether a box stands behind words on their line, as the field of a form does."""
    for one in segments:
        place = place_of(one)
        level = box.bottom < (place.bottom + place.top) / 2 < box.top
        if level and 0 <= box.left - place.right < _FIELD * one.size:
            return True
    return False


def _has_bars(shapes: Sequence[Shape]) -> bool:
    """Whether filled boxes stand on one line or start at one, each as long as what it shows."""
    tall: defaultdict[int, set[int]] = defaultdict(set)
    long: defaultdict[int, set[int]] = defaultdict(set)
    for bar in (shape.box for shape in shapes if shape.kind == "box" and shape.filled):
        tall[round(bar.bottom)].add(round(bar.height))
        long[round(bar.left)].add(round(bar.width))
    return any(len(kinds) >= _BARS for stand in (tall, long) for kinds in stand.values())


def _has_lines(shapes: Sequence[Shape], inner: Sequence[Segment]) -> bool:
    """Whether lines run aslant or are curved, bigger than bullets are; or a picture lies under several words."""
    for shape in shapes:
        if shape.kind == "line" and max(shape.box.width, shape.box.height) > _DRAWN:
            return True
        if shape.kind == "picture" and sum(holds(shape.box, one) for one in inner) >= _LABELS:
            return True
    return False
