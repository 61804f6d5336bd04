"""Words with their place and type, out of a PDF.

PDFium's own spaces and line ends are guesses of its own and are not used: letter-spaced type comes out as "P agina",
and text in another order on the page than in the file is cut in two. Words are made from the characters' places.
"""

import ctypes
import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2
import pypdfium2.raw

from kamerbrief.errors import BrokenSourceError, EncryptedError, NoTextError, TooLargeError
from kamerbrief.language.characters import readable
from kamerbrief.letters.boxes import Box, turn_of
from kamerbrief.letters.drawn import Sheet
from kamerbrief.letters.lines import Remark, RemarkKind
from kamerbrief.letters.shapes import MAX_STEPS, Shape, shapes_of
from kamerbrief.letters.tags import paragraph_tags

pdfium: Any = pypdfium2
raw: Any = pypdfium2.raw
"""Untyped: PDFium's C functions are made when the module is loaded, so no type checker knows them."""

MAX_PAGES = 2_000
MAX_CHARS = 3_000_000
"""Bounds for hostile files: the longest kamerstukken have some 500 pages of 4,000 characters. A million characters take
about 7 s."""

MAX_SHAPES = 100_000
"""Of a document: on the pages after so many, figures are not told from text. Real ones have up to 60 a page."""

SPACE = 0.18
"""A wider gap than this, in font sizes, parts words. In the real documents letter-spaced type has gaps up to 0.17, and
the narrowest space that no space character marks is 0.19."""

