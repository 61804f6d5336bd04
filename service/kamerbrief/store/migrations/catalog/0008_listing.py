"""By what letters are told, for lists of them, and the index that lists are read from."""

import sqlalchemy as sa
from alembic import op

from kamerbrief.records.letters import LetterHead
from kamerbrief.store.listing import told_by

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    if "told_by" not in {column["name"] for column in sa.inspect(op.get_bind()).get_columns("letters")}:
        op.add_column("letters", sa.Column("told_by", sa.String, nullable=False, server_default=""))
    letters = sa.table("letters", sa.column("row"), sa.column("head"), sa.column("told_by"))
    db = op.get_bind()
    heads = db.execute(sa.select(letters.c.row, letters.c.head)).all()
    told = [{"at": row, "told": told_by(LetterHead.model_validate_json(head))} for row, head in heads]
    if told:
        own = sa.update(letters).where(letters.c.row == sa.bindparam("at"))
        db.execute(own.values(told_by=sa.bindparam("told")), told)
    op.create_index("listing", "letters", ["state", "date", "id", "dossier", "kind", "told_by"], if_not_exists=True)
