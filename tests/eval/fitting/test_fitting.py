from pathlib import Path

import numpy as np
import pytest

from eval.fitting.models import auc, calibration_error, listwise, logistic, logistic_weights
from eval.fitting.thresholds import Outcome, Part, curve
from eval.fitting.weights import rounded, save
from eval.sets.cases import Case, Gold, Nugget
from kamerbrief.answers.weights import WriterWeights, writer_weights
from kamerbrief.linear import Linear, read_weights
from kamerbrief.records.letters import Key


def test_logistic_regression_finds_the_weights_that_made_the_data() -> None:
    chance = np.random.default_rng(1)
    rows = [{"a": float(a), "b": float(b)} for a, b in chance.normal(size=(4000, 2))]
    odds = np.array([1.0 + 2.0 * row["a"] - 3.0 * row["b"] for row in rows])
    target = (chance.uniform(size=len(rows)) < 1 / (1 + np.exp(-odds))).astype(float)
    model = logistic(rows, target, l2=0.01)
    assert model.bias == pytest.approx(1.0, abs=0.2)
    assert model.weights["a"] == pytest.approx(2.0, abs=0.3)
    assert model.weights["b"] == pytest.approx(-3.0, abs=0.3)


def test_logistic_regression_is_what_newtons_method_finds() -> None:
    """The weights that are shipped were fitted by the method below, before scikit-learn was: both find the same."""
    chance = np.random.default_rng(3)
    x, counts = chance.normal(size=(300, 4)), chance.uniform(0.1, 2.0, size=300)
    target = (chance.uniform(size=300) < 1 / (1 + np.exp(-(x @ [1.0, -2.0, 0.0, 0.5] - 1)))).astype(float)
    ones, penalty = np.column_stack([x, np.ones(300)]), np.diag([3.0] * 4 + [0.0])
    newton = np.zeros(5)
    for _ in range(30):
        p = 1 / (1 + np.exp(-ones @ newton))
        curvature = (ones * (counts * p * (1 - p))[:, None]).T @ ones + penalty
        newton -= np.linalg.solve(curvature, ones.T @ (counts * (p - target)) + penalty @ newton)
    weights, bias = logistic_weights(x, target, 3.0, counts)
    assert [*weights, bias] == pytest.approx(newton, abs=1e-7)


def test_the_listwise_model_finds_the_weights_by_which_one_of_many_was_picked() -> None:
    chance = np.random.default_rng(2)
    groups, targets = [], []
    for _ in range(1500):
        rows = [{"a": float(a), "b": float(b)} for a, b in chance.normal(size=(6, 2))]
        odds = np.exp([2.0 * row["a"] - 1.0 * row["b"] for row in rows])
        target = np.zeros(6)
        target[chance.choice(6, p=odds / odds.sum())] = 1
        groups.append(rows)
        targets.append(target)
    model = listwise(groups, targets, l2=0.01)
    assert model.weights["a"] == pytest.approx(2.0, abs=0.2)
    assert model.weights["b"] == pytest.approx(-1.0, abs=0.2)


def test_of_two_right_rows_either_will_do() -> None:
    model = listwise([[{"a": 1.0}, {"a": 1.0}, {"a": 0.0}]] * 50, [np.array([1.0, 1.0, 0.0])] * 50, l2=0.1)
    assert model.weights["a"] > 2


def _case(name: str, answerable: bool) -> Case:
    gold = Gold(letter="a", paragraph=1, sha256="0" * 8, start=0, end=1)
    return Case(
        id=name,
        language="nl",
        question="Hoeveel?",
        kind="number",
        paraphrase=False,
        answerable=answerable,
        unanswerable_kind=None if answerable else "near",
        letters=("a",),
        gold=(gold,) if answerable else (),
        nuggets=(Nugget(text="tien", accept=("tien",), vital=True),) if answerable else (),
        answer="",
    )


def test_the_curve_counts_what_is_said_at_a_threshold() -> None:
    good = Part(("Het zijn er tien.", "Dat is zo."), (Key("a", 1), Key("a", 2)), 0.9)
    outcomes = [
        Outcome(_case("good", True), {Key("a", 1): 1}, (good, Part(("Nee.",), (Key("b", 1),), 0.1))),
        Outcome(_case("near", False), {}, (Part(("Ja.",), (Key("a", 3),), 0.52),)),
    ]
    far = Outcome(_case("far", False).model_copy(update={"unanswerable_kind": "far"}), {}, ())
    premise = Outcome(_case("premise", False).model_copy(update={"unanswerable_kind": "premise"}), {}, ())
    lines = {line[2:6]: line for line in curve([*outcomes, far, premise]).splitlines()}
    assert lines["0.50"] == ("| 0.50 | 1.000 | 1.000 | 1.000 | 1.000 | 0.500 | 2.000 | 0.800 | 0.000 | 1.000 | 0.000 |")
    assert lines["0.55"].endswith("| 1.000 | 0.000 | 0.000 | 0.000 |")


def test_the_area_under_the_curve() -> None:
    assert auc(np.array([2.0, 3.0]), np.array([0.0, 1.0])) == 1.0
    assert auc(np.array([1.0]), np.array([1.0])) == 0.5
    assert auc(np.array([0.0]), np.array([1.0, -1.0])) == 0.5


def test_what_is_written_is_what_was_fitted(tmp_path: Path) -> None:
    ranking = rounded(Linear(0.5, {"x": 2 / 3}))
    fitted = writer_weights().model_copy(update={"ranking": ranking, "threshold": 0.25})
    save(fitted, tmp_path / "weights.json")
    assert read_weights(WriterWeights, tmp_path / "weights.json") == fitted
    assert '"x": 0.6667\n' in (tmp_path / "weights.json").read_text()


def test_the_calibration_error_is_the_gap_between_chances_and_what_is_right() -> None:
    right = np.array([1.0, 1.0, 1.0, 0.0])
    assert calibration_error(np.array([0.75] * 4), right) == 0.0
    assert calibration_error(np.array([0.95] * 4), right) == pytest.approx(0.2)
    assert calibration_error(np.array([1.0, 1.0, 1.0, 0.0]), right) == 0.0
    # Gaps of two bins do not make up for each other.
    assert calibration_error(np.array([0.35, 0.35, 0.85, 0.85]), np.array([1.0, 0.0, 1.0, 0.0])) == pytest.approx(0.25)
