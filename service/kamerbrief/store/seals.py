"""Seals: how a derived store's files looked after its last change.

Vectors and words are made of the catalog, so what is in doubt is made anew rather than mended. A seal tells without
opening them whether they are as they were left: a file that is missing, cut off, overwritten or half written by a
process that was killed does not fit it. Opening such files can end the process, so they are not opened.
"""

import zlib
from dataclasses import asdict, dataclass
from json import JSONDecodeError, dumps, loads
from pathlib import Path

from kamerbrief.files import Disk

_LOCKS = ".tantivy-"  # its lock files, which are written by reading
_PIECE = 1 << 20


@dataclass(frozen=True)
class Seal:
    """`change` is the catalog's change that the store has followed, `chunks` how many it holds; a file has its size,
    time of change (ns) and CRC-32, by its path in the folder."""

    change: int
    chunks: int
    files: dict[str, tuple[int, int, int]]


def seal(folder: Path, change: int, chunks: int, disk: Disk) -> None:
    """Syncs a derived store's files and seals them."""
    before = _read(folder)
    known = before.files if before else {}
    files = {name: _looks(folder / name, known.get(name)) for name in _names(folder)}
    for name, looks in files.items():
        if known.get(name) != looks:
            disk.sync(folder / name)
    for inner in {(folder / name).parent for name in files} | {folder}:
        disk.sync(inner)
    disk.replace(_place(folder), dumps(asdict(Seal(change, chunks, files))).encode())


def sealed(folder: Path) -> Seal | None:
    """The seal, where the files are as it says."""
    found = _read(folder)
    if found is None or set(_names(folder)) != set(found.files):
        return None
    try:
        same = all(_looks(folder / name, looks)[::2] == looks[::2] for name, looks in found.files.items())
    except OSError:
        return None
    return found if same else None


def break_seal(folder: Path) -> None:
    """From now on the store is made anew before it is used."""
    _place(folder).unlink(missing_ok=True)


def _read(folder: Path) -> Seal | None:
    try:
        found = loads(_place(folder).read_bytes())
        files = {name: (size, time, crc) for name, (size, time, crc) in found["files"].items()}
        return Seal(int(found["change"]), int(found["chunks"]), files)
    except (OSError, JSONDecodeError, UnicodeDecodeError, LookupError, TypeError, ValueError, AttributeError):
        return None


def _place(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.seal")


def _names(folder: Path) -> list[str]:
    paths = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(_LOCKS))
    return sorted(str(path.relative_to(folder)) for path in paths)


def _looks(path: Path, known: tuple[int, int, int] | None) -> tuple[int, int, int]:
    """Size, time and CRC; the CRC of before where size and time are those of before."""
    found = path.stat()
    if known and known[:2] == (found.st_size, found.st_mtime_ns):
        return known
    crc = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            crc = zlib.crc32(piece, crc)
    return found.st_size, found.st_mtime_ns, crc
