"""From the records that a source lists to letters in the store: only what is new or changed, and nothing twice.

A record's way: it is compared with its note; its best file is fetched, lies in a folder, and is noted; with some
others it is added through the one door for letters, which is noted too, and the file goes. Whoever is killed on the way
goes on where the notes end.
"""

import datetime
import hashlib
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kamerbrief.clock import Clock
from kamerbrief.errors import FetchError, LetterError, MissingError, UnreachableError, UnrecognisedError
from kamerbrief.index.adding import Adding, Became
from kamerbrief.letters.recognition import can_recognise
from kamerbrief.records.fetching import Fetched, FetchMark, FetchNote, FetchReport
from kamerbrief.records.letters import Added
from kamerbrief.sources.downloading import download
from kamerbrief.sources.incoming import Incoming
from kamerbrief.sources.source import Listed, Source
from kamerbrief.sources.web import Web, wants_peace
from kamerbrief.store.fetch_notes import FetchNotes

TOGETHER = 16
"""Files that are added in one step, as index/adding.py groups letters: soon enough on disk, and few in the folder."""
MOST_IN_A_ROW = 5
"""Records that are not reached one after the other, after which the source is taken to be down."""
OVERLAP = datetime.timedelta(7)
"""How far before the end of the last run the next one begins: a record may be listed days after its day of change, and
clocks differ."""
MOST_TOLD = 100
_UNRECOGNISED = UnrecognisedError("").code


@dataclass(frozen=True)
class Fetching:
    """What fetches letters into a store. `may_add` raises StoreError where letters cannot be added now; `web` gives
    what asks a source, which is closed after the run."""

    may_add: Callable[[], None]
    adding: Adding
    notes: FetchNotes
    incoming: Incoming
    web: Callable[[Source], Web]
    clock: Clock

    def run(self, source: Source, *, dry: bool) -> Generator[Fetched, None, FetchReport]:
        """Fetches what is new or changed. Gives what became of each record once it is on disk; where it is `dry`, what
        would become of it. Raises FetchError where the source itself fails, StoreError."""
        with self.incoming.alone(), self.web(source) as web:
            if not dry:
                self.may_add()  # before anything is asked for
            run = _Run(self, source, web, dry)
            yield from run.all()
            return run.report


