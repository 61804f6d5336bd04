"""Files that were fetched and are not yet added: they lie in a folder, so that nothing is fetched twice."""

import hashlib
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from kamerbrief.errors import StoreLockedError
from kamerbrief.files import write_whole
from kamerbrief.store.engines import plain_errors

_PLAIN = re.compile(r"\w[\w-]{0,99}", re.ASCII)


class Incoming:
    """A folder below the data folder; it is there only while there are files in it. Raises StoreError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps other processes, and other threads, from fetching. Raises StoreLockedError when one is at it."""
        with plain_errors(self._folder):
            self._folder.mkdir(exist_ok=True)
        lock = FileLock(self._folder.with_name(f"{self._folder.name}.lock"))
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise StoreLockedError("letters are being fetched already", "wait until that is done") from None
        try:
            yield
        finally:
            for folder in (*self._folder.glob("*"), self._folder):
                with suppress(OSError):  # what is not empty stays for the next run
                    folder.rmdir()
            lock.release()

    def path(self, source: str, record_id: str, form: str) -> Path:
        """Where a record's file lies, or would. It is called as the record is, where that can be the name of a file:
        by it the metadata record beside it is known to be its own."""
        name = record_id if _PLAIN.fullmatch(record_id) else hashlib.sha256(record_id.encode()).hexdigest()[:20]
        return self._folder / source / name / f"{name}.{form}"

    def keep(self, path: Path, data: bytes, metadata: bytes | None) -> None:
        """Puts a file there, and the metadata record beside it."""
        with plain_errors(path):
            shutil.rmtree(path.parent, ignore_errors=True)
            path.parent.mkdir(parents=True)
            if metadata is not None:
                write_whole(path.with_name("metadata.xml"), metadata)
            write_whole(path, data)

    def drop(self, path: Path) -> None:
        shutil.rmtree(path.parent, ignore_errors=True)
