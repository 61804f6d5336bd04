"""The number of a letter's version; of letters that were there, the text that was replaced is gone."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    if "version" not in {column["name"] for column in sa.inspect(op.get_bind()).get_columns("letters")}:
        op.add_column("letters", sa.Column("version", sa.Integer, nullable=False, server_default="1"))
