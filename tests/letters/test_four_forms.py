"""The same paper in the forms of the official repository is the same letter."""

from pathlib import Path
from typing import Any

import pytest

from kamerbrief.letters.reading import read_letter

MOTION, ANSWERS = "kst/32545/kst-32545-143", "ah-tk/20202021/ah-tk-20202021-3235"
OF_THE_FILE: Any = {"source": True, "report": True, "paragraphs": {"__all__": {"page"}}}
"""What a letter tells of its file, and not of itself. Only a PDF has pages."""
PDF_ALONE: dict[str, dict[str, Any]] = {
    MOTION: {"title": None},  # the subject of a motion stands in its record only, which a PDF has not
    # As it is printed; the record writes "de Tozo", and tells the number of the questions.
    ANSWERS: {"title": "de TOZO", "references": ()},
}


def _path(data: Path, paper: str, form: str) -> Path:
    [path] = (data / "koop/frbr/officielepublicaties" / paper / "1" / form).glob(f"*.{form}")
    return path


def _told(source: Path | bytes) -> dict[str, Any]:
    return read_letter(source).model_dump(exclude=OF_THE_FILE)


@pytest.mark.parametrize("form", ["html", "odt", "pdf"])
@pytest.mark.parametrize("paper", [MOTION, ANSWERS])
def test_every_form_gives_the_same_letter(data: Path, paper: str, form: str) -> None:
    """Paragraphs, sections, notes and metadata, all of them."""
    assert _told(_path(data, paper, form)) == _told(_path(data, paper, "xml"))


@pytest.mark.parametrize("paper", [MOTION, ANSWERS])
def test_a_pdf_without_the_record_beside_it_has_the_subject_that_is_printed(data: Path, paper: str) -> None:
    alone = _told(_path(data, paper, "pdf").read_bytes())

    assert alone == _told(_path(data, paper, "xml")) | PDF_ALONE[paper]
