"""Printed lines become headings, paragraphs, items and tables.

A new block starts where the page shows one: white space above, another size or style of type, a bullet, a forced line
break (the next word would have fitted on the line above), an indent. Over a page break the gap says nothing; there a
block goes on unless its last line was the end of a sentence with room left.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from kamerbrief.language.characters import BULLETS
from kamerbrief.letters.headings import heading_runs, is_heading
from kamerbrief.letters.hyphens import known_words, mend
from kamerbrief.letters.letterhead import stands_alone
from kamerbrief.letters.lines import Block, Line, Marks
from kamerbrief.letters.questions import question_head

GAP = 1.35
"""White space between paragraphs, in line distances: the smallest in the real documents is 1.5, the largest within
a paragraph 1.15."""

_BULLET = re.compile(rf"^[{BULLETS}o]\s")
_DASH = re.compile(r"^[-–—*]\s")
_NUMBER = re.compile(r"^(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)|(?:\d{1,2}|[a-z])\.|\d{1,2}°|[a-z]\))\s+\S")
_ENDED = re.compile(r"[.?!:;…][\"'”’»)\]]*$")
_STOPPED = re.compile(r"[.?!…:][\"'”’»)\]]*$")
_ASKED = re.compile(r"\?[\"'”’»)\]]*$")
_Edge = tuple[float, tuple[int, int]]
_RAISED = re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=[\d.,;:?!)»”’])(?<!\b10))[⁰¹²³⁴-⁹]+")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MAX_LABEL = 60
_MAX_LINES = 500
"""No letter has a paragraph of ten pages; in a hostile file, looking back over more would take for ever."""


def make_blocks(lines: Sequence[Line]) -> list[Block]:
    """The blocks of a document, in the order of its lines."""
    lines, figures = _apart(lines)
    edges = _right_edges(lines)
    known = known_words(line.text for line in lines)
    blocks: list[list[Line]] = []
    runs = heading_runs(lines)
    cuts = {0, *runs, *runs.values()}
    within = {at for start, end in runs.items() for at in range(start + 1, end)}
    for at, line in enumerate(lines):
        breaks = at in cuts or (at not in within and _breaks(blocks[-1], line, edges.get(_edge_key(line), 0.0)))
        if breaks:
            blocks.append([line])
        else:
            blocks[-1].append(line)
    made: list[Block] = []
    read = 0
    for block in _part_questions(blocks):
        made.append(_block(block, known))
        read += len(block)
        made += [figure for place, figure in figures if read - len(block) < place <= read]
    return [figure for place, figure in figures if place == 0] + made


def _apart(lines: Sequence[Line]) -> tuple[list[Line], list[tuple[int, Block]]]:
    """The lines without the figures, and each figure with the number of lines before it. A sentence goes on behind a
    figure; it is told after the paragraph that it stands in."""
    kept: list[Line] = []
    figures: list[tuple[int, Block]] = []
    for line in lines:
        if line.figure:
            figures.append((len(kept), Block("figure", line.text, tuple(line.text.split("\n")), line.page)))
        elif figures and figures[-1][0] == len(kept) > 0 and not _ENDED.search(kept[-1].text):
            kept.append(replace(line, turned=True))
        else:
            kept.append(line)
    return kept, figures


def _part_questions(blocks: list[list[Line]]) -> list[list[Line]]:
    """A head of four questions ("Vraag 3, 4, 5 en 6") wants four paragraphs. Where there are fewer, because a question
    ended on a full line, the paragraphs are parted after the lines that end one, if that gives exactly the four."""
    heads = [question_head(block[0].text) for block in blocks]
    parted: list[list[Line]] = []
    start = 0
    for number in range(1, len(blocks) + 1):
        if number < len(blocks) and heads[number] is None:
            continue
        head, asked = heads[start], blocks[start + 1 : number]
        parts = [part for block in asked for part in _after_questions(block)]
        wanted = head is not None and head.kind == "question" and len(head.numbers) == len(parts)
        parted += [blocks[start], *(parts if wanted else asked)]
        start = number
    return parted


def _after_questions(block: list[Line]) -> list[list[Line]]:
    parts = [block[:1]]
    for before, line in pairwise(block):
        if _ASKED.search(before.text) and line.text[:1].isupper():
            parts.append([line])
        else:
            parts[-1].append(line)
    return parts


def join(lines: Iterable[tuple[str, Marks]], known: frozenset[str]) -> tuple[str, Marks]:
    """Lines as one text, broken words made whole; footnote marks keep their place."""
    text = ""
    marks: list[tuple[str, int]] = []
    for part, part_marks in lines:
        cut = text.rfind(" ") + 1
        kept, part = mend(text[cut:], part, known)
        text = text[:cut] + kept
        marks += [(mark, min(len(text) + position, len(text) + len(part))) for mark, position in part_marks]
        text += part
    return text, tuple(marks)


def _right_edges(lines: Sequence[Line]) -> dict[_Edge, float]:
    """Where lines end on the right, per size of type and frame: the 97th percentile, as some lines hang out."""
    rights: defaultdict[_Edge, list[float]] = defaultdict(list)
    for line in lines:
        if not line.whole:
            rights[_edge_key(line)].append(line.right)
    return {key: sorted(values)[int(0.97 * (len(values) - 1))] for key, values in rights.items()}


def _edge_key(line: Line) -> _Edge:
    return round(line.size, 2), line.frame


def starts_item(text: str) -> bool:
    """Whether a line begins as an item of a list does: with a bullet, a dash, a number or a letter."""
    return bool(_BULLET.match(text) or _DASH.match(text) or _NUMBER.match(text))


def _breaks(block: list[Line], line: Line, edge: float) -> bool:
    before = block[-1]
    if stands_alone(line.text) or stands_alone(before.text):
        return True
    if line.cells or before.cells:
        return not (line.cells and before.cells)
    if len(block) == _MAX_LINES:
        return True
    if abs(line.size - before.size) > 0.04 * before.size:
        return True
    if line.frame != before.frame and _ENDED.search(before.text):
        return True
    ended = bool(_ENDED.search(before.text))
    if before.whole or line.whole:
        return ended or not _runs_into(before.text, line.text)
    forced = edge - before.right - before.space - line.first > 0.2 * before.space
    if _BULLET.match(line.text):
        return True
    if (_DASH.match(line.text) or (_NUMBER.match(line.text) and not _closes(before.text, line.text))) and (
        ended or forced or (line.gap > GAP and not line.turned)
    ):
        return True
    if line.turned:
        return _breaks_over_page(block, line, ended, forced)
    if line.gap > GAP:
        return True
    return _breaks_within(block, line, ended, forced, edge)


def _runs_into(before: str, text: str) -> bool:
    """Whether a line that stands by itself goes on in the next one, as where text recognition lost the type between."""
    if not text[:1].islower() or _NUMBER.match(text) or max(len(before), len(text)) < _MAX_LABEL:
        return False
    return before[-1:].isalpha() or before.endswith("-") or (before.endswith(",") and len(before) >= _MAX_LABEL)


def _closes(before: str, text: str) -> bool:
    """Whether the bracket behind a number was opened on the line above: "(Kamerstuk 32 123 XVI, nr. / 30) een"."""
    return before.rfind("(") > before.rfind(")") and 0 < text.find(")") < 4 and not text.startswith("(")


def _breaks_over_page(block: list[Line], line: Line, ended: bool, forced: bool) -> bool:
    if line.text[:1].islower() and not _STOPPED.search(block[-1].text):
        return False
    if _styled(block) != _styled([line]) and (any(_styled(block)) or forced):
        return True
    return ended and (forced or _outdented(block, line))


def _breaks_within(block: list[Line], line: Line, ended: bool, forced: bool, edge: float) -> bool:
    before = block[-1]
    if before.text.endswith(".") and line.text[:1].islower():
        return False  # an abbreviation: "c.s.", "jl."
    if _outdented(block, line):
        return True
    style, next_style = _styled(block), (line.bold, line.italic)
    if style != next_style and any(style) and (ended or forced):
        return True
    stays_short = edge - line.right > 0.2 * (edge - line.left)
    if style != next_style and any(next_style) and (forced or (ended and stays_short)):
        return True
    if style[0] and not next_style[0] and not line.text[:1].islower():
        return True
    if ended and (forced or line.opens):
        return True
    wide = edge - before.right - line.first > 0.1 * (before.right - before.left) + 7 * before.space
    return forced and wide and not line.text[:1].islower() and not before.text.endswith((",", "-"))


def _outdented(block: list[Line], line: Line) -> bool:
    """What starts left of an item's hanging text is no part of it; elsewhere an indent starts a paragraph."""
    if not starts_item(block[0].text):
        return line.left > block[-1].left + 3 * line.space
    return len(block) > 1 and line.left < min(part.left for part in block[1:]) - line.space


