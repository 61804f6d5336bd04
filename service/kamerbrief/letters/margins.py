"""Where a ministry's margin column begins, to the right of the text and often so close to it that no gap parts them.

Each of its lines starts at the same place, and no line of the text passes that place. Gaps are no measure: a line of
the text may end anywhere, also right in front of the column.
"""

from collections import Counter
from collections.abc import Callable, Sequence

from kamerbrief.letters.pdf import Page
from kamerbrief.letters.words import Word

NONE = float("inf")
"""The edge of a page without a margin column."""

ALIGNED = 0.8  # points: starts this near to one another are one edge
_LINES = 3  # of a column on a page of its own, at least
LONG = 5  # words: a line of the text, and no cell, label or address
_PASSING = 0.03
"""Share of a page's long lines that may pass the edge: a wide table, the mark of a stamp."""
_ELSEWHERE = 0.1  # share of those of the document: its first page may be set otherwise
_SHARE = 0.3  # of the document's words: more than this is a column of the text
_TRIED = 20  # places of an edge, the most frequent ones
_MAX_LINES = 400
"""No printed page has more; in a hostile file, looking at each of their words again would take for ever."""
_WORDS = 3  # in a line of the column, on average, at most, where its type is the text's
_WHITE = 0.4  # sizes of type between the text and the column, at least
SAME = 0.04
_ON_LINE = 0.15  # sizes of type


def margin_edges(pages: Sequence[Page], lines: Sequence[list[list[Word]]], size: float) -> list[float]:
    """The left edge of each page's margin column, in points; NONE where it has none. `lines` are those of each page,
    `size` that of the text's type."""
    all_lines = [line for here in lines for line in here]
    clear: dict[float, bool] = {}

    def is_clear(edge: float) -> bool:
        if (key := round(edge)) not in clear:
            alone = not _passed(all_lines, edge, size, _ELSEWHERE) and _share(all_lines, edge) < _SHARE
            clear[key] = alone and not _is_prose(all_lines, edge, size)
        return clear[key]

    own = [_own_edge(page, here, size, is_clear) for page, here in zip(pages, lines, strict=True)]
    common = Counter(edge for edge in own if edge != NONE).most_common(1)
    if not common:
        return own
    usual = common[0][0]
    return [
        edge if edge != NONE else usual if not _passed(here, usual, size, _PASSING) else NONE
        for edge, here in zip(own, lines, strict=True)
    ]


def lines_of(page: Page) -> list[list[Word]]:
    """The words that stand on one height, from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(page.words, key=lambda word: -word.base):
        if lines and abs(lines[-1][0].base - word.base) < _ON_LINE * word.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.left) for line in lines]


def size_of(pages: Sequence[Page]) -> float:
    """The size of the text's type, by weight."""
    exact: Counter[float] = Counter()
    for page in pages:
        for word in page.words:
            exact[word.size] += len(word.text)
    sizes: Counter[float] = Counter()
    for size, weight in exact.items():
        sizes[round(size, 1)] += weight
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _own_edge(page: Page, lines: Sequence[list[Word]], size: float, is_clear: Callable[[float], bool]) -> float:
    """The edge that the page's own lines tell; `is_clear` says whether the document's lines let it be one."""
    if len(lines) > _MAX_LINES:
        return NONE
    starts = [word.left for line in lines for word in after_white(line) if word.left > 0.5 * page.width]
    for place, count in Counter(round(left) for left in starts).most_common(_TRIED):
        if count < _LINES - 1:
            break
        edge = min(left for left in starts if abs(left - place) < 1)
        if _supported(lines, edge) and not _passed(lines, edge, size, _PASSING) and is_clear(edge):
            return edge
    return NONE


def after_white(line: Sequence[Word]) -> list[Word]:
    ends = [float("-inf"), *(word.right for word in line)]
    return [word for word, end in zip(line, ends, strict=False) if word.left - end > _WHITE * word.size]


def _supported(lines: Sequence[list[Word]], edge: float) -> bool:
    """Whether what stands right of the edge starts there, on a number of lines and with white before it."""
    starts = 0
    for line in lines:
        beyond = [word for word in line if word.left >= edge - ALIGNED]
        before = max((word.right for word in line if word.left < edge - ALIGNED), default=0.0)
        if beyond and abs(beyond[0].left - edge) < ALIGNED and edge - before > _WHITE * beyond[0].size:
            starts += 1
    return starts >= _LINES


def _passed(lines: Sequence[list[Word]], edge: float, size: float, share: float) -> bool:
    """Whether too many lines of the text go on at the edge, rather than end before it."""
    long = passing = 0
    for line in lines:
        text = [word for word in line if abs(word.size - size) < SAME * size]
        inner = [word for word in text if word.left < edge - ALIGNED]
        if len(inner) < LONG:
            continue
        long += 1
        beyond = [word for word in text if word.left >= edge - ALIGNED]
        passing += inner[-1].right > edge or (bool(beyond) and beyond[0].left > edge + ALIGNED)
    return passing > share * long


def _share(lines: Sequence[list[Word]], edge: float) -> float:
    words = [word for line in lines for word in line]
    return sum(word.left >= edge - ALIGNED for word in words) / len(words)


def _is_prose(lines: Sequence[list[Word]], edge: float, size: float) -> bool:
    """Whether what stands right of the edge is a column of the text: lines of several words in its type."""
    beyond = [[word for word in line if word.left >= edge - ALIGNED] for line in lines]
    told = [len(line) for line in beyond if line and abs(line[0].size - size) < SAME * size]
    return len(told) > _LINES and sum(told) > _WORDS * len(told)
