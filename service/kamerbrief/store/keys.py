"""The keys of the service. A key is shown once, when it is made; what is kept is a hash.

A key is 256 random bits, which nobody can guess from a hash however fast it is; so one pass of SHA-256 will do, where a
password would want a slow hash.
"""

import datetime
import hashlib
import secrets

from sqlalchemy import Engine, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from kamerbrief.errors import KeyNameError
from kamerbrief.records.service import Key, Role
from kamerbrief.store import service_schema as t
from kamerbrief.store.counts import Counts
from kamerbrief.store.sessions import Sessions

_MARK = "kb_"  # by which scanners for leaked secrets, and people, tell what it is


class Keys:
    """A part of the service's own database. Every method is one transaction; all may be called from several threads.
    `sessions` are those that were opened with a key, `counts` what was asked for with each lately."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.sessions = Sessions(engine)
        self.counts = Counts(engine)

    def create(self, name: str, role: Role, expires_at: datetime.datetime | None = None) -> str:
        """Makes a key and gives it, for the only time. Raises KeyNameError when one of that name was made before."""
        secret = _MARK + secrets.token_urlsafe(32)
        key = Key(name=name, role=role, created_at=_now(), expires_at=expires_at)
        try:
            with self._engine.begin() as db:
                row = {"name": name, "sha256": _hash(secret), "record": key.model_dump_json()}
                db.execute(insert(t.keys), row)
        except IntegrityError:
            raise KeyNameError(f"there is a key {name!r} already", "take another name") from None
        return secret

    def of(self, secret: str) -> Key | None:
        """Whose key this is; None when it is nobody's, or is expired or revoked."""
        query = select(t.keys.c.record).where(t.keys.c.sha256 == _hash(secret))
        with self._engine.connect() as db:
            record = db.scalar(query)
        key = Key.model_validate_json(record) if record else None
        return key if key and key.valid(_now()) else None

    def any(self) -> bool:
        """Whether a key was ever made, revoked ones among them."""
        with self._engine.connect() as db:
            return bool(db.scalar(select(func.count()).select_from(t.keys)))

    def list(self) -> list[Key]:
        """All keys that were ever made, by name."""
        with self._engine.connect() as db:
            records = db.scalars(select(t.keys.c.record).order_by(t.keys.c.name))
            return [Key.model_validate_json(record) for record in records]

    def revoke(self, name: str) -> None:
        """Makes a key worthless from now on. Raises KeyNameError when there is none of that name."""
        with self._engine.begin() as db:
            record = db.scalar(select(t.keys.c.record).where(t.keys.c.name == name))
            if record is None:
                raise KeyNameError(f"there is no key {name!r}", "`kamerbrief keys list` lists them")
            revoked = Key.model_validate_json(record).model_copy(update={"revoked_at": _now()})
            db.execute(update(t.keys).where(t.keys.c.name == name).values(record=revoked.model_dump_json()))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
