"""Which generation of the stores is in use: the file `current` in the data folder names it.

Nothing is ever deleted because of what `current` says, or does not say. A generation goes only when it carries a mark
that it is spare, which a rebuild gives to the new one until it is in use, and to the old one once the new one is
complete. What was never whole lies under a name that ends in `.part`.
"""

import re
import shutil
import sqlite3
from pathlib import Path

from kamerbrief.errors import StoreError
from kamerbrief.files import Disk
from kamerbrief.store.engines import peek

POINTER = "current"
SPARE = "spare"  # in the folder of a generation that is not in use yet, or any more
CATALOG = "catalog.sqlite"
_NAME = re.compile(r"store-([0-9]+)")
NUMBERED = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"  # whether Alembic knows a database
_LETTERS = "SELECT count(*) FROM letters WHERE state = 'here'"

Mark = tuple[int, int, int] | None


def generations(data_dir: Path) -> list[Path]:
    """The folders of generations that lie there, oldest first."""
    found = [path for path in data_dir.glob("store-*") if _NAME.fullmatch(path.name) and path.is_dir()]
    return sorted(found, key=number_of)


def number_of(folder: Path) -> int:
    return int(folder.name.removeprefix("store-"))


def next_name(data_dir: Path) -> str:
    """A name that no generation has or, as far as it can be seen, had."""
    return f"store-{max(map(number_of, generations(data_dir)), default=0) + 1}"


def point(data_dir: Path, name: str, disk: Disk) -> None:
    """Switches to a generation, at one moment for all readers and for good."""
    disk.replace(data_dir / POINTER, name.encode())


def mark_spare(folder: Path, disk: Disk) -> None:
    """Says that a generation can go while another one is pointed to."""
    disk.replace(folder / SPARE, b"")


def unmark(folder: Path) -> None:
    """A generation that is in use is not spare, whatever was about to be."""
    (folder / SPARE).unlink(missing_ok=True)


def spare(data_dir: Path, current: Path) -> list[Path]:
    """The generations that carry the mark and are not in use."""
    return [folder for folder in generations(data_dir) if folder != current and (folder / SPARE).exists()]


def clear(data_dir: Path, current: Path) -> None:
    """Deletes what was never whole."""
    for part in [*data_dir.glob("store-*.part"), data_dir / f"{POINTER}.part", *current.glob("*.part")]:
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        else:
            part.unlink(missing_ok=True)


def mark(data_dir: Path) -> Mark:
    """What changes when another generation is pointed to; cheap enough for every request."""
    try:
        found = (data_dir / POINTER).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def pointed(data_dir: Path) -> Path | None:
    """The folder of the generation in use; None where there is none yet.

    Raises StoreError, which names the generations that lie there, where it cannot be known which one is meant.
    """
    pointer, there = data_dir / POINTER, generations(data_dir)
    try:
        name = pointer.read_bytes().decode(errors="replace").strip()
    except FileNotFoundError:
        return _meant(data_dir, there)
    except OSError as error:
        raise StoreError(f"{pointer} cannot be read ({error.strerror})", "check its permissions") from None
    if _NAME.fullmatch(name) and (data_dir / name).is_dir():
        return data_dir / name
    what = f"names {name[:40]!r}, which is not there" if _NAME.fullmatch(name) else "does not name a generation"
    if not there:
        raise StoreError(f"{pointer} {what}, and no generation lies beside it", "put the folder back, or empty it all")
    raise _unclear(pointer, what if name else "is empty", there)


def _meant(data_dir: Path, there: list[Path]) -> Path | None:
    """Without a pointer: older versions made none before the first `reindex`, and a start that was cut off leaves a
    generation without letters."""
    if not there:
        return None
    (only, *others) = there
    if not others and (letters_in(only) == 0 or (only.name == "store-1" and _of_older_version(only))):
        return only
    raise _unclear(data_dir / POINTER, "is missing", there)


def _unclear(pointer: Path, what: str, there: list[Path]) -> StoreError:
    lie = ", ".join(f"{folder.name} ({counted(folder)})" for folder in there)
    hint = f"`kamerbrief doctor --use {there[-1].name}` chooses that one"
    return StoreError(f"{pointer} {what}; there lie {lie}", hint)


def letters_in(folder: Path) -> int | None:
    """How many letters a generation holds; None where that cannot be read."""
    found = _asked(folder, _LETTERS)
    return None if found is None else int(found)


def change_of(folder: Path) -> int | None:
    """The number of a catalog's last change; None where that cannot be read."""
    return _asked(folder, "SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM about WHERE key = 'change'")


def _of_older_version(folder: Path) -> bool:
    return _asked(folder, NUMBERED) == 0


def _asked(folder: Path, query: str) -> int | None:
    try:
        (found,) = peek(folder / CATALOG, query)
    except sqlite3.Error:
        return None
    return int(found)


def counted(folder: Path) -> str:
    """A generation's letters, in words."""
    letters = letters_in(folder)
    return "unreadable" if letters is None else "1 letter" if letters == 1 else f"{letters} letters"
