"""A backup: a data folder's catalog and its service's data in one ZIP file, each as it stood at one moment.

Vectors and words are not in it: the catalog holds all that they are made of, and a copy of an index at work would be
none. A restored backup is a generation of its own, built aside with the service's data in it; the switch to it is what
restores, so that whatever is cut off before leaves the folder as it was (keeping.py).
"""

import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from contextlib import closing, suppress
from pathlib import Path

from filelock import FileLock

from kamerbrief.errors import StoreDamagedError, StoreError
from kamerbrief.files import Disk, whole
from kamerbrief.records.digest import as_read
from kamerbrief.store import pointer
from kamerbrief.store.catalog import Catalog
from kamerbrief.store.derived import Derived
from kamerbrief.store.engines import Access, copy_database, peek, plain_errors
from kamerbrief.store.folder import LOCK, locked, make_folder
from kamerbrief.store.keeping import build, switch
from kamerbrief.store.lease import Lease
from kamerbrief.store.service_data import FILE as SERVICE
from kamerbrief.store.service_data import ServiceData
from kamerbrief.store.service_schema import metadata
from kamerbrief.store.store import Store

PARTS = (pointer.CATALOG, SERVICE)
_PIECE = 1 << 20
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


def back_up(store: Store, file: Path) -> int:
    """Writes a backup, which takes the file's name once it is whole and its letters are checked. Others may read and
    change the store meanwhile. Gives how many letters are in it. Raises StoreError."""
    access: Access = "read" if store.read_only else "change"
    folder = store.folder
    with plain_errors(file), closing(Lease(folder)), _aside(file) as name:
        copy = Path(name)
        copy_database(folder / pointer.CATALOG, copy / pointer.CATALOG, access)
        copy_database(store.data_dir / SERVICE, copy / SERVICE, access)
        letters = _check(copy, store.data_dir)
        if not letters:
            raise StoreError(f"{store.data_dir} holds no letters", "check KAMERBRIEF_DATA_DIR")
        with whole(file) as written, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            for part in PARTS:
                packed.write(copy / part, part)
    return letters


def _aside(file: Path) -> tempfile.TemporaryDirectory[str]:
    """A folder beside a file that is to be, on the same disk."""
    return tempfile.TemporaryDirectory(dir=file.parent, prefix=f"{file.name}.", suffix=".part")


def restore(
    data_dir: Path, file: Path, embedder: str, chunking: str, *, overwrite: bool = False, disk: Disk | None = None
) -> int:
    """Puts a backup into a data folder, in one step once all of it is checked and on disk. Gives how many letters it
    holds. A folder that holds anything is only written over where that is said.

    Raises StoreLockedError while another process serves or changes the folder, StoreDamagedError for a damaged backup,
    StoreError for a filled folder, or a backup by a newer version.
    """
    disk, letters = disk or Disk(), 0

    def fill(part: Path) -> None:
        nonlocal letters
        letters = _unpacked(file, part, disk)

    make_folder(data_dir)
    with locked(data_dir, FileLock(data_dir / LOCK), 0):
        if not overwrite:
            _refuse_filled(data_dir)
        old = None
        with suppress(StoreError):  # where it is not known which one is in use, all of them stay
            old = pointer.pointed(data_dir)
        switch(data_dir, old, build(data_dir, fill, disk), disk)
    Store(data_dir, embedder, chunking).close()  # takes the service's data over, and deletes what is left over
    return letters


def _refuse_filled(data_dir: Path) -> None:
    held = [
        f"{folder.name} ({pointer.counted(folder)})"
        for folder in pointer.generations(data_dir)
        if pointer.letters_in(folder) != 0
    ]
    if (data_dir / SERVICE).exists():
        try:
            rows = sum(peek(data_dir / SERVICE, *(f"SELECT count(*) FROM {name}" for name in metadata.tables)))
        except sqlite3.Error:
            rows = -1
        held += [SERVICE] if rows else []
    if held:
        hint = "--overwrite puts the backup in the place of all that; or set KAMERBRIEF_DATA_DIR to an empty folder"
        raise StoreError(f"{data_dir} holds {' and '.join(held)}", hint)


def _unpacked(file: Path, folder: Path, disk: Disk) -> int:
    """Unpacks a backup into the folder of a generation, brings it to date, checks it, and makes vectors and words. How
    many letters it holds."""
    with plain_errors(folder):
        _unpack(file, folder)
    ServiceData(folder, "make").close()
    letters = _check(folder, file)
    with (
        closing(Catalog(folder / pointer.CATALOG, "make")) as catalog,
        closing(Derived(folder, disk)) as derived,
    ):
        derived.mend(catalog)
    return letters


def _unpack(file: Path, folder: Path) -> None:
    part = ""
    try:
        with zipfile.ZipFile(file) as packed:
            for part in PARTS:
                with packed.open(part) as source, (folder / part).open("wb") as target:
                    shutil.copyfileobj(source, target, _PIECE)
    except KeyError:
        raise StoreDamagedError(f"{file} is no backup: there is no {part} in it", "give one that was whole") from None
    except _UNREADABLE as error:
        what = f"{part} in {file} is damaged" if part else f"{file} is no backup, or a damaged one"
        raise StoreDamagedError(f"{what} ({error})", "take another one") from None


def _check(folder: Path, whose: Path) -> int:
    """How many letters a catalog holds. Raises StoreDamagedError that names which database, or whose text, is not as it
    was written."""
    for part in PARTS:
        try:
            (said,) = peek(folder / part, "PRAGMA quick_check(1)")
        except sqlite3.Error as error:
            said = str(error)
        if said != "ok":
            raise StoreDamagedError(f"{part} of {whose} is damaged ({said})", "an older backup may be whole")
    with closing(Catalog(folder / pointer.CATALOG, "make")) as catalog:
        letters = catalog.ids()
        wrong = [letter_id for letter_id in letters if not _holds(catalog, letter_id)]
    if wrong:
        named = ", ".join(wrong[:9]) + (", …" if wrong[9:] else "")
        what = f"{len(wrong)} of {len(letters)} letters of {whose} do not have the text that was read: {named}"
        raise StoreDamagedError(what, "add these anew, or take an older backup")
    return len(letters)


def _holds(catalog: Catalog, letter_id: str) -> bool:
    """Whether each version of the letter has the text that its checksum is of."""
    versions = catalog.versions
    try:
        texts = [versions.letter(letter_id, one.number) for one in versions.of(letter_id)]
    except ValueError:  # its record is none
        return False
    return all(letter is not None and as_read(letter) for letter in texts)
