"""Headings without a number, told by their type: a few lines in bold or in italics, between lines that are not.

White space around them is no condition: many letters set a heading right on the text, or right under the last full line
of a paragraph.
"""

import re
from collections.abc import Sequence

from kamerbrief.language.characters import BULLETS
from kamerbrief.letters.lines import Line
from kamerbrief.letters.questions import question_head

MAX_HEADING = 200
MAX_LINES = 3
_GAP = 1.35  # line distances within a heading, at most; of lines that go on in a small letter:
_LOOSE = 2.2
_SAME = 0.04
_ITEM = re.compile(rf"^[{BULLETS}–—*-]\s|^o\s")
_ENDED = re.compile(r"[.?!:;…][\"'”’»)\]]*$")
_NO_END = (".", ";", ",")


def heading_runs(lines: Sequence[Line]) -> dict[int, int]:
    """Where headings start that their type alone tells, each with the place behind its last line."""
    runs: dict[int, int] = {}
    start = 0
    while start < len(lines):
        end = start + 1
        if lines[start].bold or lines[start].italic:
            while end < len(lines) and _goes_on(lines[end - 1], lines[end]):
                end += 1
            if end - start <= MAX_LINES and _begins(lines, start) and _stops(lines, start, end):
                runs[start] = end
        start = end
    return runs


def is_heading(text: str, lines: Sequence[Line], styled: bool) -> bool:
    """Whether a block of lines is a heading by itself."""
    if len(text) > MAX_HEADING or len(lines) > MAX_LINES or _ITEM.match(text):
        return False
    if question_head(text):
        return True
    return styled and not text.endswith(_NO_END) and any(char.isalpha() for char in text)


def _style(line: Line) -> tuple[bool, bool]:
    return line.bold, line.italic


def _goes_on(above: Line, line: Line) -> bool:
    if _style(above) != _style(line) or line.cells or line.turned or abs(line.size - above.size) > _SAME * above.size:
        return False
    return line.gap < (_LOOSE if line.text[:1].islower() else _GAP) and not _ENDED.search(above.text)


def _begins(lines: Sequence[Line], start: int) -> bool:
    """Whether a heading may begin on a line: behind the end of a sentence, or apart from what stands above."""
    line = lines[start]
    if line.cells or line.whole or not (line.text[:1].isupper() or line.text[:1].isdigit()) or _ITEM.match(line.text):
        return False
    if start == 0 or line.turned or line.gap > _GAP:
        return True
    above = lines[start - 1]
    return bool(_ENDED.search(above.text)) or (_style(above) != _style(line) and any(_style(above)))


def _stops(lines: Sequence[Line], start: int, end: int) -> bool:
    """Whether lines that a heading may be are followed by text that begins anew, and do not end as a sentence does."""
    last = lines[end - 1].text
    if last.endswith(_NO_END) or sum(len(line.text) + 1 for line in lines[start:end]) > MAX_HEADING:
        return False
    if end == len(lines):
        return False
    below = lines[end]
    return below.turned or below.gap > _GAP or bool(below.cells) or not below.text[:1].islower()
