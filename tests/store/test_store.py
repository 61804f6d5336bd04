import datetime
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kamerbrief.errors import StoreDamagedError, StoreLockedError, StoreModelError
from kamerbrief.store import store as store_module
from kamerbrief.store.catalog import Catalog
from kamerbrief.store.store import EmbeddedLetter, Store
from kamerbrief.store.words import Words
from tests.store.holding import agrees, found_by, heads_in, letter_in
from tests.store.letters import CHUNKING, EMBEDDER, a_letter


def test_a_letter_is_in_all_three_stores(tmp_path: Path) -> None:
    with Store(tmp_path, EMBEDDER, CHUNKING) as store:
        store.put([a_letter("kst-1-1", "een", paragraphs=3)])
        assert [len(ids) for ids in store.ids()] == [3, 3, 3]
        assert agrees(store)
        letter = letter_in(store, "kst-1-1")
        assert letter == a_letter("kst-1-1", "een", paragraphs=3)[0]


def test_a_changed_text_replaces_the_old_one_whole(tmp_path: Path) -> None:
    with Store(tmp_path, EMBEDDER, CHUNKING) as store:
        store.put([a_letter("kst-1-1", "oud", paragraphs=5), a_letter("kst-1-2", "blijft")])
        store.put([a_letter("kst-1-1", "nieuw", paragraphs=2)])
        assert found_by(store, "oud") == []
        assert found_by(store, "nieuw") == ["kst-1-1"] * 2
        assert [len(ids) for ids in store.ids()] == [3, 3, 3]
        assert heads_in(store) == ["kst-1-1", "kst-1-2"]


def test_removing_leaves_nothing_behind(tmp_path: Path) -> None:
    with Store(tmp_path, EMBEDDER, CHUNKING) as store:
        store.put([a_letter("kst-1-1", "een", paragraphs=4)])
        store.remove(["kst-1-1", "kst-9-9"])
        assert store.ids() == (set(), set(), set())
        with store.reading() as now:
            assert now.catalog.counts() == {"letters": 0, "paragraphs": 0, "chunks": 0}


def test_a_derived_store_that_was_lost_is_built_again_from_the_catalog(tmp_path: Path) -> None:
    with Store(tmp_path, EMBEDDER, CHUNKING) as store:
        store.put([a_letter("kst-1-1", "een", paragraphs=4)])
    words = Words(tmp_path / "store-1" / "words", make=True)
    words.put([], remove=[1, 2])
    with Store(tmp_path, EMBEDDER, CHUNKING) as store:
        assert store.whole()
        assert agrees(store)
    shutil.rmtree(tmp_path / "store-1" / "words")
    with Store(tmp_path, EMBEDDER, CHUNKING) as store:
        assert agrees(store)
        assert found_by(store, "alinea") == ["kst-1-1"] * 4
    (tmp_path / "store-1" / "words" / "meta.json").write_text("{ torn")
    with Store(tmp_path, EMBEDDER, CHUNKING) as store:
        assert agrees(store)


def test_another_embedder_is_refused_with_the_command_that_rebuilds(tmp_path: Path) -> None:
    with Store(tmp_path, EMBEDDER, CHUNKING) as store:
        store.put([a_letter("kst-1-1", "een")])
    with Store(tmp_path, "another", CHUNKING) as store:
        with pytest.raises(StoreModelError, match="kamerbrief reindex"):
            store.check_model()
        with pytest.raises(StoreModelError):
            store.put([a_letter("kst-1-2", "twee")])
        assert letter_in(store, "kst-1-1") is not None
        store.rebuild(lambda _: [[a_letter("kst-1-1", "een")]])
        store.check_model()
    with Store(tmp_path, "another", CHUNKING) as store:
        store.check_model()
        assert agrees(store)


def test_a_rebuild_that_fails_leaves_the_old_stores_in_use(tmp_path: Path) -> None:
    with Store(tmp_path, EMBEDDER, CHUNKING) as store:
        store.put([a_letter("kst-1-1", "een")])

        def half(_: Catalog) -> Iterator[list[EmbeddedLetter]]:
            yield [a_letter("kst-1-1", "ander")]
            raise RuntimeError("the embedder died")

        with pytest.raises(RuntimeError):
            store.rebuild(half)
        letter = letter_in(store, "kst-1-1")
        assert letter is not None
        assert "versie een" in letter.paragraphs[0].text
    with Store(tmp_path, EMBEDDER, CHUNKING) as store:
        assert agrees(store)
        assert [path.name for path in tmp_path.glob("store-*")] == ["store-1"]


def test_a_second_writer_is_told_to_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "LOCK_SECONDS", 0.1)
    refused = pytest.raises(StoreLockedError, match="another process is changing")
    with (
        Store(tmp_path, EMBEDDER, CHUNKING) as one,
        Store(tmp_path, EMBEDDER, CHUNKING) as two,
        one.held(),
        refused,
    ):
        two.put([a_letter("kst-1-1", "een")])


def test_an_empty_store_belongs_to_no_embedder_yet(tmp_path: Path) -> None:
    Store(tmp_path, "a wrong model, tried once", CHUNKING).close()
    with Store(tmp_path, EMBEDDER, CHUNKING) as store:
        store.put([a_letter("kst-1-1", "een")])
        store.check_model()


def test_a_file_that_is_no_catalog_is_named(tmp_path: Path) -> None:
    Store(tmp_path, EMBEDDER, CHUNKING).close()
    (tmp_path / "store-1" / "catalog.sqlite").write_bytes(b"this is not SQLite, however long it is" * 99)
    with pytest.raises(StoreDamagedError, match=r"catalog\.sqlite is not a catalog"):
        Store(tmp_path, EMBEDDER, CHUNKING)


def test_what_threads_spend_at_once_adds_up(tmp_path: Path) -> None:
    day = datetime.date(2026, 1, 1)
    with Store(tmp_path, EMBEDDER, CHUNKING) as store, ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: store.service.log.spend(day, 0.25), range(40)))
        assert store.service.log.spent(day) == 10
        assert store.service.log.spent(day + datetime.timedelta(1)) == 0
