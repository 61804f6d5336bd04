"""A data folder before anything in it is opened: made where it is not there, and locked by one process at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from kamerbrief.errors import StoreError, StoreLockedError, StoreReadOnlyError
from kamerbrief.store.engines import READ_ONLY, plain_errors

LOCK = "writing.lock"
INCOMING = "fetching"  # files that were fetched and are not yet added


def make_folder(data_dir: Path) -> None:
    """Makes it. Raises StoreError where it cannot be one."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        hint = "set KAMERBRIEF_DATA_DIR to a folder that can be written"
        raise StoreError(f"{data_dir} cannot be a data folder ({error.strerror})", hint) from None


@contextmanager
def locked(data_dir: Path, lock: FileLock, seconds: float) -> Iterator[None]:
    """Keeps the folder's lock while the block runs, and waits so long for it. Raises StoreLockedError when another
    process has it, StoreReadOnlyError where nothing can be written."""
    try:
        lock.acquire(timeout=seconds)
    except Timeout:
        hint = "wait until it is done; where it is the service, change the letters through that"
        raise StoreLockedError(f"another process is changing {data_dir}, or serves it", hint) from None
    except OSError as error:
        if error.errno in READ_ONLY:
            raise StoreReadOnlyError(f"{data_dir} can only be read", "check its permissions") from None
        with plain_errors(data_dir):
            raise
    try:
        yield
    finally:
        lock.release()
