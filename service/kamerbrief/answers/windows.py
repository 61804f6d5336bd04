"""What is read of the best paragraphs together with the question: a window of whole sentences around the best one.

A window is read once, in its letter's context. That tells how it meets the words of the question (matching.py), and
whether it answers (embedding/reader.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kamerbrief.embedding.passages import TokenStates
from kamerbrief.embedding.reader import Judgement, Reading
from kamerbrief.index.chunks import context_of
from kamerbrief.proof.sources import SourceSentence
from kamerbrief.records.letters import Key

READ = 3  # paragraphs: a fourth changed nothing that could be measured
WINDOW = 220  # characters of one
_JOINT = " "


@dataclass(frozen=True)
class Window:
    """Sentences of a paragraph that stand together: their `places` among all sentences, and where each of them begins
    and ends in `text`; the `context` that it is read in."""

    key: Key
    places: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    context: str
    text: str


@dataclass(frozen=True)
class ReadWindow:
    """A window, its tokens' states, and what the reader makes of it."""

    window: Window
    states: TokenStates
    judgement: Judgement

    def tokens(self, number: int) -> slice:
        """Those of its sentence of that number; of one in which none begins, the one before."""
        first, last = np.searchsorted(self.states.starts, self.window.spans[number])
        first = min(int(first), len(self.states.starts) - 1)
        return slice(first, max(int(last), first + 1))


def windows_of(
    sentences: Sequence[SourceSentence], paragraphs: Mapping[Key, tuple[int, ...]], scores: NDArray[np.float64]
) -> list[Window]:
    """Those of the READ paragraphs that hold the best sentences, best first. `scores` are the sentences', shape
    (sentences,); `paragraphs` the places of each paragraph's, in the order of its text."""
    best: dict[Key, int] = {}
    for place in np.argsort(-scores, kind="stable").tolist():
        best.setdefault(sentences[place].key, place)
        if len(best) == READ:
            break
    return [_around(sentences, paragraphs[key], place, scores) for key, place in best.items()]


def read_windows(windows: Sequence[Window], reading: Reading) -> list[ReadWindow]:
    """The windows with what was read of them."""
    return [ReadWindow(*one) for one in zip(windows, reading.told, reading.judgements, strict=True)]


def _around(
    sentences: Sequence[SourceSentence], here: tuple[int, ...], best: int, scores: NDArray[np.float64]
) -> Window:
    """The sentence at `best` with those before and behind it, the better one first, as long as they find room."""
    texts = [sentences[place].text for place in here]
    first = last = here.index(best)
    room = WINDOW - len(texts[first])
    while beside := [at for at in (first - 1, last + 1) if 0 <= at < len(here) and len(_JOINT + texts[at]) <= room]:
        taken = max(beside, key=lambda at: scores[here[at]])
        room -= len(_JOINT + texts[taken])
        first, last = min(first, taken), max(last, taken)
    chosen = texts[first : last + 1]
    starts = np.cumsum([0, *(len(text + _JOINT) for text in chosen)]).tolist()
    spans = tuple((start, start + len(text)) for start, text in zip(starts, chosen, strict=False))
    passage = sentences[best].passage
    context = context_of(passage.head, passage.heading)
    return Window(passage.key, here[first : last + 1], spans, context, _JOINT.join(chosen))
