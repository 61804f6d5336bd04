"""The three stores as one. The catalog decides what is visible; vectors and words follow it.

A change runs: write the new letters into the catalog as `adding`; put their chunks into vectors and words; reveal them
in one catalog transaction, which turns what they replace into `leaving`; sweep what is leaving out of all three. After
a crash everything that is not `here` is swept, so a letter is either whole in all three stores or in none.

A rebuild makes a whole new generation beside the old one and then points to it; until then the old one is in use.
"""

import re
import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import numpy as np
from filelock import FileLock, Timeout

from kamerbrief.errors import StoreError, StoreLockedError, StoreModelError
from kamerbrief.records.letters import Letter
from kamerbrief.store.catalog import Catalog
from kamerbrief.store.stored import EmbeddedChunk, StoredChunk
from kamerbrief.store.vectors import Vectors
from kamerbrief.store.words import Words

FORMAT = "2"  # of the catalog's tables and the word index
LOCK_SECONDS = 10.0
POINTER = "current"

EmbeddedLetter = tuple[Letter, Sequence[EmbeddedChunk]]


class Store:
    """A data folder. Reading needs no lock; changing takes one for all processes."""

    def __init__(self, data_dir: Path, embedder: str, chunking: str) -> None:
        """Opens or makes the stores, and finishes or undoes what a crash left. `embedder` names the vectors' maker,
        `chunking` the version of the rules that cut the chunks."""
        try:
            data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            hint = "set KAMERBRIEF_DATA_DIR to a folder that can be written"
            raise StoreError(f"{data_dir} cannot be a data folder ({error.strerror})", hint) from None
        self.data_dir = data_dir
        self._facts = {"format": FORMAT, "chunking": chunking, "embedder": embedder}
        # One for all processes and, since all threads of a process share it, one for these.
        self._lock = FileLock(data_dir / "writing.lock", thread_local=False)
        self._turn = threading.Lock()
        self._open(data_dir / _generation(data_dir))
        self._recover()

    def _open(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self.catalog = Catalog(folder / "catalog.sqlite")
        self.vectors = Vectors(folder / "vectors")
        self.words = _words(folder / "words")

    def close(self) -> None:
        self.vectors.close()
        self.catalog.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def put(self, letters: Sequence[EmbeddedLetter]) -> None:
        """Adds letters, each replacing the one of its id. All of them become visible in one step."""
        self.check_model()
        with self._changing():
            self._put(letters)

    def _put(self, letters: Sequence[EmbeddedLetter]) -> None:
        stored = self.catalog.prepare(letters)
        self._derive(stored)
        self.catalog.reveal({chunk.letter for chunk in stored})
        self._sweep()

    def remove(self, ids: Sequence[str]) -> None:
        """Removes letters from all three stores; unknown ids are passed over."""
        with self._changing():
            self.catalog.hide(ids)
            self._sweep()

    @property
    def changing(self) -> bool:
        """Whether this process is changing the store right now."""
        free = self._turn.acquire(blocking=False)
        if free:
            self._turn.release()
        return not free

    def whole(self) -> bool:
        """Whether the three stores hold the same number of chunks, and no letter is half there."""
        chunks = self.catalog.counts()["chunks"]
        return not self.catalog.halves() and chunks == self.vectors.count() == self.words.count()

    def made_by(self) -> str:
        """The name of the embedder that made the vectors."""
        return self.catalog.about().get("embedder", self._facts["embedder"])

    def check_model(self) -> None:
        """Raises StoreModelError when the vectors come from another embedder, or the chunks from other rules."""
        about = self.catalog.about()
        if about != self._facts and self.catalog.counts()["letters"] == 0:
            self.catalog.describe(self._facts)  # nothing in it yet: whoever comes first is its maker
        elif about != self._facts:
            names = self.made_by(), self._facts["embedder"]
            why = "by {}, and {} is set now".format(*names) if names[0] != names[1] else "by an older version"
            raise StoreModelError(
                f"the index in {self.data_dir} was made {why}",
                "run `kamerbrief reindex`, or set the model that made it",
            )

    def rebuild(self, groups: Iterable[Sequence[EmbeddedLetter]]) -> None:
        """Builds all stores anew out of `groups` and then changes over to them. The log of answers goes along."""
        with self._changing():
            old, old_catalog = self._folder, self.catalog
            fresh = self.data_dir / f"store-{int(re.sub(r'[^0-9]', '', old.name)) + 1}"
            shutil.rmtree(fresh, ignore_errors=True)
            before = self.vectors
            try:
                self._open(fresh)
                self.catalog.describe(self._facts)
                for group in groups:
                    self._put(group)
                self.catalog.carry(old_catalog)
            except BaseException:
                self.close()
                self._open(old)
                raise
            _point(self.data_dir, fresh.name)
            before.close()
            old_catalog.close()
            shutil.rmtree(old, ignore_errors=True)

    def _derive(self, stored: Sequence[StoredChunk]) -> None:
        if stored:
            self.vectors.put([chunk.id for chunk in stored], np.stack([chunk.embedded.vector for chunk in stored]))
            self.words.put((c.id, c.letter, c.embedded.chunk.context, c.embedded.chunk.text) for c in stored)

    def _sweep(self) -> None:
        rows = self.catalog.halves()
        if rows:
            ids = self.catalog.chunk_ids_of(rows)
            self.words.put([], remove=ids)
            self.vectors.remove(ids)
            self.catalog.forget(rows)

    def _recover(self) -> None:
        try:
            with self._lock.acquire(timeout=0):
                if not self.catalog.about():
                    self.catalog.describe(self._facts)
                self._sweep()
                if not self.whole():
                    self._mend()
                for folder in self.data_dir.glob("store-*"):  # of a rebuild that was not finished
                    if folder != self._folder:
                        shutil.rmtree(folder, ignore_errors=True)
        except Timeout:
            pass  # somebody is changing the store, so it is no crash that left it so

    def _mend(self) -> None:
        """Makes vectors and words hold the catalog's chunks again; no embedder is needed."""
        truth = set(self.catalog.visible_chunk_ids())
        vectors, words = self.vectors.ids(), self.words.ids()
        self.vectors.remove(sorted(vectors - truth))
        self.words.put([], remove=sorted(words - truth))
        self._derive(self.catalog.chunks(sorted(truth - vectors | truth - words)))

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with self._turn, self.held():
            yield

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keeps all other processes from changing the store. Raises StoreLockedError when one is at it."""
        try:
            with self._lock.acquire(timeout=LOCK_SECONDS):
                yield
        except Timeout:
            hint = "wait until it is done; where it is the service, change the letters through that"
            raise StoreLockedError(f"another process is changing {self.data_dir}, or serves it", hint) from None


def _words(folder: Path) -> Words:
    """The word index; one that cannot be read is begun anew, and filled again from the catalog."""
    try:
        return Words(folder)
    except (ValueError, OSError):
        shutil.rmtree(folder, ignore_errors=True)
        return Words(folder)


def _generation(data_dir: Path) -> str:
    pointer = data_dir / POINTER
    name = pointer.read_text().strip() if pointer.exists() else ""
    return name if re.fullmatch(r"store-[0-9]+", name) else "store-1"


def _point(data_dir: Path, name: str) -> None:
    fresh = data_dir / f"{POINTER}.new"
    fresh.write_text(name)
    fresh.replace(data_dir / POINTER)
