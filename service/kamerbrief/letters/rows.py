"""Words on a page put together to rows, and rows parted into segments by wide gaps."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise, zip_longest

from kamerbrief.language.characters import BULLETS
from kamerbrief.letters.left_margins import LeftMargin
from kamerbrief.letters.margins import ALIGNED, NONE
from kamerbrief.letters.pdf import Page
from kamerbrief.letters.words import SMALL, SPACE, Word

COLUMN_GAP = 1.8
"""A gap this wide, in font sizes, parts the cells of a row; spaces in justified text stay under 1."""

MAX_ROW = 200
"""A row of more words is no text; looking for raised type beside each of them would take for ever."""

_HANGING, _FAR = 4, 6
"""Sizes of type between a bullet and what it begins, at most, and between a number and a heading."""

_REACH = 0.7  # sizes of type: what touches a row stands less than 0.6 above or below it
_UNEVEN = 0.25  # sizes of type between the heights of what stands on one line
_MARK = re.compile(r"\d{1,3}|\*{1,3}")
_WIDEST = 5.0  # sizes of type between the words of a line set to full width
_ALIKE = 0.15  # the share by which such white differs

_SECTION = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*\.?|[A-Z]\.?|[IVX]{1,5}\.?)$")
_DOTTED = re.compile(r"^\d{1,2}(?:\.\d{1,2})+\.?$")
_BULLET = re.compile(rf"^(?:[{BULLETS}o–—-]|\(?[0-9]{{1,2}}[.)]|\(?[a-z][.)]|\(?[ivx]+\))$")


NO_LEFT = LeftMargin()


@dataclass
class Segment:
    """Words of one row without a wide gap between them. Where they end, how big they are and what they say is told
    once they are all there: it is asked often."""

    words: list[Word]
    page: int
    base: float
    raised: set[int] = field(default_factory=set)
    frame: tuple[int, int] = (0, 0)
    """Left and right of the page, or of the column that it is set in."""

    @property
    def left(self) -> float:
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @cached_property
    def size(self) -> float:
        sizes: Counter[float] = Counter()
        for word in self.words:
            sizes[word.size] += len(word.text)
        return sizes.most_common(1)[0][0]

    def text(self) -> str:
        return self._text

    @cached_property
    def _text(self) -> str:
        return _joined(self.words)


def _joined(words: Sequence[Word]) -> str:
    return "".join(word.text + (" " if parted(word, after) else "") for word, after in pairs(words))


def pairs(words: Sequence[Word]) -> list[tuple[Word, Word | None]]:
    return list(zip_longest(words, words[1:])) if words else []


def parted(word: Word, after: Word | None) -> bool:
    return after is not None and (word.spaced or after.left - word.right > SPACE * min(word.size, after.size))


def rows_of(page: Page, edge: float = NONE, left: LeftMargin = NO_LEFT) -> list[list[Segment]]:
    """Rows from top to bottom, each its segments from left to right; raised and lowered type joins its row. No segment
    goes over the edge of a margin column."""
    clusters: list[list[Word]] = []
    for word in sorted(page.words, key=lambda word: -word.base):
        if clusters and abs(clusters[-1][0].base - word.base) < 0.15 * word.size:
            clusters[-1].append(word)
        else:
            clusters.append([word])
    kept, raised = _absorb_small(_level(clusters), edge, left)
    frame = 0, round(page.width)
    rows = []
    for words in kept:
        sides: tuple[list[Word], ...] = ([], [], [])
        for word in sorted(words, key=lambda word: word.left):
            sides[0 if left.is_outside(word) else 2 if _beyond(word, edge) else 1].append(word)
        if all(_BULLET.match(word.text) or _DOTTED.match(word.text) for word in sides[0]):
            sides = [], [*sides[0], *sides[1]], sides[2]
        rows.append([one for side in sides if side for one in _segments(side, page.number, raised, frame)])
    return rows


def _level(clusters: list[list[Word]]) -> list[list[Word]]:
    """The clusters, those as one that stand a little apart in height but beside one another: the label of a field of a
    form and what was filled in."""
    level: list[list[Word]] = []
    for words in clusters:
        if level and len(words) + len(level[-1]) < MAX_ROW and _stand_beside(level[-1], words):
            level[-1] = level[-1] + words
        else:
            level.append(words)
    return level


def _stand_beside(above: list[Word], below: list[Word]) -> bool:
    size = min(max(word.size for word in above), max(word.size for word in below))
    if above[0].base - below[0].base > _UNEVEN * size:
        return False
    return max(word.right for word in above) < min(word.left for word in below) or max(
        word.right for word in below
    ) < min(word.left for word in above)


def _beyond(word: Word, edge: float) -> bool:
    return word.left >= edge - ALIGNED


def _absorb_small(clusters: list[list[Word]], edge: float, left: LeftMargin) -> tuple[list[list[Word]], set[int]]:
    """Words that touch bigger type of a row close below or above belong to that row: super- and subscripts."""
    raised: set[int] = set()
    reaches = [_reach(words) for words in clusters]
    for number, words in enumerate(clusters):
        near = [other for other in (number + 1, number + 2, number - 1, number - 2) if 0 <= other < len(clusters)]
        for word in list(words):
            for other in near:
                low, high = reaches[other]
                if not low < word.base < high or _beyond(word, edge) or left.is_outside(word):
                    continue
                if _touches(word, row := clusters[other]):
                    words.remove(word)
                    row.append(word)
                    reaches[other] = min(low, word.base - _REACH * word.size), max(high, word.base + _REACH * word.size)
                    if word.base > row[0].base:
                        raised.add(id(word))
                    break
    return [words for words in clusters if words], raised


def _reach(words: Sequence[Word]) -> tuple[float, float]:
    """The heights between which type may touch a row."""
    return (
        min((word.base - _REACH * word.size for word in words), default=0.0),
        max((word.base + _REACH * word.size for word in words), default=0.0),
    )


def _touches(word: Word, row: list[Word]) -> bool:
    if len(row) > MAX_ROW:
        return False
    return any(
        (word.size < 0.85 * big.size or _is_raised_mark(word, big))
        and 0.05 * big.size < abs(big.base - word.base) < 0.6 * big.size
        and (abs(word.left - big.right) < 0.6 * big.size or abs(big.left - word.right) < 0.8 * big.size)
        for big in row
    )


def _is_set_full(words: Sequence[Word]) -> bool:
    """Whether words have wide white between them since their line was set to full width: everywhere as much, between
    words that most begin small, as no cells of a table do."""
    gaps = [other.left - one.right for one, other in pairwise(words)]
    if len(gaps) < 2 or max(gaps) > _WIDEST * words[0].size or max(gaps) - min(gaps) > _ALIKE * max(gaps):
        return False
    return 2 * sum(word.text[:1].islower() for word in words) >= len(words)


def _hangs(before: Sequence[Word], words: Sequence[Word], at: int, gap: float) -> bool:
    """Whether what stands before the words from `at` on, by so many sizes of type, is the bullet or the number of what
    they begin, and no cell of a table. A number without a stop is one before a heading, set as it is itself."""
    text, word, first = _joined(before), words[at], before[0]
    if gap < _HANGING and _BULLET.match(text):
        return True
    if (
        gap > _FAR
        or not word.text[:1].isalpha()
        or any(_gap(words[here - 1], words[here]) > COLUMN_GAP for here in range(at + 1, len(words)))
    ):
        return False
    styled = (first.bold or first.italic) and (first.bold, first.italic) == (word.bold, word.italic)
    return bool(_SECTION.match(text) if styled else _DOTTED.match(text))


def _gap(one: Word, other: Word) -> float:
    return (other.left - one.right) / other.size


def _is_raised_mark(word: Word, big: Word) -> bool:
    """Whether a word is a mark in type as big as that of the words it stands above, close behind them."""
    above = 0.15 * big.size < word.base - big.base and abs(word.left - big.right) < 0.25 * big.size
    return above and word.size < 1.02 * big.size and _MARK.fullmatch(word.text) is not None


def _segments(words: list[Word], page: int, raised: set[int], frame: tuple[int, int]) -> list[Segment]:
    base = Counter(round(word.base, 2) for word in words if id(word) not in raised).most_common(1)
    height = base[0][0] if base else words[0].base
    segments: list[Segment] = []
    reached = 0.0
    full = _is_set_full(words)
    for at, word in enumerate(words):
        last = segments[-1] if segments else None
        gap = word.left - reached
        if last and (full or gap < COLUMN_GAP * word.size or _hangs(last.words, words, at, gap / word.size)):
            if word.text.isdigit() and word.size < SMALL * last.words[-1].size and not parted(last.words[-1], word):
                last.raised.add(len(last.words))  # on the line, but as small as a mark
            last.words.append(word)
            reached = max(reached, word.right)
        else:
            last = Segment([word], page, height, frame=frame)
            segments.append(last)
            reached = word.right
        if id(word) in raised:
            last.raised.add(len(last.words) - 1)
    return segments
