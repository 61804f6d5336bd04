"""A table for the papers that a letter replaces or withdraws; letters that were there were not read for these."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "replacements",
        sa.Column("letter", sa.Integer, sa.ForeignKey("letters.row", ondelete="CASCADE"), primary_key=True),
        sa.Column("paper", sa.String, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        if_not_exists=True,
    )
    op.create_index("replacements_by_paper", "replacements", ["paper"], if_not_exists=True)
