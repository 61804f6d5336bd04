"""Which format a database has, and how an older one is brought to date: Alembic's numbers, and its scripts.

Alembic itself is imported only where there is something to do: a database at the newest number costs one query.
"""

from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Engine, MetaData, inspect, text

from kamerbrief.errors import StoreError

Kind = Literal["catalog", "service"]

NEWEST: dict[Kind, str] = {"catalog": "0011", "service": "0006"}
_AT_ONCE = "BEGIN IMMEDIATE"  # sqlite3 begins by itself for rows only: a table would be made, or altered, by itself
_SCRIPTS = Path(__file__).parent / "migrations"


def format_of(engine: Engine) -> str | None:
    """The number of a database's format: "" for one of before there were numbers, None for an empty one."""
    with engine.connect() as db:
        tables = set(inspect(db).get_table_names())
        if "alembic_version" not in tables:
            return "" if tables else None
        return db.scalar(text("SELECT version_num FROM alembic_version")) or ""


def check(engine: Engine, kind: Kind, path: Path) -> None:
    """Raises StoreError where the database cannot be read as it is: it is of another version, or empty."""
    found = format_of(engine)
    if found != NEWEST[kind]:
        raise _other_version(found, kind, path)


def upgrade(engine: Engine, kind: Kind, metadata: MetaData, path: Path, service: Engine | None = None) -> None:
    """Makes the tables of a new database, or brings an older one to date; only under the lock. A catalog's service
    tables go to `service`. Raises StoreError for a newer one."""
    found = format_of(engine)
    if found == NEWEST[kind]:
        return
    if found is None:
        with engine.begin() as db:
            db.exec_driver_sql(_AT_ONCE)
            metadata.create_all(db)
            db.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY NOT NULL)"))
            db.execute(text("INSERT INTO alembic_version VALUES (:number)"), {"number": NEWEST[kind]})
        return
    if found > NEWEST[kind]:
        raise _other_version(found, kind, path)
    with engine.connect() as db:
        if service is None:
            _run(db, kind, None)
        else:
            with service.connect() as other:
                _run(db, kind, other)


def _run(db: Connection, kind: Kind, service: Connection | None) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("version_locations", str(_SCRIPTS / kind).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes.update(connection=db, service=service)
    db.exec_driver_sql(_AT_ONCE)
    command.upgrade(config, "head")
    db.commit()


def _other_version(found: str | None, kind: Kind, path: Path) -> StoreError:
    if found and found > NEWEST[kind]:
        return StoreError(f"{path} was made by a newer version", "install that one, or a later one")
    hint = "run `kamerbrief doctor` once where it may be written, with no other program at work in it"
    return StoreError(f"{path} was made by an older version", hint)
