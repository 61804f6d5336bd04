"""The example questions of an empty start, found anew only when letters came."""

from threading import Lock

from kamerbrief.library import Kamerbrief
from kamerbrief.records.letters import Filters

SHOWN = 3
_NEWEST = 12  # letters by which it is seen that some came


class Examples:
    """For as many threads as want them; one looks for them at a time."""

    def __init__(self, kb: Kamerbrief) -> None:
        self._kb = kb
        self._lock = Lock()
        self._seen: object = None
        self._found: list[str] = []

    def now(self) -> list[str]:
        """Questions that the newest letters answer; none where none is found, or there are no letters."""
        with self._lock:
            newest = self._kb.page(Filters(), _NEWEST, order="-date")
            seen = tuple((head.id, head.version) for head in newest)
            if seen != self._seen:
                self._found, self._seen = self._kb.examples(SHOWN), seen
            return self._found
