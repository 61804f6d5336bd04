"""A real service, started as people start it, for the tests of this room."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.http.briefing_jobs import LETTERS
from tests.http.service import Service, serving


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """A data folder with the sample letter. Tests that change it make their own."""
    from kamerbrief import Kamerbrief

    folder = tmp_path_factory.mktemp("served")
    with Kamerbrief(folder) as kb:
        kb.add(sample)
    return folder


@pytest.fixture(scope="session")
def service(folder: Path) -> Iterator[Service]:
    """A service without keys over the sample letter, shared by the tests that only read."""
    with serving(folder) as service:
        yield service


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """A data folder with so many letters that their briefing takes seconds. Tests that change it take a copy."""
    from kamerbrief import Kamerbrief

    folder = tmp_path_factory.mktemp("many") / "data"
    text = sample.read_bytes()
    with Kamerbrief(folder) as kb:
        list(kb.add_all([io.BytesIO(text.replace(b"nr. 504", b"nr. %d" % n)) for n in range(504, 504 + LETTERS)]))
    return folder


@pytest.fixture
def copy(many: Path, tmp_path: Path) -> Path:
    """Of the folder with many letters."""
    return Path(shutil.copytree(many, tmp_path / "data"))


@pytest.fixture
def few(folder: Path, tmp_path: Path) -> Path:
    """A copy of the folder with the sample letter."""
    return Path(shutil.copytree(folder, tmp_path / "data"))
