"""The fetches that were asked for at work, one after the other in a thread of their own; some again and again."""

import datetime
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from kamerbrief.http.job_runner import LAST_SECONDS, MOST_INTERRUPTIONS
from kamerbrief.http.problems import noted
from kamerbrief.library import Kamerbrief
from kamerbrief.records.fetching import FetchJob, FetchReport, FetchRequest

LOOK_SECONDS = 10.0  # between looks for what another process has asked for
TELL_SECONDS = 1.0  # between notes of how far a fetch is
_log = logging.getLogger(__name__)


class FetchRunner:
    """Works off the fetches of a data folder when they are due. Its database is the truth about them: `kamerbrief fetch
    --every` writes into it beside the service."""

    def __init__(self, kb: Kamerbrief) -> None:
        self._kb = kb
        self._stopping = threading.Event()
        self._wanted = threading.Event()

    @contextmanager
    def working(self) -> Iterator[None]:
        """Works while the block runs. What is not done at its end is gone on with the next time."""
        self._take_up()
        thread = threading.Thread(target=self._work, name="fetches", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stopping.set()
            self._wanted.set()
            thread.join(LAST_SECONDS)

    def add(self, wanted: FetchRequest) -> FetchJob:
        job = self._kb.fetches.ask(wanted)
        self._wanted.set()
        return job

    def _take_up(self) -> None:
        for job in self._kb.fetches.running():
            job = job.model_copy(update={"interruptions": job.interruptions + 1})
            if job.interruptions >= MOST_INTERRUPTIONS:
                said = f"the service died {job.interruptions} times while it ran"
                self._finish(job, failure=said, failure_code="interrupted")
            else:
                self._kb.fetches.put(_waiting(job, _now()))

    def _work(self) -> None:
        while not self._stopping.is_set():
            self._wanted.clear()
            try:
                job = self._kb.fetches.due(_now())
                if job is not None:
                    self._run(job)
                    continue
            except Exception:  # the next look may fare better
                _log.exception("not foreseen")
            self._wanted.wait(LOOK_SECONDS)

    def _run(self, job: FetchJob) -> None:
        job = job.model_copy(
            update={"state": "running", "due_at": None, "started_at": _now(), "done": 0, "total": None}
        )
        self._kb.fetches.put(job)
        told = _now()
        try:
            with self._kb.fetch(job.request.query, dry_run=job.request.dry_run) as stream:
                for number, one in enumerate(stream, 1):
                    if self._stopping.is_set():
                        self._kb.fetches.put(_waiting(job, _now()))
                        return
                    if (_now() - told).total_seconds() >= TELL_SECONDS:
                        told, job = _now(), job.model_copy(update={"done": number, "total": one.total})
                        if not self._kb.fetches.put(job):  # it was removed
                            return
                report = stream.result
            self._finish(job, report=report)
        except Exception as error:
            found = noted(error).problem
            self._finish(job, failure=f"{found.title}: {found.detail}", failure_code=found.code)

    def _finish(
        self,
        job: FetchJob,
        *,
        report: FetchReport | None = None,
        failure: str | None = None,
        failure_code: str | None = None,
    ) -> None:
        """Keeps what came of a run; one that is to come again waits until its time has passed since it began."""
        came = {"report": report or job.report, "failure": failure, "failure_code": failure_code}
        job = job.model_copy(
            update={**came, "finished_at": _now(), "interruptions": 0, "state": "failed" if failure else "done"}
        )
        if job.request.every_hours:
            job = _waiting(job, (job.started_at or _now()) + datetime.timedelta(hours=job.request.every_hours))
        self._kb.fetches.put(job)


def _waiting(job: FetchJob, due: datetime.datetime) -> FetchJob:
    return job.model_copy(update={"state": "waiting", "due_at": due})


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
