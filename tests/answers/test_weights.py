"""How sure an answer must be, by how much worse a wrong one is than none."""

from contextlib import closing
from pathlib import Path

import pytest

from kamerbrief.answers.weights import threshold, writer_weights
from kamerbrief.clock import utc_now
from kamerbrief.index.search import SHIPPED
from kamerbrief.settings import Caution, Settings
from kamerbrief.wiring import Parts


@pytest.mark.parametrize(("caution", "cost"), [("low", 0.5), ("high", 2.0)])
def test_at_the_threshold_saying_costs_as_much_as_not(caution: Caution, cost: float) -> None:
    assert (1 - threshold(caution)) * cost == pytest.approx(threshold(caution))


def test_more_caution_wants_more_probable_answers() -> None:
    assert threshold("low") < threshold("normal") < threshold("high")
    assert threshold("normal") == writer_weights().threshold


@pytest.mark.parametrize("caution", ["normal", "high"])
def test_the_caution_that_is_set_is_that_of_answers(tmp_path: Path, caution: Caution) -> None:
    with closing(Parts(Settings(data_dir=tmp_path, caution=caution), SHIPPED, utc_now)) as parts:
        assert parts.answering().threshold == threshold(caution)
