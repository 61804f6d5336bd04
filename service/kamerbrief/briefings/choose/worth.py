"""What a statement is worth to a briefing: how likely it is a promise, a decision, an open point, or a key fact.

Four logistic regressions over what the words are (cues, the embedded model's vector of the sentence, and for promises
single words too) and where they stand. Their weights (`weights.json`) are fitted on sentences labelled by hand.
"""

import functools
import math
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from itertools import pairwise
from typing import Annotated, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from kamerbrief.briefings.find import cues
from kamerbrief.briefings.find.dates import coming, dates
from kamerbrief.briefings.find.figures import figures
from kamerbrief.briefings.find.statements import Statement, dangles
from kamerbrief.linear import Fitted, read_weights
from kamerbrief.records.briefings import NoteKind

Array = NDArray[np.float64]
LABELS: tuple[NoteKind, ...] = ("promise", "decision", "open", "key")
_WORD = re.compile(r"\w+|[?;:]")
_OPENING = 3  # words of a sentence that are known as its first ones too: in Dutch the verb of a main clause is one

Worth = Mapping[NoteKind, float]
"""The chances (0 to 1) that a statement is each of `LABELS`."""


def log_odds(chance: float) -> float:
    return float(np.log((chance + 1e-6) / (1 - chance + 1e-6)))


def features(of_letter: Sequence[Statement]) -> Array:
    """What is known of a letter's statements, shape (statements, features): cues and place, then the vector, and
    last the cues that tell promises alone (the weights of the other labels are 0 there)."""
    if not of_letter:
        return np.zeros((0, 0))
    vectors = np.array([one.vector for one in of_letter], float)
    middle = vectors.mean(axis=0)
    middle /= np.linalg.norm(middle) or 1.0
    said = np.array([_said(one) for one in of_letter], float)
    of_promises = [list(cues.said_of_promises(one.text, one.lexicon).values()) for one in of_letter]
    return np.hstack([said, _placed(of_letter), (vectors @ middle)[:, None], vectors, np.array(of_promises, float)])


def _said(one: Statement) -> list[float]:
    text, written = one.text, one.letter.date
    words, found = len(text.split()), dates(text, written, one.lexicon)
    cue = cues.said(text, one.lexicon, coming=written is not None and coming(found, written) is not None)
    known = [bool(figures(text, one.lexicon)), bool(found), words < 6, 12 < words < 45, *cue.values()]
    return [float(np.log(words + 1)), *map(float, known)]


def _placed(of_letter: Sequence[Statement]) -> Array:
    """Where each statement stands: in the letter, in its section (an answer is one) and in its paragraph."""
    sections = np.array([one.section.number for one in of_letter])
    paragraphs = np.array([one.paragraph.number for one in of_letter])
    (before, size), (above, length) = _within(sections), _within(paragraphs)
    share = np.arange(len(of_letter)) / len(of_letter)
    answers = np.array([one.section.kind == "answer" for one in of_letter])
    kinds = [np.array([one.paragraph.kind == kind for one in of_letter]) for kind in ("table", "item")]
    opening = np.arange(len(of_letter)) < 3
    ends = [above == 0, before == 0, answers & (before == 0), before == size - 1, answers & (before == size - 1)]
    alone = [above == length - 1, length == 1, answers & (size == 1)]
    sizes = [before / size, np.log(size), np.log(length)]
    dangling = np.array([dangles(one.text, one.lexicon) for one in of_letter])
    columns = [share, share * share, opening, *kinds, answers, *ends, *alone, *sizes, dangling]
    return np.column_stack([np.asarray(column, float) for column in columns])


def _within(groups: NDArray[np.int_]) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    """How many of its group stand before each, and how many there are; the groups are in order."""
    _, first, which, sizes = np.unique(groups, return_index=True, return_inverse=True, return_counts=True)
    return np.arange(len(groups)) - first[which], sizes[which]


def phrases(text: str) -> frozenset[str]:
    """The words of a sentence, each two that stand together, and the first as such ("^zal"); all numbers are one."""
    words = ["0" if word.isdigit() else word for word in _WORD.findall(text.lower())]
    pairs = (f"{one} {other}" for one, other in pairwise(words))
    return frozenset((*words, *pairs, *(f"^{word}" for word in words[:_OPENING])))


def share(said: frozenset[str]) -> float:
    """What each phrase of a sentence counts: those of a long one less."""
    return 1 / math.sqrt(len(said) or 1)


def weigh(of_letter: Sequence[Statement]) -> list[Worth]:
    """The worth of each statement of a letter."""
    if not of_letter:
        return []
    rows = features(of_letter)
    fitted = worth_weights()
    scores = (rows - fitted.mean) / fitted.spread @ np.transpose(fitted.weights) + fitted.bias
    scores += np.array([fitted.of_words(one.text) for one in of_letter])
    chances = 1 / (1 + np.exp(-scores))
    return [dict(zip(LABELS, row, strict=True)) for row in chances.tolist()]


class WorthWeights(Fitted):
    """`mean` and `spread`, shape (features,), standardise, a number of the vector to 0.3 of a cue; `weights` is
    (labels, features), `bias` (labels,). `words` are the weights of phrases, for the labels that have such."""

    mean: tuple[float, ...]
    spread: tuple[Annotated[float, Field(gt=0)], ...]
    weights: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...]
    words: Mapping[NoteKind, Mapping[str, float]] = {}

    def of_words(self, text: str) -> list[float]:
        """What the words of a sentence add to the log odds of each label."""
        said = phrases(text)
        known = (self.words.get(label, {}) for label in LABELS)
        return [share(said) * sum(words[one] for one in said & words.keys()) for words in known]

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        if not len(self.weights) == len(self.bias) == len(LABELS):
            raise ValueError(f"weights and bias need a row for each of {', '.join(LABELS)}")
        if {len(self.mean), len(self.spread)} != {len(row) for row in self.weights}:
            raise ValueError("mean, spread and each row of weights need a number for each feature")
        return self


@functools.cache
def worth_weights() -> WorthWeights:
    """Read when the first briefing is written. Raises WeightsError."""
    return read_weights(WorthWeights, files("kamerbrief.briefings.choose") / "weights.json")
