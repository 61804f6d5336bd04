"""The pointer to the generation in use, and readers that move on to another one."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kamerbrief.errors import StoreError, StoreLockedError
from kamerbrief.store.doctor import Finding, treat
from kamerbrief.store.pointer import generations
from kamerbrief.store.store import EmbeddedLetter, Store
from tests.conftest import ROOT
from tests.store.holding import agrees, found_by, heads_in, letter_in, near_to
from tests.store.letters import CHUNKING, EMBEDDER, a_letter

BOTH = ["kst-1-1", "kst-1-2"]


def opened(folder: Path) -> Store:
    return Store(folder, EMBEDDER, CHUNKING)


def rebuilt(store: Store, version: str = "opnieuw") -> None:
    store.rebuild(lambda _: [[a_letter(name, version, 2)] for name in BOTH])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One with two letters, rebuilt once."""
    with opened(tmp_path) as store:
        store.put([a_letter(name, "eerst", 2) for name in BOTH])
        rebuilt(store)
    return tmp_path


def lost(folder: Path) -> None:
    (folder / "current").unlink()


def emptied(folder: Path) -> None:
    (folder / "current").write_bytes(b"")


def garbled(folder: Path) -> None:
    (folder / "current").write_bytes(b"\xff\x00store-2")


def wrong(folder: Path) -> None:
    (folder / "current").write_text("store-7")


def moved_away(folder: Path) -> None:
    (folder / "store-2").rename(folder / "store-3")


@pytest.mark.parametrize("spoil", [lost, emptied, garbled, wrong, moved_away])
def test_a_pointer_that_leads_nowhere_names_what_lies_there_and_deletes_nothing(folder: Path, spoil: object) -> None:
    assert callable(spoil)
    spoil(folder)
    (there,) = generations(folder)
    before = sorted(path for path in folder.rglob("*") if path.is_file())
    with pytest.raises(StoreError, match=rf"{there.name} \(2 letters\).*kamerbrief doctor --use {there.name}"):
        opened(folder)
    assert [path for path in before if not path.exists()] == []
    found = treat(folder, EMBEDDER, CHUNKING)
    assert any(there.name in one.told for one in wrong_of(found))
    assert wrong_of(treat(folder, EMBEDDER, CHUNKING, there.name)) == []
    with opened(folder) as store:
        assert heads_in(store) == BOTH
        assert store.whole()


def wrong_of(found: list[Finding]) -> list[Finding]:
    return [one for one in found if not one.well]


def test_a_generation_that_was_not_replaced_is_never_deleted(folder: Path) -> None:
    shutil.copytree(folder / "store-2", folder / "store-1")
    shutil.copytree(folder / "store-2", folder / "store-3")
    with opened(folder) as store:
        rebuilt(store)
        store.remove(BOTH)
    assert [path.name for path in generations(folder)] == ["store-1", "store-3", "store-4"]
    assert not [one for one in treat(folder, EMBEDDER, CHUNKING) if not one.well]


def test_what_was_cut_off_before_it_had_letters_is_begun_anew(tmp_path: Path) -> None:
    opened(tmp_path).close()
    (tmp_path / "current").unlink()
    (tmp_path / "store-2.part").mkdir()
    with opened(tmp_path) as store:
        store.put([a_letter("kst-1-1", "een")])
    assert sorted(path.name for path in tmp_path.glob("store-*")) == ["store-1"]


def test_a_generation_that_is_not_there_cannot_be_chosen(folder: Path) -> None:
    with pytest.raises(StoreError, match="it has store-2"):
        treat(folder, EMBEDDER, CHUNKING, "store-9")
    with opened(folder) as store, store.held(), pytest.raises(StoreLockedError):
        treat(folder, EMBEDDER, CHUNKING, "store-2")


def test_readers_move_to_a_new_generation_and_end_on_the_old_one(folder: Path) -> None:
    with opened(folder) as one, opened(folder) as two:
        with two.reading() as before:
            rebuilt(one, "nieuw")
            letter = before.catalog.letter("kst-1-1")
            assert letter is not None
            assert "opnieuw" in letter.paragraphs[0].text
            assert len(before.catalog.chunks([i for i, _ in before.words.search("opnieuw", 9)])) == 4
            assert found_by(two, "nieuw") == [*BOTH[:1] * 2, *BOTH[1:] * 2]
            assert [path.name for path in generations(folder)] == ["store-2", "store-3"]
        one.remove(BOTH[:1])
        assert [path.name for path in generations(folder)] == ["store-3"]
        assert heads_in(two) == BOTH[1:]


def test_a_rebuild_is_not_seen_before_it_is_done(folder: Path) -> None:
    with opened(folder) as store:
        seen = []

        def groups(_: object) -> Iterator[list[EmbeddedLetter]]:
            for name in BOTH:
                yield [a_letter(name, "nieuw", 2)]
                seen.append((heads_in(store), found_by(store, "nieuw")))

        store.rebuild(groups)
        assert seen == [(BOTH, []), (BOTH, [])]
        assert found_by(store, "nieuw")


@pytest.mark.slow
@pytest.mark.parametrize("held", [False, True], ids=["free", "held"])
def test_what_another_process_changes_is_seen(folder: Path, held: bool) -> None:
    with opened(folder) as store:
        assert near_to(store, 1) == BOTH
        assert found_by(store, "opnieuw")
        elsewhere(folder, "put", "kst-1-3")
        elsewhere(folder, "remove", "kst-1-1")
        with store.held() if held else store.reading():
            assert near_to(store, 1) == ["kst-1-2", "kst-1-3"]
            assert set(found_by(store, "alinea")) == {"kst-1-2", "kst-1-3"}
        elsewhere(folder, "rebuild", "kst-1-4")
        assert near_to(store, 1) == found_by(store, "alinea") == heads_in(store) == ["kst-1-4"]
        assert letter_in(store, "kst-1-2") is None
        store.put([a_letter("kst-1-5", "hier")])
        assert agrees(store)


def elsewhere(folder: Path, *what: str) -> None:
    """Changes a store in a process of its own."""
    subprocess.run([sys.executable, "-m", "tests.store.elsewhere", str(folder), *what], cwd=ROOT, check=True)
