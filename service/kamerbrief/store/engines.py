"""How the databases are opened, and what is said when they cannot be."""

import errno
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Engine, ExceptionContext, NullPool, create_engine, event
from sqlalchemy.exc import IntegrityError

from kamerbrief.errors import KamerbriefError, StoreDamagedError, StoreError, StoreLockedError, StoreReadOnlyError

Access = Literal["make", "change", "read"]

# What is deleted is overwritten, as some builds of SQLite do anyway: questions and topics may be private.
_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON")
_LITTLE = 1_000_000  # bytes, of which Chroma wants more at once
_FULL = re.compile(r"disk is full|no space left|quota exceeded", re.IGNORECASE)
READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


def engine_of(path: Path, access: Access) -> Engine:
    """An engine for a SQLite file: to make it where it is not there, to change it, or only to read it where nothing
    can be written. What goes wrong in it is raised as a StoreError; IntegrityError stays as it is."""

    # Each reading of a file that others may change under us looks anew how it can be opened.
    pool = {"poolclass": NullPool} if access == "read" else {}
    engine = create_engine(f"sqlite:///{path}", creator=lambda: _connect(path, access), **pool)
    event.listen(engine, "handle_error", lambda context: _told(context, path), retval=True)
    assert isinstance(engine, Engine)
    return engine


def _connect(path: Path, access: Access) -> sqlite3.Connection:
    uri, mode = path.absolute().as_uri(), {"make": "mode=rwc", "change": "mode=rw", "read": "mode=ro"}[access]
    if access == "read" and not path.with_name(f"{path.name}-wal").exists():
        mode = "immutable=1"  # else SQLite would want to make that file
    connection = sqlite3.connect(f"{uri}?{mode}", uri=True, timeout=30, check_same_thread=False)
    for pragma in _PRAGMAS if access != "read" else ():
        connection.execute(f"PRAGMA {pragma}")
    return connection


def copy_database(source: Path, target: Path, access: Access = "change") -> None:
    """Copies a SQLite file as it is at one moment, whoever changes it meanwhile, over another one, in one transaction.
    Raises StoreError."""
    try:
        with closing(_connect(source, access)) as old, closing(sqlite3.connect(target, timeout=30)) as new:
            old.backup(new)
    except sqlite3.Error as error:
        raise database_error(error, target if _FULL.search(str(error)) else source) from None


def scrub(path: Path) -> None:
    """Writes a SQLite file anew, without a byte of what was deleted from it, and empties its log of changes. Raises
    StoreError."""
    try:
        with closing(_connect(path, "change")) as db:
            db.execute("VACUUM")
            (busy, *_) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error as error:
        raise database_error(error, path) from None
    if busy:
        raise StoreLockedError(f"somebody reads {path}, so what was removed is in its log yet", "do it again")


def peek(path: Path, *queries: str) -> list[Any]:
    """The first value that each query gives, of a SQLite file whatever its format; where nothing can be written, too.
    Raises sqlite3.Error."""
    for how in ("mode=ro", "immutable=1"):  # the first minds those who change it, but wants a file for that
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=30)) as db:
                return [db.execute(query).fetchone()[0] for query in queries]
        except sqlite3.OperationalError:
            if how != "mode=ro" or not path.exists():
                raise
    raise AssertionError("it gives or raises")


def _told(context: ExceptionContext, path: Path) -> KamerbriefError | None:
    error = context.original_exception
    if isinstance(context.sqlalchemy_exception, IntegrityError) or not isinstance(error, sqlite3.Error):
        return None
    return database_error(error, path)


def database_error(error: sqlite3.Error, path: Path) -> StoreError:
    """What went wrong with a SQLite file, in our words."""
    said = str(error)
    if _FULL.search(said) or ("I/O" in said and _left(path.parent) < _LITTLE):
        return no_space(path.parent)
    if "locked" in said:
        return StoreLockedError(f"another process is changing {path}", "try again when it is done")
    if "readonly" in said:
        return StoreReadOnlyError(f"{path} can only be read", "check the folder and its permissions")
    if "not a database" in said or "malformed" in said:
        hint = f"restore a backup, or move its folder away and add the letters anew ({said})"
        return StoreDamagedError(f"{path} is not a catalog", hint)
    return StoreError(f"{path} cannot be used ({said})", "check the folder and its permissions")


def no_space(folder: Path) -> StoreError:
    return StoreError(f"no space left for {folder}", "free some and do it again; what was there before still is")


@contextmanager
def plain_errors(folder: Path) -> Iterator[None]:
    """Whatever goes wrong with files, Chroma or Tantivy in the block becomes a StoreError; a panic of Tantivy, which is
    no Exception, too."""
    try:
        yield
    except (KamerbriefError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        raise fault_of(error, folder) from None


def fault_of(error: BaseException, folder: Path) -> StoreError:
    """What went wrong with files or an index in a folder, in our words."""
    no_room = isinstance(error, OSError) and error.errno == errno.ENOSPC
    if no_room or _FULL.search(str(error)) or _left(folder) < _LITTLE:  # where room is short, Chroma trips over itself
        return no_space(folder.parent)
    if isinstance(error, OSError):
        return StoreError(f"{error.filename or folder} cannot be used ({error.strerror})", "check the folder")
    said = str(error).partition("\n")[0][:200] or type(error).__name__
    return StoreError(f"an index in {folder} fails ({said})", "`kamerbrief doctor` makes it anew")


def _left(folder: Path) -> int:
    """Bytes that are free on its disk."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return shutil.disk_usage(there).free
