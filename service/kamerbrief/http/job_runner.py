"""The briefings that were asked for at work, in threads of their own."""

import datetime
import logging
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue

from kamerbrief.errors import UnknownBriefingError
from kamerbrief.http.metrics import Metrics
from kamerbrief.http.problems import RETRY_SECONDS, noted, problem
from kamerbrief.http.rate_limits import RateLimits
from kamerbrief.library import Kamerbrief
from kamerbrief.models.calls import Call, calling
from kamerbrief.records.briefings import Briefing, BriefingRequest, Job

AT_ONCE = 1  # where they are work for the processor: two would take twice the time, and more of it from questions
WITH_MODEL = 2  # where they mostly wait
MOST_WAITING = 100
MOST_INTERRUPTIONS = 3  # after which a job is taken for what kills the service
LAST_SECONDS = 5.0  # that the end of the service waits for what runs to stop
_log = logging.getLogger(__name__)


class JobRunner:
    """Works off the jobs of a data folder, oldest first. The catalog is the truth about them; what is known beside it
    is which run, and whose tokens those take that were asked for since the service began."""

    def __init__(self, kb: Kamerbrief, metrics: Metrics, rate_limits: RateLimits) -> None:
        self._kb = kb
        self._metrics = metrics
        self._rate_limits = rate_limits
        self._waiting: SimpleQueue[tuple[str, str | None] | None] = SimpleQueue()
        self._running: dict[str, Call] = {}
        self._adding = threading.Lock()
        self.stopping = False  # set from a signal handler too, so that it takes no lock

    @contextmanager
    def working(self) -> Iterator[None]:
        """Works while the block runs. What is not done at its end is gone on with the next time."""
        self._take_up()
        at_once = WITH_MODEL if self._kb.settings.chat_model else AT_ONCE
        threads = [threading.Thread(target=self._work, name="briefings", daemon=True) for _ in range(at_once)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.stopping = True
            for call in list(self._running.values()):
                call.stop()
            for _ in threads:
                self._waiting.put(None)
            for thread in threads:
                thread.join(LAST_SECONDS)

    def add(self, wanted: BriefingRequest, key: str) -> Job:
        """A new job, asked for with this key. Raises ProblemError (503) when too many wait already."""
        job = Job(id=uuid.uuid4().hex, created_at=_now(), request=wanted)
        with self._adding:
            if self._kb.jobs.count("queued") >= MOST_WAITING:
                detail = f"{MOST_WAITING} briefings wait to be made, and that is the most; ask again later"
                headers = {"Retry-After": str(RETRY_SECONDS)}
                raise problem(503, "Too many briefings wait", detail, code="queue", headers=headers)
            self._kb.jobs.add(job, key)
        self._waiting.put((job.id, key))
        return job

    def remove(self, job_id: str) -> None:
        """Stops the job where it runs, and deletes it with its briefing. Raises UnknownBriefingError."""
        self._kb.jobs.remove(job_id)
        if call := self._running.get(job_id):
            call.stop()

    def _take_up(self) -> None:
        """Puts those in line again that waited or ran when the service ended."""
        for job in self._kb.jobs.unfinished():
            if job.state == "running":  # and was not stopped: the service died
                job = job.model_copy(update={"interruptions": job.interruptions + 1})
            if job.interruptions >= MOST_INTERRUPTIONS:
                said = f"the service died {job.interruptions} times while it was made"
                self._finish(job, failure=said, failure_code="interrupted")
                continue
            self._kb.jobs.put(job.model_copy(update={"state": "queued"}))
            self._waiting.put((job.id, None))

    def _work(self) -> None:
        while taken := self._waiting.get():
            job_id, key = taken
            call = self._running[job_id] = Call(job_id)
            try:
                if self.stopping:  # asked after the call was noted, so that either side sees the other
                    return
                with calling(call):
                    self._make(self._kb.jobs.get(job_id), call, key)
            except UnknownBriefingError:
                pass  # it was removed while it waited
            except Exception:  # the next job may fare better
                _log.exception("not foreseen")
            finally:
                del self._running[job_id]

    def _make(self, job: Job, call: Call, key: str | None) -> None:
        job = job.model_copy(update={"state": "running"})
        self._kb.jobs.put(job)
        taken = 0
        try:
            # What it may cost was weighed when it was asked for.
            with self._kb.plan(job.request).run(confirmed=True) as making:
                for progress in making:
                    self._use(key, progress.tokens - taken)
                    taken = progress.tokens
                    if self.stopping or call.stopped:
                        break
                    job = job.model_copy(update={"progress": progress})
                    self._kb.jobs.put(job)
                else:
                    self._use(key, making.result.tokens - taken)
                    self._finish(job, briefing=making.result)
                    return
        except Exception as error:
            if not call.stopped:
                found = noted(error).problem
                self._finish(job, failure=f"{found.title}: {found.detail}", failure_code=found.code)
                return
        # Stopped: for the next start of the service, unless it was removed.
        self._kb.jobs.put(job.model_copy(update={"state": "queued"}))

    def _use(self, key: str | None, tokens: int) -> None:
        if key is not None:
            self._rate_limits.use(key, tokens)

    def _finish(
        self, job: Job, *, briefing: Briefing | None = None, failure: str | None = None, failure_code: str | None = None
    ) -> None:
        settings, now = self._kb.settings, _now()
        state = "done" if briefing else "failed"
        named = briefing.model_copy(update={"id": job.id}) if briefing else None
        came = {"briefing": named, "failure": failure, "failure_code": failure_code, "finished_at": now}
        job = job.model_copy(update={"state": state, **came})
        self._kb.jobs.put(job if settings.log_questions else _without_topic(job))
        self._metrics.count_job(job)
        if settings.keep_answers_days:
            self._kb.jobs.forget(now - datetime.timedelta(settings.keep_answers_days))


def _without_topic(job: Job) -> Job:
    """The job without what was asked, which is the briefing's subject too."""
    about, briefing = job.request.about, job.briefing
    if about and briefing:
        subject = briefing.letters[0].label if len(briefing.letters) == 1 else f"{len(briefing.letters)} brieven"
        briefing = briefing.model_copy(update={"subject": subject})
    request = job.request.model_copy(update={"about": ""})
    return job.model_copy(update={"request": request, "briefing": briefing})


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
