"""Text set in two columns: read one after the other, not line by line across both.

Two columns are told by the strip between them that no word crosses over many rows, with prose of one size of type on
both sides. Tables have such strips too, but cells of few words; a ministry's margin column is set in smaller type.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kamerbrief.letters.rows import Segment
from kamerbrief.letters.words import Word

STRIP = 0.55
"""Width of the strip in sizes of type, at least. Spaces of lines set to full width are often wider, but not before
words that begin one under the other."""
_ROWS = 5  # with words on either side, at least
_WORDS = 3.0  # a row of either side, on average; cells of tables have 1 or 2
_FILLED = 0.6  # the share of a column's width that most of its lines take
_SAME = 0.04
_PARTED = 0.6  # the share of a column's rows that wide white may part
_NEAR = 1.5  # points: words that begin this near to one another begin under one another
_TRIED = 4  # places of a strip, the most frequent ones
MAX_ROWS = 400
"""No printed page has more; in a hostile file, looking for columns from each row on would take for ever."""

Row = list[Segment]


def in_columns(rows: Sequence[Row]) -> list[Row]:
    """The rows of a page in the order of reading: of two columns, those of the left one before the right one's."""
    if len(rows) > MAX_ROWS:
        return list(rows)
    begins = [_begins(row) for row in rows]
    read: list[Row] = []
    start = 0
    while start < len(rows):
        for strip in _strips(rows, begins, start):
            end = _end(rows, start, strip)
            sides = _sides(rows[start:end], strip) if end - start >= _ROWS else None
            if sides is not None:
                read += [row for side in sides for row in side]
                start = end
                break
        else:
            read.append(rows[start])
            start += 1
    return read


def _strips(rows: Sequence[Row], begins: Sequence[list[float]], start: int) -> list[float]:
    """Where a right column of the rows from `start` may begin: where words do in several of them."""
    window = range(start, min(start + 4 * _ROWS, len(rows)))
    firsts = sorted(rows[row][0].left for row in window)
    if len(firsts) < _ROWS:
        return []
    beyond = firsts[_ROWS - 1] + _NEAR  # so many rows begin left of it
    places: list[list[float]] = []
    for left in sorted(left for row in window for left in begins[row] if left > beyond):
        if places and left - places[-1][0] < _NEAR:
            places[-1].append(left)
        else:
            places.append([left])
    often = sorted((place for place in places if len(place) >= _ROWS // 2), key=len, reverse=True)
    return [place[0] for place in often[:_TRIED]]


def _begins(row: Row) -> list[float]:
    """Where the words of a row begin that have white before them."""
    words = _words(row)
    before = [float("-inf"), *(word.right for word in words)]
    return [word.left for word, end in zip(words, before, strict=False) if word.left - end >= STRIP * word.size]


def _words(row: Row) -> list[Word]:
    return [word for segment in row for word in segment.words]


def _end(rows: Sequence[Row], start: int, left: float) -> int:
    """Where the run of rows ends of which no word crosses the strip before the right column."""
    end = start
    while end < len(rows) and not any(_crosses(word, left) for word in _words(rows[end])):
        end += 1
    return end


def _crosses(word: Word, left: float) -> bool:
    return word.left < left - _NEAR and word.right > left - 0.8 * STRIP * word.size


def _sides(rows: Sequence[Row], start: float) -> tuple[list[Row], list[Row]] | None:
    """The rows left and right of the strip, if both are columns of text and the right ones begin under one another."""
    sides: tuple[list[Row], list[Row]] = ([], [])
    for row in rows:
        for side, part in zip(sides, _cut(row, start), strict=True):
            if part:
                side.append(part)
    left, right = sides
    if min(len(left), len(right)) < _ROWS or not (_is_prose(left) and _is_prose(right)):
        return None
    if sum(abs(row[0].left - start) < _NEAR for row in right) < _FILLED * len(right):
        return None
    sizes = [Counter(round(part.size, 1) for row in side for part in row).most_common(1)[0][0] for side in sides]
    if abs(sizes[0] - sizes[1]) > _SAME * sizes[0]:
        return None
    return _framed(left), _framed(right)


def _cut(row: Row, start: float) -> tuple[Row, Row]:
    parts: tuple[Row, Row] = ([], [])
    for segment in row:
        for part, beyond in zip(parts, (False, True), strict=True):
            kept = [place for place, word in enumerate(segment.words) if (word.left > start - _NEAR) == beyond]
            if kept:
                raised = {kept.index(place) for place in segment.raised if place in kept}
                part.append(replace(segment, words=[segment.words[place] for place in kept], raised=raised))
    return parts


def _is_prose(side: Sequence[Row]) -> bool:
    widths = [row[-1].right - row[0].left for row in side]
    filled = sum(width > _FILLED * max(widths) for width in widths)
    words = sum(len(_words(row)) for row in side)
    parted = sum(len(row) > 1 for row in side)
    return words >= _WORDS * len(side) and 2 * filled > len(side) and parted < _PARTED * len(side)


def _framed(side: list[Row]) -> list[Row]:
    """The rows of a column, each as one group of words: what parts them is the white of lines set to full width."""
    frame = round(min(row[0].left for row in side)), round(max(row[-1].right for row in side))
    return [[replace(_whole(row), frame=frame)] for row in side]


def _whole(row: Row) -> Segment:
    raised, before = set(), 0
    for segment in row:
        raised |= {before + at for at in segment.raised}
        before += len(segment.words)
    return replace(row[0], words=_words(row), raised=raised)
