"""What each key has asked for is counted over all processes of a service."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "counts",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("amount", sa.Integer, nullable=False),
        sa.Column("ends_at", sa.Float, nullable=False),
        if_not_exists=True,
    )
