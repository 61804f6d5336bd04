"""The PDFs that letters were read from: a part of the catalog, so that each comes and goes with a letter's version."""

from sqlalchemy import ColumnElement, Engine, insert, select

from kamerbrief.store import schema as t
from kamerbrief.store.versions import KEPT


class KeptFiles:
    """Every method is one transaction; all may be called from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, letter_id: str, version: int) -> bytes | None:
        """That of a letter's version; None where none is kept."""
        with self._engine.connect() as db:
            return db.scalar(select(t.files.c.data).join(t.letters).where(*_named(letter_id, version)))

    def has(self, letter_id: str, version: int) -> bool:
        """Whether one is kept of a letter's version."""
        with self._engine.connect() as db:
            query = select(t.files.c.letter).join(t.letters).where(*_named(letter_id, version))
            return db.scalar(query) is not None

    def take(self, other: "KeptFiles") -> None:
        """Takes over those of another catalog, of the texts that are in both."""
        query = select(t.files.c.data, t.letters.c.id, t.letters.c.text_sha256).join(t.letters)
        with other._engine.connect() as old, self._engine.begin() as db:
            for data, letter_id, digest in old.execution_options(yield_per=1).execute(query):
                same = t.letters.c.id == letter_id, t.letters.c.text_sha256 == digest
                lacking = select(t.letters.c.row).outerjoin(t.files).where(*same, t.files.c.letter.is_(None))
                if (row := db.scalar(lacking)) is not None:
                    db.execute(insert(t.files), {"letter": row, "data": data})


def _named(letter_id: str, version: int) -> tuple[ColumnElement[bool], ...]:
    return t.letters.c.id == letter_id, t.letters.c.version == version, t.letters.c.state.in_(KEPT)
