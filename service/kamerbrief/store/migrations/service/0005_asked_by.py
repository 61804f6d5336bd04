"""With which key a briefing was asked for; of those that are there nobody knows."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("briefing_jobs", sa.Column("asked_by", sa.String))
