"""A backup opens elsewhere with all that was in the folder; what is wrong with one is named, and restores nothing."""

import datetime
import random
import shutil
import sqlite3
import zipfile
from contextlib import closing, suppress
from pathlib import Path

import pytest

from kamerbrief.errors import StoreDamagedError, StoreError, StoreLockedError
from kamerbrief.records.answers import Answer
from kamerbrief.store.backup import back_up
from kamerbrief.store.backup import restore as restore_into
from kamerbrief.store.pointer import generations
from kamerbrief.store.store import Store
from tests.store.holding import agrees, file_in, found_by, heads_in, letter_in, near_to
from tests.store.letters import CHUNKING, EMBEDDER, a_letter, file_of

BOTH = ["kst-1-1", "kst-1-2"]
SEED = 20140910


def opened(folder: Path) -> Store:
    return Store(folder, EMBEDDER, CHUNKING)


def restore(folder: Path, file: Path, *, overwrite: bool = False) -> int:
    return restore_into(folder, file, EMBEDDER, CHUNKING, overwrite=overwrite)


def an_answer(question: str) -> Answer:
    """One of the log."""
    now = datetime.datetime.now(datetime.UTC)
    found = {"id": "0" * 32, "asked_at": now, "question": question, "filters": {}, "status": "not_found"}
    return Answer.model_validate(found | {"confidence": 0.1, "writer": "extractive", "embedder": EMBEDDER})


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a folder with two letters, an answer and a key."""
    top = tmp_path_factory.mktemp("backup")
    with opened(top / "data") as store:
        store.put([a_letter(name, "een", 2) for name in BOTH])
        store.service.log.add(an_answer("Wie?"))
        store.service.keys.create("redactie", "reader")
        assert back_up(store, top / "backup.zip") == 2
    assert sorted(path.name for path in top.iterdir()) == ["backup.zip", "data"]
    return top / "backup.zip"


def test_a_backup_holds_all_that_was_there(backup: Path, tmp_path: Path) -> None:
    assert restore(tmp_path / "data", backup) == 2
    with opened(backup.with_name("data")) as old, opened(tmp_path / "data") as new:
        assert heads_in(new) == BOTH
        assert [letter_in(new, name) for name in BOTH] == [letter_in(old, name) for name in BOTH]
        assert [file_in(new, name) for name in BOTH] == [file_of(name, "een") for name in BOTH]
        assert agrees(new)
        assert near_to(new, 1) == BOTH
        assert len(found_by(new, "alinea")) == 4
        assert [answer.question for answer in new.service.log.page(9)] == ["Wie?"]
        assert [key.name for key in new.service.keys.list()] == ["redactie"]


def test_both_databases_open_with_any_tool(backup: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backup) as packed:
        packed.extractall(tmp_path)
    with closing(sqlite3.connect(tmp_path / "catalog.sqlite")) as db:
        assert db.execute("SELECT id FROM letters ORDER BY id").fetchall() == [(name,) for name in BOTH]
    with closing(sqlite3.connect(tmp_path / "service.sqlite")) as db:
        assert db.execute("SELECT name FROM keys").fetchall() == [("redactie",)]


def test_a_filled_folder_is_only_written_over_where_that_is_said(backup: Path, tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        store.put([a_letter("kst-2-1", "twee")])
    with pytest.raises(StoreError, match=r"holds store-1 \(1 letter\): --overwrite"):
        restore(tmp_path, backup)
    with opened(tmp_path) as reader:  # which moves on
        assert heads_in(reader) == ["kst-2-1"]
        assert restore(tmp_path, backup, overwrite=True) == 2
        assert heads_in(reader) == BOTH
        assert reader.service.log.count() == 1
    opened(tmp_path).close()
    assert [folder.name for folder in generations(tmp_path)] == ["store-2"]
    assert not (tmp_path / "store-2" / "service.sqlite").exists()


def test_keys_without_letters_are_not_written_over_either(backup: Path, tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        store.service.keys.create("beheer", "admin")
    with pytest.raises(StoreError, match=r"holds service\.sqlite: --overwrite"):
        restore(tmp_path, backup)


def test_a_folder_that_is_served_is_not_restored_into(backup: Path, tmp_path: Path) -> None:
    with opened(tmp_path) as store, store.held(), pytest.raises(StoreLockedError):
        restore(tmp_path, backup, overwrite=True)


@pytest.mark.parametrize("spoil", ["catalog", "pointer"])
def test_a_damaged_folder_is_restored_into(backup: Path, tmp_path: Path, spoil: str) -> None:
    with opened(tmp_path) as store:
        store.put([a_letter("kst-2-1", "twee")])
    if spoil == "catalog":
        (tmp_path / "store-1" / "catalog.sqlite").write_bytes(b"noise" * 1000)
    else:
        (tmp_path / "current").write_text("store-7")
    with pytest.raises(StoreError):
        opened(tmp_path)
    with pytest.raises(StoreError, match="--overwrite"):
        restore(tmp_path, backup)
    restore(tmp_path, backup, overwrite=True)
    with opened(tmp_path) as store:
        assert heads_in(store) == BOTH
        assert agrees(store)


@pytest.mark.parametrize("times", [5, pytest.param(100, marks=pytest.mark.slow)])
def test_a_turned_byte_restores_nothing_or_says_nothing_of_the_letters(
    backup: Path, tmp_path: Path, times: int
) -> None:
    """The directory of a ZIP file has bytes that say nothing of what is in it, as the hour it was written."""
    print(f"seed {SEED}")
    chance, whole = random.Random(SEED), backup.read_bytes()
    refused = 0
    for number in range(times):
        data, folder = bytearray(whole), tmp_path / str(number)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        (tmp_path / "turned.zip").write_bytes(data)
        with suppress(StoreDamagedError):
            restore(folder, tmp_path / "turned.zip")
        if generations(folder):
            with opened(folder) as store:
                letters = [letter_in(store, name) for name in heads_in(store)]
                assert letters == [a_letter(name, "een", 2)[0].with_file(b"") for name in BOTH]
                assert store.service.log.count() == 1
        else:
            refused += 1
    print(f"{refused} of {times} are refused")
    assert refused


@pytest.mark.parametrize("part", ["catalog.sqlite", "service.sqlite"])
def test_a_part_that_is_damaged_is_named(backup: Path, tmp_path: Path, part: str) -> None:
    with zipfile.ZipFile(backup) as packed:
        place = packed.getinfo(part).header_offset + 1000
    data = bytearray(backup.read_bytes())
    data[place : place + 16] = bytes(byte ^ 0xFF for byte in data[place : place + 16])
    (tmp_path / "turned.zip").write_bytes(data)
    with pytest.raises(StoreDamagedError, match=f"{part} in .*turned.zip is damaged"):
        restore(tmp_path / "data", tmp_path / "turned.zip")


def test_what_is_no_backup_is_told(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Geachte voorzitter")
    with pytest.raises(StoreDamagedError, match=r"a\.txt is no backup"):
        restore(tmp_path / "data", tmp_path / "a.txt")
    (tmp_path / "half.zip").write_bytes(backup.read_bytes()[:5000])
    with pytest.raises(StoreDamagedError, match=r"half\.zip is no backup, or a damaged one"):
        restore(tmp_path / "data", tmp_path / "half.zip")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as packed:
        packed.writestr("brief.txt", "Geachte voorzitter")
    with pytest.raises(StoreDamagedError, match=r"no catalog\.sqlite in it"):
        restore(tmp_path / "data", tmp_path / "other.zip")
    with pytest.raises(StoreError, match=r"nowhere\.zip cannot be used"):
        restore(tmp_path / "data", tmp_path / "nowhere.zip")


def reword(catalog: Path) -> None:
    with closing(sqlite3.connect(catalog)) as db, db:
        db.execute("UPDATE paragraphs SET text = replace(text, 'een', 'twee') WHERE letter = 2 AND number = 2")


def test_a_letter_with_another_text_than_was_read_is_named_and_the_last_backup_stays(
    backup: Path, tmp_path: Path
) -> None:
    shutil.copytree(backup.with_name("data"), tmp_path / "data")
    shutil.copy(backup, tmp_path / "backup.zip")
    reword(tmp_path / "data" / "store-1" / "catalog.sqlite")
    with opened(tmp_path / "data") as store, pytest.raises(StoreDamagedError, match=r"1 of 2 letters of .*: kst-1-2:"):
        back_up(store, tmp_path / "backup.zip")
    assert (tmp_path / "backup.zip").read_bytes() == backup.read_bytes()


def test_a_backup_with_another_text_than_was_read_is_refused(backup: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backup) as packed:
        packed.extractall(tmp_path)
    reword(tmp_path / "catalog.sqlite")
    with zipfile.ZipFile(tmp_path / "reworded.zip", "w") as packed:
        for part in ("catalog.sqlite", "service.sqlite"):
            packed.write(tmp_path / part, part)
    with pytest.raises(StoreDamagedError, match=r"1 of 2 letters of .*reworded\.zip do not .*: kst-1-2:"):
        restore(tmp_path / "data", tmp_path / "reworded.zip")


def test_a_backup_by_a_newer_version_is_refused(backup: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backup) as packed:
        packed.extractall(tmp_path)
    with closing(sqlite3.connect(tmp_path / "catalog.sqlite")) as db, db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    with zipfile.ZipFile(tmp_path / "newer.zip", "w") as packed:
        for part in ("catalog.sqlite", "service.sqlite"):
            packed.write(tmp_path / part, part)
    with pytest.raises(StoreError, match="made by a newer version"):
        restore(tmp_path / "data", tmp_path / "newer.zip")


def test_nothing_is_not_backed_up(tmp_path: Path) -> None:
    with opened(tmp_path / "data") as store, pytest.raises(StoreError, match="holds no letters"):
        back_up(store, tmp_path / "backup.zip")
    assert not (tmp_path / "backup.zip").exists()
