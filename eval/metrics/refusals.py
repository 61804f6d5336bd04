"""Refusals: is what the letters do not hold answered with "not found", and nothing else; and is the confidence of use.

Precision, recall and F1 are those of a retrieval of the unanswerable questions by refusing them.
"""

from dataclasses import dataclass

import numpy as np

from eval.metrics.answers import GoldCited
from eval.metrics.base import Asked, Column, Columns, Measure, Metric, mean
from eval.sets.cases import Case, Entry

REFUSED, UNANSWERABLE, CONFIDENCE, RIGHT = "refused", "unanswerable", "confidence", "right"


@dataclass(frozen=True)
class Refused:
    """Whether the system said "not found"."""

    name: str = REFUSED

    def __call__(self, asked: Asked[Entry]) -> float | None:
        return None if asked.outcome.answer is None else float(not asked.outcome.answer.sentences)


@dataclass(frozen=True)
class Unanswerable:
    """Whether the letters do not hold the answer."""

    name: str = UNANSWERABLE

    def __call__(self, asked: Asked[Case]) -> float | None:
        return None if asked.outcome.answer is None else float(not asked.case.answerable)


@dataclass(frozen=True)
class AnsweredOfKind:
    """Whether an unanswerable question of a kind (far, near, premise) was answered all the same."""

    kind: str

    @property
    def name(self) -> str:
        return f"{self.kind} answered"

    def __call__(self, asked: Asked[Case]) -> float | None:
        if asked.outcome.answer is None or asked.case.unanswerable_kind != self.kind:
            return None
        return float(bool(asked.outcome.answer.sentences))


@dataclass(frozen=True)
class Confidence:
    """The confidence of what was answered."""

    name: str = CONFIDENCE

    def __call__(self, asked: Asked[Case]) -> float | None:
        return asked.answer.confidence if asked.answer else None


@dataclass(frozen=True)
class Right:
    """Whether what was answered was right: a gold paragraph cited; an answer to the unanswerable is wrong."""

    name: str = RIGHT

    def __call__(self, asked: Asked[Case]) -> float | None:
        return (GoldCited()(asked) or 0.0) if asked.answer else None


def counts(columns: Columns) -> tuple[int, int, int]:
    """Rightly refused, refused, unanswerable."""
    refused, unanswerable = columns[REFUSED] == 1, columns[UNANSWERABLE] == 1
    return int((refused & unanswerable).sum()), int(refused.sum()), int(unanswerable.sum())


def precision(columns: Columns) -> float:
    rightly, refused, _ = counts(columns)
    return rightly / refused if refused else float("nan")


def recall(columns: Columns) -> float:
    rightly, _, unanswerable = counts(columns)
    return rightly / unanswerable if unanswerable else float("nan")


def f1(columns: Columns) -> float:
    rightly, refused, unanswerable = counts(columns)
    return 2 * rightly / (refused + unanswerable) if refused + unanswerable else float("nan")


def risk_coverage(columns: Columns) -> tuple[Column, Column]:
    """Coverage (the share of all questions answered) and risk (the share of these answered wrongly), the surest first.

    What was refused has no answer to judge: the curve ends at the share that was answered (Geifman, El-Yaniv 2017).
    """
    known = ~np.isnan(columns[CONFIDENCE])
    order = np.argsort(-columns[CONFIDENCE][known], kind="stable")
    wrong = np.cumsum(1 - columns[RIGHT][known][order])
    answered = np.arange(1, len(order) + 1)
    return answered / max(1, (~np.isnan(columns[REFUSED])).sum()), wrong / answered


def area(columns: Columns) -> float:
    """The area under the risk–coverage curve as far as it goes: the mean risk over the coverages reached. Less is
    better; with the confidence of no use it is the risk of answering."""
    _, risk = risk_coverage(columns)
    return float(risk.mean()) if len(risk) else float("nan")


KINDS = ("far", "near", "premise")
METRICS: tuple[Metric[Case], ...] = (
    Refused(),
    Unanswerable(),
    *(AnsweredOfKind(kind) for kind in KINDS),
    Confidence(),
    Right(),
)
MEASURES: tuple[Measure, ...] = (
    Measure("refusals: precision", precision),
    Measure("refusals: recall", recall),
    Measure("refusals: F1", f1),
    mean("far answered", up=False, exact=True),
    mean("near answered", up=False),
    mean("premise answered", up=False),
    Measure("area under risk–coverage", area, up=False),
)
