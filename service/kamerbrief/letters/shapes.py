"""Headings and footnotes of plain text: what type would have told on paper, told by shape."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kamerbrief.letters.lines import Block, Note

MAX_HEADING = 120
"""The longest heading in the real letters has 84 characters."""

_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+[A-Z]")
_NOTE = re.compile(r"^(?P<mark>\d{1,3})\s+(?P<text>[A-ZÀ-Ý«'\"].*)$")
_MAX_NOTE = 600


def tell_headings(blocks: Sequence[Block]) -> list[Block]:
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
    if _NOTE.match(block.text):
        return False
    ends = block.text.endswith((".", "?", "!", ":", ";", "»", ")"))
    return (block.kind == "item" and not _short(block)) or (len(block.text) > 40 and ends)


def tell_notes(blocks: Sequence[Block]) -> tuple[list[Block], list[Note]]:
    """A block that starts with a number is a note when the number hangs on a word of an earlier block."""
    kept: list[Block] = []
    notes: list[Note] = []
    for block in blocks:
        match = _NOTE.match(block.text) if block.kind == "text" and len(block.text) < _MAX_NOTE else None
        place = _place_of_mark(kept, match["mark"]) if match else None
        if match is None or place is None:
            kept.append(block)
            continue
        number, start = place
        kept[number] = _without_mark(kept[number], match["mark"], start)
        notes.append(Note(match["mark"], match["text"]))
    return kept, notes


def _place_of_mark(blocks: Sequence[Block], mark: str) -> tuple[int, int] | None:
    """The last place where the mark hangs on a small letter, a closing bracket or a quote; "m2" and "CO2" are words."""
    hanging = re.compile(rf"(?<=[a-zà-ÿ)»”’'][a-zà-ÿ.,;:?!)»”’']){mark}(?=[\s.,;:?!)]|$)")
    for number in range(len(blocks) - 1, -1, -1):
        found = list(hanging.finditer(blocks[number].text))
        if found and blocks[number].kind != "heading":
            return number, found[-1].start()
    return None


def _without_mark(block: Block, mark: str, start: int) -> Block:
    text = block.text[:start] + block.text[start + len(mark) :]
    shifted = tuple((m, p - len(mark) if p > start else p) for m, p in block.marks)
    return replace(block, text=text, marks=(*shifted, (mark, start)))
