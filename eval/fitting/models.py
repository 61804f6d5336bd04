"""Fits linear models: logistic regression by scikit-learn, and its kin that picks one row of many.

scikit-learn has no conditional logit, so that one is written out here.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from kamerbrief.linear import Linear

Array = NDArray[np.float64]
Rows = Sequence[Mapping[str, float]]


def logistic(rows: Rows, target: Array, l2: float, weights: Array | None = None) -> Linear:
    """Logistic regression with an L2 penalty on the standardised weights; the bias is free. `weights` are the rows'."""
    names, x, mean, spread = _standardised(rows)
    found, bias = logistic_weights(x, target, l2, weights)
    scaled = found / spread
    return Linear(float(bias - scaled @ mean), dict(zip(names, scaled.tolist(), strict=True)))


def logistic_weights(x: Array, target: Array, l2: float, weights: Array | None = None) -> tuple[Array, float]:
    """As `logistic`, of rows that are standardised already, shape (rows, features): weights and bias."""
    from sklearn.linear_model import LogisticRegression  # takes 2 s to load

    model = LogisticRegression(C=1 / l2, solver="newton-cholesky", tol=1e-8)
    model.fit(x, target, sample_weight=weights)
    return model.coef_[0], float(model.intercept_[0])


def auc(good: Array, bad: Array) -> float:
    """The probability that a good one has the higher score; a tie counts half (Mann–Whitney)."""
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(np.repeat([1, 0], [len(good), len(bad)]), np.concatenate([good, bad])))


def calibration_error(chances: Array, right: Array, bins: int = 10) -> float:
    """How far chances (0 to 1) lie from the share that is right, in the mean over bins of equal width, each counted by
    what is in it: the expected calibration error (Naeini et al. 2015)."""
    of_bin = np.minimum((chances * bins).astype(int), bins - 1)
    gaps = [abs(chances[of_bin == one].sum() - right[of_bin == one].sum()) for one in range(bins)]
    return float(sum(gaps) / len(chances))


def listwise(groups: Sequence[Rows], targets: Sequence[Array], l2: float) -> Linear:
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


def _standardised(rows: Rows) -> tuple[list[str], Array, Array, Array]:
    names = sorted(rows[0])
    raw = np.array([[row[name] for name in names] for row in rows])
    mean, spread = raw.mean(axis=0), raw.std(axis=0) + 1e-9
    return names, (raw - mean) / spread, mean, spread
