"""The briefings that a service was asked for: which wait, which are made, and what came of them."""

import datetime

from sqlalchemy import JSON, Engine, delete, func, insert, select, type_coerce, update

from kamerbrief.errors import UnknownBriefingError
from kamerbrief.records.briefings import Briefing, Job, JobState
from kamerbrief.store import service_schema as t

UNFINISHED: tuple[JobState, ...] = ("queued", "running")
_BRIEFING = {"briefing"}  # has a column of its own, so that who asks how far a job is need not read it


class Jobs:
    """A part of the service's own database. Every method is one transaction; all may be called from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, job: Job, asked_by: str | None = None) -> None:
        """Keeps a new job, and the name of the key that it was asked for with."""
        with self._engine.begin() as db:
            row = {"id": job.id, "created_at": job.created_at, "state": job.state, "asked_by": asked_by}
            db.execute(insert(t.briefing_jobs), row | {"record": job.model_dump_json(exclude=_BRIEFING)})

    def get(self, job_id: str) -> Job:
        """The job, with its briefing once that is made. Raises UnknownBriefingError."""
        query = select(t.briefing_jobs.c.record, t.briefing_jobs.c.briefing).where(t.briefing_jobs.c.id == job_id)
        with self._engine.connect() as db:
            row = db.execute(query).first()
        if row is None:
            raise _unknown(job_id)
        job = Job.model_validate_json(row.record)
        if row.briefing is None:
            return job
        return job.model_copy(update={"briefing": Briefing.model_validate_json(row.briefing)})

    def put(self, job: Job) -> None:
        """Keeps what a job has become. One that was removed stays so."""
        values = {
            "state": job.state,
            "record": job.model_dump_json(exclude=_BRIEFING),
            "briefing": job.briefing.model_dump_json() if job.briefing else None,
        }
        with self._engine.begin() as db:
            db.execute(update(t.briefing_jobs).where(t.briefing_jobs.c.id == job.id).values(values))

    def remove(self, job_id: str) -> None:
        """Deletes a job with its briefing. Raises UnknownBriefingError."""
        with self._engine.begin() as db:
            if not db.execute(delete(t.briefing_jobs).where(t.briefing_jobs.c.id == job_id)).rowcount:
                raise _unknown(job_id)

    def newest(self, limit: int, *, asked_by: str | None = None) -> list[tuple[Job, str | None]]:
        """The newest, newest first, without their briefings but with the subjects of these: all, or those that were
        asked for with the key of this name."""
        jobs = t.briefing_jobs.c
        subject = type_coerce(jobs.briefing, JSON)["subject"].as_string()
        query = select(jobs.record, subject).order_by(jobs.created_at.desc(), jobs.id).limit(limit)
        if asked_by is not None:
            query = query.where(jobs.asked_by == asked_by)
        with self._engine.connect() as db:
            return [(Job.model_validate_json(record), found) for record, found in db.execute(query)]

    def unfinished(self) -> list[Job]:
        """Those that wait or are made, oldest first."""
        query = select(t.briefing_jobs.c.record).where(t.briefing_jobs.c.state.in_(UNFINISHED))
        with self._engine.connect() as db:
            records = db.scalars(query.order_by(t.briefing_jobs.c.created_at, t.briefing_jobs.c.id))
            return [Job.model_validate_json(record) for record in records]

    def count(self, state: JobState) -> int:
        query = select(func.count()).select_from(t.briefing_jobs).where(t.briefing_jobs.c.state == state)
        with self._engine.connect() as db:
            return db.scalar(query) or 0

    def forget(self, before: datetime.datetime) -> None:
        """Deletes the finished jobs that were asked for before this time."""
        old = (t.briefing_jobs.c.created_at < before) & t.briefing_jobs.c.state.not_in(UNFINISHED)
        with self._engine.begin() as db:
            db.execute(delete(t.briefing_jobs).where(old))


def _unknown(job_id: str) -> UnknownBriefingError:
    return UnknownBriefingError(f"no briefing {job_id!r}", "POST /v1/briefings asks for one, and names its id")
