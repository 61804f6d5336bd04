"""What of a PDF page's text is to be read: what stands on the page, can be seen, and does not lie slanted across it.

Text is read in the direction in which it was drawn, so a turned page reads like an upright one, whether the page or the
text on it was turned. What is drawn at another slant is a stamp or a watermark; what lies off the page, is white on
white, cut off by the edge that it is drawn within, or painted over, nobody who reads the page can see.
"""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw

from kamerbrief.letters.boxes import Box
from kamerbrief.letters.shapes import Shape, clip_of, is_white

raw: Any = pypdfium2.raw

_INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_PICTURE = 0.5
"""Share of the page that pictures cover when the page is one, in strips perhaps; figures in the real documents stay
under .3."""


@dataclass(frozen=True)
class Veil:
    """What may hide the characters of a text object: it is invisible, or white; an edge that cuts it off; and what is
    drawn later."""

    invisible: bool
    white: bool
    clip: Box | None
    covers: tuple[Box, ...]


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
        self._order: dict[bytes, int] | None = None

    @property
    def is_picture(self) -> bool:
        """Whether pictures cover most of the page, as they do one that was scanned."""
        return sum(picture.area for picture in self._pictures) > _PICTURE * self.box.area

    def veil_of(self, drawn: Any, mode: int) -> Veil | None:
        """What may hide a text object that is drawn in a mode; None where nothing does."""
        invisible, clip = mode in _INVISIBLE, clip_of(drawn)
        covers: tuple[Box, ...] = ()
        white = not invisible and is_white(drawn)
        if clip is not None or self._covers:
            place = self._place(drawn)
            clip = None if place is None else clip
            covers = tuple(one.box for one in self._covers if place is not None and one.order > place)
        return Veil(invisible, white, clip, covers) if invisible or white or clip or covers else None

    def shows(self, veil: Veil | None, edges: tuple[float, float, float, float]) -> bool:
        """Whether text can be seen at a place: it has a colour, or what lies under it has, and nothing that was drawn
        later lies over it."""
        if veil is None:
            return True
        if veil.invisible:
            self.is_recognised |= self.is_picture  # what text recognition read in the picture
            return self.is_picture
        box = Box(*edges)
        x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        if veil.white and not self._is_painted(x, y):
            return False
        return (veil.clip is None or veil.clip.holds(x, y)) and not any(box.within(one) for one in veil.covers)

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
            self._order = {bytes(raw.FPDFPage_GetObject(self._page.raw, at)): at for at in count}
        return self._order.get(bytes(drawn))

    def _bounds(self, kinds: Sequence[int]) -> Sequence[Box]:
        """The places of the page's objects of some kinds."""
        found = []
        edges = [ctypes.c_float() for _ in range(4)]
        for number in range(raw.FPDFPage_CountObjects(self._page.raw)):
            drawn = raw.FPDFPage_GetObject(self._page.raw, number)
            if raw.FPDFPageObj_GetType(drawn) in kinds and raw.FPDFPageObj_GetBounds(drawn, *edges):
                found.append(Box(*(edge.value for edge in edges)))
        return found
