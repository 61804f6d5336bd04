"""What of a PDF page's text is to be read: what stands on the page, can be seen, and does not lie slanted across it.

Text is read in the direction in which it was drawn, so a turned page reads like an upright one, whether the page or the
text on it was turned. What is drawn at another slant is a stamp or a watermark; what lies off the page, or is white on
white, nobody who reads the page can see.
"""

import ctypes
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw

raw: Any = pypdfium2.raw

_UPRIGHT = 4
"""Degrees that text may lie off a right angle; scans that were laid in askew do by 1 to 3."""
_WHITE = 250  # of 255, in each colour
_INVISIBLE = 3  # the text render mode of PDF 32000-1, table 106: neither filled nor stroked
_PICTURE = 0.5
"""Share of the page that a picture covers when the page is one; figures in the real documents stay under .3."""


_GROUNDS = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING, raw.FPDF_PAGEOBJ_FORM)
"""What may lie under white text. What a form holds is not looked into: rather is text read than lost."""


@dataclass(frozen=True)
class Box:
    """A rectangle on a page, in points from below left."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def gap(self, other: "Box") -> float:
        """How far two lie apart, along the axis where they do most; below zero where they overlap."""
        across = max(self.left - other.right, other.left - self.right)
        return max(across, self.bottom - other.top, other.bottom - self.top)

    def within(self, other: "Box", reach: float = 1.0) -> bool:
        """Whether it lies in the other one, or sticks out by no more than `reach`."""
        return (
            self.left >= other.left - reach
            and self.right <= other.right + reach
            and self.bottom >= other.bottom - reach
            and self.top <= other.top + reach
        )

    @staticmethod
    def around(boxes: "Iterable[Box]") -> "Box":
        """The smallest that holds all of them, at least one."""
        lefts, bottoms, rights, tops = zip(*((box.left, box.bottom, box.right, box.top) for box in boxes), strict=True)
        return Box(min(lefts), min(bottoms), max(rights), max(tops))

    def straight(self, askew: float) -> "Box":
        """Where it lies once the page, turned around its corner, is no longer askew; it keeps its size."""
        x, y = (self.left + self.right) / 2, (self.bottom + self.top) / 2
        right = x * math.cos(askew) + y * math.sin(askew) - x
        up = y * math.cos(askew) - x * math.sin(askew) - y
        return Box(self.left + right, self.bottom + up, self.right + right, self.top + up)

    def turned(self, turn: int, sheet: "Box") -> "Box":
        """The same rectangle where `sheet` is looked at so that text drawn at `turn` degrees is upright."""
        if turn == 90:
            low, high = sheet.right - self.right, sheet.right - self.left
            return Box(self.bottom - sheet.bottom, low, self.top - sheet.bottom, high)
        if turn == 180:
            return Box(sheet.right - self.right, sheet.top - self.top, sheet.right - self.left, sheet.top - self.bottom)
        if turn == 270:
            return Box(sheet.top - self.top, self.left - sheet.left, sheet.top - self.bottom, self.right - sheet.left)
        return Box(self.left - sheet.left, self.bottom - sheet.bottom, self.right - sheet.left, self.top - sheet.bottom)


def turn_of(radians: float) -> tuple[int, float] | None:
    """The direction of text (all against the clock) in degrees: 0, 90, 180 or 270, and by how much it is askew in
    radians; None where it lies slanted."""
    degrees = math.degrees(radians) % 360
    nearest = round(degrees / 90) * 90
    return (nearest % 360, math.radians(degrees - nearest)) if abs(degrees - nearest) <= _UPRIGHT else None


class Sheet:
    """The objects of a page that tell which text can be seen. `box` is what of the page is shown."""

    def __init__(self, page: Any) -> None:
        media, crop = Box(*page.get_mediabox()), Box(*page.get_cropbox())
        self.box = Box(
            max(media.left, crop.left),
            max(media.bottom, crop.bottom),
            min(media.right, crop.right),
            min(media.top, crop.top),
        )
        self._page = page
        self._painted: list[Box] | None = None
        self._pictures: list[Box] | None = None

    @property
    def is_picture(self) -> bool:
        """Whether pictures cover most of the page, as they do one that was scanned."""
        return max((picture.area for picture in self.pictures), default=0.0) > _PICTURE * self.box.area

    @property
    def pictures(self) -> Sequence[Box]:
        if self._pictures is None:
            self._pictures = list(self._bounds(raw.FPDF_PAGEOBJ_IMAGE))
        return self._pictures

    def shows(self, drawn: Any, box: Box) -> bool:
        """Whether a text object can be seen at a place: it has a colour, or what lies under it has."""
        if not drawn:
            return True
        if raw.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE:
            return self.is_picture  # what text recognition read in the picture
        return not is_white(drawn) or self._is_painted(box)

    def _is_painted(self, box: Box) -> bool:
        """Whether something that is not white lies under a place, as the ground of a table's head does."""
        if self._painted is None:
            self._painted = [*(box for kind in _GROUNDS for box in self._bounds(kind)), *self.pictures]
        x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        return any(one.holds(x, y) for one in self._painted)

    def _bounds(self, kind: int) -> Sequence[Box]:
        """The places of the page's objects of a kind; of paths only the filled ones that are not white."""
        found = []
        edges = [ctypes.c_float() for _ in range(4)]
        for number in range(raw.FPDFPage_CountObjects(self._page.raw)):
            drawn = raw.FPDFPage_GetObject(self._page.raw, number)
            if raw.FPDFPageObj_GetType(drawn) != kind:
                continue
            if kind == raw.FPDF_PAGEOBJ_PATH and (not _is_filled(drawn) or is_white(drawn)):
                continue
            if raw.FPDFPageObj_GetBounds(drawn, *edges):
                found.append(Box(*(edge.value for edge in edges)))
        return found


def is_white(drawn: Any) -> bool:
    """Whether an object of a page is filled in white, or in nothing."""
    colour = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(drawn, *colour):
        return False
    red, green, blue, alpha = (one.value for one in colour)
    return alpha == 0 or min(red, green, blue) >= _WHITE


def _is_filled(path: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(path, fill, stroke)) and fill.value != raw.FPDF_FILLMODE_NONE
