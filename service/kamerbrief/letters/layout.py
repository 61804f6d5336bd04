"""The layout of printed pages: words to rows, margin columns and footers out, footnotes apart, tables told.

The text column is where most of the text starts and ends. What stands right of it is the ministry's margin column; what
stands left of it is the official papers' column of numbers, read in order with the lines beside it.
"""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import median

from kamerbrief.language.lexicon import lexicons
from kamerbrief.letters.columns import in_columns
from kamerbrief.letters.figures import Figure, Setting, take_figures
from kamerbrief.letters.furniture import is_furniture, is_page_number
from kamerbrief.letters.left_margins import LeftMargin, left_margin_of
from kamerbrief.letters.lines import Line, Note
from kamerbrief.letters.margins import ALIGNED, lines_of, margin_edges, size_of
from kamerbrief.letters.notes import is_notes_title, read_notes, split_notes
from kamerbrief.letters.pdf import Page
from kamerbrief.letters.rows import Segment, pairs, parted, rows_of
from kamerbrief.letters.tables import whole_rows
from kamerbrief.letters.wording import wording

_UNIT = re.compile(r"(?:^|[\s\d(/])(?:[kcdm]?m|CO|NO|SO|H|N|PM)$")
_LETTER = re.compile(r"(?<!\w)[A-Za-z]$")
_SAME = 0.04
_LOOSE = 1.35
_ALIGNED = 3.0  # points
_CELL = 5  # words in a cell, on average, at most: columns of text have more
FOOT, HEAD = 0.1, 0.93
"""Shares of a page's height: a number by itself below the one or above the other is the page's."""


@dataclass
class Layout:
    """What was on the pages: the lines of the text in order, the notes, the margin column, and the furniture; and the
    size of the text's type."""

    lines: list[Line]
    notes: list[Note]
    margin: list[Line]
    furniture: list[Segment]
    size: float = 0.0


def lay_out(pages: Sequence[Page]) -> Layout:
    """Read the pages of one document, each in its order of lines from top to bottom."""
    layout = Layout([], [], [], [])
    printed, type_size = [lines_of(page) for page in pages], size_of(pages)
    beside = left_margin_of(pages, printed, type_size)
    rows, figures = _without_figures(
        [
            _without_margin(_without_left(rows_of(page, edge, beside), beside, layout), edge, layout)
            for page, edge in zip(pages, margin_edges(pages, printed, type_size), strict=True)
        ],
        pages,
    )
    rows = [in_columns(page_rows) for page_rows in rows]
    segments = [segment for page_rows in rows for row in page_rows for segment in row]
    left, right, size = _column(segments)
    layout.size = size
    repeated = _repeated(rows, pages)
    pitch = _pitch(rows, left, right, size)
    bodies = []
    for page, page_rows in zip(pages, rows, strict=True):
        kept = _without_furniture(page_rows, page, repeated, (left, right, size), layout)
        body, notes = split_notes(kept, size)
        if notes and body and is_notes_title(body[-1]):
            layout.furniture.append(body.pop()[0])
        bodies.append(body)
        layout.notes += read_notes(notes, size, page.number)
    marks = {note.mark for note in layout.notes}
    for body, drawn in zip(bodies, figures, strict=True):
        _add_lines(body, drawn, marks, pitch, layout)
    layout.lines = whole_rows(layout.lines)
    return layout


def _without_margin(rows: list[list[Segment]], edge: float, layout: Layout) -> list[list[Segment]]:
    """The rows without the margin column. What stands there in the rows of a table is its last column, unless most of
    the column stands beside no cells."""
    cells = _outer_cells(rows, edge - ALIGNED)
    beyond = [one for row in rows for one in row if one.left >= edge - ALIGNED]
    if 2 * sum(id(one) in cells for one in beyond) < len(beyond):
        cells = set()
    outer = [one for one in beyond if id(one) not in cells]
    return _taken_out(rows, outer, layout)


def _without_left(rows: list[list[Segment]], beside: LeftMargin, layout: Layout) -> list[list[Segment]]:
    outer = [
        one
        for row in rows
        for one in row
        if one.right < beside.edge and beside.holds(one.text(), one.left, one.base, one.size)
    ]
    return _taken_out(rows, outer, layout)