@dataclass
class _Run:
    """One run over a source, and what it remembers on its way."""

    by: Fetching
    source: Source
    web: Web
    dry: bool
    report: FetchReport = field(default_factory=FetchReport)
    waiting: dict[str, tuple[Listed, Path, FetchNote]] = field(default_factory=dict)  # to be added, by records' ids
    unreached: int = 0  # in a row
    unfetched: datetime.date | None = None  # the earliest day of what failed on the way: the next run begins there
    total: int | None = None

    def all(self) -> Iterator[Fetched]:
        mark = self.by.notes.mark(self.source.name, self.source.query)
        newest = None
        for page in self.source.pages(self.web, mark.day - OVERLAP if mark else None):
            self.total = page.total
            for listed in page.listed:
                newest = max(filter(None, (newest, listed.changed)), default=None)
                if listed.attached_to in self.waiting:  # its letter must be known
                    yield from self._add()
                if done := self._one(listed):
                    yield self._counted(done)
                if len(self.waiting) >= TOGETHER:
                    yield from self._add()
        yield from self._add()
        if newest and not self.dry:
            # A day that is still to come is a mistake over there, and would hide what comes before it.
            day = min(filter(None, (self.unfetched, newest, self.by.clock().date())))
            self.by.notes.set_mark(self.source.name, self.source.query, FetchMark(day=day))

    def _one(self, listed: Listed) -> Fetched | None:
        """What became of a record; None where its file waits to be added, or it does not matter."""
        if listed.id in self.waiting:  # it is listed twice
            return _done(listed.id, "same")
        note = self.by.notes.get(self.source.name, listed.id)
        if note and note.state == "forgotten":
            return _done(listed.id, "same")
        if note and is_unrecognised(note):
            if self.recognises:
                note = note.model_copy(update={"state": "downloaded", "sha256": ""})  # as if its file had been lost
            else:
                self._comes_again(listed)
        if listed.withdrawn or (note and not listed.files):
            return self._withdrawn(listed, note)
        if not listed.files:
            return _done(listed.id, "failed", reason="it has no file", code="missing")
        if note and note.stamp == listed.stamp:
            if note.state == "downloaded" and not self.dry and self._lies_there(listed, note):
                return None
            if note.state != "downloaded" and (listed.stamp or self.dry):
                return _as_before(listed.id, note)
        if self.dry:
            return _done(listed.id, "changed" if note else "new")
        return self._download(listed, note)

    def _lies_there(self, listed: Listed, note: FetchNote) -> bool:
        """Whether the file that an earlier run fetched is there still; then it waits to be added."""
        path = self.by.incoming.path(self.source.name, listed.id, note.form)
        there = path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == note.sha256
        if there:
            self.waiting[listed.id] = listed, path, note
        return there

    def _download(self, listed: Listed, note: FetchNote | None) -> Fetched | None:
        letter = self._letter_of(listed)
        if listed.attached_to and not (letter or listed.metadata):
            return _done(listed.id, "failed", reason="the letter that it is attached to is not there", code="missing")
        try:
            found = download(self.web, listed, note, letter)
        except MissingError as error:
            return (
                self._withdrawn(listed, note)
                if note
                else _done(listed.id, "failed", reason=str(error), code=error.code)
            )
        except FetchError as error:
            self.unreached = self.unreached + 1 if isinstance(error, UnreachableError) else 0
            if self.unreached >= MOST_IN_A_ROW or wants_peace(error):
                raise
            self._comes_again(listed)
            return _done(listed.id, "failed", reason=str(error), code=error.code)
        self.unreached = 0
        if found is None:
            assert note is not None  # of which it is the file
            return _as_before(listed.id, self._note(listed.id, note, stamp=listed.stamp, state=_state(note)))
        path = self.by.incoming.path(self.source.name, listed.id, found.note.form)
        self.by.incoming.keep(path, found.data, found.metadata)
        self.waiting[listed.id] = listed, path, self._note(listed.id, found.note)
        return None

    def _letter_of(self, listed: Listed) -> str | None:
        """The letter that an attachment is attached to, where it was fetched."""
        note = self.by.notes.get(self.source.name, listed.attached_to) if listed.attached_to else None
        return note.letters[0] if note and note.letters else None

    def _add(self) -> Iterator[Fetched]:
        """Adds what waits, and notes it."""
        became: dict[Path, list[Became]] = {path: [] for _, path, _ in self.waiting.values()}
        for source, outcome in self.by.adding.add_each(list(became), None):
            assert isinstance(source, Path)
            became[source].append(outcome)
        for record_id, (listed, path, note) in self.waiting.items():
            done = became_of(record_id, became[path])
            state = "unreadable" if done.outcome == "failed" else "added"
            note = self._note(record_id, note, state=state, letters=done.letters, reason=done.reason, code=done.code)
            if is_unrecognised(note):
                self._comes_again(listed)
            self.by.incoming.drop(path)
            yield self._counted(done)
        self.waiting.clear()

    @cached_property
    def recognises(self) -> bool:
        """Whether text in scans can be recognised by now."""
        return can_recognise()

    def _comes_again(self, listed: Listed) -> None:
        """Lets the next run begin no later than where this record is listed."""
        self.unfetched = min(filter(None, (self.unfetched, listed.changed)), default=None)

    def _withdrawn(self, listed: Listed, note: FetchNote | None) -> Fetched | None:
        if note is None:  # it was never fetched, and there is nothing to tell
            return None
        if note.state == "withdrawn":
            return _done(listed.id, "same")
        if not self.dry:
            self._note(listed.id, note, stamp=listed.stamp, state="withdrawn")
        return _done(listed.id, "withdrawn", letters=note.letters)

    def _note(self, record_id: str, note: FetchNote, **change: object) -> FetchNote:
        note = note.model_copy(update=change)
        self.by.notes.put(self.source.name, record_id, note)
        return note

    def _counted(self, done: Fetched) -> Fetched:
        """The outcome with the total, once it is counted."""
        done = done.model_copy(update={"total": self.total})
        update: dict[str, object] = {done.outcome: getattr(self.report, done.outcome) + 1}
        if done.outcome == "failed":
            update["failures"] = (*self.report.failures, done)[:MOST_TOLD]
        self.report = self.report.model_copy(update=update)
        return done


def _done(record_id: str, outcome: str, **more: object) -> Fetched:
    return Fetched.model_validate({"id": record_id, "outcome": outcome, **more})


def _state(note: FetchNote) -> str:
    """The state of a record whose file is as it was: one that was withdrawn has come back."""
    return "unreadable" if note.reason else "added"


def _as_before(record_id: str, note: FetchNote) -> Fetched:
    outcome = "failed" if note.state == "unreadable" else "same"
    return _done(record_id, outcome, letters=note.letters, reason=note.reason, code=note.code)


def is_unrecognised(note: FetchNote) -> bool:
    """Whether it is of a scan that was refused because nothing was here that recognises text."""
    return note.state == "unreadable" and note.code == _UNRECOGNISED


def became_of(record_id: str, outcomes: Sequence[Became]) -> Fetched:
    """What became of a record by what became of the letters in its file, of which there may be several."""
    added = [one for one in outcomes if isinstance(one, Added)]
    found = {"new" if one.outcome == "older" else one.outcome for one in added}
    outcome = next((one for one in ("changed", "new", "same") if one in found), "failed")
    errors = [one for one in outcomes if isinstance(one, LetterError)]
    why = {"reason": "; ".join(map(str, errors)), "code": errors[0].code} if errors else {}
    return _done(record_id, outcome, letters=tuple(one.letter for one in added), **why)
