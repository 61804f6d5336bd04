"""What the tests share: the sample letter, the real documents, one network, and a library that holds the sample."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from kamerbrief import Kamerbrief

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "kst-27925-504.txt"
DATA = ROOT.parent / "shared" / "data"


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine reaches a test."""
    for name in [name for name in os.environ if name.upper().startswith("KAMERBRIEF_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session", autouse=True)
def _one_network() -> Iterator[None]:
    """The embedded model is loaded once for all tests."""
    from kamerbrief.embedding import e5
    from tests.network import engine

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(e5, "E5Engine", engine)
        yield


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
