"""Notes that somebody typed as a list under the text, "1) …", with "1)" behind what each is a note to."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kamerbrief.letters.lines import Block, Note

_NOTE = re.compile(r"(?P<mark>\d{1,2}\))\s+(?P<text>\S.*)")


def split_end_notes(blocks: Sequence[Block]) -> tuple[list[Block], list[Note]]:
    """The text without its last items, and these as notes, where they count from 1 on and each mark stands once in the
    text. Marks are as printed, "1)": notes of the file itself may count from 1 on as well."""
    start = len(blocks)
    while start and blocks[start - 1].kind == "item" and _NOTE.fullmatch(blocks[start - 1].text):
        start -= 1
    matches = [_NOTE.fullmatch(block.text) for block in blocks[start:]]
    found = [(match["mark"], match["text"]) for match in matches if match]
    if not found or [mark for mark, _ in found] != [f"{number})" for number in range(1, len(found) + 1)]:
        return list(blocks), []
    text = list(blocks[:start])
    places = [_places(text, mark) for mark, _ in found]
    if any(len(place) != 1 for place in places):
        return list(blocks), []
    for (mark, _), [(number, begin, end)] in zip(found, places, strict=True):
        text[number] = _without(text[number], mark, begin, end)
    return text, [Note(mark, said) for mark, said in found]


def _places(blocks: Sequence[Block], mark: str) -> list[tuple[int, int, int]]:
    """Where the mark hangs on a word or a stop: the block, start and end. One that closes a bracket is no mark."""
    hanging = re.compile(rf"(?<=[\w.,;:?!)”’»])\s?{re.escape(mark)}(?=[\s.,;:?!]|$)")
    return [
        (number, *match.span())
        for number, block in enumerate(blocks)
        for match in hanging.finditer(block.text)
        if block.text.count("(", 0, match.start()) <= block.text.count(")", 0, match.start())
    ]


def _without(block: Block, mark: str, begin: int, end: int) -> Block:
    kept = [(one, at if at <= begin else max(begin, at - (end - begin))) for one, at in block.marks]
    marks = tuple(sorted([*kept, (mark, begin)], key=lambda one: one[1]))
    return replace(block, text=block.text[:begin] + block.text[end:], marks=marks)
