"""A margin column to the left of the text, as some ministries print it.

Official papers too have a column there, of numbers and places in the type of the text, which is read with the text.
What belongs to the page and not to the letter is set smaller, or returns at its height on other pages.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kamerbrief.letters.margins import ALIGNED, LONG, SAME, after_white
from kamerbrief.letters.pdf import Page
from kamerbrief.letters.words import Word

_LINES = 3  # of a column, at least
_PASSING = 0.05
"""Share of the text's long lines that may begin left of its edge: headings that hang out."""
_SMALL = 0.96
_STEP = 4  # points of height: nearer ones are one
_NUMBER = re.compile(r"[\d.,()]*|\S")

Key = tuple[str, int]


@dataclass(frozen=True)
class LeftMargin:
    """The left edge of the text, and what stands left of it and belongs to the page: what is set smaller than `size`,
    what returns on other pages, and, where several lines do, all that begins with them at `column`."""

    edge: float = float("-inf")
    size: float = 0.0
    column: float | None = None
    returning: frozenset[Key] = frozenset()

    def is_outside(self, word: Word) -> bool:
        """Whether a word stands left of the text."""
        return word.right < self.edge

    def holds(self, text: str, left: float, base: float, size: float) -> bool:
        """Whether words that stand left of the text belong to the page."""
        if size < _SMALL * self.size or _key(text, base) in self.returning:
            return True
        return self.column is not None and abs(left - self.column) < ALIGNED


def left_margin_of(pages: Sequence[Page], found: Sequence[list[list[Word]]], size: float) -> LeftMargin:
    """The margin column left of the text of a document; one that holds nothing where there is none. `found` are the
    lines of each page, `size` that of the text's type."""
    lines = [(page.number, line) for page, here in zip(pages, found, strict=True) for line in here]
    starts = Counter(
        round(word.left)
        for _, line in lines
        for word in after_white(line)
        if sum(other.left >= word.left and abs(other.size - size) < SAME * size for other in line) >= LONG
    )
    if not starts:
        return LeftMargin()
    edge = starts.most_common(1)[0][0] - ALIGNED
    outer = [(page, [word for word in line if word.right < edge]) for page, line in lines]
    outer = [(page, words) for page, words in outer if words and not _NUMBER.fullmatch(words[0].text)]
    seen = Counter({(page, _key(_text(words), words[0].base)) for page, words in outer})
    returning = frozenset(key for key, count in Counter(key for _, key in seen).items() if count > 1)
    places = [words[0].left for _, words in outer if _key(_text(words), words[0].base) in returning]
    column = min(places) if len(places) >= 2 * _LINES else None
    margin = LeftMargin(edge, size, column, returning)
    held = [words for _, words in outer if margin.holds(_text(words), words[0].left, words[0].base, words[0].size)]
    long = [line for _, line in lines if sum(word.left >= edge for word in line) >= LONG]
    passing = sum(any(word.left < edge < word.right for word in line) for line in long)
    return margin if len(held) >= _LINES and passing <= _PASSING * len(long) else LeftMargin()


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _key(text: str, base: float) -> Key:
    return re.sub(r"\d+", "#", text), round(base / _STEP)
