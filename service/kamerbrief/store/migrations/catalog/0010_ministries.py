"""The names of ministries as they are looked for, and an index of them: a list of letters of one need not read all."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    ministries, db = sa.table("ministries", sa.column("name")), op.get_bind()
    for name in db.scalars(sa.select(ministries.c.name).distinct()).all():
        if name != name.lower():
            db.execute(sa.update(ministries).where(ministries.c.name == name).values(name=name.lower()))
    op.create_index("ministries_by_name", "ministries", ["name", "letter"], if_not_exists=True)
