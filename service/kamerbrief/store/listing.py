"""Lists of letters, a page at a time: out of one index, whose order is that of the list and in which words are looked
for, so that of the letters themselves only those of the page are read."""

import datetime
from typing import Any

from sqlalchemy import Engine, and_, func, or_, select

from kamerbrief.language.characters import plain
from kamerbrief.records.letters import Filters, LetterHead
from kamerbrief.store import schema as t
from kamerbrief.store.filtering import conditions

Place = tuple[str, str]
"""Of a letter in a list: its date as in ISO 8601, "" for none, and its id."""
LONGEST = 1000  # characters that are kept of what a letter is told by: an index holds them


def told_by(head: LetterHead) -> str:
    """By what a letter is told: its id, subject, senders, ministries and reference, in plain small letters."""
    senders = (part for one in head.signatories for part in (one.name, one.office))
    parts = (head.id, head.title, head.dossier_name, *senders, *head.ministries, head.reference)
    return plain(" ".join(filter(None, parts)))[:LONGEST]


class Listing:
    """A part of the catalog. Every method is one transaction; all may be called from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(
        self,
        filters: Filters,
        limit: int,
        words: str = "",
        *,
        after: Place | None = None,
        newest_first: bool = False,
    ) -> list[LetterHead]:
        """The first `limit` of the heads in which all words are, those without a date before all others; or the first
        after this place."""
        letters = t.letters.c
        query = select(letters.row).where(*_fitting(filters, words)).limit(limit)
        if after is not None:
            query = query.where(_behind(*after, newest_first=newest_first))
        up = (letters.date.asc().nulls_first(), letters.id.asc())
        order = (letters.date.desc().nulls_last(), letters.id.desc()) if newest_first else up
        heads = select(letters.head).where(letters.row.in_(query.order_by(*order).scalar_subquery())).order_by(*order)
        with self._engine.connect() as db:
            return [LetterHead.model_validate_json(head) for head in db.scalars(heads)]

    def count(self, filters: Filters, words: str = "", most: int | None = None) -> int:
        """How many there are in all; with `most`, no more than these are counted."""
        fitting = select(t.letters.c.row).where(*_fitting(filters, words)).limit(most)
        with self._engine.connect() as db:
            return db.scalar(select(func.count()).select_from(fitting.subquery())) or 0


def _fitting(filters: Filters, words: str) -> list[Any]:
    told = t.letters.c.told_by
    return [*conditions(filters), *(told.contains(word, autoescape=True) for word in plain(words).split())]


def _behind(day: str, letter_id: str, *, newest_first: bool) -> Any:
    """That a letter comes after this place."""
    date, own = t.letters.c.date, t.letters.c.id
    behind = own < letter_id if newest_first else own > letter_id
    if not day:
        return and_(date.is_(None), behind) if newest_first else or_(date.is_not(None), behind)
    last = datetime.date.fromisoformat(day)
    same = and_(date == last, behind)
    return or_(date < last, date.is_(None), same) if newest_first else or_(date > last, same)
