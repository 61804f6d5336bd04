"""A data folder: generations of stores, one of them in use, and the service's own database beside them.

A change runs: write the new letters into the catalog as `adding`; put their chunks into vectors and words; reveal them
in one catalog transaction, which turns what they replace into `leaving`; sweep what is leaving out of all three; seal
vectors and words (keeping.py). What a crash left is swept by whoever next holds the lock, and what does not fit its
seal is made anew, so a letter is either whole in all three stores or in none.

A rebuild makes a whole new generation beside the old one, waits until it is on disk, and then points to it; until then
the old one is in use, and whoever reads it then ends on it.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Self

from filelock import FileLock

from kamerbrief.errors import StoreDamagedError, StoreError, StoreLockedError, StoreReadOnlyError
from kamerbrief.files import Disk
from kamerbrief.once import Once
from kamerbrief.store import pointer
from kamerbrief.store.catalog import Catalog
from kamerbrief.store.folder import LOCK, locked, make_folder
from kamerbrief.store.generation import Generation, Opened
from kamerbrief.store.keeping import EmbeddedLetter, Keeper, check_model
from kamerbrief.store.nearest import Nearest
from kamerbrief.store.seals import Seal, sealed
from kamerbrief.store.service_data import FILE as SERVICE
from kamerbrief.store.service_data import ServiceData
from kamerbrief.store.vectors import Vectors

FORMAT = "2"  # of the chunks' records and the word index
LOCK_SECONDS = 10.0

__all__ = ["EmbeddedLetter", "Store"]
_log = logging.getLogger(__name__)


class Store:
    """Reading needs no lock; changing takes one for all processes, and so does all that mends or deletes."""

    def __init__(self, data_dir: Path, embedder: str, chunking: str, *, disk: Disk | None = None) -> None:
        """Opens or makes the stores, and finishes or undoes what a crash left, unless another process is changing them
        or the folder can only be read. `embedder` names the vectors' maker, `chunking` the version of the rules that
        cut the chunks. Raises StoreError where it cannot be known which generation is meant."""
        self.data_dir = data_dir
        self.read_only = False
        self._disk = disk or Disk()
        self._facts = {"format": FORMAT, "chunking": chunking, "embedder": embedder}
        # One for all processes and, since all threads of a process share it, one for these.
        self._lock = Once(lambda: FileLock(data_dir / LOCK, thread_local=False))
        self._turn = threading.Lock()
        self._moving = threading.Lock()
        self._opened: Opened | None = None
        self._mark: pointer.Mark = None
        self._shared: tuple[Path, Nearest] | None = None
        self._keeper: Keeper | None = None  # while this process keeps the lock
        make_folder(data_dir)
        self._recover()
        self.service = ServiceData(data_dir, "read" if self.read_only else "change")
        try:
            with self.reading():
                pass
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        if self._opened:
            self._opened.close()
            self._opened, self._mark = None, None
        self.service.close()

    def share(self) -> None:
        """Reads the vectors and closes all files, for the processes that are forked off this one next: each opens its
        own at its first reading, and has the vectors in common with the others as long as they stay the same. Raises
        StoreLockedError when another process changes the store."""
        with self._locked(LOCK_SECONDS), self.reading() as generation:
            generation.vectors.read()
            self._shared = self.folder, generation.vectors
        self._lock = self._lock.anew()  # a lock knows the process that made it
        self.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # reading

    @contextmanager
    def reading(self) -> Iterator[Generation]:
        """The generation that is in use now, for one answer: it stays whole until the block ends."""
        opened = self._newest()
        try:
            yield opened.generation()
        finally:
            with self._moving:
                opened.readers -= 1
                if opened is not self._opened and not opened.readers:
                    opened.close()

    def _newest(self) -> Opened:
        """The generation that is pointed to, with one reader more."""
        with self._moving:
            now = pointer.mark(self.data_dir)
            if self._opened is None or now != self._mark:
                old, self._opened = self._opened, self._open()
                self._mark = now
                if old and old is not self._opened and not old.readers:
                    old.close()
            self._opened.readers += 1
            return self._opened

    def _open(self) -> Opened:
        """Opens what is pointed to; another process may point elsewhere meanwhile, and delete that."""
        while True:
            folder = self.folder
            if self._opened and self._opened.folder == folder:
                return self._opened
            try:
                before = self._shared[1] if self._shared and self._shared[0] == folder else None
                opened = Opened(folder, self._index, before, read_only=self.read_only)
            except OSError:
                continue
            if pointer.pointed(self.data_dir) == folder:
                return opened
            opened.close()

    @property
    def folder(self) -> Path:
        """That of the generation in use."""
        folder = pointer.pointed(self.data_dir)
        if folder is None:
            raise StoreError(f"{self.data_dir} holds no letters", "add some where it can be written")
        return folder

    def _index(self) -> Vectors | None:
        """The vector index, while this process keeps all others from changing it."""
        keeper = self._keeper
        return keeper.derived.vectors.opened if keeper else None

    # what it holds

    def chunks_in(self) -> tuple[int, int]:
        """How many chunks vectors and words hold; 0 of one that is damaged."""
        vectors, words = self._seals()
        return vectors.chunks if vectors else 0, words.chunks if words else 0

    def whole(self) -> bool:
        """Whether vectors and words hold what the catalog does, and no letter is half there."""
        with self.reading() as generation:
            change, halves = generation.catalog.change(), generation.catalog.halves()
        return not halves and all(seal is not None and seal.change == change for seal in self._seals())

    def _seals(self) -> tuple[Seal | None, Seal | None]:
        folder = self.folder
        return sealed(folder / "vectors"), sealed(folder / "words")

    def ids(self) -> tuple[set[int], set[int], set[int]]:
        """The chunks that catalog, vectors and words hold, read out of each. Takes the lock."""
        with self._changing() as keeper:
            return keeper.ids()

    def mend(self) -> None:
        """Finishes or undoes what was cut off, and makes vectors and words hold the catalog's chunks. Opening does so
        already."""
        with self._changing():
            pass

    def made_by(self) -> str:
        """The name of the embedder that made the vectors."""
        with self.reading() as generation:
            return generation.catalog.about().get("embedder", self._facts["embedder"])

    def chunked_by(self) -> str:
        """The version of the rules that cut the chunks, "" where there are none."""
        with self.reading() as generation:
            return "" if generation.catalog.is_empty() else generation.catalog.about().get("chunking", "")

    def check_model(self) -> None:
        """Raises StoreModelError when the vectors come from another embedder, or the chunks from other rules."""
        with self.reading() as generation:
            check_model(generation.catalog, self._facts, self.data_dir)

    # changing

    @property
    def changing(self) -> bool:
        """Whether this process is changing the store right now."""
        free = self._turn.acquire(blocking=False)
        if free:
            self._turn.release()
        return not free

    def put(self, letters: Sequence[EmbeddedLetter]) -> None:
        """Adds letters, each replacing the one of its id. All of them become visible in one step."""
        with self._changing() as keeper:
            keeper.put(letters)

    def remove(self, ids: Sequence[str]) -> None:
        """Removes letters from all three stores; unknown ids are passed over."""
        with self._changing() as keeper:
            keeper.remove(ids)

    def forget(self, ids: Sequence[str]) -> None:
        """Removes letters and what quotes them, from all files of the folder."""
        with self._changing() as keeper:
            keeper.forget(ids)

    def rebuild(self, groups: Callable[[Catalog], Iterable[Sequence[EmbeddedLetter]]]) -> None:
        """Builds all stores anew out of the groups that are made of the old catalog, and then changes over to them."""
        with self._changing() as keeper:
            keeper.rebuild(groups)
            with self.reading():  # moves on, so that nobody here keeps the old one
                pass
            keeper.tidy()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keeps all other processes from changing the store. Raises StoreLockedError when one is at it."""
        with self._locked(LOCK_SECONDS):
            with self._turn:
                self._keeper = self._keep()
                self._keeper.stay_open()
            try:
                yield
            finally:
                with self._turn:
                    keeper, self._keeper = self._keeper, None
                    keeper.close()

    @contextmanager
    def _changing(self) -> Iterator[Keeper]:
        with self._turn, self._locked(LOCK_SECONDS):
            if self._keeper:
                self._keeper.tidy()
                yield self._keeper
                self._keeper.stay_open()
                return
            with closing(self._keep()) as keeper:
                yield keeper

    def _keep(self) -> Keeper:
        keeper = Keeper(self.data_dir, self._facts, self._disk)
        try:
            keeper.tidy()
        except BaseException:
            keeper.close()
            raise
        return keeper

    def _locked(self, seconds: float) -> AbstractContextManager[None]:
        return locked(self.data_dir, self._lock(), seconds)

    def _recover(self) -> None:
        """Finishes or undoes what was cut off, unless another process is at work or nothing can be written."""
        new = not ((self.data_dir / pointer.POINTER).exists() and (self.data_dir / SERVICE).exists())
        try:
            with self._turn, self._locked(LOCK_SECONDS if new else 0):
                self._mend()
        except StoreReadOnlyError:
            self.read_only = True
        except StoreLockedError:
            if new:
                raise

    def _mend(self) -> None:
        with closing(Keeper(self.data_dir, self._facts, self._disk)) as keeper:
            try:
                keeper.tidy()
            except StoreDamagedError:
                raise
            except StoreError as error:  # what can be read is read without
                _log.warning("%s", error)
