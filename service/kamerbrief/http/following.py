"""A folder that the service follows while it runs: it alone may change the letters then."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kamerbrief.errors import UsageError
from kamerbrief.http.job_runner import LAST_SECONDS
from kamerbrief.library import Kamerbrief

AGAIN_SECONDS = 60.0  # after what was not foreseen
_log = logging.getLogger(__name__)


@contextmanager
def following(kb: Kamerbrief, folder: Path) -> Iterator[None]:
    """Follows it, in a thread, while the block runs; the log tells what became of files. Raises UsageError where there
    is no folder."""
    if not folder.is_dir():
        raise UsageError(f"--watch {folder} is no folder", "name one that is there")
    stopping = threading.Event()
    thread = threading.Thread(target=_follow, args=(kb, folder, stopping), name="following", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(LAST_SECONDS)


def _follow(kb: Kamerbrief, folder: Path, stopping: threading.Event) -> None:
    while not stopping.is_set():
        try:
            for one in kb.watch(folder, stopping.wait):
                level = logging.WARNING if one.reason else logging.INFO
                _log.log(level, "%s: %s", one.id, one.reason or one.outcome)
        except Exception:  # the next look may fare better
            _log.exception("not foreseen")
            stopping.wait(AGAIN_SECONDS)
