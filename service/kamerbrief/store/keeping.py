"""What only the holder of the lock does: make, change, mend, rebuild and delete."""

import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from kamerbrief.errors import StoreModelError
from kamerbrief.files import Disk
from kamerbrief.records.letters import Letter
from kamerbrief.store import pointer
from kamerbrief.store.catalog import Catalog
from kamerbrief.store.derived import Derived
from kamerbrief.store.engines import copy_database, plain_errors, scrub
from kamerbrief.store.folder import INCOMING
from kamerbrief.store.lease import delete_unread
from kamerbrief.store.service_data import FILE as SERVICE
from kamerbrief.store.service_data import ServiceData
from kamerbrief.store.stored import EmbeddedChunk

EmbeddedLetter = tuple[Letter, Sequence[EmbeddedChunk]]
Facts = dict[str, str]


class Keeper:
    """At work in a data folder whose lock is held."""

    def __init__(self, data_dir: Path, facts: Facts, disk: Disk) -> None:
        """Opens the generation in use, bringing to date what an older version made; makes the first one in a folder
        that has none. `facts` are what the store says of itself once letters are in it. Raises StoreError."""
        self._data_dir, self._facts, self._disk = data_dir, facts, disk
        folder = pointer.pointed(data_dir)
        if folder:
            _take_over(folder, data_dir, disk)
        self.service = ServiceData(data_dir, "make")
        try:
            folder = folder or self._first()
            if pointer.mark(data_dir) is None:  # of before there were pointers, as is to be seen until it is opened
                with plain_errors(data_dir):
                    pointer.point(data_dir, folder.name, disk)
            self._open(folder)
        except BaseException:
            self.service.close()
            raise

    def _open(self, folder: Path) -> None:
        self._folder = folder
        self._catalog = Catalog(folder / pointer.CATALOG, "make", self.service.engine)
        self.derived = Derived(folder, self._disk)

    def close(self) -> None:
        self.derived.close()
        self._catalog.close()
        self.service.close()

    def tidy(self) -> None:
        """Finishes or undoes what was cut off, deletes what is left over, and makes vectors and words hold the
        catalog's chunks; no embedder is needed."""
        with plain_errors(self._data_dir):
            pointer.unmark(self._folder)
        pointer.clear(self._data_dir, self._folder)
        for folder in pointer.spare(self._data_dir, self._folder):
            delete_unread(folder)
        self.derived.mend(self._catalog)  # first: what does not fit its seal is not to be opened
        if self._sweep():
            self.derived.seal(self._catalog.change())

    def ids(self) -> tuple[set[int], set[int], set[int]]:
        """The chunks that catalog, vectors and words hold."""
        vectors, words = self.derived.vectors.held.ids(), self.derived.words.held.ids()
        self.derived.seal(self._catalog.change())
        return set(self._catalog.visible_chunk_ids()), vectors, words

    def stay_open(self) -> None:
        """Opens the vectors for questions; that alone changes their files."""
        if self.derived.vectors.opened is None:
            _ = self.derived.vectors.held
            self.derived.vectors.seal(self._catalog.change())

    def put(self, letters: Sequence[EmbeddedLetter]) -> None:
        if check_model(self._catalog, self._facts, self._data_dir):
            self._catalog.describe(self._facts)
        _put(self._catalog, self.derived, letters)
        self._sweep()
        self.derived.seal(self._catalog.change())

    def remove(self, ids: Sequence[str]) -> None:
        self._catalog.hide(ids)
        self._sweep()
        self.derived.seal(self._catalog.change())

    def forget(self, ids: Sequence[str]) -> None:
        """Removes letters, with the answers and briefings that name them, so that no file holds a byte of them: an
        index keeps the words of what was removed, and a database what it has not written over."""
        self.remove(ids)
        self.service.forget_letters(ids)
        shutil.rmtree(self._data_dir / INCOMING, ignore_errors=True)  # what was fetched there is fetched again
        self.derived.make_anew(self._catalog)
        for database in (self._folder / pointer.CATALOG, self._data_dir / SERVICE):
            scrub(database)

    def rebuild(self, groups: Callable[[Catalog], Iterable[Sequence[EmbeddedLetter]]]) -> None:
        """Builds a generation of what is made of the old catalog, with its older versions, and switches to it."""
        fresh = self._build(groups(self._catalog), self._catalog)
        switch(self._data_dir, self._folder, fresh, self._disk)
        self.derived.close()
        self._catalog.close()
        self._open(fresh)

    def _first(self) -> Path:
        first = self._build([])
        switch(self._data_dir, None, first, self._disk)
        return first

    def _build(self, groups: Iterable[Sequence[EmbeddedLetter]], old: Catalog | None = None) -> Path:
        return build(self._data_dir, lambda part: _fill(part, groups, old, self._facts, self._disk), self._disk)

    def _sweep(self) -> bool:
        """Takes what is not visible out of all three stores, and the notes that were made of it. Whether there was
        any."""
        catalog = self._catalog
        if rows := catalog.halves():
            self.derived.remove(catalog.chunk_ids_of(rows))
            notes = self.service.notes
            notes.forget(notes.letters() - catalog.hashes())
            catalog.forget(rows)
        return bool(rows)