def _taken_out(rows: list[list[Segment]], outer: Sequence[Segment], layout: Layout) -> list[list[Segment]]:
    """The rows without the segments of a margin column, which go where they belong."""
    layout.furniture += [one for one in outer if is_furniture(one.text())]
    column = [one for one in outer if not is_furniture(one.text())]
    steps = [above.base - below.base for above, below in pairwise(column)]
    pitch = min((step for step in steps if step > 0), default=1.0)
    for one, step in zip(column, [pitch, *steps], strict=False):
        layout.margin.append(_line([one], set(), step / pitch, False))
    out = {id(one) for one in outer}
    kept = [[one for one in row if id(one) not in out] for row in rows]
    return [row for row in kept if row]


def _without_figures(
    rows: Sequence[list[list[Segment]]], pages: Sequence[Page]
) -> tuple[list[list[list[Segment]]], list[list[Figure]]]:
    """The rows of each page without what stands in figures, and its figures."""
    segments = [segment for page_rows in rows for row in page_rows for segment in row]
    setting = Setting(*_column(segments), wording(lexicons()).caption)
    parts = [take_figures(page, page_rows, setting) for page, page_rows in zip(pages, rows, strict=True)]
    return [kept for kept, _ in parts], [figures for _, figures in parts]


def _column(segments: Sequence[Segment]) -> tuple[float, float, float]:
    """Left and right edge of the text column and the size of its type, by weight of text."""
    if not segments:
        return 0.0, 0.0, 1.0
    lefts, sizes = Counter[int](), Counter[float]()
    for segment in segments:
        lefts[round(segment.left)] += len(segment.words)
        sizes[round(segment.size, 1)] += sum(len(word.text) for word in segment.words)
    left = float(lefts.most_common(1)[0][0])
    inner = sorted((one for one in segments if left - 2 <= one.left < left + 60), key=lambda one: one.right)
    ends = list(accumulate(len(segment.words) for segment in inner))
    return left, inner[bisect(ends, int(0.97 * (ends[-1] - 1)))].right, sizes.most_common(1)[0][0]


def _repeated(rows: Sequence[list[list[Segment]]], pages: Sequence[Page]) -> set[tuple[str, int]]:
    """Lines that return at the same height of most pages, numbers aside: running headers and footers."""
    seen: Counter[tuple[str, int]] = Counter()
    for page_rows in rows:
        seen.update({place_of(segment) for row in page_rows for segment in row})
    return {key for key, count in seen.items() if count >= 3 and count > 0.5 * len(pages) and key[0].strip("#")}


def place_of(segment: Segment) -> tuple[str, int]:
    """What returns where it stands on every page: the words, numbers aside, and the height."""
    return re.sub(r"\d+", "#", segment.text()), round(segment.base / 4)


def _without_furniture(
    rows: list[list[Segment]],
    page: Page,
    repeated: set[tuple[str, int]],
    column: tuple[float, float, float],
    layout: Layout,
) -> list[list[Segment]]:
    kept = []
    left, right, size = column
    cells = _outer_cells(rows, right - 0.1 * size)
    for row in rows:
        inner = []
        for segment in row:
            text = segment.text()
            edge = segment.base < FOOT * page.height or segment.base > HEAD * page.height
            if is_furniture(text) or (edge and is_page_number(text)):
                layout.furniture.append(segment)
            elif segment.frame[0] == 0 and segment.left > right - 0.1 * segment.size and id(segment) not in cells:
                layout.margin.append(_line([segment], set(), 1.0, False))
            elif place_of(segment) in repeated:
                layout.furniture.append(segment)
            else:
                inner.append(segment)
        kept += _beside(inner, left)
    return kept


def _outer_cells(rows: list[list[Segment]], right: float) -> set[int]:
    """The segments (by identity) right of the text that are cells of a table: in rows of two cells or more within the
    text, one under the other, in the type of their rows."""
    found: list[Segment] = []
    for row in rows:
        inner = [segment for segment in row if segment.left <= right]
        if len(inner) > 1 and sum(len(one.words) for one in inner) < _CELL * len(inner):
            found += [one for one in row if one not in inner and abs(one.size - inner[0].size) < _SAME * inner[0].size]
    return {
        id(one)
        for one in found
        if any(
            other is not one and (abs(other.left - one.left) < _ALIGNED or abs(other.right - one.right) < _ALIGNED)
            for other in found
        )
    }


