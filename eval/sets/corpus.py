"""What is asked about: the sample letter, the real documents of ../shared/data, and pages of other papers."""

from collections.abc import Iterable
from pathlib import Path

from eval.paths import SAMPLE, SETS
from eval.sets.members import NAMED, answers
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


def further(names: Iterable[str], data: Path) -> dict[str, bytes]:
    """Texts of letters that a set names beside the documents, as far as they are here: made letters (of this folder and
    of the cases beside the documents), and answers put together of pairs."""
    found = answers(data, [name for name in names if name.startswith(NAMED)])
    for folder in (SETS / "letters", data / "cases"):
        found |= {name: path.read_bytes() for name in names if (path := folder / f"{name}.txt").is_file()}
    return found


def read_further(names: Iterable[str], data: Path) -> dict[str, Letter]:
    """The same, read."""
    return {name: read_letter(text, name=f"{name}.txt") for name, text in further(names, data).items()}
