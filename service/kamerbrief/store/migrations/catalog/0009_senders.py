"""Who signed each letter, so that a person's letters are found."""

import sqlalchemy as sa
from alembic import op

from kamerbrief.records.letters import LetterHead
from kamerbrief.store.senders import senders_of

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "senders",
        sa.Column("letter", sa.Integer, sa.ForeignKey("letters.row", ondelete="CASCADE"), primary_key=True),
        sa.Column("surname", sa.String, primary_key=True),
        sa.Column("initial", sa.String, primary_key=True),
    )
    op.create_index("senders_by_surname", "senders", ["surname"])
    letters = sa.table("letters", sa.column("row"), sa.column("head"))
    senders = sa.table("senders", *map(sa.column, ("letter", "surname", "initial")))
    db = op.get_bind()
    for row, head in db.execute(sa.select(letters.c.row, letters.c.head)).all():
        if found := senders_of(LetterHead.model_validate_json(head).signatories):
            db.execute(sa.insert(senders), [{"letter": row, **one} for one in found])
