"""Lists of letters, a page at a time: out of one index, whose order is that of the list and in which words are looked
for, so that of the letters themselves only those of the page are read."""

import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import Engine, String, and_, cast, func, literal, or_, select, tuple_

from kamerbrief.language.characters import plain
from kamerbrief.records.letters import Filters, LetterHead
from kamerbrief.store import schema as t
from kamerbrief.store.filtering import conditions

Order = Literal["date", "-date", "dossier", "-dossier"]
"""By date, those without one first; or by dossier, those without one last, and in each by date. With "-" the other way
round."""


class Place(NamedTuple):
    """Of a letter in a list: its date as in ISO 8601, its id, and its dossier; "" for none."""

    date: str
    id: str
    dossier: str = ""


LONGEST = 1000  # characters that are kept of what a letter is told by: an index holds them


def told_by(head: LetterHead) -> str:
    """By what a letter is told: its id, subject, senders, ministries and reference, in plain small letters."""
    senders = (part for one in head.signatories for part in (one.name, one.office))
    parts = (head.id, head.title, head.dossier_name, *senders, *head.ministries, head.reference)
    return plain(" ".join(filter(None, parts)))[:LONGEST]


_LAST = "~"  # behind all dossiers
_BY_DOSSIER = (
    func.coalesce(t.letters.c.dossier, _LAST),
    func.coalesce(cast(t.letters.c.date, String), ""),
    t.letters.c.id,
)


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
        order: Order = "date",
    ) -> list[LetterHead]:
        """The first `limit` of the heads in which all words are; or the first after this place."""
        letters = t.letters.c
        query = select(letters.row).where(*_fitting(filters, words)).limit(limit)
        if after is not None:
            query = query.where(_behind(after, order))
        by = _columns(order)
        heads = select(letters.head).where(letters.row.in_(query.order_by(*by).scalar_subquery())).order_by(*by)
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


def _columns(order: Order) -> tuple[Any, ...]:
    """What is sorted by: date and id in the order of the index, or, by dossier, what it holds of all that fit."""
    date, own = t.letters.c.date, t.letters.c.id
    if order == "date":
        return date.asc().nulls_first(), own.asc()
    if order == "-date":
        return date.desc().nulls_last(), own.desc()
    return tuple(one.asc() if order == "dossier" else one.desc() for one in _BY_DOSSIER)


def _behind(place: Place, order: Order) -> Any:
    """That a letter comes after this place."""
    if order in ("dossier", "-dossier"):
        own, there = tuple_(*_BY_DOSSIER), tuple_(*map(literal, (place.dossier or _LAST, place.date, place.id)))
        return own > there if order == "dossier" else own < there
    newest_first, day = order == "-date", place.date
    date, own_id = t.letters.c.date, t.letters.c.id
    behind = own_id < place.id if newest_first else own_id > place.id
    if not day:
        return and_(date.is_(None), behind) if newest_first else or_(date.is_not(None), behind)
    last = datetime.date.fromisoformat(day)
    same = and_(date == last, behind)
    return or_(date < last, date.is_(None), same) if newest_first else or_(date > last, same)
