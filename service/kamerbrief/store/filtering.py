"""Filters as conditions of a query."""

from typing import Any

from sqlalchemy import select

from kamerbrief.records.letters import Filters
from kamerbrief.store import schema as t
from kamerbrief.store.senders import called


def conditions(filters: Filters) -> list[Any]:
    """That a letter is visible, and passes."""
    letters = t.letters.c
    found: list[Any] = [letters.state == "here"]
    if filters.letters:
        # Not by an index of states, which SQLite would choose: nearly all letters are here.
        found = [letters.state.concat("") == "here", letters.id.in_(filters.letters)]
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
