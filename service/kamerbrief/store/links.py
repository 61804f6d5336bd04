"""Which letters refer to which papers: a part of the catalog."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select

from kamerbrief.records.letters import Filters, LetterHead, ReferenceKind
from kamerbrief.store import schema as t
from kamerbrief.store.filtering import conditions


@dataclass(frozen=True)
class Link:
    """That a visible letter refers to a paper, which need not be among the letters. Where it told the letter that it
    means by a `day` alone, `paper` is the one letter that it can be."""

    letter: str
    paper: str
    kind: ReferenceKind
    day: datetime.date | None = None


class Links:
    """Every method is one transaction; all may be called from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, papers: Sequence[str]) -> list[Link]:
        """Those from these letters, and those to these papers, each once."""
        with self._engine.connect() as db:
            return list(dict.fromkeys(_links(db, papers)))


def _links(db: Connection, papers: Sequence[str]) -> Iterator[Link]:
    """Step by step, each by the key of its table or an index: of a join, SQLite reads all letters that are here."""
    letters, named = t.letters.c, t.named.c
    told = db.execute(select(letters.row, letters.date, letters.state).where(letters.id.in_(papers))).all()
    own = {row.row: row.date for row in told if row.state == "here"}
    days = [day for day in own.values() if day]
    ways = named.letter.in_(own), named.paper.in_(papers), named.date.in_(days)
    query = select(t.named).order_by(named.letter, named.number)
    rows = [row for way in ways for row in db.execute(query.where(way))]
    among = select(letters.row, letters.id, letters.state).where(letters.row.in_({row.letter for row in rows}))
    ids = {row.row: row.id for row in db.execute(among) if row.state == "here"}
    for row in rows:
        letter = ids.get(row.letter)
        paper = row.paper or (_meant(db, row.letter, row.date) if letter else None)
        if letter and paper and (letter in papers or paper in papers):
            yield Link(letter, paper, row.kind, row.date)


def _meant(db: Connection, row: int, day: datetime.date) -> str | None:
    """The letter of that day that the one in this row means, where it can be one alone: of the same sender and the same
    dossier, as far as both tell."""
    head = db.scalar(select(t.letters.c.head).where(t.letters.c.row == row))
    letter = LetterHead.model_validate_json(head or "")
    query = select(t.letters.c.head).where(*conditions(Filters(since=day, until=day)), t.letters.c.id != letter.id)
    heads = map(LetterHead.model_validate_json, db.scalars(query))
    fitting = [one.id for one in heads if _alike(letter, one)]
    return fitting[0] if len(fitting) == 1 else None


def _alike(letter: LetterHead, other: LetterHead) -> bool:
    told = (set(letter.ministries), set(other.ministries)), ({letter.dossier} - {None}, {other.dossier} - {None})
    same = [bool(one & two) for one, two in told if one and two]
    return bool(same) and all(same)
