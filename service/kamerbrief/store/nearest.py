"""Nearest vectors, for readers: all of the catalog's vectors compared, in memory.

Chroma cannot be read while another process changes it (docs/decisions/vectors-in-the-catalog.md), so only the holder of
the lock asks it. Comparing all is exact; of 100,000 vectors it takes 20 ms, and reading them before that a second.
"""

import logging
import threading
from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kamerbrief.language.memory import forget
from kamerbrief.store.catalog import Catalog
from kamerbrief.store.stored import Vectors as Matrix

Ids = NDArray[np.int64]

_log = logging.getLogger(__name__)


class Index(Protocol):
    """What finds nearest vectors faster: Chroma, in the process that holds the lock."""

    def nearest(self, vector: Matrix, k: int) -> list[tuple[int, float]]: ...


class Nearest:
    """The vectors of a catalog as they are at the first question after a change. May be called from several threads."""

    def __init__(
        self, catalog: Catalog, index: Callable[[], Index | None] = lambda: None, before: "Nearest | None" = None
    ) -> None:
        """`index` gives what is asked instead, while there is such a thing; what `before` has read is not read anew."""
        self._catalog = catalog
        self._index = index
        self._lock = threading.Lock()
        self._loaded = False
        self._ids, self._matrix = before._held() if before else _nothing()

    def nearest(self, vector: Matrix, k: int) -> list[tuple[int, float]]:
        """The ids of the k nearest vectors (all, if there are fewer) with their cosine similarity, best first."""
        index = self._index()
        if index is not None:
            try:
                return index.nearest(vector, k)
            except Exception as error:
                _log.warning("the vector index fails, so all vectors are compared: %s", error)
        ids, matrix = self.read()
        if not len(ids) or k < 1:
            return []
        cosines = matrix @ vector
        best = np.argpartition(-cosines, k - 1)[:k] if k < len(ids) else np.arange(len(ids))
        best = best[np.argsort(-cosines[best], kind="stable")]
        return [(int(ids[i]), float(cosines[i])) for i in best]

    def _held(self) -> tuple[Ids, Matrix]:
        with self._lock:
            return self._ids, self._matrix

    def read(self) -> tuple[Ids, Matrix]:
        """The ids of all chunks, shape (chunks,), and their vectors, shape (chunks, dimension)."""
        with self._lock:
            if not self._loaded:
                self._ids, self._matrix = _brought_to_date(self._catalog, self._ids, self._matrix)
                self._loaded = True
            return self._ids, self._matrix


def _brought_to_date(catalog: Catalog, ids: Ids, matrix: Matrix) -> tuple[Ids, Matrix]:
    """A chunk's vector never changes, and its id is above those of before, so only the new ones are read."""
    if len(ids):
        stay = np.isin(ids, np.array(catalog.visible_chunk_ids(), dtype=np.int64))
        last = int(ids.max())
        if not stay.all():
            forget()  # another process removed letters: nothing of them stays in this one's memory
        ids, matrix = (ids, matrix) if stay.all() else (ids[stay], matrix[stay])
    else:
        last = 0
    new_ids, new = catalog.visible_vectors(last)
    if not len(ids) or not new_ids:
        return (np.array(new_ids, dtype=np.int64), new) if new_ids else (ids, matrix)
    return np.concatenate([ids, np.array(new_ids, dtype=np.int64)]), np.concatenate([matrix, new])


def _nothing() -> tuple[Ids, Matrix]:
    return np.empty(0, dtype=np.int64), np.empty((0, 0), dtype=np.float32)
