"""Figures of a run with their uncertainty, and the difference of two runs on the same cases."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from eval.metrics.base import Column, Measure

RESAMPLES = 2000
SEED = 20140910  # any; fixed, so that the same results give the same intervals
TAIL = 2.5  # percent cut off on each side: a 95 % interval

Scores = Mapping[str, Mapping[str, float]]
"""For each case its numbers by metric."""


class Figure(NamedTuple):
    """A measure over all cases, and its 95 % interval over resampled cases. NaN where it applies to none."""

    value: float
    low: float
    high: float


class Difference(NamedTuple):
    """A measure of A and of B over the cases both have, B less A, and the 95 % interval of that difference."""

    measure: Measure
    a: float
    b: float
    low: float
    high: float

    @property
    def change(self) -> float:
        return self.b - self.a

    @property
    def verdict(self) -> str:
        """ "better", "worse" or "" where the interval holds no change at all."""
        if np.isnan(self.change) or self.low <= 0 <= self.high:
            return ""
        return "better" if (self.change > 0) == self.measure.up else "worse"

    @property
    def fails(self) -> bool:
        """Whether it is worse by more than chance; of an exact measure, whether it is worse at all."""
        worse = self.change < 0 if self.measure.up else self.change > 0
        return bool(worse) and (self.measure.exact or self.verdict == "worse")


def figures(scores: Scores, measures: Sequence[Measure]) -> dict[str, Figure]:
    """Each measure with its interval, by the percentile bootstrap over cases (Efron and Tibshirani 1993)."""
    whole = table(scores, scores)
    draws = _draws(len(scores))
    found = {}
    for measure in measures:
        samples = [value(measure, whole, draw) for draw in draws]
        found[measure.name] = Figure(value(measure, whole), *_interval(samples))
    return found


def compare(a: Scores, b: Scores, measures: Iterable[Measure]) -> list[Difference]:
    """B against A on the cases both have, by the paired bootstrap: the same cases are drawn for both."""
    shared = [case for case in a if case in b]
    first, second = table(a, shared), table(b, shared)
    draws = _draws(len(shared))
    found = []
    for measure in measures:
        changes = [value(measure, second, draw) - value(measure, first, draw) for draw in draws]
        found.append(Difference(measure, value(measure, first), value(measure, second), *_interval(changes)))
    return found


def sides(a: Scores, b: Scores, metric: str) -> tuple[list[str], list[str]]:
    """The cases in which a metric rose from A to B, and those in which it fell."""
    both = [case for case in a if metric in a[case] and metric in b.get(case, {})]
    rose = [case for case in both if b[case][metric] > a[case][metric]]
    return rose, [case for case in both if b[case][metric] < a[case][metric]]


def table(scores: Scores, cases: Iterable[str]) -> dict[str, Column]:
    """The numbers of these cases by metric, NaN where a case has none."""
    rows = [scores[case] for case in cases]
    names = {name for row in rows for name in row}
    return {name: np.array([row.get(name, np.nan) for row in rows], np.float64) for name in names}


def value(measure: Measure, numbers: Mapping[str, Column], rows: NDArray[np.int64] | slice = slice(None)) -> float:
    """The measure over some rows; a metric that never applied is NaN."""
    return measure.value(_Taken(numbers, rows))


class _Taken(dict[str, Column]):
    """Some rows of the columns, taken of those that are asked for: a measure looks at few."""

    def __init__(self, numbers: Mapping[str, Column], rows: NDArray[np.int64] | slice) -> None:
        super().__init__()
        self._numbers = numbers
        self._rows = rows

    def __missing__(self, name: str) -> Column:
        column = self._numbers.get(name)
        self[name] = np.array([np.nan]) if column is None else column[self._rows]
        return self[name]


def _draws(count: int) -> NDArray[np.int64]:
    """Rows of case numbers, drawn with replacement: shape (RESAMPLES, count)."""
    return np.random.default_rng(SEED).integers(0, max(count, 1), (RESAMPLES, count))


def _interval(samples: Sequence[float]) -> tuple[float, float]:
    known = np.array(samples)[~np.isnan(samples)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.percentile(known, [TAIL, 100 - TAIL])
    return float(low), float(high)
