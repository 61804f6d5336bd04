"""The records of the data folder and of the service over it."""

import datetime
from typing import Literal

from kamerbrief.records.base import Record

Role = Literal["reader", "editor", "admin"]


class Key(Record):
    """Who may use the service, and for what: a reader asks, an editor adds and removes as well, an admin reads the log
    as well. The key itself is kept nowhere. An expired or revoked one is worth nothing."""

    name: str
    role: Role
    created_at: datetime.datetime
    expires_at: datetime.datetime | None = None
    revoked_at: datetime.datetime | None = None

    def valid(self, now: datetime.datetime) -> bool:
        """Whether it is neither expired nor revoked."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)


class Status(Record):
    """What the data folder holds, counted in each store. `whole` says that the three stores agree."""

    data_dir: str
    letters: int
    paragraphs: int
    chunks: int
    vectors: int
    words: int
    answers: int
    embedder: str
    whole: bool
