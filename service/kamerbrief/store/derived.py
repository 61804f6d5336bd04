"""Vectors and words, which are made of the catalog and follow it. Only the holder of the lock has them so.

What does not fit its seal is made anew (seals.py); what fits it but is behind is given what it lacks.
"""

import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import numpy as np

from kamerbrief.errors import StoreError
from kamerbrief.files import Disk
from kamerbrief.store.catalog import Catalog
from kamerbrief.store.engines import plain_errors
from kamerbrief.store.seals import break_seal, seal, sealed
from kamerbrief.store.stored import StoredChunk
from kamerbrief.store.vectors import Vectors, blank_unused
from kamerbrief.store.words import Words

BATCH = 2000  # chunks that are put together when a store is made anew


class Held(Protocol):
    """What can be asked of either of them."""

    def count(self) -> int: ...
    def ids(self) -> set[int]: ...
    def close(self) -> None: ...


H = TypeVar("H", bound=Held)


class Kept(Generic[H]):
    """One of them: opened when it is wanted, sealed after each change."""

    def __init__(
        self,
        folder: Path,
        open_it: Callable[[Path], H],
        put: Callable[[H, Sequence[StoredChunk]], None],
        remove: Callable[[H, Sequence[int]], None],
        disk: Disk,
    ) -> None:
        self.folder = folder
        self._open, self._put, self._remove = open_it, put, remove
        self._disk = disk
        self._held: H | None = None

    @property
    def held(self) -> H:
        """It, open."""
        if self._held is None:
            with plain_errors(self.folder):
                self._held = self._open(self.folder)
        return self._held

    @property
    def opened(self) -> H | None:
        """It, if it is open."""
        return self._held

    def close(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            with suppress(Exception):  # what it held is on disk, or will be made anew
                held.close()

    def put(self, chunks: Sequence[StoredChunk]) -> None:
        held = self.held
        if chunks:
            with plain_errors(self.folder):
                self._put(held, chunks)

    def remove(self, ids: Sequence[int]) -> None:
        held = self.held
        if ids:
            with plain_errors(self.folder):
                self._remove(held, ids)

    def seal(self, change: int) -> None:
        """Says that it holds what the catalog does after this change."""
        if self._held is None and (found := sealed(self.folder)) and found.change == change:
            return
        count = self.held.count()
        with plain_errors(self.folder):
            seal(self.folder, change, count, self._disk)

    def state(self, change: int) -> str:
        """`whole`, `behind` or `damaged`; without opening it."""
        found = sealed(self.folder)
        return "damaged" if found is None else "whole" if found.change == change else "behind"

    def mend(self, catalog: Catalog) -> None:
        """Makes it hold the catalog's visible chunks, whatever it holds now."""
        change = catalog.change()
        state = self.state(change)
        if state == "damaged":
            self.make_anew(catalog, change)
        elif state == "behind":
            try:
                self._catch_up(catalog, change)
            except StoreError:
                self.make_anew(catalog, change)

    def _catch_up(self, catalog: Catalog, change: int) -> None:
        truth = set(catalog.visible_chunk_ids())
        with plain_errors(self.folder):
            there = self.held.ids()
        self.remove(sorted(there - truth))
        missing = sorted(truth - there)
        for start in range(0, len(missing), BATCH):
            self.put(catalog.chunks(missing[start : start + BATCH]))
        self.seal(change)

    def make_anew(self, catalog: Catalog, change: int) -> None:
        """Makes it of the catalog, beside the old one, which readers may still have open."""
        self.close()
        folder, part = self.folder, self.folder.with_name(f"{self.folder.name}.part")
        with plain_errors(folder):
            break_seal(folder)
            shutil.rmtree(part, ignore_errors=True)
            fresh = Kept(part, self._open, self._put, self._remove, self._disk)
            try:
                for chunks in _batches(catalog.all_chunks(BATCH)):
                    fresh.put(chunks)
                _ = fresh.held
                fresh.close()
            except BaseException:
                fresh.close()
                shutil.rmtree(part, ignore_errors=True)  # a full disk wants its room back
                raise
            shutil.rmtree(folder, ignore_errors=True)
            self._disk.rename(part, folder)
            self.held.count()  # when it is first asked Chroma makes room for vectors to come
            blank_unused(folder)
        self.seal(change)


class Derived:
    """Both of a generation's."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self.vectors = Kept(folder / "vectors", Vectors, _put_vectors, Vectors.remove, disk)
        self.words = Kept(folder / "words", _words, _put_words, _remove_words, disk)
        self.both: tuple[Kept[Vectors], Kept[Words]] = (self.vectors, self.words)

    def put(self, chunks: Sequence[StoredChunk]) -> None:
        for one in self.both:
            one.put(chunks)

    def remove(self, ids: Sequence[int]) -> None:
        for one in self.both:
            one.remove(ids)

    def seal(self, change: int) -> None:
        for one in self.both:
            one.seal(change)

    def mend(self, catalog: Catalog) -> None:
        for one in self.both:
            one.mend(catalog)

    def make_anew(self, catalog: Catalog) -> None:
        for one in self.both:
            one.make_anew(catalog, catalog.change())

    def close(self) -> None:
        for one in self.both:
            one.close()


def _put_vectors(vectors: Vectors, chunks: Sequence[StoredChunk]) -> None:
    vectors.put([chunk.id for chunk in chunks], np.stack([chunk.embedded.vector for chunk in chunks]))


def _words(folder: Path) -> Words:
    return Words(folder, make=True)


def _put_words(words: Words, chunks: Sequence[StoredChunk]) -> None:
    words.put((c.id, c.letter, c.embedded.chunk.context, c.embedded.chunk.text) for c in chunks)


def _remove_words(words: Words, ids: Sequence[int]) -> None:
    words.put([], remove=ids)


def _batches(chunks: Iterable[StoredChunk]) -> Iterable[list[StoredChunk]]:
    some: list[StoredChunk] = []
    for chunk in chunks:
        some.append(chunk)
        if len(some) == BATCH:
            yield some
            some = []
    if some:
        yield some
