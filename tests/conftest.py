"""What the tests share: the sample letter, the real documents, one network, and a library that holds the sample."""

import os
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cachetools import LRUCache, cached

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
    """The embedded model is loaded once for all tests, and runs no text a second time, as long as 256 MB hold what it
    made of it. One in a folder of its own, as those that test it have, is left alone."""
    from platformdirs import user_cache_path

    from kamerbrief.embedding import e5
    from kamerbrief.embedding.e5_engine import E5Engine, States

    @cache
    def shared(cache_dir: Path) -> E5Engine:
        engine = E5Engine(cache_dir)
        known = LRUCache[object, States](256 * 2**20, getsizeof=lambda states: states.tokens.nbytes)
        engine.states = cached(known, lock=threading.Lock())(engine.states)  # type: ignore[method-assign]
        return engine

    def engine(cache_dir: Path) -> E5Engine:
        return shared(cache_dir) if cache_dir == user_cache_path("kamerbrief") else E5Engine(cache_dir)

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
