"""Which letters refer to which papers: a part of the catalog."""

import datetime
from collections.abc import Sequence
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
        query = select(t.letters.c.id, t.named.c.paper, t.named.c.kind).join(t.letters).order_by(*t.named.primary_key)
        query = query.where(t.letters.c.state == "here", t.named.c.paper.is_not(None))
        ways = t.letters.c.id.in_(papers), t.named.c.paper.in_(papers)
        with self._engine.connect() as db:
            found = [Link(*row) for way in ways for row in db.execute(query.where(way))]
            return list(dict.fromkeys([*found, *_dated(db, papers)]))


def _dated(db: Connection, papers: Sequence[str]) -> list[Link]:
    days = select(t.letters.c.date).where(t.letters.c.id.in_(papers), t.letters.c.state == "here")
    query = select(t.letters.c.head, t.named.c.date, t.named.c.kind).join(t.letters)
    query = query.where(t.letters.c.state == "here", t.letters.c.id.in_(papers) | t.named.c.date.in_(days))
    found = list[Link]()
    for record, day, kind in db.execute(query.where(t.named.c.date.is_not(None))).all():
        letter = LetterHead.model_validate_json(record)
        meant = _meant(db, letter, day)
        if meant and (letter.id in papers or meant in papers):
            found.append(Link(letter.id, meant, kind, day))
    return found


def _meant(db: Connection, letter: LetterHead, day: datetime.date) -> str | None:
    """The letter of that day, where there is one alone, of the same sender and the same dossier as far as both tell."""
    query = select(t.letters.c.head).where(*conditions(Filters(since=day, until=day)), t.letters.c.id != letter.id)
    heads = map(LetterHead.model_validate_json, db.scalars(query))
    fitting = [one.id for one in heads if _alike(letter, one)]
    return fitting[0] if len(fitting) == 1 else None


def _alike(letter: LetterHead, other: LetterHead) -> bool:
    told = (set(letter.ministries), set(other.ministries)), ({letter.dossier} - {None}, {other.dossier} - {None})
    same = [bool(one & two) for one, two in told if one and two]
    return bool(same) and all(same)
