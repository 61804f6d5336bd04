"""A page of a PDF as a picture, and where on it quoted words stand."""

import ctypes
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw

from kamerbrief.errors import BrokenSourceError, PageError
from kamerbrief.letters.pdf import open_document, page_as_seen
from kamerbrief.records.pages import MOST_HIGH, MOST_WIDE, Box, Drawn, PageAsked, PaperPage

pdfium: Any = pypdfium2
raw: Any = pypdfium2.raw

_FURTHER = 30  # pages that are looked through: words stand on the page that their paragraph begins on, or the next
_SHORTEST = 16  # letters and digits in a row that are no chance
_BETWEEN = 300  # those that may come between two stretches of one quote: the mark of a note, or a table beside it
_COLOUR = (255, 226, 89, 255)
_FINE = 100_000  # steps across a page

_LEFT, _BOTTOM, _RIGHT, _TOP = range(4)
_LEVEL, _APART = 3.0, 12.0  # points: what is on one line, and the widest space between its words
_Rect = tuple[float, float, float, float]  # left, bottom, right, top, in points of the page's own


def page_on_paper(data: bytes, name: str, asked: PageAsked) -> Drawn:
    """The page that is asked for. Raises LetterError, PageError where there is no such page."""
    document = open_document(data, name)
    try:
        number, rects = _place(document, asked)
        page = page_as_seen(document, number - 1)
        width, height = page.get_size()
        if not (width > 0 and height > 0):
            raise BrokenSourceError(f"{name} has a page without a size", "download it again")
        boxes = tuple(_box(page, rect) for rect in rects)
        found = PaperPage(number=number, pages=len(document), width=width, height=height, boxes=boxes)
        return _drawn(page, found, rects) if asked.drawn else Drawn(found)
    except pypdfium2.PdfiumError as error:
        raise BrokenSourceError(f"{name} is a damaged PDF", "download it again") from error
    finally:
        document.close()


def _place(document: Any, asked: PageAsked) -> tuple[int, list[_Rect]]:
    """The number of the page, and where the quotes stand on it."""
    if asked.number > len(document):
        raise PageError(f"there is no page {asked.number}", f"it has {len(document)}")
    quotes = [plain for quote in asked.quotes if (plain := "".join(one for one, _ in _plain(quote)))]
    best, most = (asked.number, list[_Rect]()), 0
    last = min(asked.number + _FURTHER, len(document)) if asked.further and quotes else asked.number
    for number in range(asked.number, last + 1):
        found, letters = _quoted(document[number - 1], quotes)
        if letters > most:
            best, most = (number, found), letters
        if 2 * most > sum(map(len, quotes)):  # no other page can have more
            break
    return best


def _quoted(page: Any, quotes: Sequence[str]) -> tuple[list[_Rect], int]:
    """Where quotes stand on a page, and how many of their letters do."""
    textpage = page.get_textpage()
    try:
        text = [chr(raw.FPDFText_GetUnicode(textpage.raw, at)) for at in range(textpage.count_chars())]
        plain = list(_plain(text))
        letters, places = "".join(one for one, _ in plain), [at for _, at in plain]
        stretches = [one for quote in quotes for one in _stretches(quote, letters)]
        rects = [rect for start, end in stretches for rect in _rects(textpage, places[start], places[end - 1] + 1)]
        return rects, sum(end - start for start, end in stretches)
    finally:
        textpage.close()


def _plain(text: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The letters and digits of a text, small, each with its place: a page has other spaces and hyphens than a
    paragraph, and one sign for "fi"."""
    for at, sign in enumerate(text):
        for one in unicodedata.normalize("NFKC", sign).casefold():
            if one.isalnum():
                yield one, at


def _stretches(quote: str, page: str) -> Iterator[tuple[int, int]]:
    """Where a quote stands on a page: whole, or in stretches that follow each other, as where a note's mark stands in
    it, or a part of it is on another page."""
    if (whole := page.find(quote)) >= 0:
        yield whole, whole + len(quote)
        return
    at, after, before = 0, 0, len(page)
    while at + _SHORTEST <= len(quote):
        start = page.find(quote[at : at + _SHORTEST], after, before)
        if start < 0:
            at += 1
            continue
        size = _SHORTEST
        while at + size < len(quote) and page[start + size : start + size + 1] == quote[at + size]:
            size += 1
        yield start, start + size
        at, after, before = at + size, start + size, start + size + _BETWEEN


def _rects(textpage: Any, start: int, end: int) -> list[_Rect]:
    """Where a stretch of the text stands: a rectangle a line, if what is told of the line's words lies side by side."""
    found: list[_Rect] = []
    for number in range(textpage.count_rects(start, end - start)):
        one = textpage.get_rect(number)
        last = found[-1] if found else one
        beside = [abs(one[side] - last[side]) < _LEVEL for side in (_BOTTOM, _TOP)]
        near = last[_LEFT] <= one[_LEFT] <= last[_RIGHT] + _APART
        if found and all(beside) and near:
            found[-1] = last[_LEFT], min(one[_BOTTOM], last[_BOTTOM]), one[_RIGHT], max(one[_TOP], last[_TOP])
        else:
            found.append(one)
    return found


def _box(page: Any, rect: _Rect) -> Box:
    """Where a rectangle is on the page as it is seen, which may be turned."""
    (x1, y1), (x2, y2) = (_seen(page, *corner) for corner in (rect[:2], rect[2:]))
    return Box(left=min(x1, x2), top=min(y1, y2), width=abs(x2 - x1), height=abs(y2 - y1))


def _seen(page: Any, x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, _FINE, _FINE, 0, x, y, across, down)
    return across.value / _FINE, down.value / _FINE


def _drawn(page: Any, found: PaperPage, rects: Sequence[_Rect]) -> Drawn:
    for left, bottom, right, top in rects:
        one = raw.FPDFPageObj_CreateNewRect(left, bottom, right - left, top - bottom)
        raw.FPDFPageObj_SetFillColor(one, *_COLOUR)
        raw.FPDFPageObj_SetBlendMode(one, b"Multiply")  # so that the words are seen through it
        raw.FPDFPath_SetDrawMode(one, raw.FPDF_FILLMODE_WINDING, False)
        raw.FPDFPage_InsertObject(page.raw, one)
    scale = min((MOST_WIDE - 1) / found.width, (MOST_HIGH - 1) / found.height)  # it rounds up
    bitmap = page.render(scale=scale, rev_byteorder=True, force_bitmap_format=raw.FPDFBitmap_BGR)
    wide, all_bytes = 3 * bitmap.width, bytes(bitmap.buffer)
    rows = (all_bytes[start : start + wide] for start in range(0, len(all_bytes), bitmap.stride))
    return Drawn(found, bitmap.width, bitmap.height, b"".join(rows))