def _styled(lines: Sequence[Line]) -> tuple[bool, bool]:
    return all(line.bold for line in lines), all(line.italic for line in lines)


def _block(lines: list[Line], known: frozenset[str]) -> Block:
    printed = tuple(line.text for line in lines)
    page, until = lines[0].page, lines[-1].page
    if len(lines) > 1 and lines[0].cells:
        return Block("table", "\n".join(" | ".join(line.cells) for line in lines), printed, page, until=until)
    text, marks = join(((line.text, line.marks) for line in lines), known)
    text, marks = without_raised(text, marks)
    bold, italic = _styled(lines)
    if is_heading(text, lines, bold or italic):
        level = 1 if bold else 2
        return Block("heading", text, printed, page, level, marks, until)
    return Block("item" if is_item(text) else "text", text, printed, page, 1, marks, until)


def is_item(text: str) -> bool:
    """Whether a paragraph is an item of a list: it begins as one, and does not hold the next one too."""
    return starts_item(text) and not _runs_on(text)


def without_raised(text: str, marks: Marks) -> tuple[str, Marks]:
    """The text without characters that are raised digits by themselves ("2022³"), which are marks behind a number, a
    word or a stop, though not behind a unit ("m²") or in a power of ten."""
    found = list(_RAISED.finditer(text))
    for match in reversed(found):
        start, end = match.span()
        text = text[:start] + text[end:]
        kept = [(mark, at if at <= start else max(start, at - (end - start))) for mark, at in marks]
        marks = tuple(sorted([*kept, (match[0].translate(_DIGITS), start)], key=lambda mark: mark[1]))
    return text, marks


def _runs_on(text: str) -> bool:
    """Whether a paragraph that starts with a number holds the next one too: an enumeration in running text."""
    match = re.match(r"\(?(\d{1,2})([.)])", text)
    return match is not None and f" {int(match[1]) + 1}{match[2]} " in text
