"""The benchmarks run; what they measure is nobody's test."""

import shutil
from pathlib import Path

from eval.speed.adding import measure_adding
from eval.speed.asking import measure_asking, questions


def test_adding_and_asking_are_measured_step_by_step(tmp_path: Path, sample: Path) -> None:
    (tmp_path / "letters").mkdir()
    shutil.copy(sample, tmp_path / "letters")
    added = {row.step for row in measure_adding(tmp_path / "store", tmp_path, 0)}
    assert {"adding 1 letters, 9 paragraphs", "… read", "… chunk", "… embed", "… store"} <= added
    asked = {
        row.step
        for row in measure_asking(tmp_path / "store", [*questions(tmp_path, 0)[:1], "Wat kost een pannenkoek?"])
    }
    assert {"asking 2 questions, median", "… search", "… embed", "… write", "… log"} <= asked
