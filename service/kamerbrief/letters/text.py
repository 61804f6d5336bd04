"""Plain text: decoded, furniture out, lines to blocks."""

import re
from itertools import pairwise

from kamerbrief.errors import BrokenSourceError, EmptySourceError
from kamerbrief.letters.flow import make_blocks
from kamerbrief.letters.furniture import facts_of_furniture, is_furniture, is_page_number
from kamerbrief.letters.hyphens import SOFT_HYPHEN
from kamerbrief.letters.lines import Line, Reading
from kamerbrief.letters.shapes import tell_headings, tell_notes

UNWRAPPED = 120
"""A line longer than this many characters is a paragraph by itself: nobody breaks lines that late."""

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decode(data: bytes, name: str) -> str:
    """The characters of a text: by its byte order mark, else UTF-8, else Windows-1252 (which Latin-1 letters are too).

    Raises BrokenSourceError where it holds NUL bytes or is not text.
    """
    encoding = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), None) or _utf16_without_bom(data)
    text = None
    for candidate in [encoding] if encoding else ["utf-8", "cp1252", "latin-1"]:
        try:
            text = data.decode(candidate)
            break
        except UnicodeDecodeError:
            continue
    if text is None or len(_CONTROL.findall(text)) > len(text) // 1000 or "\x00" in text:
        raise BrokenSourceError(f"{name} is not text", "save it as UTF-8 text, PDF or the official XML")
    return _CONTROL.sub("", text)


def _utf16_without_bom(data: bytes) -> str | None:
    """UTF-16 of Western text has a NUL in every other byte."""
    head = data[:2000]
    for encoding, nuls, others in (("utf-16-le", head[1::2], head[0::2]), ("utf-16-be", head[0::2], head[1::2])):
        if len(head) >= 8 and nuls.count(0) > 0.8 * len(nuls) and others.count(0) == 0:
            return encoding
    return None


def read_text(data: bytes, name: str) -> Reading:
    """A letter in plain text, hard-wrapped or one paragraph a line. Raises LetterError where it is not text."""
    text = decode(data, name)
    if not text.strip():
        raise EmptySourceError(f"{name} is empty", "give a file with the text of a letter")
    lines, furniture = _lines(text)
    blocks, notes = tell_notes(tell_headings(make_blocks(lines)))
    return Reading(blocks, notes, facts_of_furniture(furniture), furniture)


def _lines(text: str) -> tuple[list[Line], list[str]]:
    printed = [
        line.rstrip() for line in text.replace("\f", "\n\f\n").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ]
    out = _furniture_at(printed)
    unwrapped = _is_unwrapped(printed)
    lines: list[Line] = []
    gap, turned = 1, True
    for number, raw in enumerate(printed):
        if number in out or raw == "\f":
            turned = True
        elif not raw.strip():
            gap += 1
        else:
            lines.append(_line(raw, gap, turned, unwrapped))
            gap, turned = 1, False
    return lines, [printed[number].strip() for number in sorted(out)]


def _furniture_at(printed: list[str]) -> set[int]:
    """Furniture, and the page numbers beside it."""
    filled = [number for number, line in enumerate(printed) if line.strip()]
    out = {number for number in filled if is_furniture(printed[number])}
    for one, two in pairwise(filled):
        for beside, number in ((one, two), (two, one)):
            if (beside in out or printed[beside] == "\f") and is_page_number(printed[number]):
                out.add(number)
    return out


def _is_unwrapped(printed: list[str]) -> bool:
    """Whether most of the text stands in lines too long to have been broken."""
    lengths = [len(line) for line in printed]
    return 2 * sum(length for length in lengths if length > UNWRAPPED) > sum(lengths)


def _line(raw: str, gap: int, turned: bool, unwrapped: bool) -> Line:
    text = re.sub(r"\s+", " ", raw.strip())
    soft_end = text.endswith(SOFT_HYPHEN)
    text = text.replace(SOFT_HYPHEN, "") + (SOFT_HYPHEN if soft_end else "")
    left = len(raw) - len(raw.lstrip())
    return Line(
        text=text,
        left=float(left if left > 1 else 0),
        right=float(left + len(text)),
        first=float(len(text.split(" ", 1)[0])),
        gap=float(gap),
        turned=turned,
        whole=unwrapped or len(text) > UNWRAPPED,
    )
