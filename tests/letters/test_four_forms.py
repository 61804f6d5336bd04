"""The same paper in the forms of the official repository is the same letter."""

from pathlib import Path

import pytest

from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Letter

PAPERS = ("kst/32545/kst-32545-143", "ah-tk/20202021/ah-tk-20202021-3235")
FORMS = ("odt",)
OF_THE_FILE = {"source", "report"}
"""What a letter tells of its file, and not of itself."""


def _letter(data: Path, paper: str, form: str) -> Letter:
    [path] = (data / "koop/frbr/officielepublicaties" / paper / "1" / form).glob(f"*.{form}")
    return read_letter(path)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("paper", PAPERS)
def test_every_form_gives_the_same_letter(data: Path, paper: str, form: str) -> None:
    """Paragraphs, sections, notes and metadata, all of them."""
    xml, other = _letter(data, paper, "xml"), _letter(data, paper, form)

    assert other.model_dump(exclude=OF_THE_FILE) == xml.model_dump(exclude=OF_THE_FILE)
