"""The service fetches what it was asked for: at once, again when it is due, and on after a restart."""

import datetime
import time
from collections.abc import Callable

import pytest
from pydantic import ValidationError

from kamerbrief import Kamerbrief
from kamerbrief.errors import UnknownFetchError
from kamerbrief.http.fetch_runner import FetchRunner
from kamerbrief.http.job_runner import MOST_INTERRUPTIONS
from kamerbrief.records.fetching import FetchJob, FetchRequest
from tests.sources.repository import Paper, Reply, Repository

FIRST = "kst-27625-1"


def asked(**more: object) -> FetchRequest:
    return FetchRequest.model_validate({"publications": {"dossier": "27625"}, **more})


def until(kb: Kamerbrief, job: FetchJob, ready: Callable[[FetchJob], bool]) -> FetchJob:
    deadline = time.monotonic() + 60
    while not ready(found := kb.fetches.get(job.id)):
        assert time.monotonic() < deadline, found
        time.sleep(0.02)
    return found


def finished(job: FetchJob) -> bool:
    return job.finished_at is not None


def test_it_is_done_once_and_told(kb: Kamerbrief, there: Repository) -> None:
    there.papers = {FIRST: Paper("De dijken zijn hoog genoeg.")}
    runner = FetchRunner(kb)
    with runner.working():
        job = until(kb, runner.add(asked()), finished)
    assert (job.state, job.due_at) == ("done", None)
    assert job.report is not None
    assert job.report.new == 1
    assert [head.id for head in kb.letters()] == [FIRST]
    assert kb.fetches.newest() == [job]


def test_it_is_due_again_so_long_after_it_began(kb: Kamerbrief, there: Repository) -> None:
    runner = FetchRunner(kb)
    with runner.working():
        job = until(kb, runner.add(asked(every_hours=6)), finished)
        assert job.started_at is not None
        assert (job.state, job.due_at) == ("waiting", job.started_at + datetime.timedelta(hours=6))
        assert kb.fetches.due(job.started_at + datetime.timedelta(hours=5)) is None
        assert kb.fetches.due(job.started_at + datetime.timedelta(hours=6)) == job


def test_what_fails_is_told_and_tried_again_when_it_is_due(kb: Kamerbrief, there: Repository) -> None:
    there.always["/sru"] = Reply(status=404)
    runner = FetchRunner(kb)
    with runner.working():
        once = until(kb, runner.add(asked()), finished)
        again = until(kb, runner.add(asked(every_hours=1)), finished)
    assert (once.state, again.state) == ("failed", "waiting")
    assert "answers 404" in (once.failure or "")


def test_what_another_process_asks_for_is_taken_up_at_the_start(kb: Kamerbrief, there: Repository) -> None:
    job = kb.fetches.ask(asked(dry_run=True))
    with FetchRunner(kb).working():
        assert until(kb, job, finished).state == "done"


def test_what_ran_when_the_service_died_goes_on_at_the_next_start(kb: Kamerbrief, there: Repository) -> None:
    there.papers = {FIRST: Paper("De dijken zijn hoog genoeg.")}
    job = kb.fetches.ask(asked())
    kb.fetches.put(job.model_copy(update={"state": "running", "due_at": None}))
    killing = kb.fetches.ask(asked(every_hours=1))
    dead = {"state": "running", "due_at": None, "interruptions": MOST_INTERRUPTIONS - 1}
    kb.fetches.put(killing.model_copy(update=dead))
    with FetchRunner(kb).working():
        assert until(kb, job, finished).state == "done"
    assert "died 3 times" in (kb.fetches.get(killing.id).failure or "")


def test_what_is_removed_does_not_come_again(kb: Kamerbrief, there: Repository) -> None:
    job = kb.fetches.ask(asked(every_hours=1))
    kb.fetches.remove(job.id)
    assert not kb.fetches.put(job)
    with pytest.raises(UnknownFetchError):
        kb.fetches.get(job.id)
    with pytest.raises(UnknownFetchError):
        kb.fetches.remove(job.id)


@pytest.mark.parametrize("wanted", [{}, {"publications": {}, "feed": {"address": "https://a/b"}}])
def test_one_source_is_named(wanted: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="name one of publications, parliament and feed"):
        FetchRequest.model_validate(wanted)
