"""The characters of a PDF's page, with what PDFium tells of each of them.

It tells one thing of one character a call. Called one by one, with objects to be told in, that is most of the time that
a PDF takes; so whole columns are asked for, into memory that is there.
"""

import ctypes
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import repeat
from typing import Any

import pypdfium2.raw

raw: Any = pypdfium2.raw

_AT_ONCE = 4_096  # a page of text has fewer; all columns of a hostile one would take much of the memory

Edges = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Glyph = tuple[str, int | None, Edges]
"""A character, the address of the text object that draws it, and the edges of the place that it takes on its line, in
points in the page's own coordinates."""


def glyphs(textpage: Any, count: int) -> Iterator[Glyph]:
    """The first `count` characters of a text page of PDFium, in its order, those that it has made up itself too."""
    _, drawn, box = _calls()
    page = ctypes.cast(textpage, ctypes.c_void_p).value
    boxes = (ctypes.c_float * (4 * _AT_ONCE))()
    places = range(start := ctypes.addressof(boxes), start + 16 * _AT_ONCE, 16)
    for first in range(0, count, _AT_ONCE):
        these = range(first, min(first + _AT_ONCE, count))
        deque(map(box, repeat(page), these, places), 0)
        left, top, right, bottom = (boxes[edge : 4 * len(these) : 4] for edge in range(4))
        edges = zip(left, bottom, right, top, strict=True)
        yield from zip(_characters(textpage, these), map(drawn, repeat(page), these), edges, strict=True)


def _characters(textpage: Any, these: range) -> Iterable[str]:
    """The text at once, where each of these places has one character of it; else place by place."""
    found = (ctypes.c_ushort * (len(these) + 1))()
    units = raw.FPDFText_GetText(textpage, these.start, len(these), found) - 1
    text = bytes(found)[: 2 * units].decode("utf-16", "surrogatepass")
    if len(text) == len(these):
        return text
    page = ctypes.cast(textpage, ctypes.c_void_p).value
    return map(chr, map(_calls()[0], repeat(page), these))


@cache
def _calls() -> tuple[Callable[..., Any], ...]:
    """PDFium's functions, taking and giving plain numbers: for objects of `ctypes` a call takes half as long again."""
    page, index, at = ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
    kinds = (
        (raw.FPDFText_GetUnicode, (ctypes.c_uint, page, index)),
        (raw.FPDFText_GetTextObject, (ctypes.c_void_p, page, index)),
        (raw.FPDFText_GetLooseCharBox, (ctypes.c_int, page, index, at)),
    )
    return tuple(ctypes.PYFUNCTYPE(*kind)(ctypes.cast(call, ctypes.c_void_p).value or 0) for call, kind in kinds)
