"""The pages of a PDF: their words, with place and type, and what is drawn beside them."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2
import pypdfium2.raw

from kamerbrief.errors import BrokenSourceError, EncryptedError, NoTextError, TooLargeError
from kamerbrief.letters.drawn import Sheet
from kamerbrief.letters.lines import Remark, RemarkKind
from kamerbrief.letters.shapes import MAX_STEPS, Shape, shapes_of
from kamerbrief.letters.tags import paragraph_tags
from kamerbrief.letters.words import Word, Words

pdfium: Any = pypdfium2
raw: Any = pypdfium2.raw
"""Untyped: PDFium's C functions are made when the module is loaded, so no type checker knows them."""

MAX_PAGES = 2_000
MAX_CHARS = 3_000_000
"""Bounds for hostile files: the longest kamerstukken have some 500 pages of 4,000 characters. A million characters take
some 6 s."""

MAX_SHAPES = 100_000
"""Of a document: on the pages after so many, figures are not told from text. Real ones have up to 60 a page."""

_NO_LOOK = 2  # bytes of a text that ends where it begins
_SIDEWAYS = 20
"""So many words in another direction are text, as of a table that was set sideways; the real documents have up to 6."""


@dataclass(frozen=True)
class Page:
    """The words of a page that run in one direction, seen so that they are upright, and what is drawn beside them.
    `remarks`: what was left out."""

    number: int
    width: float
    height: float
    words: list[Word]
    remarks: tuple[Remark, ...] = ()
    shapes: tuple[Shape, ...] = ()


def read_pages(data: bytes, name: str, max_pages: int = MAX_PAGES, max_chars: int = MAX_CHARS) -> list[Page]:
    """The pages of a PDF with their words; a page with text in two directions comes as two of one number.

    Raises EncryptedError, BrokenSourceError, TooLargeError (over `max_pages` or `max_chars`) or NoTextError (a scan).
    """
    document = open_document(data, name)
    try:
        if len(document) > max_pages:
            raise TooLargeError(f"{name} has {len(document)} pages, the limit is {max_pages}", "split the document")
        pages: list[Page] = []
        left, drawn = max_chars, 0
        for number in range(len(document)):
            found, chars = _read_page(document, number, left, MAX_STEPS if drawn < MAX_SHAPES else 0)
            left -= chars
            drawn += sum(len(page.shapes) for page in found)
            if left < 0:
                raise TooLargeError(f"{name} has more than {max_chars} characters", "split the document")
            pages += found
    except pypdfium2.PdfiumError as error:
        raise BrokenSourceError(f"{name} is a damaged PDF", "download it again") from error
    finally:
        document.close()
    if not any(page.words for page in pages):
        raise NoTextError(f"{name} is a scan: pages without text", "run text recognition (OCR) on it first")
    return pages


def open_document(data: bytes, name: str) -> Any:
    try:
        return pdfium.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise EncryptedError(f"{name} is behind a password", "save it without one") from error
        raise BrokenSourceError(f"{name} is a damaged PDF", "download it again") from error


def _read_page(document: Any, number: int, max_chars: int, max_steps: int) -> tuple[list[Page], int]:
    """The page, and how many characters it has; with more than `max_chars` they are counted but not read."""
    page = page_as_seen(document, number)
    try:
        shapes, textpage = shapes_of(page, max_steps), page.get_textpage()
        try:
            chars = textpage.count_chars()
            if chars > max_chars:
                return [], chars
            sheet = Sheet(page, shapes)
            words = Words(textpage.raw, paragraph_tags(page.raw), sheet)
            return _pages(number + 1, words.read(chars), words.left_out, sheet, shapes), chars
        finally:
            textpage.close()
    finally:
        page.close()


def page_as_seen(document: Any, number: int) -> Any:
    """The page with what its form fields and annotations show as text of its own."""
    page = document[number]
    if not _shows_more(page.raw) or raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == 0:
        return page
    page.close()
    return document[number]


def _shows_more(page: Any) -> bool:
    """Whether a page has annotations that may show something: others than links without a look of their own."""
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        one = raw.FPDFPage_GetAnnot(page, number)
        look = raw.FPDFAnnot_GetAP(one, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0)
        link = raw.FPDFAnnot_GetSubtype(one) == raw.FPDF_ANNOT_LINK
        raw.FPDFPage_CloseAnnot(one)
        if not link or look > _NO_LOOK:
            return True
    return False


def _pages(
    number: int, words: list[Word], left_out: dict[RemarkKind, str], sheet: Sheet, shapes: Sequence[Shape]
) -> list[Page]:
    """The words by their direction, most of them first. A few in another one than the rest are margin print."""
    counts = Counter(word.turn for word in words)
    by_turn: defaultdict[int, list[Word]] = defaultdict(list)
    for word in words:
        by_turn[word.turn].append(word)
    turns = [turn for turn, count in counts.most_common() if count >= _SIDEWAYS or turn == counts.most_common(1)[0][0]]
    beside = " ".join(word.text for word in words if word.turn not in turns)
    remarks = [Remark(number, kind, text) for kind, text in left_out.items()]
    if beside:
        remarks.append(Remark(number, "sideways", beside))
    if sheet.is_recognised:
        remarks.append(Remark(number, "recognised"))
    elif sheet.is_picture and len(words) < _SIDEWAYS:
        remarks.append(Remark(number, "picture"))
    pages: list[Page] = []
    for turn in turns or [0]:
        seen = sheet.box.turned(turn, sheet.box)
        drawn = tuple(replace(shape, box=shape.box.turned(turn, sheet.box)) for shape in shapes)
        pages.append(Page(number, seen.right, seen.top, by_turn[turn], () if pages else tuple(remarks), drawn))
    return pages
