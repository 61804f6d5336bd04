"""What a data folder is like, told part by part, and mended where that can be done without losing anything."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from kamerbrief.errors import KamerbriefError, StoreError, StoreLockedError
from kamerbrief.files import Disk
from kamerbrief.store import pointer
from kamerbrief.store.engines import peek, plain_errors
from kamerbrief.store.folder import LOCK, locked
from kamerbrief.store.pointer import CATALOG, NUMBERED, counted, letters_in
from kamerbrief.store.seals import break_seal, sealed
from kamerbrief.store.service_data import FILE as SERVICE
from kamerbrief.store.store import Store
from kamerbrief.store.upgrading import NEWEST, Kind

LITTLE = 100_000_000  # bytes that are free


class Finding(NamedTuple):
    """What was found of one part of a data folder: whether it is well, and in words."""

    part: str
    well: bool
    told: str


def treat(data_dir: Path, embedder: str, chunking: str, use: str | None = None) -> list[Finding]:
    """What is found once all is mended that can be. `use` names the generation to use from now on.

    Raises StoreError where that one cannot be used.
    """
    if not data_dir.is_dir():
        return [Finding("folder", True, f"{data_dir} is not there yet")]
    if use is not None:
        _choose(data_dir, use)
    before = {finding.part: finding for finding in examine(data_dir)}
    lacking: list[Finding] = []
    try:
        with Store(data_dir, embedder, chunking) as store:
            if not store.read_only:
                _compare(store)
            lacking += _rules(store, chunking)
    except StoreLockedError:
        pass  # it is said of the lock
    except KamerbriefError as error:
        found = examine(data_dir)
        told = any(str(error) in one.told for one in found)
        return found if told else [*found, Finding("mending", False, str(error))]
    return [*(_since(before.get(now.part), now) for now in examine(data_dir)), *lacking]


def _rules(store: Store, chunking: str) -> Iterator[Finding]:
    """What newer rules would add to the chunks that are there."""
    found = store.chunked_by()
    if found and found != chunking:
        yield Finding("chunks", True, f"cut by the rules {found}: `kamerbrief reindex` adds what {chunking} also finds")


def _since(before: Finding | None, now: Finding) -> Finding:
    if before and now.well and not before.well:
        return now._replace(told=f"{now.told} (mended; it was: {before.told})")
    return now


def _choose(data_dir: Path, name: str) -> None:
    folder = data_dir / name
    if folder not in pointer.generations(data_dir):
        there = ", ".join(one.name for one in pointer.generations(data_dir)) or "none"
        raise StoreError(f"{data_dir} has no generation {name!r}", f"it has {there}")
    if letters_in(folder) is None:
        raise StoreError(f"the catalog of {folder} cannot be read", "choose another, or restore a backup")
    with locked(data_dir, FileLock(data_dir / LOCK), 0), plain_errors(data_dir):
        pointer.unmark(folder)
        pointer.point(data_dir, name, Disk())


def _compare(store: Store) -> None:
    """Reads vectors and words out whole; what does not hold the catalog's chunks is made anew at the next opening."""
    catalog, vectors, words = store.ids()
    for name, held in (("vectors", vectors), ("words", words)):
        if held != catalog:
            break_seal(store.folder / name)
    if catalog != vectors or catalog != words:
        store.mend()


def examine(data_dir: Path) -> list[Finding]:
    """What is found, without changing anything."""
    service = _database("service data", data_dir / SERVICE, "service")
    return [*_lock(data_dir), *_generations(data_dir), *service, _room(data_dir)]


def _lock(data_dir: Path) -> Iterator[Finding]:
    try:
        with FileLock(data_dir / LOCK, timeout=0):
            pass
    except Timeout:
        yield Finding("lock", True, "another process is changing the folder or serves it, so nothing is mended now")
    except OSError:
        yield Finding("lock", True, "the folder can only be read, so nothing is mended")


def _generations(data_dir: Path) -> Iterator[Finding]:
    current = None
    try:
        current = pointer.pointed(data_dir)
        yield Finding("pointer", True, f"{current.name} is in use" if current else "there are no letters yet")
    except StoreError as error:
        yield Finding("pointer", False, str(error))
    for folder in pointer.generations(data_dir):
        if folder == current:
            yield from _generation(folder)
        elif (folder / pointer.SPARE).exists():
            yield Finding(folder.name, True, "is left over, and goes once nobody reads it")
        else:
            told = f"is not in use ({counted(folder)}): --use {folder.name} chooses it, and nothing deletes it"
            yield Finding(folder.name, current is not None, told)
    for part in data_dir.glob("store-*.part"):
        yield Finding(part.name, False, "is left of what was cut off")


def _generation(folder: Path) -> Iterator[Finding]:
    yield from _database(f"{folder.name} catalog", folder / CATALOG, "catalog", f", {counted(folder)}")
    change = pointer.change_of(folder)
    for name in ("vectors", "words"):
        seal = sealed(folder / name)
        if seal is None:
            yield Finding(f"{folder.name} {name}", False, "missing or damaged, and made anew from the catalog")
        elif seal.change != change:
            yield Finding(f"{folder.name} {name}", False, "behind the catalog")
        else:
            yield Finding(f"{folder.name} {name}", True, f"whole, {seal.chunks} chunks")


def _database(part: str, path: Path, kind: Kind, more: str = "") -> Iterator[Finding]:
    if not path.exists():
        yield Finding(part, False, f"{path} is missing")
        return
    try:
        wrong, numbered = peek(path, "PRAGMA quick_check(1)", NUMBERED)
        (found,) = peek(path, "SELECT version_num FROM alembic_version") if numbered else ("before numbers",)
    except sqlite3.Error as error:
        yield Finding(part, False, f"{path} cannot be read ({error})")
        return
    if wrong != "ok":
        yield Finding(part, False, f"{path} is damaged ({wrong}): restore a backup")
    else:
        yield Finding(part, found == NEWEST[kind], f"whole, format {found}{more}")


def _room(data_dir: Path) -> Finding:
    free = shutil.disk_usage(data_dir).free
    return Finding("disk", free >= LITTLE, f"{free / 1e9:,.1f} GB free")
