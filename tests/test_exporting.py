"""A collection that was exported and added elsewhere is the same, letter for letter."""

from pathlib import Path

import pytest

from kamerbrief import Kamerbrief
from kamerbrief.errors import LetterError, StoreError
from kamerbrief.records.letters import Added
from tests.conftest import SAMPLE

QUESTION = "Hoeveel helmen heeft Nederland geleverd aan de Koerden?"
DATA = [
    "letters/kamerbrief-draagmoederschap-2011.pdf",
    "answers-to-members/ah-tk-20232024-1314.pdf",
]


def exported(folder: Path, file: Path, *sources: Path) -> list[Added | LetterError]:
    """Adds the sources, and exports all."""
    with Kamerbrief(folder) as kb:
        outcomes = list(kb.add_all(sources))
        assert kb.export(file) == len(kb.letters())
    return outcomes


def test_what_was_exported_is_the_same_elsewhere(tmp_path: Path) -> None:
    first, again = tmp_path / "first.jsonl", tmp_path / "again.jsonl"
    other = tmp_path / "other.txt"
    other.write_bytes(SAMPLE.read_bytes().replace(b"nr. 504", b"nr. 505"))
    exported(tmp_path / "one", first, SAMPLE, other)
    outcomes = exported(tmp_path / "two", again, first)
    assert [one.outcome for one in outcomes if isinstance(one, Added)] == ["new", "new"]
    assert first.read_bytes() == again.read_bytes()
    with Kamerbrief(tmp_path / "one") as one, Kamerbrief(tmp_path / "two") as two:
        assert one.letter("kst-27925-504") == two.letter("kst-27925-504")
        answers = [kb.ask(QUESTION) for kb in (one, two)]
        assert answers[0].sentences == answers[1].sentences != ()
        assert {one.outcome for one in two.add_all([first]) if isinstance(one, Added)} == {"same"}


@pytest.mark.slow
def test_real_letters_are_the_same_elsewhere(tmp_path: Path, data: Path) -> None:
    """With their notes, tables, references and the report of how they were read."""
    first, again = tmp_path / "first.jsonl", tmp_path / "again.jsonl"
    exported(tmp_path / "one", first, *(data / name for name in DATA))
    exported(tmp_path / "two", again, first)
    assert first.read_bytes().count(b"\n") == len(DATA)
    assert first.read_bytes() == again.read_bytes()


def test_an_export_that_fails_leaves_the_file_of_before(tmp_path: Path) -> None:
    with Kamerbrief(tmp_path / "data") as kb, pytest.raises(StoreError, match="cannot be used"):
        kb.export(tmp_path / "nowhere" / "brieven.jsonl")
