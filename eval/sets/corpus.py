"""What is asked about: the sample letter, the real documents of ../shared/data, and pages of other papers."""

from pathlib import Path

from eval.paths import SAMPLE
from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Letter


def documents(data: Path) -> list[Path]:
    """The real documents that the questions are about; the sample letter alone where `data` is absent."""
    if not data.is_dir():
        return [SAMPLE]
    return sorted([*data.glob("letters/*.*"), *data.glob("answers-to-members/*.pdf")])


def read_documents(data: Path) -> dict[str, Letter]:
    """The letters by the stem of their file, as the sets name them."""
    return {path.stem: read_letter(path) for path in documents(data)}
