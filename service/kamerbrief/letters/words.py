"""Words with their place and type, out of the characters of a PDF's page.

PDFium's own spaces and line ends are guesses of its own and are not used: letter-spaced type comes out as "P agina",
and text in another order on the page than in the file is cut in two. Words are made from the characters' places.
"""

import ctypes
import math
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import pypdfium2.raw

from kamerbrief.language.characters import readable
from kamerbrief.letters.boxes import Box, turn_of
from kamerbrief.letters.drawn import Sheet, Veil
from kamerbrief.letters.glyphs import Edges, glyphs
from kamerbrief.letters.lines import RemarkKind

raw: Any = pypdfium2.raw

SPACE = 0.18
"""A wider gap than this, in font sizes, parts words. In the real documents letter-spaced type has gaps up to 0.17, and
the narrowest space that no space character marks is 0.19."""
SMALL = 0.8
"""A digit under this share of the size before it is a mark beside the word, and no digit of it."""

_HYPHENS = "\u0002\u00ad\ufffe\uffff"
_ACCENTS = {"´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "¸": "\u0327", "ˇ": "\u030c"}
_LIGATURES = {ord(char): unicodedata.normalize("NFKC", char) for char in "ﬀﬁﬂﬃﬄﬅﬆ"}
_FAR = 1e6  # points: in a damaged file a place may be anywhere, or no number
_LONGEST = 1_000  # characters: longer is no word, and to add to it would take ever more time
_READABLE = 2.0
"""Points: smaller type nobody can read; note marks in the real documents have 4 and more."""
_FIXED_ITALIC = 1 << 6
_FORCE_BOLD = 1 << 18
_UPRIGHT = (0, 0.0)  # a direction, and how much askew
_SLANT = 0.12  # the cosine between line and letter: programs lean them by 10 to 20 degrees


@dataclass(slots=True)
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


class _Style(NamedTuple):
    """How a text object is set, with all of its characters: the size of its type in points; in which direction, and by
    how much askew of it (None where it lies slanted across the page)."""

    direction: tuple[int, float] | None
    size: float
    bold: bool
    italic: bool
    tag: int
    veil: Veil | None


class Words:
    """The words of a text page of PDFium. `left_out`: the characters that nobody can read, by the reason."""

    def __init__(self, textpage: Any, tags: dict[int, int], sheet: Sheet) -> None:
        self.left_out: defaultdict[RemarkKind, str] = defaultdict(str)
        self._textpage = textpage
        self._tags = tags
        self._sheet = sheet
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._matrix = raw.FS_MATRIX()
        self._fonts: dict[bytes, tuple[bool, bool]] = {}

    def read(self, count: int) -> list[Word]:
        """Those of so many characters."""
        words: list[Word] = []
        word: Word | None = None
        known: int | None = None
        box = self._sheet.box
        x0, y0, x1, y1 = box.left, box.bottom, box.right, box.top
        for index, (char, drawn, edges) in enumerate(glyphs(self._textpage, count)):
            if not char.isalnum():
                if char.isspace():
                    if word is not None and raw.FPDFText_IsGenerated(self._textpage, index) != 1:
                        word.spaced, word = True, None
                    continue
                if char in _HYPHENS:
                    char = "-"
                elif char < " ":
                    continue
            if drawn != known or not drawn:
                style, bottom, known = self._style(index), None, drawn
                direction, size = style.direction, style.size
                turn = direction[0] if direction is not None else -1
            if direction == _UPRIGHT:
                if edges[1] != bottom:  # or it stands on the line of the one before
                    bottom, (_, y) = edges[1], self._origin(index)
                x = edges[0]
                left, right, base = x - x0, edges[2] - x0, y - y0
            elif direction is not None:
                x, y = self._origin(index)
                left, right, base = self._turned(direction, edges, x, y)
            if turn < 0 or not (x0 <= x <= x1 and y0 <= y <= y1 and -_FAR < left + right < _FAR):
                self.left_out["slanted" if turn < 0 else "off the page"] += char
                word = None
            elif word is None or word.turn != turn or not _continues(word, char, size, left, base):
                word = Word(char, left, right, base, size, style.bold, style.italic, False, style.tag, turn)
                word.hidden = size < _READABLE or not self._sheet.shows(style.veil, edges)
                words.append(word)
            elif char in _ACCENTS and left < word.right - 0.1 * word.size:
                word.text += _ACCENTS[char]
            else:
                word.text += char
                if right > word.right:
                    word.right = right
        return self._seen(words)

    def _seen(self, words: list[Word]) -> list[Word]:
        for word in words:
            if not word.text.isascii():
                word.text = readable(_whole(word.text).translate(_LIGATURES))
            if word.hidden:
                self.left_out["hidden"] += f"{word.text} "
        return [word for word in words if word.text and not word.hidden]

    def _origin(self, index: int) -> tuple[float, float]:
        raw.FPDFText_GetCharOrigin(self._textpage, index, self._x, self._y)
        return self._x.value, self._y.value

    def _turned(self, direction: tuple[int, float], edges: Edges, x: float, y: float) -> tuple[float, float, float]:
        """Left, right and height of the line of a character, where the page is looked at so that it is upright."""
        turn, askew = direction
        seen, origin = (
            (one.straight(askew) if askew else one).turned(turn, self._sheet.box)
            for one in (Box(*edges), Box(x, y, x, y))
        )
        return seen.left, seen.right, origin.bottom

    def _style(self, index: int) -> _Style:
        textpage, matrix = self._textpage, self._matrix
        drawn = raw.FPDFText_GetTextObject(textpage, index)
        raw.FPDFText_GetMatrix(textpage, index, matrix)
        direction, scale, slanted = _drawing(matrix.a, matrix.b, matrix.c, matrix.d)
        mode = raw.FPDFTextObj_GetTextRenderMode(drawn) if drawn else raw.FPDF_TEXTRENDERMODE_FILL
        bold, italic = self._font(index, drawn)
        size = raw.FPDFText_GetFontSize(textpage, index) * scale
        return _Style(
            direction,
            size if size and math.isfinite(size) else 1.0,
            # Programs that have no bold type of a font draw its letters with an outline, others lean them.
            bold or mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE,
            italic or slanted,
            self._tags.get(raw.FPDFPageObj_GetMarkedContentID(drawn), -1) if self._tags and drawn else -1,
            self._sheet.veil_of(drawn, mode) if drawn else None,
        )

    def _font(self, index: int, drawn: Any) -> tuple[bool, bool]:
        """Whether the font of a character is bold, and whether it is italic."""
        key = bytes(raw.FPDFTextObj_GetFont(drawn)) if drawn else b""
        if key not in self._fonts:
            name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
            raw.FPDFText_GetFontInfo(self._textpage, index, name, len(name), flags)
            font = name.value.decode("utf-8", "replace").lower()
            heavy = raw.FPDFText_GetFontWeight(self._textpage, index) >= 600 or bool(flags.value & _FORCE_BOLD)
            bold = heavy or any(mark in font for mark in ("bold", "black", "heavy"))
            italic = bool(flags.value & _FIXED_ITALIC) or "italic" in font or "oblique" in font
            self._fonts[key] = bold, italic
        return self._fonts[key]


def _continues(word: Word, char: str, size: float, left: float, base: float) -> bool:
    return (
        left - word.right < SPACE * word.size
        and abs(base - word.base) < 0.05 * word.size
        and left > word.left - 0.2 * word.size
        and not (size < SMALL * word.size and char.isdigit())
        and len(word.text) < _LONGEST
    )


@lru_cache(maxsize=100)
def _drawing(a: float, b: float, c: float, d: float) -> tuple[tuple[int, float] | None, float, bool]:
    """What a matrix does to text: the direction that it gives it, its scale, and whether letters lean on an even line.

    Not PDFium's angle of a character: it takes leaning letters on an even line for slanted text.
    """
    scale = math.hypot(c, d)
    lengths = math.hypot(a, b) * scale
    return turn_of(math.atan2(b, a)), scale or 1.0, bool(lengths) and abs(a * c + b * d) > _SLANT * lengths


def _whole(text: str) -> str:
    """Characters beyond U+FFFF come as two halves; a half alone is damage."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
