import math

import numpy as np
import pytest

from eval.metrics.base import Measure, mean
from eval.metrics.refusals import MEASURES as REFUSALS
from eval.reporting.figures import compare, figures, sides

CITED = mean("cited")
EXACT = mean("verbatim", exact=True)


def _scores(values: list[float], name: str = "cited") -> dict[str, dict[str, float]]:
    return {f"case {number}": {name: value} for number, value in enumerate(values)}


def test_a_figure_is_the_mean_of_the_cases_it_applies_to() -> None:
    scores = _scores([1, 1, 0, 0]) | {"other": {"elsewhere": 1.0}}
    figure = figures(scores, [CITED])["cited"]
    assert figure.value == 0.5
    assert 0 <= figure.low < 0.5 < figure.high <= 1


def test_the_interval_of_a_mean_is_the_one_of_the_textbook() -> None:
    values = np.random.default_rng(7).normal(3, 2, 400)
    figure = figures(_scores(values.tolist()), [CITED])["cited"]
    spread = 1.96 * values.std() / math.sqrt(len(values))
    assert figure.low == pytest.approx(figure.value - spread, abs=0.03)
    assert figure.high == pytest.approx(figure.value + spread, abs=0.03)


def test_a_measure_that_applies_to_nothing_is_no_number() -> None:
    assert math.isnan(figures(_scores([1.0], "other"), [CITED])["cited"].value)
    assert all(math.isnan(figure.value) for figure in figures(_scores([1.0], "other"), REFUSALS[:1]).values())


def test_a_difference_that_is_the_same_in_every_case_is_no_chance() -> None:
    (one,) = compare(_scores([0.1, 0.5, 0.9]), _scores([0.2, 0.6, 1.0]), [CITED])
    assert one.change == pytest.approx(0.1)
    assert [one.low, one.high] == pytest.approx([0.1, 0.1])
    assert one.verdict == "better"
    assert not one.fails


def test_one_case_of_many_is_chance() -> None:
    (one,) = compare(_scores([1.0] * 50), _scores([1.0] * 49 + [0.0]), [CITED])
    assert one.change < 0
    assert one.verdict == ""
    assert not one.fails


def test_one_case_of_many_fails_an_exact_measure() -> None:
    (one,) = compare(_scores([1.0] * 50, "verbatim"), _scores([1.0] * 49 + [0.0], "verbatim"), [EXACT])
    assert one.fails


def test_many_cases_fail() -> None:
    (one,) = compare(_scores([1.0] * 50), _scores([1.0] * 30 + [0.0] * 20), [CITED])
    assert one.verdict == "worse"
    assert one.fails


def test_of_a_measure_where_less_is_better_more_fails() -> None:
    down = Measure("errors", CITED.value, up=False)
    (one,) = compare(_scores([0.0] * 50), _scores([0.0] * 30 + [1.0] * 20), [down])
    assert one.fails


def test_only_cases_that_both_have_are_compared() -> None:
    (one,) = compare(_scores([0, 0, 1]), _scores([0, 0]), [CITED])
    assert one.a == one.b == 0


def test_the_cases_that_changed_sides() -> None:
    assert sides(_scores([0, 1, 1]), _scores([1, 0, 1]), "cited") == (["case 0"], ["case 1"])
