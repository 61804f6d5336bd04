"""Whether a paragraph was recognised in a scan; of letters that were there it was not told."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    if "recognised" not in {column["name"] for column in sa.inspect(op.get_bind()).get_columns("paragraphs")}:
        op.add_column("paragraphs", sa.Column("recognised", sa.Boolean, nullable=False, server_default=sa.false()))
