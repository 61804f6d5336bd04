"""The texts that letters have and had: a part of the catalog. Earlier ones are kept whole, but have no chunks, so that
no search finds them."""

import datetime
from collections.abc import Set
from itertools import count
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, select, update

from kamerbrief.records.letters import Letter, LetterHead
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


def originals_among(db: Connection, rows: Set[int]) -> set[int]:
    """Those of these rows that are letters of which a reprint, with another text, is here."""
    ids = select(t.letters.c.id).where(t.letters.c.row.in_(rows))
    query = select(t.letters.c.row, t.letters.c.head).where(t.letters.c.id.in_(ids))
    query = query.where(t.letters.c.row.in_(rows) | (t.letters.c.state == "here"))
    heads = {row: LetterHead.model_validate_json(head) for row, head in db.execute(query)}
    reprints = {head.id: head.text_sha256 for row, head in heads.items() if row not in rows and head.reprint}
    return {
        row
        for row, head in heads.items()
        if row in rows and not head.reprint and reprints.get(head.id, head.text_sha256) != head.text_sha256
    }


def numbered(db: Connection, letter: Letter) -> Letter:
    """The letter with the number that its text has, or will have, among its versions."""
    query = _kept(t.letters.c.text_sha256, t.letters.c.version).where(t.letters.c.id == letter.id)
    known = {row.text_sha256: row.version for row in db.execute(query)}
    number = known.get(letter.text_sha256) or next(n for n in count(1) if n not in known.values())
    return letter.model_copy(update={"version": number})


def _kept(*columns: Any) -> Select[Any]:
    """Of the kept versions, by their numbers; but the one of now last, behind which an original of a reprint may have
    come."""
    query = select(*columns).where(t.letters.c.state.in_(KEPT))
    return query.order_by(t.letters.c.state == "here", t.letters.c.version)
