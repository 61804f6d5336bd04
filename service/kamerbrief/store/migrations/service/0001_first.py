"""The service's own database, as it began. A start that was cut off may have made some of it."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    table(
        "answers",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("record", sa.Text, nullable=False),
    )
    index("answers_by_time", "answers", "asked_at")
    table("spent", sa.Column("day", sa.Date, primary_key=True), sa.Column("cost", sa.Float, nullable=False))
    table(
        "feedback",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("answer", sa.String, sa.ForeignKey("answers.id", ondelete="CASCADE"), nullable=False),
        sa.Column("record", sa.Text, nullable=False),
    )
    index("ix_feedback_answer", "feedback", "answer")
    table(
        "notes",
        *(sa.Column(name, sa.String, primary_key=True) for name in ("letter_sha256", "piece", "prompt", "model")),
        sa.Column("record", sa.Text, nullable=False),
    )
    table(
        "keys",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("sha256", sa.String, nullable=False, unique=True),
        sa.Column("record", sa.Text, nullable=False),
    )
    table(
        "briefing_jobs",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("briefing", sa.Text),
    )
    index("briefing_jobs_by_state", "briefing_jobs", "state", "created_at")


def table(name: str, *columns: "sa.Column[Any]") -> None:
    op.create_table(name, *columns, if_not_exists=True)


def index(name: str, on: str, *columns: str) -> None:
    op.create_index(name, on, list(columns), if_not_exists=True)
