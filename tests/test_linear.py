"""The files of fitted weights: what they must say, and that they fit what is gathered."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hatchling.builders.wheel import WheelBuilder

from kamerbrief.answers.weights import WriterWeights, writer_weights
from kamerbrief.briefings.choose.worth import WorthWeights, worth_weights
from kamerbrief.errors import WeightsError
from kamerbrief.linear import Fitted, Linear, read_weights
from kamerbrief.proof.weights import SupportWeights, support_weights
from tests.conftest import ROOT

FILES: dict[str, type[Fitted]] = {
    "answers/weights.json": WriterWeights,
    "proof/weights.json": SupportWeights,
    "briefings/choose/weights.json": WorthWeights,
}


def shipped(name: str) -> Any:
    return json.loads((files("kamerbrief") / name).read_text())


def test_the_log_odds_are_the_bias_and_the_weighted_features() -> None:
    model = Linear(0.5, {"a": 2.0, "b": -1.0})
    assert model.log_odds([{"a": 1.0, "b": 3.0}, {"a": 0.0, "b": 0.0, "not weighed": 9.0}]).tolist() == [-0.5, 0.5]
    assert model.log_odds([]).shape == (0,)


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_weights_says_what_made_it(name: str) -> None:
    found: Fitted = {"answers": writer_weights, "proof": support_weights}.get(name.split("/")[0], worth_weights)()
    assert found.command.startswith("python -m eval fit ")
    assert found.command.endswith(" --write")
    assert found.version >= 1
    assert any(character.isdigit() for character in found.fitted_on)


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("answers/weights.json", {"threshold": 1.5}, "threshold: "),
        ("answers/weights.json", {"ranking": {"bias": 0, "weights": {"asks": "x"}}}, r"ranking\.weights\.asks: "),
        ("answers/weights.json", {"ranking": {"bias": 0, "weights": {}, "odd": 1}}, r"ranking\.odd: "),
        ("proof/weights.json", {"support": {"bias": float("nan"), "weights": {}}}, r"support\.bias: "),
        ("proof/weights.json", {"command": ""}, "command: "),
        ("proof/weights.json", {"odd": 1}, "odd: "),
        ("briefings/choose/weights.json", {"bias": [1.0]}, "a row for each of promise"),
        ("briefings/choose/weights.json", {"mean": [1.0]}, "a number for each feature"),
        ("briefings/choose/weights.json", {"words": {"hope": {}}}, r"words\.hope"),
    ],
)
def test_a_damaged_file_is_told_by_file_and_field(tmp_path: Path, name: str, change: Any, said: str) -> None:
    path = tmp_path / "weights.json"
    path.write_text(json.dumps(shipped(name) | change))
    with pytest.raises(WeightsError, match=rf"weights\.json: .*{said}"):
        read_weights(FILES[name], path)


def test_what_is_no_json_or_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    with pytest.raises(WeightsError, match=r"weights\.json cannot be read"):
        read_weights(SupportWeights, path)
    path.write_text("{")
    with pytest.raises(WeightsError, match=r"weights\.json: the whole: Invalid JSON"):
        read_weights(SupportWeights, path)


def test_the_wheel_holds_the_files_of_weights() -> None:
    held = {file.path for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    for name in FILES:
        assert str(ROOT / "service" / "kamerbrief" / name) in held
