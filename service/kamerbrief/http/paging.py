"""Cursors of pages of letters: the place of the last letter, which clients need not understand."""

import base64
import binascii
import datetime
import json

from kamerbrief.http.problems import Fault, Location, invalid
from kamerbrief.records.letters import LetterHead
from kamerbrief.store.listing import Place


def place_of(head: LetterHead) -> Place:
    """Where a letter is in a list."""
    return Place(head.date.isoformat() if head.date else "", head.id, head.dossier or "")


def cursor_of(head: LetterHead) -> str:
    """The cursor of the page after this letter."""
    return base64.urlsafe_b64encode(json.dumps(place_of(head)).encode()).decode().rstrip("=")


def place_in(cursor: str) -> Place:
    """Where the last letter before is. Raises ProblemError (400)."""
    try:
        place = Place(*json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))))
        if all(isinstance(one, str) for one in place):
            return place._replace(date=place.date and datetime.date.fromisoformat(place.date).isoformat())
    except (ValueError, TypeError, binascii.Error):
        pass
    where = Location(name="cursor")
    raise invalid([Fault(in_="query", location=where, code="unknown", detail="cursor: take `next` of a page")])
