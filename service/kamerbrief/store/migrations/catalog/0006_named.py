"""All papers that letters refer to, in the place of those alone that they replace or withdraw."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "named",
        sa.Column("letter", sa.Integer, sa.ForeignKey("letters.row", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("paper", sa.String),
        sa.Column("date", sa.Date),
        sa.Column("kind", sa.String, nullable=False),
        if_not_exists=True,
    )
    op.create_index("named_by_paper", "named", ["paper"], if_not_exists=True)
    op.create_index("named_by_date", "named", ["date"], if_not_exists=True)
    letters = sa.table("letters", sa.column("row"), sa.column("head"))
    named = sa.table("named", *map(sa.column, ("letter", "number", "paper", "kind")))
    db = op.get_bind()
    db.execute(sa.delete(named))
    for row, head in db.execute(sa.select(letters.c.row, letters.c.head)).all():
        papers = {one["id"]: one.get("kind", "names") for one in json.loads(head)["references"] if one["id"]}
        for number, (paper, kind) in enumerate(papers.items(), 1):
            db.execute(sa.insert(named), {"letter": row, "number": number, "paper": paper, "kind": kind})
    op.drop_table("replacements", if_exists=True)
