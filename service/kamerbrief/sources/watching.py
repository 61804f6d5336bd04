"""A folder that is followed: files that are new in it, or changed, are added.

It is looked at every few seconds, by sizes and times. Events of the system would come sooner, but none come from most
network drives, where such folders lie; and whether a file stands still must be looked at anyway. A look at 10,000 files
takes 0.05 s of a processor.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from kamerbrief.errors import ModelUnavailableError, StoreLockedError, UsageError
from kamerbrief.index.adding import Adding, Became
from kamerbrief.language.memory import forget
from kamerbrief.letters.metadata_record import is_record
from kamerbrief.letters.recognition import can_recognise
from kamerbrief.records.fetching import Fetched, FetchNote
from kamerbrief.sources.fetching import TOGETHER, became_of, is_unrecognised
from kamerbrief.store.fetch_notes import FetchNotes
from kamerbrief.store.store import Store

LOOK_SECONDS = 3.0
"""Between two looks: a file that is the same in both stands still."""
_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", "~")
_PASSING = (OSError, StoreLockedError, ModelUnavailableError)
"""The folder is away, another process changes the letters, the embedder's server is down: the next look may fare
better."""


class _File(NamedTuple):
    """A file as it was at a look: `stamp` changes when it does. Of a folder that cannot be read, `fault` says why."""

    path: Path
    stamp: str
    fault: str = ""


@dataclass(frozen=True)
class Watching:
    """What follows folders for a store."""

    store: Store
    adding: Adding
    notes: FetchNotes

    def run(self, folder: Path, stopped: Callable[[float], bool], *, remove: bool) -> Iterator[Fetched]:
        """Adds what is in a folder, and what comes into it, until it is to stop: what became of each file, once it is
        on disk. `stopped` waits so many seconds, and tells whether that is so. With `remove`, letters go whose files
        went. Raises at once UsageError where there is no folder, StoreError where letters cannot be added."""
        if not folder.is_dir():
            raise UsageError(f"{folder} is no folder", "name one that is there")
        self.store.mend()  # where letters cannot be added now, nothing need be read
        return _Follower(self, folder.resolve(), stopped, remove).follow()


@dataclass
class _Follower:
    """Follows one folder. Its files are named by their paths in it. `done` are the stamps of those of which it is known
    what became of them; `gone` those that were not there at the last look; `trouble` is what that failed of."""

    by: Watching
    folder: Path
    stopped: Callable[[float], bool]
    remove: bool
    files: dict[str, _File] = field(default_factory=dict)
    done: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    trouble: str = ""

    @property
    def source(self) -> str:
        """What its files are noted under."""
        return f"folder-{hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]}"

    def follow(self) -> Iterator[Fetched]:
        notes = [one for one in self.by.notes.of(self.source) if one[1].state not in ("withdrawn", "forgotten")]
        if any(is_unrecognised(note) for _, note in notes) and can_recognise():
            notes = [one for one in notes if not is_unrecognised(one[1])]
        self.done = {name: note.stamp for name, note in notes}
        while True:
            try:
                yield from self._look()
                self.trouble = ""
            except _PASSING as error:
                if self.trouble != (told := f"{error}; it is tried again"):
                    self.trouble = told
                    yield Fetched(id=_text(self.folder), outcome="failed", reason=told)
            if self.stopped(LOOK_SECONDS):
                return

    def _look(self) -> Iterator[Fetched]:
        before, self.files = self.files, {_text(one.path.relative_to(self.folder)): one for one in _files(self.folder)}
        still = [
            name for name, one in self.files.items() if before.get(name) == one and self.done.get(name) != one.stamp
        ]
        for name in [name for name in still if self.files[name].fault]:
            still.remove(name)
            self.done[name] = self.files[name].stamp
            yield Fetched(id=name, outcome="failed", reason=self.files[name].fault)
        while still and not self.stopped(0):
            yield from self._add(still[:TOGETHER])
            del still[:TOGETHER]
        hidden = tuple(f"{name}/" for name, one in self.files.items() if one.fault)
        gone = {name for name in self.done.keys() - self.files.keys() if not name.startswith(hidden)}
        # A folder with nothing in it may be a share that is not there.
        if self.remove and self.files and not still:
            for name in sorted(gone & self.gone):
                yield from self._forsake(name)
        self.gone = gone

    def _add(self, names: Sequence[str]) -> Iterator[Fetched]:
        """Adds those of the files that are not as they were, and notes what became of them."""
        new: dict[Path, tuple[str, FetchNote | None, str]] = {}
        for name in names:
            path, stamp, _ = self.files[name]
            note, digest = self.by.notes.get(self.source, name), _digest(path)
            if note and note.state == "added" and note.sha256 == digest:
                self._note(name, note.model_copy(update={"stamp": stamp}))
            elif not note or note.state != "forgotten":
                new[path] = name, note, digest
                continue
            self.done[name] = stamp
        outcomes: dict[Path, list[Became]] = {path: [] for path in new}
        for source, outcome in self.by.adding.add_each(list(new), None):
            assert isinstance(source, Path)
            outcomes[source].append(outcome)
        for path, (name, before, digest) in new.items():
            told = became_of(name, outcomes[path])
            self._note(name, _noted(self.files[name], digest, told))
            self.done[name] = self.files[name].stamp
            yield told
            if before and self.remove:
                self._remove(set(before.letters) - set(told.letters))

    def _forsake(self, name: str) -> Iterator[Fetched]:
        """Removes the letters of a file that went."""
        note = self.by.notes.get(self.source, name)
        if note and note.state != "forgotten":
            self._note(name, note.model_copy(update={"state": "withdrawn"}))
            yield Fetched(id=name, outcome="withdrawn", letters=self._remove(set(note.letters)))
        del self.done[name]

    def _remove(self, letters: set[str]) -> tuple[str, ...]:
        """Removes those of the letters that no other file holds, and gives them."""
        held = {one for _, note in self.by.notes.of(self.source) if note.state == "added" for one in note.letters}
        with self.by.store.reading() as now:
            unheld = tuple(one for one in sorted(letters - held) if now.catalog.digest_of(one) is not None)
        if unheld:
            self.by.store.remove(unheld)
            forget()
        return unheld

    def _note(self, name: str, note: FetchNote) -> None:
        self.by.notes.put(self.source, name, note)


def _noted(file: _File, digest: str, told: Fetched) -> FetchNote:
    return FetchNote(
        stamp=file.stamp,
        state="unreadable" if told.outcome == "failed" else "added",
        form="file",
        address=_text(file.path),
        sha256=digest,
        letters=told.letters,
        reason=told.reason,
        code=told.code,
    )


def _files(folder: Path) -> Iterator[_File]:
    """The files below a folder. Left out are those that are hidden, that by their names are still being written or are
    metadata records, and links, which may lead to what is not to be read here. Raises OSError."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda one: one.name)
    for one in found:
        if one.name.startswith((".", "~$")) or one.name.lower().endswith(_UNFINISHED) or is_record(one.name):
            continue
        path = Path(one.path)
        try:
            if one.is_dir(follow_symlinks=False):
                yield from _files(path)
            elif one.is_file(follow_symlinks=False):
                told = one.stat(follow_symlinks=False)
                yield _File(path, f"{told.st_size} {told.st_mtime_ns} {told.st_ctime_ns}")
        except FileNotFoundError:  # it went meanwhile
            continue
        except OSError as error:
            yield _File(path, "", f"{one.name} cannot be read: {error.strerror}; check its permissions")


def _text(path: Path) -> str:
    """A path as text: the name of a file may be any bytes."""
    return os.fsencode(path).decode("utf-8", "replace")


def _digest(path: Path) -> str:
    """SHA-256 (hex) of a file; "" where it cannot be read, which whoever reads it will tell."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
