"""A folder made before Alembic (folder-before-alembic.tar.xz, by the code of then) is carried over whole."""

import datetime
import itertools
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, event

from kamerbrief import Kamerbrief
from kamerbrief.errors import StoreError
from kamerbrief.files import Disk
from kamerbrief.records.letters import Filters
from kamerbrief.settings import load
from kamerbrief.store import schema, service_schema, upgrading
from kamerbrief.store.engines import engine_of
from kamerbrief.store.kept_notes import NotesKey
from kamerbrief.store.service_data import ServiceData
from kamerbrief.store.store import Store
from kamerbrief.wiring import doctor
from tests import noted
from tests.noted import NOTE, PROSE, QUESTION

BEFORE = Path(__file__).parent / "folder-before-alembic.tar.xz"
BEFORE_NOTES = Path(__file__).parent / "folder-before-notes.tar.xz"
LETTER = "kst-27925-504"
JOB = "00000000000000000000000000000001"
DAY = datetime.date(2026, 11, 2)
MIGRATIONS = Path(upgrading.__file__).parent / "migrations"


@pytest.fixture
def before(tmp_path: Path) -> Path:
    with tarfile.open(BEFORE) as tar:
        tar.extractall(tmp_path / "data", filter="data")
    return tmp_path / "data"


def assert_all_is_there(folder: Path) -> None:
    with Kamerbrief(folder) as kb:
        assert len(kb.letter(LETTER).paragraphs) == 9
        assert kb.status().whole
        for asked in (Filters(person="Hennis-Plasschaert"), Filters(ministry="Buitenlandse zaken")):
            assert [head.id for head in kb.letters(asked)] == [LETTER]
        ((answer, said),) = kb.feedback()
        assert (answer.id, said.text) == (kb.answers(9)[0].id, "precies goed")
        assert [(key.name, bool(key.revoked_at)) for key in kb.keys.list()] == [("oud", True), ("redactie", False)]
        briefing = kb.jobs.get(JOB).briefing
        assert briefing is not None
        assert [one.letter for one in briefing.letters] == [LETTER]
        notes_of = NotesKey(kb.letter(LETTER).text_sha256, "p", "h", "some-model")
    service = ServiceData(folder, "change")
    assert service.log.spent(DAY) == 0.25
    assert service.notes.get(notes_of) is not None
    service.close()


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as db:
        return {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_an_older_folder_is_carried_over(before: Path) -> None:
    assert_all_is_there(before)
    assert "answers" not in tables(before / "store-1" / "catalog.sqlite")
    assert (before / "current").read_text() == "store-1"
    assert_all_is_there(before)


def test_an_older_folder_that_was_carried_over_in_part_is_carried_over_whole(before: Path) -> None:
    """As if the process had died once the service's own database had it all, and the catalog still did."""
    catalog = (before / "store-1" / "catalog.sqlite").read_bytes()
    assert_all_is_there(before)
    (before / "store-1" / "catalog.sqlite").write_bytes(catalog)
    assert_all_is_there(before)


def test_a_start_that_dies_while_it_carries_a_folder_over_leaves_it_known(before: Path) -> None:
    """The pointer is there before the catalog is of a new format."""
    catalog = before / "store-1" / "catalog.sqlite"

    class Dying(Disk):
        def sync(self, path: Path) -> None:
            assert "alembic_version" not in tables(catalog)
            raise OSError("the end")

    with pytest.raises(StoreError, match="cannot be used"):
        Store(before, "", "", disk=Dying())
    assert_all_is_there(before)


def test_an_older_folder_is_not_read_as_if_it_were_a_new_one(before: Path) -> None:
    with Kamerbrief(before.parent / "other") as kb, kb.held():
        pass
    engine = engine_of(before / "store-1" / "catalog.sqlite", "read")
    with pytest.raises(StoreError, match="older version: run `kamerbrief doctor`"):
        upgrading.check(engine, "catalog", before)
    with closing(sqlite3.connect(before.parent / "other" / "service.sqlite")) as db, db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer version"):
        Kamerbrief(before.parent / "other")


@pytest.mark.parametrize(("kind", "metadata"), [("catalog", schema.metadata), ("service", service_schema.metadata)])
def test_what_the_migrations_make_is_what_the_code_expects(
    tmp_path: Path, kind: upgrading.Kind, metadata: MetaData
) -> None:
    path = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE begun (id INTEGER)")  # so that it is no new one, and all migrations are run
    engine, service = engine_of(path, "make"), ServiceData(tmp_path, "make")
    upgrading.upgrade(engine, kind, metadata, path, service.engine)
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    assert [change[:2] for change in found if "begun" not in str(change)] == []
    assert upgrading.format_of(engine) == upgrading.NEWEST[kind]
    engine.dispose()
    service.close()


@pytest.mark.parametrize("first", [set(), {"begun"}], ids=["new", "older"])
@pytest.mark.parametrize(("kind", "metadata"), [("catalog", schema.metadata), ("service", service_schema.metadata)])
def test_a_start_that_dies_at_any_statement_leaves_what_was_there(
    tmp_path: Path, kind: upgrading.Kind, metadata: MetaData, first: set[str]
) -> None:
    path, service = tmp_path / "old.sqlite", ServiceData(tmp_path, "make")
    with closing(sqlite3.connect(path)) as db:
        for table in first:
            db.execute(f"CREATE TABLE {table} (id INTEGER)")
    engine, left = engine_of(path, "make"), 0

    def dies(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise ConnectionAbortedError("the end")

    event.listen(engine, "after_cursor_execute", dies)
    for at in itertools.count(4):  # the first three only look
        left = at
        try:
            upgrading.upgrade(engine, kind, metadata, path, service.engine)
            break
        except ConnectionAbortedError:
            assert tables(path) == first
    left = 0
    assert at > 10
    assert upgrading.format_of(engine) == upgrading.NEWEST[kind]
    engine.dispose()
    service.close()


@pytest.mark.parametrize("kind", ["catalog", "service"])
def test_the_newest_number_is_that_of_the_last_script(kind: upgrading.Kind) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("version_locations", str(MIGRATIONS / kind))
    config.set_main_option("path_separator", "newline")
    assert ScriptDirectory.from_config(config).get_current_head() == upgrading.NEWEST[kind]


def test_a_folder_of_before_notes_were_found_reads_on_and_reindex_adds_them(tmp_path: Path) -> None:
    """folder-before-notes.tar.xz holds the letter of tests/noted.py, by the code of then."""
    with tarfile.open(BEFORE_NOTES) as tar:
        tar.extractall(tmp_path, filter="data")
    with Kamerbrief(tmp_path) as kb:
        assert kb.ask(PROSE).status == "answered"
        assert NOTE not in {hit.text for hit in kb.search(QUESTION)}
        assert kb.add(noted.LETTER.replace("Opslag", "Keuring").encode(), name="nieuw.txt").outcome == "new"
        assert [hit.text for hit in kb.search(QUESTION)].count(NOTE) == 1
    (told,) = [one.told for one in doctor(load(data_dir=tmp_path), None) if one.part == "chunks"]
    assert "kamerbrief reindex" in told
    with Kamerbrief(tmp_path) as kb:
        kb.reindex()
        assert [hit.text for hit in kb.search(QUESTION)].count(NOTE) == 2
    assert "chunks" not in {one.part for one in doctor(load(data_dir=tmp_path), None)}


def test_neither_alembic_nor_chroma_is_loaded_to_read_a_folder(before: Path) -> None:
    assert_all_is_there(before)
    script = (
        "import sys\nfrom kamerbrief import Kamerbrief\n"
        f"with Kamerbrief({str(before)!r}) as kb:\n    assert kb.letters() and kb.answers(1) and kb.status().whole\n"
        "print([name for name in ('alembic', 'chromadb') if name in sys.modules])\n"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout == "[]\n"
