"""What is read of the best paragraphs together with the question: a window of whole sentences around the best one.

A window is read in its letter's context, and that tells whether it answers (embedding/reader.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kamerbrief.embedding.reader import Judgement
from kamerbrief.index.chunks import context_of
from kamerbrief.proof.sources import SourceSentence
from kamerbrief.records.letters import Key

WINDOWS = (500, 500, 250)  # characters of each, most paragraphs as wholes: docs/answers.md
_JOINT = " "


@dataclass(frozen=True)
class Window:
    """Sentences of a paragraph that stand together, their `places` among all; and the `context` they are read in."""

    key: Key
    places: tuple[int, ...]
    context: str
    text: str


@dataclass(frozen=True)
class ReadWindows:
    """Windows, best first, and what the reader makes of each."""

    windows: Sequence[Window]
    judgements: Sequence[Judgement]

    @property
    def places(self) -> list[int]:
        """The places of their sentences among all, a row each."""
        return [place for one in self.windows for place in one.places]

    @property
    def rows(self) -> dict[Key, list[int]]:
        """The rows of each paragraph."""
        ends = np.cumsum([len(one.places) for one in self.windows]).tolist()
        return {one.key: list(range(end - len(one.places), end)) for one, end in zip(self.windows, ends, strict=True)}

    @property
    def by_paragraph(self) -> dict[Key, Judgement]:
        return {one.key: judgement for one, judgement in zip(self.windows, self.judgements, strict=True)}


def windows_of(
    sentences: Sequence[SourceSentence], paragraphs: Mapping[Key, tuple[int, ...]], scores: NDArray[np.float64]
) -> list[Window]:
    """Those of the paragraphs that hold the best sentences, best first, one for each of WINDOWS. `scores` are the
    sentences', shape (sentences,); `paragraphs` the places of each paragraph's, in the order of its text."""
    best: dict[Key, int] = {}
    for place in np.argsort(-scores, kind="stable").tolist():
        best.setdefault(sentences[place].key, place)
        if len(best) == len(WINDOWS):
            break
    found = zip(best.items(), WINDOWS, strict=False)
    return [_around(sentences, paragraphs[key], place, scores, size) for (key, place), size in found]


def _around(
    sentences: Sequence[SourceSentence], here: tuple[int, ...], best: int, scores: NDArray[np.float64], size: int
) -> Window:
    """The sentence at `best` with those before and behind it, the better one first, as long as they find room in `size`
    characters."""
    texts = [sentences[place].text for place in here]
    first = last = here.index(best)
    room = size - len(texts[first])
    while beside := [at for at in (first - 1, last + 1) if 0 <= at < len(here) and len(_JOINT + texts[at]) <= room]:
        taken = max(beside, key=lambda at: scores[here[at]])
        room -= len(_JOINT + texts[taken])
        first, last = min(first, taken), max(last, taken)
    passage = sentences[best].passage
    context = context_of(passage.head, passage.heading)
    return Window(passage.key, here[first : last + 1], context, _JOINT.join(texts[first : last + 1]))
