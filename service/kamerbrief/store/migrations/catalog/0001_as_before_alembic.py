"""The catalog as it was before Alembic: letters, and the service's tables beside them.

Older folders have these tables and no number; a start that was cut off may have some. So each is made if it is missing.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    table("about", sa.Column("key", sa.String, primary_key=True), sa.Column("value", sa.String, nullable=False))
    table(
        "letters",
        sa.Column("row", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("date", sa.Date),
        sa.Column("dossier", sa.String),
        sa.Column("text_sha256", sa.String, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("head", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    index("letters_by_id", "letters", "id")
    index("letters_by_date", "letters", "date")
    here = sa.text("state = 'here'")
    op.create_index(
        "one_here", "letters", ["id"], unique=True, sqlite_where=here, postgresql_where=here, if_not_exists=True
    )
    table("ministries", _letter(), sa.Column("name", sa.String, primary_key=True))
    table("sections", _letter(), _number(), sa.Column("record", sa.Text, nullable=False))
    table(
        "paragraphs",
        _letter(),
        _number(),
        sa.Column("section", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("page", sa.Integer),
        sa.Column("text", sa.Text, nullable=False),
    )
    table("footnotes", _letter(), _number(), sa.Column("record", sa.Text, nullable=False))
    table(
        "chunks",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("letter", sa.Integer, sa.ForeignKey("letters.row", ondelete="CASCADE"), nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.Column("sentence_vectors", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )
    index("chunks_by_letter", "chunks", "letter")


def table(name: str, *columns: "sa.Column[Any]", **options: bool) -> None:
    op.create_table(name, *columns, if_not_exists=True, **options)


def index(name: str, on: str, *columns: str) -> None:
    op.create_index(name, on, list(columns), if_not_exists=True)


def _letter() -> "sa.Column[int]":
    return sa.Column("letter", sa.Integer, sa.ForeignKey("letters.row", ondelete="CASCADE"), primary_key=True)


def _number() -> "sa.Column[int]":
    return sa.Column("number", sa.Integer, primary_key=True)
