"""Plain text: decoded, furniture out, lines to blocks; what type tells on paper, headings and notes, told by shape."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, pairwise

import ftfy

from kamerbrief.errors import BrokenSourceError, EmptySourceError, TooLargeError
from kamerbrief.language.characters import readable
from kamerbrief.letters.flow import make_blocks
from kamerbrief.letters.furniture import facts_of_furniture, is_furniture, is_page_number
from kamerbrief.letters.hyphens import SOFT_HYPHEN
from kamerbrief.letters.letterhead import DOSSIER_LINE, foot_of_session, parts_of_head, with_dossier
from kamerbrief.letters.lines import Block, Line, Note, Reading, Remark
from kamerbrief.letters.report import around_text

UNWRAPPED = 120
"""A line longer than this many characters is a paragraph by itself: nobody breaks lines that late."""

MAX_BYTES = 5_000_000
"""Some 1,500 pages."""
MAX_HEADING = 120
"""The longest heading in the real letters has 84 characters."""

_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+[A-Z]")
_NOTE = re.compile(r"^(?P<mark>\d{1,3})\s+(?P<text>[A-ZÀ-Ý«'\"].*)$")
_HANGING = re.compile(r"(?<=[a-zà-ÿ)»”’'][a-zà-ÿ.,;:?!)»”’'])\d{1,3}(?=[\s.,;:?!)]|$)")
"""A number that hangs on a small letter, a closing bracket or a quote; "m2" and "CO2" are words."""
_OLD_NOTE = re.compile(r"^(?:(?P<mark>[1-9x*!il»])\)|[’'])\s+(?P<text>[A-Z].*)$")
_OLD_MARK = re.compile(r"(?<=[^\W\d_]|\)|[.,;:»”’])\s?[1-9x*!il]\)(?!\w)")
_STROKE = re.compile(r"(?<=\w)\s?[’'](?=[.,;:]|$)|(?<=[.,;:])[’'](?=\s|$)")
_QUOTED = re.compile(r"(?:^|[\s(])[’'‘](?!s-)\w")
"""Text recognition reads the raised 1 as an x, an i or a sign."""
_LOST_MARK = re.compile(r"^(?:[’'*]\)?|\w\))\s[A-Z]")
"""A note whose mark was read as something else."""
_MAX_NOTE = 600
_HEAD = 20  # lines
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_WORD = re.compile(r"[^\W\d_]{2,}")
_WORDS = 3  # of the shortest sentence that says something: "Bomen worden geplant"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


_NAMED = re.compile(r"utf-?8|iso-?8859-?\d{1,2}|latin-?\d|(?:windows-?|cp)\d{3,4}")
_AS_CP1252 = re.compile(r"iso-?8859-?1|latin-?1|(?:us-)?ascii")
"""The names that browsers take for Windows-1252 (WHATWG, Encoding Standard)."""


def check_length(data: bytes, name: str, most: int) -> None:
    """Raises TooLargeError for more bytes of text than so many."""
    if len(data) > most:
        told = f"{len(data) / 1e6:.0f} MB of text, the limit is {most / 1e6:.0f} MB"
        raise TooLargeError(f"{name} is {told}", "split the document")


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    """The characters of a text: by its byte order mark, else as declared (in small letters), else UTF-8, else
    Windows-1252 (which Latin-1 letters are too).

    Raises BrokenSourceError where it holds NUL bytes or is not text.
    """
    encoding = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), None) or _utf16_without_bom(data)
    text = None
    said = "cp1252" if declared and _AS_CP1252.fullmatch(declared) else declared
    named = [said] if said and _NAMED.fullmatch(said) else []
    for candidate in [encoding] if encoding else [*named, "utf-8", "cp1252", "latin-1"]:
        try:
            text = data.decode(candidate)
            break
        except (UnicodeDecodeError, LookupError):
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
    """A letter in plain text, hard-wrapped or one paragraph a line. Raises LetterError where it is not text, more than
    anybody reads, or no sentence: a file that is nothing else is taken for text."""
    check_length(data, name, MAX_BYTES)
    text, remarks = mended(decode(data, name))
    if next(islice(_WORD.finditer(text), _WORDS - 1, None), None) is None:
        raise EmptySourceError(f"{name} holds no sentence", "give a file with the text of a letter")
    lines, furniture = _lines(text)
    blocks, notes = _tell_notes(_tell_headings(make_blocks(lines)))
    return Reading(blocks, notes, facts_of_furniture(furniture), around_text(furniture), remarks)


def mended(text: str) -> tuple[str, list[Remark]]:
    """The text as it was before it was taken for another encoding and encoded again ("coÃ¶rdinatie"), if it was."""
    lines = text.split("\n")
    mended = [line if line.isascii() else ftfy.fix_encoding(line) for line in lines]
    changed = [(was, now) for was, now in zip(lines, mended, strict=True) if was != now]
    if not changed:
        return text, []
    sample = next(word for was, _ in changed for word in was.split() if not word.isascii())
    return "\n".join(mended), [Remark(None, "mended", sample)]


def _lines(text: str) -> tuple[list[Line], list[str]]:
    one_ending = text.replace("\f", "\n\f\n").replace("\r\n", "\n").replace("\r", "\n")
    printed = with_dossier([line if line == "\f" else _readable_line(line) for line in one_ending.split("\n")])
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
            head = len(lines) < _HEAD
            for part in parts_of_head(raw) if head else (raw,):
                alone = head and DOSSIER_LINE.match(part.strip()) is not None
                lines.append(_line(part, gap, turned, unwrapped or alone))
                gap, turned = 1, False
    return lines, [printed[number].strip() for number in sorted(out)]


def _readable_line(line: str) -> str:
    """A soft hyphen at the end stays: it says that the word goes on."""
    line = line.rstrip()
    return readable(line) + (SOFT_HYPHEN if line.endswith(SOFT_HYPHEN) else "")


def _furniture_at(printed: list[str]) -> set[int]:
    """Furniture, and the page numbers beside it."""
    filled = [number for number, line in enumerate(printed) if line.strip()]
    foot = foot_of_session(printed[number] for number in filled[:_HEAD])
    out = {number for number in filled if is_furniture(printed[number]) or (foot and foot.match(printed[number]))}
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


def _tell_headings(blocks: Sequence[Block]) -> list[Block]:
    """A short block without a final stop is a heading when prose or a list stands under it."""
    told = []
    for number, block in enumerate(blocks):
        below = blocks[number + 1 : number + 3]
        told.append(replace(block, kind="heading") if _heads(block, below) else block)
    return told


def _heads(block: Block, below: Sequence[Block]) -> bool:
    if not below or not _short(block):
        return False
    return _prose(below[0]) or (_short(below[0]) and len(below) > 1 and _prose(below[1]))


def _short(block: Block) -> bool:
    text = block.text
    if len(text) > MAX_HEADING or text.endswith((".", ",", ";", ":", "-")):
        return False
    return bool(_NUMBERED.match(text)) if block.kind == "item" else block.kind != "table" and text[:1].isupper()


def _prose(block: Block) -> bool:
    if _NOTE.match(block.text) or _LOST_MARK.match(block.text):
        return False
    ends = block.text.endswith((".", "?", "!", ":", ";", "»", ")"))
    return (block.kind == "item" and not _short(block)) or (len(block.text) > 40 and ends)


def _tell_notes(blocks: Sequence[Block]) -> tuple[list[Block], list[Note]]:
    """A block that starts with a number is a note when the number hangs on a word of an earlier block: the last one."""
    kept: list[Block] = []
    notes: list[Note] = []
    hanging: defaultdict[str, list[int]] = defaultdict(list)
    for block in blocks:
        match = _NOTE.match(block.text) if block.kind == "text" and len(block.text) < _MAX_NOTE else None
        if match is not None and hanging[match["mark"]]:
            number = hanging[match["mark"]].pop()
            kept[number] = _without_mark(kept[number], match["mark"])
            notes.append(Note(match["mark"], match["text"]))
            continue
        if (
            (old := _OLD_NOTE.match(block.text))
            and len(block.text) < _MAX_NOTE
            and (place := _old_mark(kept, old["mark"]))
        ):
            number, start, end = place
            mark = old["mark"] if (old["mark"] or "x") in "123456789*" else "1"
            kept[number] = _cut(kept[number], mark, start, end)
            notes.append(Note(mark, old["text"]))
            continue
        if block.kind != "heading":
            for mark in _HANGING.findall(block.text):
                hanging[mark].append(len(kept))
        kept.append(block)
    return kept, notes


def _old_mark(blocks: Sequence[Block], mark: str | None) -> tuple[int, int, int] | None:
    """The last mark of a note as papers had it until about 1970, "1)", that closes no bracket: block, start, end."""
    if mark is None:
        return _stroke(blocks)
    for number in reversed(range(len(blocks))):
        for match in _OLD_MARK.finditer(blocks[number].text) if blocks[number].kind != "heading" else ():
            before = blocks[number].text[: match.start()]
            read = match[0].strip()[0]
            other = read.isdigit() and mark.isdigit() and read != mark
            if before.count("(") <= before.count(")") and not other:
                return number, *match.span()
    return None


def _stroke(blocks: Sequence[Block]) -> tuple[int, int, int] | None:
    """The only stroke behind a word of a text in which nothing is quoted with strokes: a raised 1, read as one."""
    found = [
        (number, *match.span())
        for number, block in enumerate(blocks)
        for match in (_STROKE.finditer(block.text) if block.kind != "heading" else ())
    ]
    quoted = any(_QUOTED.search(block.text) for block in blocks)
    return found[0] if len(found) == 1 and not quoted else None


def _without_mark(block: Block, mark: str) -> Block:
    start = [match.start() for match in _HANGING.finditer(block.text) if match[0] == mark][-1]
    return _cut(block, mark, start, start + len(mark))


def _cut(block: Block, mark: str, start: int, end: int) -> Block:
    text = block.text[:start] + block.text[end:]
    shifted = tuple((m, p - (end - start) if p > start else p) for m, p in block.marks)
    return replace(block, text=text, marks=(*shifted, (mark, start)))
