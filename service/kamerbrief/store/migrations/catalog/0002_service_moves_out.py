"""The log of answers, feedback, what was spent, keys, jobs and notes move to the service's own database.

They are copied and committed there before they go here; after a crash in between, what is there already stays as it is.
"""

from alembic import context, op
from sqlalchemy import Connection, MetaData, Table, insert, inspect, select

revision = "0002"
down_revision = "0001"

MOVED = ("answers", "spent", "feedback", "notes", "keys", "briefing_jobs")


def upgrade() -> None:
    here = op.get_bind()
    service: Connection = context.config.attributes["service"]
    there = set(inspect(here).get_table_names())
    for name in MOVED:
        if name in there:
            old = Table(name, MetaData(), autoload_with=here, resolve_fks=False)
            new = Table(name, MetaData(), autoload_with=service, resolve_fks=False)
            for rows in here.execute(select(old)).mappings().partitions(500):
                service.execute(insert(new).prefix_with("OR IGNORE"), [dict(row) for row in rows])
    service.commit()
    for name in reversed(MOVED):
        if name in there:
            op.drop_table(name)