def build(data_dir: Path, fill: Callable[[Path], None], disk: Disk) -> Path:
    """A new generation, which `fill` fills; only under the lock. It has its name only once all of it is on disk, and is
    spare until it is in use."""
    name = pointer.next_name(data_dir)
    part, folder = data_dir / f"{name}.part", data_dir / name
    try:
        with plain_errors(data_dir):
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir()
        fill(part)
        with plain_errors(data_dir):
            pointer.mark_spare(part, disk)
            disk.sync_all(part)
            disk.rename(part, folder)
            disk.sync(data_dir)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return folder


def switch(data_dir: Path, old: Path | None, new: Path, disk: Disk) -> None:
    """Points to the new generation, at one moment; the old one, if there is one, may go."""
    with plain_errors(data_dir):
        if old:
            pointer.mark_spare(old, disk)
        pointer.point(data_dir, new.name, disk)


def _take_over(folder: Path, data_dir: Path, disk: Disk) -> None:
    """A generation that was restored brings its service's data along, which take the place of those that were there.
    They come after the switch to it, so that both are restored or none."""
    brought = folder / SERVICE
    if brought.exists():
        copy_database(brought, data_dir / SERVICE)
        with plain_errors(data_dir):
            brought.unlink()
            disk.sync(folder)


def check_model(catalog: Catalog, facts: Facts, data_dir: Path) -> bool:
    """Whether nothing is in it yet, so that whoever comes first is its maker.

    Raises StoreModelError when the vectors come from another embedder, or the chunks from other rules; not where they
    only lack what newer rules add, which differ behind the stop ("1", "1.1").
    """
    about = catalog.about()
    if catalog.is_empty():
        return about != facts
    if _rules(about) == _rules(facts):
        return False
    names = about.get("embedder", ""), facts["embedder"]
    why = "by {}, and {} is set now".format(*names) if names[0] != names[1] else "by an older version"
    hint = "run `kamerbrief reindex`, or set the model that made it"
    raise StoreModelError(f"the index in {data_dir} was made {why}", hint)


def _rules(facts: Facts) -> Facts:
    return {**facts, "chunking": facts.get("chunking", "").partition(".")[0]}


def _fill(
    folder: Path, groups: Iterable[Sequence[EmbeddedLetter]], old: Catalog | None, facts: Facts, disk: Disk
) -> None:
    catalog, derived = Catalog(folder / pointer.CATALOG, "make"), Derived(folder, disk)
    try:
        catalog.describe(facts)
        if old:
            catalog.versions.take_older(old.versions)
        for group in groups:
            _put(catalog, derived, group)
        if old:
            catalog.versions.take_times(old.versions)
            catalog.files.take(old.files)
        derived.seal(catalog.change())
    finally:
        derived.close()
        catalog.close()


def _put(catalog: Catalog, derived: Derived, letters: Sequence[EmbeddedLetter]) -> None:
    stored = catalog.prepare(letters)
    derived.put(stored)
    catalog.reveal({chunk.letter for chunk in stored})
