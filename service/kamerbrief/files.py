"""Files that are never seen half written, and what is on disk for good."""

import os
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file as `whole` does."""
    with whole(path) as file:
        file.write(data)


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, which takes the path's name once the block has ended well, whoever else does the same.

    A link stays one, and what is no file, as /dev/null, is written to and not replaced. Raises OSError.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    part = path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")
    try:
        with part.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


class Disk:
    """What the stores ask of a disk where the order matters: what is not synced may be gone after a power failure, and
    so may a name whose folder is not synced. Tests put one in its place that forgets just that. Raises OSError."""

    def write(self, path: Path, data: bytes) -> None:
        path.write_bytes(data)

    def rename(self, old: Path, new: Path) -> None:
        """Gives a file or folder another name; a file that had it is replaced, in one step."""
        old.replace(new)

    def sync(self, path: Path) -> None:
        """Waits until the bytes of a file, or the names in a folder, are on the disk for good."""
        if path.is_dir() and sys.platform == "win32":
            return  # Windows has no such thing for folders
        file = os.open(path, os.O_RDONLY if sys.platform != "win32" else os.O_RDWR)
        try:
            os.fsync(file)
        finally:
            os.close(file)

    def replace(self, path: Path, data: bytes) -> None:
        """Writes a small file so that after a power failure it holds all of the old bytes, or all of these."""
        part = path.with_name(f"{path.name}.part")
        self.write(part, data)
        self.sync(part)
        self.rename(part, path)
        self.sync(path.parent)

    def sync_all(self, folder: Path) -> None:
        """Syncs all that is in a folder, and the folder."""
        for path in sorted(folder.rglob("*")):
            self.sync(path)
        self.sync(folder)
