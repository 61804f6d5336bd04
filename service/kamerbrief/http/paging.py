"""Cursors of pages of letters: the place of the last letter, which clients need not understand."""

import base64
import binascii
import datetime
import json

from kamerbrief.http.problems import Fault, Location, invalid
from kamerbrief.records.letters import LetterHead


def cursor_of(head: LetterHead) -> str:
    """The cursor of the page after this letter."""
    place = json.dumps([head.date.isoformat() if head.date else "", head.id])
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def place_in(cursor: str) -> tuple[str, str]:
    """The date (as in ISO 8601, "" for none) and the id of the last letter before. Raises ProblemError (400)."""
    try:
        date, letter_id = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if isinstance(date, str) and isinstance(letter_id, str):
            return date and datetime.date.fromisoformat(date).isoformat(), letter_id
    except (ValueError, TypeError, binascii.Error):
        pass
    place = Location(name="cursor")
    raise invalid([Fault(in_="query", location=place, code="unknown", detail="cursor: take `next` of a page")])
