"""A table for what reading took for something else than text; letters that were there have no such report."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("letter", sa.Integer, sa.ForeignKey("letters.row", ondelete="CASCADE"), primary_key=True),
        sa.Column("record", sa.Text, nullable=False),
        if_not_exists=True,
    )