def _beside(row: list[Segment], left: float) -> list[list[Segment]]:
    """What stands left of the text column is read before what stands beside it, as a line of its own."""
    outer = [segment for segment in row if segment.right < left]
    inner = [segment for segment in row if segment.right >= left]
    return [[segment] for segment in outer] + ([inner] if inner else [])


def _pitch(rows: Sequence[list[list[Segment]]], left: float, right: float, size: float) -> dict[float, float]:
    """The ordinary distance between lines, per size of type: in a short letter most lines may be paragraphs, so where
    most distances are much larger than those within sentences, these tell it."""
    steps: dict[float, list[float]] = {}
    within: dict[float, list[float]] = {}
    for page_rows in rows:
        inner = [row[0] for row in page_rows if left - 2 <= row[0].left < right]
        for above, below in pairwise(inner):
            if abs(above.size - below.size) < _SAME * above.size:
                step = above.base - below.base
                steps.setdefault(round(below.size, 1), []).append(step)
                if below.words[0].text[:1].islower() and above.words[-1].text[-1:].isalpha():
                    within.setdefault(round(below.size, 1), []).append(step)
    pitch = {key: median(values) for key, values in steps.items()}
    for key, values in within.items():
        if pitch[key] > _LOOSE * (inside := median(values)) > 0:
            pitch[key] = inside
    return pitch | {0.0: 1.3 * size}


def _add_lines(
    rows: list[list[Segment]],
    figures: Sequence[Figure],
    marks: set[str],
    pitch: dict[float, float],
    layout: Layout,
) -> None:
    above: Segment | None = None
    seen = {-1}
    waiting = list(figures)
    for row in rows:
        if above and row[0].base > above.base + 0.5 * row[0].size:
            above = None  # the next column
        while waiting and row[0].base < waiting[0].box.top:
            layout.lines.append(_figure_line(waiting.pop(0)))
        step = pitch.get(round(row[0].size, 1)) or 1.45 * row[0].size
        gap = (above.base - row[0].base) / step if above else 1.0
        opens = row[0].words[0].tag not in seen
        seen.update(word.tag for segment in row for word in segment.words)
        layout.lines.append(_line(row, marks, gap, above is None, opens))
        above = row[0]
    layout.lines += map(_figure_line, waiting)


def _figure_line(figure: Figure) -> Line:
    box = figure.box
    return Line("\n".join(figure.labels), box.left, box.right, 0.0, page=figure.page, turned=True, figure=True)


def _line(row: list[Segment], marks: set[str], gap: float, turned: bool, opens: bool = False) -> Line:
    parts: list[str] = []
    found: list[tuple[str, int]] = []
    text = ""
    for segment in row:
        cell = ""
        for number, (word, after) in enumerate(pairs(segment.words)):
            if number in segment.raised and number > 0 and _is_mark(word.text, cell, marks):
                offset = len(text) + len(cell.rstrip())
                found += [(mark, offset) for mark in re.findall(r"\d+|\*+", word.text)]
                if parted(word, after) and not cell.endswith(" "):
                    cell += " "
            else:
                cell += word.text + (" " if parted(word, after) else "")
        parts.append(cell.strip())
        text += cell.rstrip() + " "
    words = [word for segment in row for word in segment.words]
    styled = any(word.bold or word.italic for word in words)
    letters = [word for word in words if any(map(str.isalpha, word.text))] if styled else []
    return Line(
        edges=tuple((segment.left, segment.right) for segment in row),
        frame=row[0].frame,
        text=text.rstrip(),
        left=row[0].left,
        right=max(segment.right for segment in row),
        first=words[0].right - words[0].left,
        space=0.35 * row[0].size,
        gap=gap,
        size=row[0].size,
        bold=bool(letters) and all(word.bold for word in letters),
        italic=bool(letters) and all(word.italic for word in letters),
        page=row[0].page,
        turned=turned,
        cells=tuple(parts) if len(parts) > 1 else (),
        marks=tuple(found),
        opens=opens,
    )


def _is_mark(text: str, before: str, marks: set[str]) -> bool:
    """A raised number is a mark, also where its note stands elsewhere or nowhere; after a unit ("m", "CO") it is part
    of the word, and after a single letter too unless there is such a note."""
    numbers = re.findall(r"\d+|\*+", text)
    if not numbers or re.sub(r"[\d*,\s()\[\]]", "", text) or _UNIT.search(before):
        return False
    return set(numbers) <= marks or _LETTER.search(before) is None
