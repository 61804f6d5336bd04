"""Notes that a language model made of letters, kept so that nobody pays for them twice."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.exc import IntegrityError

from kamerbrief.records.briefings import PieceNotes
from kamerbrief.store import service_schema as t


class NotesKey(NamedTuple):
    """What notes are of: a piece of a letter, told by the hashes of the letter's text and of its own, and read by a
    model with a prompt."""

    letter_sha256: str
    piece: str
    prompt: str
    model: str


class KeptNotes:
    """A part of the service's own database. Every method is one transaction; all may be called from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, key: NotesKey) -> PieceNotes | None:
        query = select(t.notes.c.record).filter_by(**key._asdict())
        with self._engine.connect() as db:
            record = db.scalar(query)
        return PieceNotes.model_validate_json(record) if record else None

    def keep(self, key: NotesKey, notes: PieceNotes) -> None:
        """Keeps them, instead of those that were there."""
        try:
            with self._engine.begin() as db:
                db.execute(delete(t.notes).filter_by(**key._asdict()))
                db.execute(insert(t.notes), {**key._asdict(), "record": notes.model_dump_json()})
        except IntegrityError:
            pass  # somebody else has just kept theirs, which are as good

    def letters(self) -> set[str]:
        """The hashes of the texts of which there are notes."""
        with self._engine.connect() as db:
            return set(db.scalars(select(t.notes.c.letter_sha256).distinct()))

    def forget(self, letters: Collection[str]) -> None:
        """Deletes the notes of letters with these hashes."""
        with self._engine.begin() as db:
            for letter in letters:
                db.execute(delete(t.notes).where(t.notes.c.letter_sha256 == letter))
