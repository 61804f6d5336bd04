"""What is counted for a while, over all processes of a service: requests, tokens, wrong keys."""

import time

from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from kamerbrief.store import service_schema as t

_ROW = t.counts.c


class Counts:
    """A part of the service's own database. Every method is one transaction; all may be called from several threads.

    A count begins with the first that is counted, and ends after its seconds; then it is deleted.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, name: str, amount: int, seconds: float) -> int:
        """Counts so many more; `seconds` is how long the count lasts where it begins with this. Gives the count."""
        while True:
            try:
                return self._add(name, amount, seconds)
            except IntegrityError:  # another thread or process began it in between
                pass

    def get(self, name: str) -> tuple[int, float]:
        """The count, and when it ends (seconds since 1970): 0 and now where there is none."""
        now = time.time()
        with self._engine.connect() as db:
            row = db.execute(select(_ROW.amount, _ROW.ends_at).where(_ROW.name == name, _ROW.ends_at > now)).first()
        return (row.amount, row.ends_at) if row else (0, now)

    def _add(self, name: str, amount: int, seconds: float) -> int:
        now = time.time()
        with self._engine.begin() as db:
            db.execute(delete(t.counts).where(_ROW.ends_at <= now))
            more = update(t.counts).where(_ROW.name == name).values(amount=_ROW.amount + amount)
            count = db.scalar(more.returning(_ROW.amount))
            if count is None:
                db.execute(insert(t.counts), {"name": name, "amount": amount, "ends_at": now + seconds})
                return amount
            return int(count)
