"""The fetches that a service was asked for: which are due, which run, and what came of them."""

import datetime
import uuid
from collections.abc import Iterable

from sqlalchemy import Engine, delete, insert, select, update

from kamerbrief.errors import UnknownFetchError
from kamerbrief.records.fetching import FetchJob, FetchRequest
from kamerbrief.store import service_schema as t

MOST_LISTED = 100


class FetchJobs:
    """A part of the service's own database. Every method is one transaction; all may be called from several threads,
    and from processes beside the service."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def ask(self, wanted: FetchRequest) -> FetchJob:
        """A new job, due now."""
        now = datetime.datetime.now(datetime.UTC)
        job = FetchJob(id=uuid.uuid4().hex, created_at=now, request=wanted, state="waiting", due_at=now)
        with self._engine.begin() as db:
            db.execute(insert(t.fetch_jobs), {"id": job.id, "created_at": now, **_values(job)})
        return job

    def get(self, job_id: str) -> FetchJob:
        """Raises UnknownFetchError."""
        with self._engine.connect() as db:
            record = db.scalar(select(t.fetch_jobs.c.record).where(t.fetch_jobs.c.id == job_id))
        if record is None:
            raise _unknown(job_id)
        return FetchJob.model_validate_json(record)

    def put(self, job: FetchJob) -> bool:
        """Keeps what a job has become. False where it was removed, and stays so."""
        with self._engine.begin() as db:
            return bool(
                db.execute(update(t.fetch_jobs).where(t.fetch_jobs.c.id == job.id).values(_values(job))).rowcount
            )

    def remove(self, job_id: str) -> None:
        """Raises UnknownFetchError."""
        with self._engine.begin() as db:
            if not db.execute(delete(t.fetch_jobs).where(t.fetch_jobs.c.id == job_id)).rowcount:
                raise _unknown(job_id)

    def forget(self, letters: Iterable[str]) -> None:
        """Deletes the reports that name these letters."""
        with self._engine.begin() as db:
            for letter in letters:
                named = t.fetch_jobs.c.record.contains(f'"{letter}"', autoescape=True)
                for record in db.scalars(select(t.fetch_jobs.c.record).where(named)).all():
                    job = FetchJob.model_validate_json(record).model_copy(update={"report": None})
                    db.execute(update(t.fetch_jobs).where(t.fetch_jobs.c.id == job.id).values(_values(job)))

    def newest(self) -> list[FetchJob]:
        """A hundred at most, newest first."""
        order = t.fetch_jobs.c.created_at.desc(), t.fetch_jobs.c.id
        with self._engine.connect() as db:
            records = db.scalars(select(t.fetch_jobs.c.record).order_by(*order).limit(MOST_LISTED))
            return [FetchJob.model_validate_json(record) for record in records]

    def due(self, now: datetime.datetime) -> FetchJob | None:
        """The one that waits longest."""
        waiting = select(t.fetch_jobs.c.record).where(t.fetch_jobs.c.due_at <= now).order_by(t.fetch_jobs.c.due_at)
        with self._engine.connect() as db:
            record = db.scalar(waiting.limit(1))
        return FetchJob.model_validate_json(record) if record else None

    def running(self) -> list[FetchJob]:
        """Those that run: where a service begins, those over which the last one died."""
        with self._engine.connect() as db:
            records = db.scalars(select(t.fetch_jobs.c.record).where(t.fetch_jobs.c.state == "running"))
            return [FetchJob.model_validate_json(record) for record in records]


def _values(job: FetchJob) -> dict[str, object]:
    return {"state": job.state, "due_at": job.due_at, "record": job.model_dump_json()}


def _unknown(job_id: str) -> UnknownFetchError:
    return UnknownFetchError(f"no fetch {job_id!r}", "`kamerbrief fetch list` lists them")
