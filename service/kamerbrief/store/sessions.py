"""Who is signed in at the page. A session is a token that the browser keeps in a cookie; here is its hash.

As with keys, a token is 256 random bits: one pass of SHA-256 will do.
"""

import datetime
import hashlib
import secrets

from sqlalchemy import Engine, delete, insert, select

from kamerbrief.records.service import Key
from kamerbrief.store import service_schema as t

LASTS = datetime.timedelta(days=30)


class Sessions:
    """A part of the service's own database. Every method is one transaction; all may be called from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open(self, key: Key) -> str:
        """Signs in with a key: gives the token of the session. Those that are over are deleted."""
        token, now = secrets.token_urlsafe(32), datetime.datetime.now(datetime.UTC)
        with self._engine.begin() as db:
            db.execute(delete(t.sessions).where(t.sessions.c.expires_at <= now))
            row = {"sha256": _hash(token), "key": key.name, "expires_at": now + LASTS}
            db.execute(insert(t.sessions), row)
        return token

    def key_of(self, token: str) -> Key | None:
        """With which key the session was opened; None where there is no such session, it is over, or the key was
        revoked or has expired since."""
        now = datetime.datetime.now(datetime.UTC)
        query = select(t.keys.c.record).join(t.sessions, t.sessions.c.key == t.keys.c.name)
        with self._engine.connect() as db:
            record = db.scalar(query.where(t.sessions.c.sha256 == _hash(token), t.sessions.c.expires_at > now))
        key = Key.model_validate_json(record) if record else None
        return key if key and key.valid(now) else None

    def close(self, token: str) -> None:
        """Signs out."""
        with self._engine.begin() as db:
            db.execute(delete(t.sessions).where(t.sessions.c.sha256 == _hash(token)))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
