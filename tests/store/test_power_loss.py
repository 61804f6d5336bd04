"""A power failure at every moment of a change: what was not synced is lost, garbled or, by luck, there.

Files are written through a disk that notes what is synced. At each of its calls the folder is copied, with what is in
doubt then; later each copy loses some of that, by chance, and is opened. What SQLite holds of the catalog in use and of
the service's data is trusted: SQLite syncs those itself (synchronous = FULL).
"""

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kamerbrief.files import Disk
from kamerbrief.store.store import Store
from tests.store.holding import agrees, heads_in, letter_in
from tests.store.letters import CHUNKING, EMBEDDER, a_letter

SEED = 20140910
LETTERS = ["kst-1-1", "kst-1-2"]


@dataclass
class Moment:
    """A copy of the folder; the files whose bytes are in doubt, and the names, each with the name it had before (None:
    it was not there) and the bytes that had its name (None: nothing)."""

    copy: Path
    bytes_in_doubt: list[str] = field(default_factory=list)
    names_in_doubt: dict[str, tuple[str | None, bytes | None]] = field(default_factory=dict)


class Noting(Disk):
    """Notes what is synced; all that is there at the start is."""

    def __init__(self, root: Path, copies: Path) -> None:
        self.root, self.copies = root, copies
        self.moments: list[Moment] = []
        self._bytes: dict[int, tuple[int, int]] = {}
        self._names: dict[int, dict[str, int]] = {}
        self._small: dict[int, bytes] = {}
        self._called: dict[int, str] = {}
        for path in [root, *root.rglob("*")]:
            self._note(path)

    def write(self, path: Path, data: bytes) -> None:
        super().write(path, data)
        self._copy()

    def rename(self, old: Path, new: Path) -> None:
        self._called[old.stat().st_ino] = old.name
        super().rename(old, new)
        self._copy()

    def sync(self, path: Path) -> None:
        super().sync(path)
        self._note(path)
        self._copy()

    def _note(self, path: Path) -> None:
        found = path.stat()
        if path.is_dir():
            self._names[found.st_ino] = {one.name: one.stat().st_ino for one in path.iterdir()}
        else:
            self._bytes[found.st_ino] = (found.st_size, found.st_mtime_ns)
            if found.st_size < 10_000:
                self._small[found.st_ino] = path.read_bytes()

    def _copy(self) -> None:
        moment = Moment(self.copies / str(len(self.moments)))
        shutil.copytree(self.root, moment.copy)
        for folder in [self.root, *(path for path in self.root.rglob("*") if path.is_dir())]:
            synced = self._names.get(folder.stat().st_ino, {})
            for path in folder.iterdir():
                found, name = path.stat(), str(path.relative_to(self.root))
                if self._sqlite_answers_for(path):
                    continue
                if synced.get(path.name) != found.st_ino:
                    before = self._small.get(synced.get(path.name, 0))
                    moment.names_in_doubt[name] = self._called.get(found.st_ino), before
                if path.is_file() and self._bytes.get(found.st_ino) != (found.st_size, found.st_mtime_ns):
                    moment.bytes_in_doubt.append(name)
        self.moments.append(moment)

    def _sqlite_answers_for(self, path: Path) -> bool:
        return ".sqlite" in path.name and ".part" not in path.parent.name


def lose(moment: Moment, chance: random.Random) -> None:
    """What the disk holds after the power failure."""
    for name in moment.bytes_in_doubt:
        path = moment.copy / name
        data = path.read_bytes()
        noise = chance.randbytes(len(data))
        path.write_bytes(chance.choice([data, b"", data[: len(data) // 2], noise]))
    for name, (old_name, old_bytes) in sorted(moment.names_in_doubt.items(), reverse=True):  # the deepest first
        path = moment.copy / name
        if chance.random() < 0.5 or not path.exists():
            continue
        if old_name and not path.with_name(old_name).exists():
            path.rename(path.with_name(old_name))
        elif path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
        if old_bytes is not None:
            path.write_bytes(old_bytes)


def rebuild(store: Store) -> None:
    store.rebuild(lambda _: [[a_letter(name, "nieuw", 3) for name in LETTERS]])


def replace(store: Store) -> None:
    store.put([a_letter(name, "nieuw", 3) for name in LETTERS])


# A replacement is at the disk by itself only when it seals, once the letters are visible.
@pytest.mark.parametrize(("change", "left"), [(rebuild, {"oud", "nieuw"}), (replace, {"nieuw"})])
@pytest.mark.parametrize("most", [4, pytest.param(1000, marks=pytest.mark.slow)])
def test_a_power_failure_leaves_the_old_letters_or_the_new_ones(
    tmp_path: Path, change: Callable[[Store], None], left: set[str], most: int
) -> None:
    print(f"seed {SEED}")
    chance = random.Random(SEED)
    with Store(tmp_path / "data", EMBEDDER, CHUNKING) as store:
        store.put([a_letter(name, "oud", 2) for name in LETTERS])
    (tmp_path / "copies").mkdir()
    disk = Noting(tmp_path / "data", tmp_path / "copies")
    with Store(tmp_path / "data", EMBEDDER, CHUNKING, disk=disk) as store:
        change(store)
    chosen = chance.sample(disk.moments, min(most, len(disk.moments)))
    versions = [_after(moment, chance) for moment in chosen]
    print(f"{len(versions)} power failures, {versions.count('oud')} of which left the old letters")
    assert most < 1000 or set(versions) == left


def _after(moment: Moment, chance: random.Random) -> str:
    """The version of the letters that a folder holds after a power failure."""
    lose(moment, chance)
    with Store(moment.copy, EMBEDDER, CHUNKING) as store:
        assert heads_in(store) == LETTERS
        assert store.whole()
        assert agrees(store)
        texts = [paragraph.text for name in LETTERS if (one := letter_in(store, name)) for paragraph in one.paragraphs]
    shutil.rmtree(moment.copy)
    (version,) = {text.rpartition(" ")[2].rstrip(".") for text in texts}
    assert len(texts) == {"oud": 4, "nieuw": 6}[version]
    return version
