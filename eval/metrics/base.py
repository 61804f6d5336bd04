"""What the metrics share: what they look at, and how figures are made of their numbers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from eval.sets.cases import Entry
from eval.systems.outcomes import Outcome
from kamerbrief.records.answers import Answer
from kamerbrief.records.letters import Key, Letter

Column = NDArray[np.float64]
Columns = Mapping[str, Column]
"""The numbers of each metric, a place for each case; NaN where the metric did not apply."""

E_contra = TypeVar("E_contra", bound=Entry, contravariant=True)
E_co = TypeVar("E_co", bound=Entry, covariant=True)

Proves = Callable[[str, Sequence[Key]], bool]
"""Whether `verify` lets out a sentence that rests on these paragraphs and notes."""


@dataclass(frozen=True)
class Asked(Generic[E_co]):
    """A case beside what came of it. `letters` are the letters of the corpus by file stem;
    `proves` is None where `verify` cannot be asked."""

    case: E_co
    outcome: Outcome
    letters: Mapping[str, Letter]
    proves: Proves | None

    @property
    def answer(self) -> Answer | None:
        """The answer, if there is one that says something."""
        answer = self.outcome.answer
        return answer if answer is not None and answer.sentences else None

    @property
    def text(self) -> str:
        """What the answer says, "" when it says nothing."""
        return " ".join(sentence.text for sentence in self.answer.sentences) if self.answer else ""


class Metric(Protocol[E_contra]):
    """One number about one case, or None where it does not apply."""

    @property
    def name(self) -> str: ...

    def __call__(self, asked: Asked[E_contra]) -> float | None: ...


@dataclass(frozen=True)
class Measure:
    """A figure over many cases. `up` says that more is better; `exact` that it may not get worse by a single case,
    chance or not; `gated` that the gate looks at it at all."""

    name: str
    value: Callable[[Columns], float]
    up: bool = True
    exact: bool = False
    gated: bool = True
    digits: int = 3


def mean(
    metric: str, name: str | None = None, *, up: bool = True, exact: bool = False, gated: bool = True, digits: int = 3
) -> Measure:
    """The mean of a metric over the cases to which it applies; NaN when it applies to none."""

    def value(columns: Columns) -> float:
        column = columns[metric]
        known = column[~np.isnan(column)]
        return float(known.mean()) if len(known) else float("nan")

    return Measure(name or metric, value, up, exact, gated, digits)