_HYPHENS = "\u0002\u00ad\ufffe\uffff"
_ACCENTS = {"´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "¸": "\u0327", "ˇ": "\u030c"}
_LIGATURES = {ord(char): unicodedata.normalize("NFKC", char) for char in "ﬀﬁﬂﬃﬄﬅﬆ"}
_SIDEWAYS = 20
"""So many words in another direction are text, as of a table that was set sideways; the real documents have up to 6."""
SMALL = 0.8
"""A digit under this share of the size before it is a mark beside the word, and no digit of it."""
_READABLE = 2.0
"""Points: smaller type nobody can read; note marks in the real documents have 4 and more."""
_FIXED_ITALIC = 1 << 6
_FORCE_BOLD = 1 << 18
_SLANT = 0.12  # the cosine between line and letter: programs lean them by 10 to 20 degrees


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
    turn: int = 0
    """The direction in which it was drawn: degrees, against the clock."""
    hidden: bool = False


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
    document = _open(data, name)
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


def _open(data: bytes, name: str) -> Any:
    try:
        return pdfium.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise EncryptedError(f"{name} is behind a password", "save it without one") from error
        raise BrokenSourceError(f"{name} is a damaged PDF", "download it again") from error


def _read_page(document: Any, number: int, max_chars: int, max_steps: int) -> tuple[list[Page], int]:
    """The page, and how many characters it has; with more than `max_chars` they are counted but not read."""
    page = _with_fields(document, number)
    try:
        shapes, textpage = shapes_of(page, max_steps), page.get_textpage()
        try:
            chars = textpage.count_chars()
            if chars > max_chars:
                return [], chars
            sheet = Sheet(page, shapes)
            words = _Words(textpage.raw, paragraph_tags(page.raw), sheet)
            return _pages(number + 1, words.read(), words.left_out, sheet, shapes), chars
        finally:
            textpage.close()
    finally:
        page.close()


def _with_fields(document: Any, number: int) -> Any:
    """The page with what its form fields and annotations show as text of its own."""
    page = document[number]
    if raw.FPDFPage_GetAnnotCount(page.raw) == 0 or raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == 0:
        return page
    page.close()
    return document[number]


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


class _Words:
    """One pass over the characters of a page."""

    def __init__(self, textpage: Any, tags: dict[int, int], sheet: Sheet) -> None:
        self.left_out: dict[RemarkKind, str] = {}
        self._textpage = textpage
        self._tags = tags
        self._sheet = sheet
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
            if word.hidden:
                self._leave("hidden", f"{word.text} ")
        return [word for word in self._words if word.text and not word.hidden]

    def _leave(self, kind: RemarkKind, text: str) -> None:
        self.left_out[kind] = self.left_out.get(kind, "") + text

    def _add(self, word: Word | None, index: int, char: str) -> Word | None:
        raw.FPDFText_GetCharOrigin(self._textpage, index, self._x, self._y)
        raw.FPDFText_GetLooseCharBox(self._textpage, index, self._box)
        raw.FPDFText_GetMatrix(self._textpage, index, self._matrix)
        # Not PDFium's angle of a character: it takes leaning letters on an even line for slanted text.
        direction = turn_of(math.atan2(self._matrix.b, self._matrix.a))
        if direction is None or not self._sheet.box.holds(self._x.value, self._y.value):
            self._leave("slanted" if direction is None else "off the page", char)
            return None
        turn, askew = direction
        box = Box(self._box.left, self._box.bottom, self._box.right, self._box.top)
        x, y = self._x.value, self._y.value
        places = [box, Box(x, y, x, y)] if not askew else [box.straight(askew), Box(x, y, x, y).straight(askew)]
        seen, origin = (one.turned(turn, self._sheet.box) for one in places)
        left, right, base = seen.left, seen.right, origin.bottom
        small = word is not None and char.isdigit() and self._size(index) < SMALL * word.size
        if word is not None and word.turn == turn and not small and self._continues(word, left, base):
            if char in _ACCENTS and left < word.right - 0.1 * word.size:
                word.text += _ACCENTS[char]
            else:
                word.text += char
                word.right = max(word.right, right)
            return word
        word = self._start(index, char, left, right, base)
        word.turn = turn
        word.hidden = word.size < _READABLE or not self._sheet.shows(
            raw.FPDFText_GetTextObject(self._textpage, index), box
        )
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
        raw.FPDFText_GetFontInfo(textpage, index, self._name, 128, self._flags)
        name = self._name.value.decode("utf-8", "replace").lower()
        bold = raw.FPDFText_GetFontWeight(textpage, index) >= 600 or bool(self._flags.value & _FORCE_BOLD)
        bold = bold or self._is_outlined(index)
        italic = bool(self._flags.value & _FIXED_ITALIC) or self._is_slanted(index)
        return Word(
            char,
            left,
            right,
            base,
            self._size(index),
            bold or any(mark in name for mark in ("bold", "black", "heavy")),
            italic or "italic" in name or "oblique" in name,
            tag=self._tag(index),
        )

    def _is_outlined(self, index: int) -> bool:
        """Whether letters are drawn with an outline, as programs do that have no bold type of a font."""
        drawn = raw.FPDFText_GetTextObject(self._textpage, index)
        return bool(drawn) and raw.FPDFTextObj_GetTextRenderMode(drawn) == raw.FPDF_TEXTRENDERMODE_FILL_STROKE

    def _is_slanted(self, index: int) -> bool:
        """Whether letters are drawn aslant on an even line, as programs do that have no italic type of a font."""
        raw.FPDFText_GetMatrix(self._textpage, index, self._matrix)
        a, b, c, d = self._matrix.a, self._matrix.b, self._matrix.c, self._matrix.d
        lengths = math.hypot(a, b) * math.hypot(c, d)
        return bool(lengths) and abs(a * c + b * d) > _SLANT * lengths

    def _size(self, index: int) -> float:
        """The size of a character's type, in points."""
        raw.FPDFText_GetMatrix(self._textpage, index, self._matrix)
        scale = (self._matrix.c**2 + self._matrix.d**2) ** 0.5
        return float(raw.FPDFText_GetFontSize(self._textpage, index) * (scale or 1.0)) or 1.0

    def _tag(self, index: int) -> int:
        if not self._tags:
            return -1
        drawn = raw.FPDFText_GetTextObject(self._textpage, index)
        return self._tags.get(raw.FPDFPageObj_GetMarkedContentID(drawn), -1) if drawn else -1


def _whole(text: str) -> str:
    """Characters beyond U+FFFF come as two halves; a half alone is damage."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
