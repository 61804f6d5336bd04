"""What was fetched from official sources, and how far each query was followed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    for table, key in (("fetched", "id"), ("fetch_marks", "query")):
        op.create_table(
            table,
            sa.Column("source", sa.String, primary_key=True),
            sa.Column(key, sa.String, primary_key=True),
            sa.Column("record", sa.Text, nullable=False),
            if_not_exists=True,
        )
