"""What a statement is worth to a briefing: how likely it is a promise, a decision, an open point, or a key fact.

Four logistic regressions over what the words are (cues, and the embedded model's vector of the sentence) and where they
stand. Their weights are fitted on sentences labelled by hand: `python -m eval.briefing_fit`.
"""

import functools
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from kamerbrief.briefings import cues
from kamerbrief.briefings.figures import figures
from kamerbrief.briefings.moments import dates
from kamerbrief.briefings.statements import Statement

Array = NDArray[np.float64]
LABELS = ("promise", "decision", "open", "key")
VECTOR_SHARE = 0.3  # what a number of the vector counts for beside a cue, when both are standardised

_CUES: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "will": r"\b(?:zal|zullen)\b",
        "passive": r"\b(?:wordt|worden)\b",
        "we": r"\b(?:we|wij|ik)\b",
        "cabinet": r"\b(?:het kabinet|het rijk)\b",
        "may": r"\b(?:kan|kunnen|mogelijk)\b",
        "done": r"\b(?:is|zijn|heeft|hebben|was|waren|had)\b",
        "work": r"\b(?:uitwerk\w*|onderzoek\w*|verken\w*|inform\w*|uitgewerkt|onderzocht|verkend)\b",
        "denial": r"\b(?:niet|geen)\b",
        "effect": r"^(?:hiermee|hierdoor|daarmee|dit |deze|het gaat)",
        "asks": r"\?$",
        "opens": r":$",
    }.items()
}


@dataclass(frozen=True)
class Worth:
    """The chances (0 to 1) that a statement is each of `LABELS`."""

    promise: float
    decision: float
    open: float
    key: float


def features(of_letter: Sequence[Statement]) -> Array:
    """What is known of a letter's statements, shape (statements, features): cues and place, then the vector."""
    if not of_letter:
        return np.zeros((0, 0))
    vectors = np.array([one.vector for one in of_letter], float)
    middle = vectors.mean(axis=0)
    middle /= np.linalg.norm(middle) or 1.0
    rows = [
        [*_said(one), *_placed(at, of_letter), float(vector @ middle)]
        for at, (one, vector) in enumerate(zip(of_letter, vectors, strict=True))
    ]
    return np.hstack([np.array(rows, float), vectors])


def _said(one: Statement) -> list[float]:
    text = one.text
    words = len(text.split())
    promise = cues.promising(text)
    known = [
        promise.promises,
        promise.will,
        promise.surely,
        promise.never,
        promise.must,
        cues.decides(text),
        cues.leaves_open(text),
        bool(figures(text)),
        bool(dates(text, one.letter.date)),
        words < 6,
        *(bool(cue.search(text)) for cue in _CUES.values()),
    ]
    return [float(np.log(words + 1)), *map(float, known)]


def _placed(at: int, of_letter: Sequence[Statement]) -> list[float]:
    one, share = of_letter[at], at / len(of_letter)
    begins = at == 0 or of_letter[at - 1].paragraph.number != one.paragraph.number
    kinds = [one.paragraph.kind == "table", one.paragraph.kind == "item", one.section.kind == "answer"]
    return [share, share * share, *map(float, [begins, one.number < 3, *kinds])]


def weigh(of_letter: Sequence[Statement]) -> list[Worth]:
    """The worth of each statement of a letter."""
    if not of_letter:
        return []
    rows = features(of_letter)
    model = _model()
    scores = (rows - model.mean) / model.spread @ model.weights.T + model.bias
    chances = 1 / (1 + np.exp(-scores))
    return [Worth(**dict(zip(LABELS, row, strict=True))) for row in chances.tolist()]


@dataclass(frozen=True)
class Model:
    """`mean` and `spread`, shape (features,), standardise; `weights` is (labels, features), `bias` (labels,)."""

    mean: Array
    spread: Array
    weights: Array
    bias: Array


@functools.cache
def _model() -> Model:
    found = json.loads((files("kamerbrief.briefings") / "weights.json").read_text())
    return Model(**{name: np.array(values, float) for name, values in found.items()})
