"""The benchmarks run; what they measure is nobody's test."""

import re
import shutil
from pathlib import Path

from eval.speed.adding import measure_adding
from eval.speed.asking import measure_asking, questions
from eval.speed.reading import measure_reading
from tests.letters.made import Drawn, made_pdf


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


def test_reading_is_measured_by_format_and_beside_pdfium(tmp_path: Path, sample: Path) -> None:
    (tmp_path / "letters").mkdir()
    shutil.copy(sample, tmp_path / "letters")
    lines = ["Het kabinet plant bomen in Drenthe.", "Gelderland krijgt er ook een paar."]
    (tmp_path / "letters" / "brief.pdf").write_bytes(made_pdf([Drawn().lines(70, 700, lines)]))
    pdf, text = measure_reading(tmp_path)
    assert (pdf.step, text.step) == ("pdf, 1 kB, 1 paragraphs", "txt, 5 kB, 9 paragraphs")
    assert all(re.fullmatch(r"\d+ ms; PDFium \d+ ms; \d+\.\d\d times that", row.figure) for row in (pdf, text))
