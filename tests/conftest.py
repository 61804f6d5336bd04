"""What the tests share: the sample letter, the real documents, one network, and a library that holds the sample."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from kamerbrief import Kamerbrief
    from kamerbrief.letters.apart import Readers

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "kst-27925-504.txt"
DATA = ROOT.parent / "shared" / "data"


NO_SCANS = {"KAMERBRIEF_OCR_TIMEOUT": "0"}
"""Whether OCRmyPDF is there matters to those tests alone that are about it."""


@pytest.fixture(scope="session", autouse=True)
def _no_scans() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        for name, value in NO_SCANS.items():
            patched.setenv(name, value)
        yield


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine reaches a test."""
    for name in [name for name in os.environ if name.upper().startswith("KAMERBRIEF_") and name not in NO_SCANS]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session", autouse=True)
def _one_network() -> Iterator[None]:
    """The embedded model is loaded once for all tests."""
    from kamerbrief.embedding import e5
    from tests.network import engine

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(e5, "E5Engine", engine)
        yield


@pytest.fixture(scope="session", autouse=True)
def _readers_for_all() -> Iterator[None]:
    """All libraries of the tests read with the same processes: each would start its own, in half a second."""
    from kamerbrief.letters.apart import Readers

    readers = Readers()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kamerbrief.wiring.Readers", lambda: Borrowed(readers))
        yield
    readers.close()


@dataclass(frozen=True)
class Borrowed:
    """Readers that go on when a library is closed."""

    readers: "Readers"

    def close(self) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        return getattr(self.readers, name)


@pytest.fixture(scope="session")
def sample() -> Path:
    return SAMPLE


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real documents."""
    if not DATA.is_dir():
        pytest.skip("the real documents of ../shared/data are not here")
    return DATA


@pytest.fixture(scope="session")
def kb(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Iterator["Kamerbrief"]:
    """A library with the sample letter. Tests that change it make their own."""
    from kamerbrief import Kamerbrief

    with Kamerbrief(tmp_path_factory.mktemp("kamerbrief")) as kamerbrief:
        kamerbrief.add(sample)
        yield kamerbrief
