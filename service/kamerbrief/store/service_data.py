"""The service's own database, beside the generations: answers, what was spent, keys, sessions, jobs, notes, fetches,
counts."""

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Engine, StaticPool, create_engine, delete

from kamerbrief.store import service_schema, upgrading
from kamerbrief.store.answer_log import AnswerLog
from kamerbrief.store.engines import Access, engine_of
from kamerbrief.store.fetch_jobs import FetchJobs
from kamerbrief.store.fetch_notes import FetchNotes
from kamerbrief.store.jobs import Jobs
from kamerbrief.store.kept_notes import KeptNotes
from kamerbrief.store.keys import Keys

FILE = "service.sqlite"


class ServiceData:
    """Where what is not made of letters is kept. Every method of its parts is one transaction."""

    def __init__(self, data_dir: Path, access: Access) -> None:
        """Opens it, or makes it. A folder that can only be read and has none gets one in memory, which stays empty.
        Raises StoreError."""
        path = data_dir / FILE
        self.engine: Engine
        if access == "read" and not path.exists():
            self.engine = create_engine("sqlite://", poolclass=StaticPool)
            service_schema.metadata.create_all(self.engine)
        else:
            self.engine = engine_of(path, access)
            if access == "make":
                upgrading.upgrade(self.engine, "service", service_schema.metadata, path)
            else:
                upgrading.check(self.engine, "service", path)
        self.log = AnswerLog(self.engine)
        self.keys = Keys(self.engine)
        self.notes = KeptNotes(self.engine)
        self.jobs = Jobs(self.engine)
        self.fetched = FetchNotes(self.engine)
        self.fetches = FetchJobs(self.engine)

    def forget_letters(self, ids: Iterable[str]) -> None:
        """Deletes the answers and the briefings that name these letters, for they may quote them; with the answers
        what was said of them. Of their fetches it is kept only that they are forgotten."""
        ids = list(ids)
        self.fetched.forget(ids)
        self.fetches.forget(ids)
        answers, jobs = service_schema.answers, service_schema.briefing_jobs
        with self.engine.begin() as db:
            for named in (f'"{letter_id}"' for letter_id in ids):
                db.execute(delete(answers).where(answers.c.record.contains(named, autoescape=True)))
                asked = jobs.c.record.contains(named, autoescape=True)
                db.execute(delete(jobs).where(asked | jobs.c.briefing.contains(named, autoescape=True)))

    def close(self) -> None:
        self.engine.dispose()
