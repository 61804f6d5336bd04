"""Fits the linear models of the writer: logistic regression, and its kin that picks one row of many."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kamerbrief.answers.features import Features
from kamerbrief.linear import Linear

Array = NDArray[np.float64]


def logistic(rows: Sequence[Features], target: Array, l2: float, weights: Array | None = None) -> Linear:
    """Logistic regression with an L2 penalty on the standardised weights; the bias is free. `weights` are the rows'."""
    names, x, mean, spread = _standardised(rows)
    found, bias = logistic_weights(x, target, l2, weights)
    scaled = found / spread
    return Linear(float(bias - scaled @ mean), dict(zip(names, scaled.tolist(), strict=True)))


def logistic_weights(x: Array, target: Array, l2: float, weights: Array | None = None) -> tuple[Array, float]:
    """As `logistic`, of rows that are standardised already, shape (rows, features): weights and bias, by Newton's
    method."""
    counts = np.ones(len(x)) if weights is None else weights
    penalty = np.diag([l2] * x.shape[1] + [1e-6])
    x = np.column_stack([x, np.ones(len(x))])
    found = np.zeros(x.shape[1])
    for _ in range(100):
        p = 1 / (1 + np.exp(-x @ found))
        curve = (x * (counts * p * (1 - p))[:, None]).T @ x + penalty
        step = np.linalg.solve(curve, x.T @ (counts * (p - target)) + penalty @ found)
        found -= step
        if np.abs(step).max() < 1e-8:
            break
    return found[:-1], float(found[-1])


def listwise(groups: Sequence[Sequence[Features]], targets: Sequence[Array], l2: float) -> Linear:
    """The weights under which the right rows of each group get the most of a softmax over it (conditional logit).

    `targets` are 1 for the right rows of a group, of which each has one at least. L2 penalty on the standardised
    weights; Newton's method, halving a step that goes too far. There is no bias: only differences within a group count.
    """
    names, x, _, spread = _standardised([row for group in groups for row in group])
    target = np.concatenate([one / one.sum() for one in targets])
    sizes = np.array([len(group) for group in groups])
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    of_group = np.repeat(np.arange(len(sizes)), sizes)

    def at(found: Array) -> tuple[Array, float]:
        scores = x @ found
        scores -= np.maximum.reduceat(scores, starts)[of_group]
        logs = scores - np.log(np.add.reduceat(np.exp(scores), starts))[of_group]
        return np.exp(logs), float(0.5 * l2 * found @ found - target @ logs)

    found = np.zeros(len(names))
    chances, loss = at(found)
    for _ in range(50):
        weighted = x * chances[:, None]
        means = np.add.reduceat(weighted, starts, axis=0)
        curve = l2 * np.eye(len(names)) + x.T @ weighted - means.T @ means
        step = np.linalg.solve(curve, l2 * found + x.T @ (chances - target))
        while (after := at(found - step))[1] > loss and np.abs(step).max() > 1e-9:
            step /= 2
        found, (chances, smaller) = found - step, after
        if loss - smaller < 1e-7:
            break
        loss = smaller
    return Linear(0.0, dict(zip(names, (found / spread).tolist(), strict=True)))


def auc(good: Array, bad: Array) -> float:
    """The probability that a good one has the higher score; a tie counts half (Mann–Whitney)."""
    return float((good[:, None] > bad).mean() + 0.5 * (good[:, None] == bad).mean())


def _standardised(rows: Sequence[Features]) -> tuple[list[str], Array, Array, Array]:
    names = sorted(rows[0])
    raw = np.array([[row[name] for name in names] for row in rows])
    mean, spread = raw.mean(axis=0), raw.std(axis=0) + 1e-9
    return names, (raw - mean) / spread, mean, spread
