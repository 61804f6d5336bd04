"""A run over the sample letter alone, and the pieces to judge an answer by hand."""

from pathlib import Path

import pytest

from eval.sets.corpus import documents as real_documents
from eval.sets.corpus import read_documents
from kamerbrief.records.letters import Letter
from tests.letters.conftest import letter_at


@pytest.fixture(scope="session")
def nowhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place where the real documents are not."""
    return tmp_path_factory.mktemp("nowhere") / "absent"


@pytest.fixture(scope="session")
def sample_alone(nowhere: Path) -> dict[str, Letter]:
    """The letters of a machine without the real documents."""
    return read_documents(nowhere)


@pytest.fixture(scope="session")
def documents(data: Path) -> dict[str, Letter]:
    """The real documents by file stem."""
    return {path.stem: letter_at(path) for path in real_documents(data)}
