"""A generation: the three stores as one value.

Who answers a question takes a Generation at its start and ends on it. What it holds of vectors and words is as it was
then; the catalog tells what is visible now, so what was removed meanwhile is not quoted.
"""

import logging
import tempfile
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kamerbrief.errors import StoreError
from kamerbrief.language.terms import term_set
from kamerbrief.store.catalog import Catalog
from kamerbrief.store.lease import Lease
from kamerbrief.store.nearest import Index, Nearest
from kamerbrief.store.pointer import CATALOG
from kamerbrief.store.seals import sealed
from kamerbrief.store.words import Words

_log = logging.getLogger(__name__)


class WordIndex(Protocol):
    """The word index as a reader has it; see words.py."""

    def search(self, question: str, k: int, letters: Sequence[int] | None = None) -> list[tuple[int, float]]: ...
    def scores(self, question: str, chunks: Sequence[int]) -> Mapping[int, float]: ...
    def holding(self, words: Iterable[str]) -> list[int] | None: ...
    def rarity(self, text: str) -> dict[str, float]: ...


@dataclass(frozen=True)
class Generation:
    """Catalog, vectors and words that belong together, for reading."""

    catalog: Catalog
    vectors: Nearest
    words: WordIndex


class NoWords:
    """Stands in for a word index that cannot be read: nothing is found by words, and all terms count the same."""

    def search(self, question: str, k: int, letters: Sequence[int] | None = None) -> list[tuple[int, float]]:
        return []

    def scores(self, question: str, chunks: Sequence[int]) -> dict[int, float]:
        return {}

    def holding(self, words: Iterable[str]) -> None:
        """It cannot tell which chunks hold these words: any may."""

    def rarity(self, text: str) -> dict[str, float]:
        return dict.fromkeys(sorted(term_set(text)), 1.0)


class Opened:
    """A generation's folder, opened for reading. Gives its value as it is now; counts who is reading."""

    def __init__(
        self, folder: Path, index: Callable[[], Index | None], before: Nearest | None = None, *, read_only: bool
    ) -> None:
        """`before` has read vectors of this folder. Raises StoreError; OSError where the folder is gone."""
        self.folder = folder
        self.readers = 0
        self._read_only = read_only
        self._lease = Lease(folder)
        try:
            self.catalog = Catalog(folder / CATALOG, "read" if read_only else "change")
        except BaseException:
            self._lease.close()
            raise
        self._index, self._before = index, before
        self._lock = threading.Lock()
        self._change = -1
        self._now: Generation | None = None
        self._links: tempfile.TemporaryDirectory[str] | None = None

    def generation(self) -> Generation:
        """The stores as they are now."""
        change = self.catalog.change()
        with self._lock:
            if self._now is None or change != self._change or isinstance(self._now.words, NoWords):
                nearest = Nearest(self.catalog, self._index, self._now.vectors if self._now else self._before)
                self._now = Generation(self.catalog, nearest, self._words())
                self._change = change
            return self._now

    def close(self) -> None:
        self.catalog.close()
        self._lease.close()
        self._now = None  # lets go of the index, which has its own eyes on its folder
        if self._links:
            self._links.cleanup()

    def _words(self) -> WordIndex:
        folder = self.folder / "words"
        try:
            if self._read_only:
                folder = self._linked(folder)
            return Words(folder)
        except (KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:  # Tantivy's panics are no Exception
            _log.debug("the word index cannot be read: %s", error)
        if not isinstance(self._now and self._now.words, NoWords):
            _log.warning("the word index cannot be read, so only meaning counts; `kamerbrief doctor` mends it")
        return NoWords()

    def _linked(self, folder: Path) -> Path:
        """A folder of links to the index, for Tantivy wants to make a lock file even where it only reads."""
        if sealed(folder) is None:
            raise StoreError(f"{folder} is damaged")
        if self._links:
            self._links.cleanup()
        # Tantivy may make a lock file there at any moment, also while it is cleaned up.
        self._links = tempfile.TemporaryDirectory(prefix="kamerbrief-", ignore_cleanup_errors=True)
        links = Path(self._links.name)
        for file in folder.iterdir():
            (links / file.name).symlink_to(file.absolute())
        for lock in links.glob(".tantivy-*"):
            lock.unlink()
        return links
