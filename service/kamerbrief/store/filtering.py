"""Filters as conditions of a query."""

from typing import Any

from sqlalchemy import select

from kamerbrief.records.letters import Filters
from kamerbrief.store import schema as t
from kamerbrief.store.senders import called

HERE_BESIDE: Any = t.letters.c.state.concat("") == "here"
"""That a letter is visible, where something else tells which letters are read: not by an index of states, which SQLite
would choose, and read all letters, for nearly all are here."""


def conditions(filters: Filters, *, beside: bool = False) -> list[Any]:
    """That a letter is visible, and passes; `beside` where something else tells which letters are read."""
    letters = t.letters.c
    found: list[Any] = [HERE_BESIDE if beside or filters.letters else letters.state == "here"]
    if filters.letters:
        found.append(letters.id.in_(filters.letters))
    if filters.dossier is not None:
        chapters = letters.dossier.startswith(f"{filters.dossier}-", autoescape=True)
        found.append((letters.dossier == filters.dossier) | chapters)
    if filters.since is not None:
        found.append(letters.date >= filters.since)
    if filters.until is not None:
        found.append(letters.date <= filters.until)
    if filters.kind is not None:
        found.append(letters.kind == filters.kind)
    if filters.ministry is not None:
        named = select(t.ministries.c.letter).where(t.ministries.c.name == filters.ministry.lower())
        found.append(letters.row.in_(named))
    if filters.person is not None:
        surname, initial = called(filters.person)
        sent = select(t.senders.c.letter).where(t.senders.c.surname == surname)
        found.append(letters.row.in_(sent.where(t.senders.c.initial.in_(("", initial))) if initial else sent))
    return found
