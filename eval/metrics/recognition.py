"""How much of a letter is read from a scan of it as from its own text."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from kamerbrief.records.letters import Letter


class Recognition(NamedTuple):
    """Of `words` words of the letters' texts, `wrong` had to be changed, put in or left out, in their order, and `lost`
    are nowhere in what was read; of `paragraphs`, `whole` were read letter for letter."""

    words: int
    wrong: int
    lost: int
    paragraphs: int
    whole: int

    def __add__(self, other: "Recognition") -> "Recognition":  # type: ignore[override]
        return Recognition(*(a + b for a, b in zip(self, other, strict=True)))


def compare(printed: Letter, scan: Letter) -> Recognition:
    """A scan as it was read beside the text that was printed: headings, paragraphs and notes, each in their order."""
    said, read = _words(printed), _words(scan)
    there = {one.text for one in scan.paragraphs}
    whole = sum(one.text in there for one in printed.paragraphs)
    lost = (Counter(said) - Counter(read)).total()
    return Recognition(len(said), distance(said, read), lost, len(printed.paragraphs), whole)


def distance(a: Sequence[str], b: Sequence[str]) -> int:
    """The least number of words to change, put in or leave out that makes one of the other (Levenshtein)."""
    codes = {word: code for code, word in enumerate(dict.fromkeys([*a, *b]))}
    second = np.array([codes[word] for word in b], np.int64)
    at = np.arange(len(b) + 1)
    row = at.copy()
    for number, word in enumerate(a, 1):
        step = np.minimum(row[1:] + 1, row[:-1] + (second != codes[word]))
        row = np.minimum.accumulate(np.concatenate(([number], step)) - at) + at
    return int(row[-1])


def _words(letter: Letter) -> list[str]:
    parts = [one.heading or "" for one in letter.sections]
    parts += [one.text for one in letter.paragraphs] + [one.text for one in letter.footnotes]
    return " ".join(parts).split()
