"""Rows of tables put together: which columns there are, and which printed lines are one row.

A table is a run of rows of several cells. A cell of two lines makes a printed line that holds only the rest of that
cell; it stands nearer to the line above than rows stand to one another, or goes on in a small letter.
"""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from kamerbrief.letters.hyphens import join_lines
from kamerbrief.letters.lines import Line

_ALIGNED = 4.0  # points
_NEARER = 0.88
"""A line belongs to the row above when its distance is under this share of that between rows: rows of wrapped cells are
parted by some white, as otherwise nobody could read them."""


def whole_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of one row of a table as one line with whole cells."""
    found: list[Line] = []
    start = 0
    while start < len(lines):
        end = _table_end(lines, start)
        found += _rows(lines[start:end]) if end - start > 1 else lines[start : start + 1]
        start = max(end, start + 1)
    return found


def _table_end(lines: Sequence[Line], start: int) -> int:
    """Where a run of rows of one table ends that begins here; `start` where none does."""
    if len(lines[start].cells) < 2:
        return start
    end = start + 1
    columns = list(lines[start].edges)
    while end < len(lines) and lines[end].page == lines[start].page and not lines[end].turned:
        line = lines[end]
        if len(line.cells) >= 2:
            columns += line.edges
        elif not (_under(line, columns) and _goes_on(lines, end)):
            break
        end += 1
    return end


def _under(line: Line, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether a line of one cell stands under the cells of a column, and is no wider than the table's text may be."""
    left, right = line.edges[0] if line.edges else (line.left, line.right)
    return any(abs(left - edge[0]) < _ALIGNED or abs(right - edge[1]) < _ALIGNED for edge in columns) and not any(
        left < edge[0] - _ALIGNED and right > edge[0] + _ALIGNED for edge in columns
    )


def _goes_on(lines: Sequence[Line], place: int) -> bool:
    """Whether the table goes on behind a line of one cell, or the line is the rest of the row above."""
    return (place + 1 < len(lines) and len(lines[place + 1].cells) >= 2) or lines[place].gap < 1.0 + 1e-9


def _rows(lines: Sequence[Line]) -> list[Line]:
    steps = [line.gap for line in lines[1:] if len(line.cells) == len(lines[0].cells)]
    step = median(steps) if steps else 0.0
    rows: list[Line] = [lines[0]]
    for line in lines[1:]:
        above = rows[-1]
        if len(line.cells or (line.text,)) < len(above.cells) and _is_rest(above, line, step):
            rows[-1] = _joined(above, line)
        else:
            rows.append(line)
    return rows


def _is_rest(above: Line, line: Line, step: float) -> bool:
    texts = line.cells or (line.text,)
    return line.gap < _NEARER * step or all(text[:1].islower() for text in texts)


def _joined(above: Line, line: Line) -> Line:
    """The row with the rest of its cells put to them."""
    cells = list(above.cells)
    edges = list(above.edges)
    for text, edge in zip(line.cells or (line.text,), line.edges or ((line.left, line.right),), strict=True):
        place = min(range(len(edges)), key=lambda at: _distance(edges[at], edge))
        cells[place] = join_lines(cells[place], text, frozenset()) + text
        edges[place] = min(edges[place][0], edge[0]), max(edges[place][1], edge[1])
    return replace(above, text=" ".join(cells), cells=tuple(cells), edges=tuple(edges))


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """How far two stretches of a line lie apart: by the nearer of their ends, and 0 where one lies within the other."""
    if one[0] <= other[0] and other[1] <= one[1]:
        return 0.0
    return min(abs(one[0] - other[0]), abs(one[1] - other[1]))
