"""Words with their place and type, out of a PDF. The only file that knows PDFium.

PDFium's own spaces and line ends are guesses of its own and are not used: letter-spaced type comes out as "P agina",
and text in another order on the page than in the file is cut in two. Words are made from the characters' places.
"""

import ctypes
import unicodedata
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw

from kamerbrief.errors import BrokenSourceError, EncryptedError, NoTextError, TooLargeError
from kamerbrief.language.characters import readable

pdfium: Any = pypdfium2
raw: Any = pypdfium2.raw
"""Untyped: PDFium's C functions are made when the module is loaded, so no type checker knows them."""

MAX_PAGES = 2_000
MAX_CHARS = 3_000_000
"""Bounds for hostile files: the longest kamerstukken have some 500 pages of 4,000 characters. A million characters take
about 7 s."""

SPACE = 0.18
"""A wider gap than this, in font sizes, parts words. In the real documents letter-spaced type has gaps up to 0.17, and
the narrowest space that no space character marks is 0.19."""

_HYPHENS = "\u0002\u00ad\ufffe\uffff"
_ACCENTS = {"´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "¸": "\u0327", "ˇ": "\u030c"}
_LIGATURES = {ord(char): unicodedata.normalize("NFKC", char) for char in "ﬀﬁﬂﬃﬄﬅﬆ"}
_INLINE = frozenset(("Span", "Link", "Reference", "Em", "Strong", "Quote", "Sub", "Annot"))
_MAX_TAGS = 50_000
_MAX_DEPTH = 60
_FIXED_ITALIC = 1 << 6
_FORCE_BOLD = 1 << 18


@dataclass
class Word:
    """Characters printed next to each other. `base` is the height of the line they stand on, in points from below."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    italic: bool
    spaced: bool = False
    """A space character follows."""
    tag: int = -1
    """The paragraph of the file's own structure it belongs to, counted per page; -1 where the file has none."""


@dataclass(frozen=True)
class Page:
    number: int
    width: float
    height: float
    words: list[Word]


def read_pages(data: bytes, name: str, max_pages: int = MAX_PAGES, max_chars: int = MAX_CHARS) -> list[Page]:
    """The pages of a PDF with their words.

    Raises EncryptedError, BrokenSourceError, TooLargeError (over `max_pages` or `max_chars`) or NoTextError (a scan).
    """
    document = _open(data, name)
    try:
        if len(document) > max_pages:
            raise TooLargeError(f"{name} has {len(document)} pages, the limit is {max_pages}", "split the document")
        pages: list[Page] = []
        left = max_chars
        for number in range(len(document)):
            page, chars = _read_page(document, number, left)
            left -= chars
            if left < 0:
                raise TooLargeError(f"{name} has more than {max_chars} characters", "split the document")
            pages.append(page)
    except pypdfium2.PdfiumError as error:
        raise BrokenSourceError(f"{name} is a damaged PDF", "download it again") from error
    finally:
        document.close()
    if not any(page.words for page in pages):
        raise NoTextError(f"{name} is a scan: pages without text", "run text recognition (OCR) on it first")
    return pages


def _open(data: bytes, name: str) -> Any:
    try:
        return pdfium.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise EncryptedError(f"{name} is behind a password", "save it without one") from error
        raise BrokenSourceError(f"{name} is a damaged PDF", "download it again") from error


def _read_page(document: Any, number: int, max_chars: int) -> tuple[Page, int]:
    """The page, and how many characters it has; with more than `max_chars` they are counted but not read."""
    page = document[number]
    try:
        textpage = page.get_textpage()
        try:
            chars = textpage.count_chars()
            words = _Words(textpage.raw, _paragraph_tags(page.raw)).read() if 0 < chars <= max_chars else []
        finally:
            textpage.close()
        return Page(number + 1, page.get_width(), page.get_height(), words), chars
    finally:
        page.close()


class _Words:
    """One pass over the characters of a page."""

    def __init__(self, textpage: Any, tags: dict[int, int]) -> None:
        self._textpage = textpage
        self._tags = tags
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._box = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._flags = ctypes.c_int()
        self._name = ctypes.create_string_buffer(128)
        self._words: list[Word] = []

    def read(self) -> list[Word]:
        word: Word | None = None
        for index in range(raw.FPDFText_CountChars(self._textpage)):
            if raw.FPDFText_IsGenerated(self._textpage, index) == 1:
                continue
            char = chr(raw.FPDFText_GetUnicode(self._textpage, index))
            if char.isspace():
                if word is not None:
                    word.spaced = True
                word = None
            elif char >= " " or char in _HYPHENS:
                word = self._add(word, index, "-" if char in _HYPHENS else char)
        for word in self._words:
            word.text = readable(_whole(word.text).translate(_LIGATURES))
        return [word for word in self._words if word.text]

    def _add(self, word: Word | None, index: int, char: str) -> Word:
        raw.FPDFText_GetCharOrigin(self._textpage, index, self._x, self._y)
        raw.FPDFText_GetLooseCharBox(self._textpage, index, self._box)
        left, right, base = self._box.left, self._box.right, self._y.value
        if word is not None and self._continues(word, left, base):
            if char in _ACCENTS and left < word.right - 0.1 * word.size:
                word.text += _ACCENTS[char]
            else:
                word.text += char
                word.right = max(word.right, right)
            return word
        word = self._start(index, char, left, right, base)
        self._words.append(word)
        return word

    @staticmethod
    def _continues(word: Word, left: float, base: float) -> bool:
        return (
            abs(base - word.base) < 0.05 * word.size
            and left - word.right < SPACE * word.size
            and left > word.left - 0.2 * word.size
        )

    def _start(self, index: int, char: str, left: float, right: float, base: float) -> Word:
        textpage = self._textpage
        raw.FPDFText_GetMatrix(textpage, index, self._matrix)
        scale = (self._matrix.c**2 + self._matrix.d**2) ** 0.5
        size = raw.FPDFText_GetFontSize(textpage, index) * (scale or 1.0)
        raw.FPDFText_GetFontInfo(textpage, index, self._name, 128, self._flags)
        name = self._name.value.decode("utf-8", "replace").lower()
        bold = raw.FPDFText_GetFontWeight(textpage, index) >= 600 or bool(self._flags.value & _FORCE_BOLD)
        italic = bool(self._flags.value & _FIXED_ITALIC)
        return Word(
            char,
            left,
            right,
            base,
            size or 1.0,
            bold or any(mark in name for mark in ("bold", "black", "heavy")),
            italic or "italic" in name or "oblique" in name,
            tag=self._tag(index),
        )

    def _tag(self, index: int) -> int:
        if not self._tags:
            return -1
        drawn = raw.FPDFText_GetTextObject(self._textpage, index)
        return self._tags.get(raw.FPDFPageObj_GetMarkedContentID(drawn), -1) if drawn else -1


def _whole(text: str) -> str:
    """Characters beyond U+FFFF come as two halves; a half alone is damage."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _paragraph_tags(page: Any) -> dict[int, int]:
    """Which marked content belongs to which paragraph in the file's structure tree; empty where there is none."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    tags: dict[int, int] = {}
    try:
        roots = [raw.FPDF_StructTree_GetChildAtIndex(tree, i) for i in range(raw.FPDF_StructTree_CountChildren(tree))]
        todo = [(element, 0, 0) for element in reversed(roots) if element]
        paragraphs = 0
        while todo and paragraphs < _MAX_TAGS:
            element, paragraph, depth = todo.pop()
            if _element_type(element) not in _INLINE:
                paragraphs += 1
                paragraph = paragraphs
            children = range(raw.FPDF_StructElement_CountChildren(element))
            for i in children:
                tags.setdefault(raw.FPDF_StructElement_GetChildMarkedContentID(element, i), paragraph)
            if depth < _MAX_DEPTH:
                found = [raw.FPDF_StructElement_GetChildAtIndex(element, i) for i in children]
                todo += [(child, paragraph, depth + 1) for child in reversed(found) if child]
    finally:
        raw.FPDF_StructTree_Close(tree)
    tags.pop(-1, None)
    return tags


def _element_type(element: Any) -> str:
    buffer = ctypes.create_string_buffer(64)
    length = raw.FPDF_StructElement_GetType(element, buffer, 64)
    return buffer.raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
