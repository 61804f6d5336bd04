"""What was fetched from official sources: a note for each record, and how far each query was followed."""

import hashlib
from collections.abc import Iterable

from pydantic import BaseModel
from sqlalchemy import Engine, Table, delete, insert, select

from kamerbrief.records.fetching import FetchMark, FetchNote
from kamerbrief.store import service_schema as t

_FORGOTTEN = FetchNote(stamp="", state="forgotten", form="", address="", sha256="")


class FetchNotes:
    """A part of the service's own database. Every method is one transaction; all may be called from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, source: str, record_id: str) -> FetchNote | None:
        """Also of one that is forgotten, whose id is hidden."""
        noted = t.fetched.c
        query = select(noted.record).where(noted.source == source, noted.id.in_((record_id, _hidden(record_id))))
        with self._engine.connect() as db:
            found = db.scalar(query.order_by(noted.id != record_id).limit(1))
        return FetchNote.model_validate_json(found) if found else None

    def of(self, source: str) -> list[tuple[str, FetchNote]]:
        """All that is noted of a source, by the records' ids."""
        with self._engine.connect() as db:
            found = db.execute(select(t.fetched.c.id, t.fetched.c.record).filter_by(source=source)).all()
        return [(record_id, FetchNote.model_validate_json(record)) for record_id, record in found]

    def put(self, source: str, record_id: str, note: FetchNote) -> None:
        """Keeps it, instead of the one that was there."""
        self._put(t.fetched, note, source=source, id=record_id)

    def forget(self, letters: Iterable[str]) -> None:
        """Of the records of these letters only that they are forgotten is kept, under a hash of their ids."""
        notes = t.fetched
        with self._engine.begin() as db:
            for letter in letters:
                named = notes.c.record.contains(f'"{letter}"', autoescape=True) | (notes.c.id == letter)
                for source, record_id in db.execute(select(notes.c.source, notes.c.id).where(named)).all():
                    key = {"source": source, "id": _hidden(record_id)}
                    db.execute(delete(notes).filter_by(source=source, id=record_id))
                    db.execute(delete(notes).filter_by(**key))
                    db.execute(insert(notes), {**key, "record": _FORGOTTEN.model_dump_json()})

    def mark(self, source: str, query: str) -> FetchMark | None:
        found = self._get(t.fetch_marks, source=source, query=query)
        return FetchMark.model_validate_json(found) if found else None

    def set_mark(self, source: str, query: str, mark: FetchMark) -> None:
        self._put(t.fetch_marks, mark, source=source, query=query)

    def _get(self, table: Table, **key: str) -> str | None:
        with self._engine.connect() as db:
            found: str | None = db.scalar(select(table.c.record).filter_by(**key))
            return found

    def _put(self, table: Table, record: BaseModel, **key: str) -> None:
        with self._engine.begin() as db:
            db.execute(delete(table).filter_by(**key))
            db.execute(insert(table), {**key, "record": record.model_dump_json()})


def _hidden(record_id: str) -> str:
    return f"sha256:{hashlib.sha256(record_id.encode()).hexdigest()}"
