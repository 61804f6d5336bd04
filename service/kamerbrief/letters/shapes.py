"""What is drawn on a page beside its text: boxes, straight rules, lines and curves, pictures."""

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

import pypdfium2.raw

from kamerbrief.letters.boxes import Box

raw: Any = pypdfium2.raw

ShapeKind = Literal["box", "rule", "line", "picture"]

MAX_STEPS = 5_000
"""Of all paths of a page: a drawn map has more, and is a figure by fewer. They take some 5 ms."""
_MAX_DEPTH = 4
_MAX_CLIPS = 50
_WHITE = 250  # of 255, in each colour
_THIN = 2.5  # points: what is no thicker is a rule
_STRAIGHT = 0.3  # points
_SIDE = 0.3  # of an edge that a straight side takes when its corners are round

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True)
class Shape:
    """Something drawn: a box (also one with round corners), a rule along an edge of the page, any other line or curve,
    or a picture. `filled`: in a colour that is not white. `opaque`: nothing under it can be seen. `order`: its place
    among what is drawn on the page, one over the other."""

    box: Box
    kind: ShapeKind
    filled: bool = False
    opaque: bool = False
    order: int = 0


def shapes_of(page: Any, max_steps: int = MAX_STEPS) -> list[Shape]:
    """The shapes of a page of PDFium, in points from below left of its own coordinates, but for what cannot be seen."""
    steps = 0
    found = []
    for order in range(raw.FPDFPage_CountObjects(page.raw)):
        drawn = raw.FPDFPage_GetObject(page.raw, order)
        if raw.FPDFPageObj_GetType(drawn) == raw.FPDF_PAGEOBJ_TEXT:
            continue
        cover = not raw.FPDFPageObj_HasTransparency(drawn) and clip_of(drawn) is None
        for one, matrix in _within([drawn], _PLAIN, 0):
            for shape, points in _shapes(one, matrix):
                solid = cover and shape.opaque and one is drawn
                found.append(replace(shape, opaque=solid, order=order))
                steps += points
        if steps > max_steps:
            break
    return found


def _shapes(drawn: Any, matrix: Matrix) -> Iterator[tuple[Shape, int]]:
    """The shapes of one path or picture, each with the number of its points."""
    if raw.FPDFPageObj_GetType(drawn) == raw.FPDF_PAGEOBJ_IMAGE:
        corners = [_at(corner, matrix) for corner in ((0, 0), (1, 0), (0, 1), (1, 1))]
        yield Shape(_hull(corners), "picture", opaque=True), 4
        return
    filled, seen, painted = _paint(drawn)
    if not seen and not painted:
        return
    for points, curved in _parts(drawn, matrix):
        shape = _shape(points, curved, filled)
        if seen or shape.kind == "box":
            yield replace(shape, opaque=painted and shape.kind == "box"), len(points)


def _within(objects: Iterable[Any], matrix: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    """The paths and pictures, those within forms too, each with the matrix that puts it on the page."""
    for drawn in objects:
        kind = raw.FPDFPageObj_GetType(drawn)
        if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
            continue
        placed = _product(_matrix(drawn), matrix)
        if kind != raw.FPDF_PAGEOBJ_FORM:
            yield drawn, placed
        elif depth < _MAX_DEPTH:
            inner = (raw.FPDFFormObj_GetObject(drawn, at) for at in range(raw.FPDFFormObj_CountObjects(drawn)))
            yield from _within(inner, placed, depth + 1)


def clip_of(drawn: Any) -> Box | None:
    """The box around what an object of a page is cut off by; None where nothing cuts it."""
    clip = raw.FPDFPageObj_GetClipPath(drawn)
    count = raw.FPDFClipPath_CountPaths(clip) if clip else -1
    if count <= 0:
        return None
    found: Box | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(min(count, _MAX_CLIPS)):
        points = []
        for at in range(min(raw.FPDFClipPath_CountPathSegments(clip, path), _MAX_CLIPS)):
            if raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, path, at), x, y):
                points.append((x.value, y.value))
        if points:
            hull = _hull(points)
            found = hull if found is None else _common(found, hull)
    return found


def _common(one: Box, other: Box) -> Box:
    return Box(
        max(one.left, other.left),
        max(one.bottom, other.bottom),
        min(one.right, other.right),
        min(one.top, other.top),
    )


def is_white(drawn: Any) -> bool:
    """Whether an object of a page is filled in white, or in nothing."""
    red, green, blue, alpha = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
    if not raw.FPDFPageObj_GetFillColor(drawn, red, green, blue, alpha):
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= _WHITE


def _matrix(drawn: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(drawn, found):
        return _PLAIN
    return found.a, found.b, found.c, found.d, found.e, found.f


def _product(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _at(point: Point, matrix: Matrix) -> Point:
    x, y = point
    return matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]


def _paint(path: Any) -> tuple[bool, bool, bool]:
    """Whether a path is filled in a colour, whether it can be seen on white paper, and whether it is filled at all."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path, fill, stroke):
        return False, False, False
    painted = fill.value != raw.FPDF_FILLMODE_NONE
    filled = painted and not is_white(path)
    return filled, filled or bool(stroke.value), painted


def _parts(path: Any, matrix: Matrix) -> Iterator[tuple[list[Point], bool]]:
    """The parts of a path that are drawn without lifting the pen: their points, and whether one has curves."""
    points: list[Point] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(min(raw.FPDFPath_CountSegments(path), MAX_STEPS)):
        step = raw.FPDFPath_GetPathSegment(path, at)
        kind = raw.FPDFPathSegment_GetType(step)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, curved
            points, curved = [], False
        if raw.FPDFPathSegment_GetPoint(step, x, y):
            points.append(_at((x.value, y.value), matrix))
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
    if len(points) > 1:
        yield points, curved


def _hull(points: list[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _shape(points: list[Point], curved: bool, filled: bool) -> Shape:
    hull = _hull(points)
    if min(hull.width, hull.height) <= _THIN:
        return Shape(hull, "rule", filled)
    return Shape(hull, "box" if _is_box(points, hull, curved) else "line", filled)


def _is_box(points: list[Point], hull: Box, curved: bool) -> bool:
    """Whether the points go around a box along its edges; its corners may be round."""
    steps = list(zip(points, points[1:] + points[:1], strict=True))
    level = [abs(one[1] - other[1]) < _STRAIGHT for one, other in steps]
    upright = [abs(one[0] - other[0]) < _STRAIGHT for one, other in steps]
    if not curved:
        return 4 <= len(points) <= 6 and all(one or other for one, other in zip(level, upright, strict=True))
    along = [
        (flat and abs(one[0] - other[0]) > _SIDE * hull.width)
        or (steep and abs(one[1] - other[1]) > _SIDE * hull.height)
        for (one, other), flat, steep in zip(steps, level, upright, strict=True)
    ]
    return sum(along) >= 3
