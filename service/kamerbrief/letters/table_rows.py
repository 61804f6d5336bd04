"""What a row of a table says, with its columns named: "Stuw Driel: 2024 4,5; 2025 7,0".

A table is text, a row a line, its cells parted by " | ". Which lines are its head is told by what stands under them: a
column of figures under words or years. Where that is not sure, and in a row of more or fewer cells than the head has,
no column is named, lest a figure gets the name of another one.
"""

import functools
import re
from dataclasses import dataclass
from typing import NamedTuple

_MOST_HEADS = 2
_LETTERS = 4  # that a figure may have beside its digits: "€ 4,5 mln", "12 %", "1e"
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:\d\d){1,2})?\*?")
_WORD = re.compile(r"[^\W\d_]{2}|(?:19|20)\d\d")
_CELLS = re.compile(r"(?:^|(?<=\s))\|(?=\s|$)")
_RECENT = 512  # tables that are kept as read


class Row(NamedTuple):
    """A row that is no head: what it says, and from where to where the lines of the text stand that name its columns;
    None where the table has no head. `cells` are its cells by the names of their columns, as far as they are named."""

    said: str
    head: tuple[int, int] | None
    label: str = ""
    cells: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    cells: tuple[str, ...]


@functools.lru_cache(_RECENT)
def rows_of(text: str) -> dict[int, Row]:
    """The rows of a table but for its head, by where they start in its text."""
    lines = [_line(match.start(), match.group()) for match in re.finditer(r"[^\n]+", text)]
    lines = [line for line in lines if line.cells]
    heads = _heads(lines)
    if not heads:
        return {line.start: Row(text[line.start : line.end], None) for line in lines}
    span, names = (heads[0].start, heads[-1].end), _names(heads)
    return {
        line.start: _row(line, names, span) or Row(text[line.start : line.end], span) for line in lines[len(heads) :]
    }


def _line(start: int, text: str) -> _Line:
    begin = start + len(text) - len(text.lstrip())
    return _Line(
        begin, start + len(text.rstrip()), tuple(cell.strip() for cell in _CELLS.split(text)) if text.strip() else ()
    )


def _heads(lines: list[_Line]) -> list[_Line]:
    """The lines that name the columns: those above the first figure, if they are few and nothing but names."""
    counted = [any(map(_is_value, line.cells[1:])) for line in lines]
    if not any(counted):
        figures = lines[1:] and all(line.cells[-1:] and _is_figure(line.cells[-1]) for line in lines[1:])
        return lines[:1] if figures and not any(map(_is_figure, lines[0].cells)) else []
    first = counted.index(True)
    heads = lines[: min(first, _MOST_HEADS)]
    while len(heads) > 1 and not _goes_on(heads[-2], heads[-1], lines[first]):
        heads.pop()
    return heads if heads and all(map(_names_columns, heads)) else []


def _goes_on(head: _Line, line: _Line, row: _Line) -> bool:
    """Whether a line above the first figure is more of the head, and no row without a figure."""
    fits = len(head.cells) == len(line.cells) == len(row.cells)
    named = all(map(_YEAR.fullmatch, line.cells[1:])) and not any(map(_YEAR.fullmatch, head.cells[1:]))
    return _names_columns(line) and (not fits or not line.cells[0] or not head.cells[0] or named)


def _names_columns(line: _Line) -> bool:
    return all(_WORD.search(cell) for cell in line.cells[1:])


def _names(heads: list[_Line]) -> tuple[str, ...]:
    """A name for each column; none at all where the lines of the head do not fit, or two columns are called alike."""
    if len({len(head.cells) for head in heads}) > 1:
        return ()
    names = tuple(" ".join(filter(None, parts)) for parts in zip(*(head.cells for head in heads), strict=True))
    return names if len({name.lower() for name in names[1:]}) == len(names[1:]) else ()


def _row(line: _Line, names: tuple[str, ...], head: tuple[int, int]) -> Row | None:
    """The row with its columns named; None where they cannot be."""
    if len(line.cells) != len(names) or len(names) < 2:
        return None
    cells = tuple((name, cell) for name, cell in zip(names[1:], line.cells[1:], strict=True) if cell)
    label = line.cells[0].rstrip(":")
    if _is_figure(label) and names[0]:
        label = f"{names[0]} {label}"
    named = "; ".join(f"{name} {cell}" for name, cell in cells)
    said = f"{label}: {named}" if label and named else label or named
    return Row(said, head, label, cells) if said else None


def _is_figure(cell: str) -> bool:
    return any(map(str.isdigit, cell)) and sum(map(str.isalpha, cell)) <= _LETTERS


def _is_value(cell: str) -> bool:
    """Whether a cell holds a figure that is no year: a year may name a column."""
    return _is_figure(cell) and not _YEAR.fullmatch(cell)
