"""The texts that letters have and had: a part of the catalog. Earlier ones are kept whole, but have no chunks, so that
no search finds them."""

import datetime
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, select, update

from kamerbrief.records.letters import Letter, LetterHead, ReferenceKind
from kamerbrief.records.versions import Version
from kamerbrief.store import schema as t
from kamerbrief.store.rows import insert_letter, read_letter

KEPT = ("here", "older")  # the states of a letter's versions


class Versions:
    """Every method is one transaction; all may be called from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, letter_id: str) -> list[Version]:
        """Those of a letter, oldest first; the last one is the letter as it is now. Empty where there is no letter."""
        paragraphs = select(func.count()).where(t.paragraphs.c.letter == t.letters.c.row).scalar_subquery()
        query = _kept(t.letters.c.version, t.letters.c.text_sha256, t.letters.c.added_at, paragraphs)
        with self._engine.connect() as db:
            return [
                Version(
                    number=number, text_sha256=digest, added_at=added.replace(tzinfo=datetime.UTC), paragraphs=count
                )
                for number, digest, added, count in db.execute(query.where(t.letters.c.id == letter_id))
            ]

    def letter(self, letter_id: str, number: int) -> Letter | None:
        """The letter as this version has it, whole."""
        query = _kept(t.letters.c.row, t.letters.c.head)
        with self._engine.connect() as db:
            found = db.execute(query.where(t.letters.c.id == letter_id, t.letters.c.version == number)).first()
            return read_letter(db, found.row, found.head) if found else None

    def replacing(self, papers: Sequence[str]) -> list[tuple[str, ReferenceKind, LetterHead]]:
        """The visible letters that came in the place of these papers, or took them back: paper, which of both, letter;
        by date and id."""
        query = select(t.replacements.c.paper, t.replacements.c.kind, t.letters.c.head).join(t.letters)
        query = query.where(t.replacements.c.paper.in_(papers), t.letters.c.state == "here")
        with self._engine.connect() as db:
            found = db.execute(query.order_by(t.letters.c.date, t.letters.c.id)).all()
        return [(paper, kind, LetterHead.model_validate_json(head)) for paper, kind, head in found]

    def take_older(self, other: "Versions") -> None:
        """Takes over the older versions of another catalog, before the letters come."""
        query = _kept(t.letters.c.row, t.letters.c.head, t.letters.c.added_at).where(t.letters.c.state == "older")
        with other._engine.connect() as old, self._engine.begin() as db:
            for row, head, added in old.execute(query):
                list(insert_letter(db, read_letter(old, row, head), (), state="older", added_at=added))

    def take_times(self, other: "Versions") -> None:
        """Dates the letters that came as the other catalog does: what is indexed anew was not added then."""
        query = _kept(t.letters.c.id, t.letters.c.text_sha256, t.letters.c.added_at).where(t.letters.c.state == "here")
        with other._engine.connect() as old, self._engine.begin() as db:
            for letter_id, digest, added in old.execute(query):
                same = t.letters.c.id == letter_id, t.letters.c.text_sha256 == digest, t.letters.c.state == "here"
                db.execute(update(t.letters).where(*same).values(added_at=added))


def numbered(db: Connection, letter: Letter) -> Letter:
    """The letter with the number that its text has, or will have, among its versions."""
    query = _kept(t.letters.c.version, t.letters.c.text_sha256).where(t.letters.c.id == letter.id)
    found = db.execute(query).all()
    number, digest = found[-1] if found else (0, "")
    return letter.model_copy(update={"version": number + (digest != letter.text_sha256)})


def _kept(*columns: Any) -> Select[Any]:
    return select(*columns).where(t.letters.c.state.in_(KEPT)).order_by(t.letters.c.version)
