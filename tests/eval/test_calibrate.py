import numpy as np
import pytest

from eval.calibrate import auc, logistic, module
from kamerbrief.answers import calibration
from kamerbrief.answers.extractive import apply


def test_logistic_regression_finds_the_weights_that_made_the_data() -> None:
    chance = np.random.default_rng(1)
    rows = [{"a": float(a), "b": float(b)} for a, b in chance.normal(size=(4000, 2))]
    odds = np.array([1.0 + 2.0 * row["a"] - 3.0 * row["b"] for row in rows])
    target = (chance.uniform(size=len(rows)) < 1 / (1 + np.exp(-odds))).astype(float)
    model = logistic(rows, target, l2=0.01)
    assert model.bias == pytest.approx(1.0, abs=0.2)
    assert model.weights["a"] == pytest.approx(2.0, abs=0.3)
    assert model.weights["b"] == pytest.approx(-3.0, abs=0.3)


def test_the_area_under_the_curve() -> None:
    assert auc(np.array([2.0, 3.0]), np.array([0.0, 1.0])) == 1.0
    assert auc(np.array([1.0]), np.array([1.0])) == 0.5
    assert auc(np.array([0.0]), np.array([1.0, -1.0])) == 0.5


def test_what_is_written_is_what_was_fitted() -> None:
    ranking = calibration.Linear(0.5, {"x": 2.0})
    names: dict[str, object] = {"__name__": "written"}
    exec(module(ranking, calibration.CONFIDENCE, 0.25).replace("@dataclass(frozen=True)", "@dataclass"), names)
    written = names["RANKING"]
    assert apply(written, [{"x": 3.0}])[0] == pytest.approx(6.5)  # type: ignore[arg-type]
    assert names["THRESHOLD"] == 0.25
