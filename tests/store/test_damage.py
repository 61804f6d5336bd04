"""Vectors and words that are deleted, cut off or full of noise, and readers who cannot mend them."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kamerbrief.store.store import Store
from tests.store.holding import agrees, found_by, heads_in, near_to
from tests.store.letters import CHUNKING, EMBEDDER, a_letter

SEED = 20140910
LETTERS = ["kst-1-1", "kst-1-2"]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two letters."""
    folder = tmp_path_factory.mktemp("whole") / "data"
    with Store(folder, EMBEDDER, CHUNKING) as store:
        store.put([a_letter(name, "een", 3) for name in LETTERS])
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "data"))


def deleted(path: Path, _: random.Random) -> None:
    path.unlink()


def cut_off(path: Path, chance: random.Random) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: chance.randrange(max(1, len(data)))])


def noise(path: Path, chance: random.Random) -> None:
    path.write_bytes(chance.randbytes(path.stat().st_size))


def a_little_noise(path: Path, chance: random.Random) -> None:
    """In the middle, and of the same length."""
    data = bytearray(path.read_bytes())
    for at in chance.sample(range(len(data)), min(20, len(data))):
        data[at] ^= 1 + chance.randrange(255)
    path.write_bytes(data)


Spoil = Callable[[Path, random.Random], None]
SPOILING = [deleted, cut_off, noise, a_little_noise]


def some_file(folder: Path, chance: random.Random) -> Path:
    files = [path for path in sorted(folder.rglob("*")) if path.stat().st_size and path.is_file()]
    return chance.choice([path for path in files if not path.name.startswith(".tantivy-")])


@pytest.mark.parametrize("spoil", SPOILING)
@pytest.mark.parametrize("name", ["vectors", "words"])
@pytest.mark.parametrize("times", [1, pytest.param(15, marks=pytest.mark.slow)])
def test_what_is_damaged_is_made_anew(folder: Path, name: str, spoil: Spoil, times: int) -> None:
    print(f"seed {SEED}")
    chance = random.Random(f"{SEED} {name} {spoil.__name__}")
    for _ in range(times):
        spoil(some_file(folder / "store-1" / name, chance), chance)
        with Store(folder, EMBEDDER, CHUNKING) as store:
            assert store.whole()
            assert agrees(store)
            assert near_to(store, 1) == LETTERS
            assert found_by(store, "alinea") == sorted(LETTERS * 3)


@pytest.mark.parametrize("name", ["vectors", "words", "vectors.seal", "words.seal"])
def test_what_is_gone_is_made_anew(folder: Path, name: str) -> None:
    path = folder / "store-1" / name
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    with Store(folder, EMBEDDER, CHUNKING) as store:
        assert store.whole()
        assert agrees(store)


@pytest.mark.parametrize("spoil", SPOILING)
def test_who_cannot_mend_reads_without(folder: Path, spoil: Spoil, caplog: pytest.LogCaptureFixture) -> None:
    """Another one holds the lock, as a service does: meaning still finds, and it is said that words do not."""
    chance = random.Random(SEED)
    with Store(folder, EMBEDDER, CHUNKING) as one, one.held():
        spoil(folder / "store-1" / "words" / "meta.json", chance)
        spoil(folder / "store-1" / "vectors" / "chroma.sqlite3", chance)
        with Store(folder, EMBEDDER, CHUNKING) as two:
            assert heads_in(two) == LETTERS
            assert near_to(two, 1) == LETTERS
            assert found_by(two, "alinea") == []
            assert not two.whole()
            assert "`kamerbrief doctor` mends it" in caplog.text
            one.put([a_letter("kst-1-3", "vuurwerk", 3)])  # which mends
            assert found_by(two, "vuurwerk") == ["kst-1-3"] * 3


def test_a_copy_of_a_folder_is_not_taken_for_a_damaged_one(folder: Path, tmp_path: Path) -> None:
    """Its files have other times."""
    before = {path.name: path.stat().st_ino for path in (folder / "store-1" / "vectors").rglob("*")}
    for path in (folder / "store-1").rglob("*"):
        path.touch()
    with Store(folder, EMBEDDER, CHUNKING) as store:
        assert store.whole()
    assert {path.name: path.stat().st_ino for path in (folder / "store-1" / "vectors").rglob("*")} == before
