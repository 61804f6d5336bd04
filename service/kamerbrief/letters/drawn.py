"""What of a PDF page's text is to be read: what stands on the page, can be seen, and does not lie slanted across it.

Text is read in the direction in which it was drawn, so a turned page reads like an upright one, whether the page or the
text on it was turned. What is drawn at another slant is a stamp or a watermark; what lies off the page, is white on
white, cut off by the edge that it is drawn within, or painted over, nobody who reads the page can see.
"""

import ctypes
from collections.abc import Sequence
from typing import Any

import pypdfium2.raw

from kamerbrief.letters.boxes import Box
from kamerbrief.letters.shapes import Shape, address_of, is_white, seen_within

raw: Any = pypdfium2.raw

_INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_PICTURE = 0.5
"""Share of the page that pictures cover when the page is one, in strips perhaps; figures in the real documents stay
under .3."""


class Sheet:
    """What is drawn on a page, as far as it tells which text can be seen. `box` is what of the page is shown; it
    `is_recognised` where text lies invisible over a picture, as far as was asked."""

    def __init__(self, page: Any, shapes: Sequence[Shape]) -> None:
        media, crop = Box(*page.get_mediabox()), Box(*page.get_cropbox())
        self.box = Box(
            max(media.left, crop.left),
            max(media.bottom, crop.bottom),
            min(media.right, crop.right),
            min(media.top, crop.top),
        )
        self.is_recognised = False
        self._page = page
        self._pictures = [shape.box for shape in shapes if shape.kind == "picture"]
        self._paint = [shape for shape in shapes if shape.kind == "picture" or shape.filled]
        self._covers = [shape for shape in shapes if shape.opaque]
        self._grounds: list[Box] | None = None
        self._order: dict[int, int] | None = None

    @property
    def is_picture(self) -> bool:
        """Whether pictures cover most of the page, as they do one that was scanned."""
        return sum(picture.area for picture in self._pictures) > _PICTURE * self.box.area

    def shows(self, drawn: Any, box: Box) -> bool:
        """Whether a text object can be seen at a place: it has a colour, or what lies under it has, and nothing that
        was drawn later lies over it."""
        if not drawn:
            return True
        if raw.FPDFTextObj_GetTextRenderMode(drawn) in _INVISIBLE:
            self.is_recognised |= self.is_picture  # what text recognition read in the picture
            return self.is_picture
        x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        if is_white(drawn) and not self._is_painted(x, y):
            return False
        place = self._place(drawn)
        if place is None:
            return True
        return seen_within(drawn, x, y) and not any(
            shape.order > place and box.within(shape.box) for shape in self._covers
        )

    def _is_painted(self, x: float, y: float) -> bool:
        """Whether something that is not white lies under a place, as the ground of a table's head does. What holds a
        form or a shading is not looked into: rather is text read than lost."""
        if self._grounds is None:
            kinds = (raw.FPDF_PAGEOBJ_SHADING, raw.FPDF_PAGEOBJ_FORM)
            self._grounds = [*(shape.box for shape in self._paint), *(self._bounds(kinds))]
        return any(one.holds(x, y) for one in self._grounds)

    def _place(self, drawn: Any) -> int | None:
        """The place of an object among those of the page; None where it is part of a form, which has its own."""
        if self._order is None:
            count = range(raw.FPDFPage_CountObjects(self._page.raw))
            self._order = {address_of(raw.FPDFPage_GetObject(self._page.raw, at)): at for at in count}
        return self._order.get(address_of(drawn))

    def _bounds(self, kinds: Sequence[int]) -> Sequence[Box]:
        """The places of the page's objects of some kinds."""
        found = []
        edges = [ctypes.c_float() for _ in range(4)]
        for number in range(raw.FPDFPage_CountObjects(self._page.raw)):
            drawn = raw.FPDFPage_GetObject(self._page.raw, number)
            if raw.FPDFPageObj_GetType(drawn) in kinds and raw.FPDFPageObj_GetBounds(drawn, *edges):
                found.append(Box(*(edge.value for edge in edges)))
        return found
