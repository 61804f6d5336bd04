"""Who reads a generation keeps a shared lock on its folder, so that nobody deletes it meanwhile.

The lock goes with the process, however that ends. Windows needs none: there a folder with open files keeps its name.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl


class Lease:
    """A shared lock on a folder until it is closed. Raises OSError when the folder is gone."""

    def __init__(self, folder: Path) -> None:
        self._file = -1
        if sys.platform != "win32":
            self._file = os.open(folder, os.O_RDONLY)
            fcntl.flock(self._file, fcntl.LOCK_SH)

    def close(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def delete_unread(folder: Path) -> bool:
    """Deletes a folder; False when somebody reads it."""
    gone = folder.with_name(f"{folder.name}.part")
    try:
        with _alone(folder):
            folder.rename(gone)  # at one moment: nobody finds half of it under its name
    except OSError:
        return False
    shutil.rmtree(gone, ignore_errors=True)
    return True


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    if sys.platform == "win32":
        yield
        return
    file = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(file)
