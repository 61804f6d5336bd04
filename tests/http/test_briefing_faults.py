"""Briefings whose service or model dies, stops or is silent: none is lost, and no model works for nobody."""

import time
from pathlib import Path
from typing import Any

import pytest

from kamerbrief import Kamerbrief
from kamerbrief.records.briefings import BriefingRequest, Job
from kamerbrief.records.letters import Filters
from tests.http.briefing_jobs import (
    HELD,
    LETTER,
    ONE,
    PATIENCE,
    begun,
    ended,
    follow,
    holding,
    job_at,
    read,
    start,
    with_model,
)
from tests.http.service import serving
from tests.servers import USAGE, Reply, Scripted, piece, scripted_server, streams

pytestmark = pytest.mark.slow


def test_one_that_fails_says_why(copy: Path) -> None:
    with serving(copy) as service:
        before = [start(service) for _ in range(10)]  # which take longer than removing a letter
        place = start(service, ONE)
        assert service.http.delete(f"/v1/letters/{LETTER}").status_code == 204
        for other in reversed(before):
            service.http.delete(other)
        job = ended(service, place)
        assert (job.state, job.briefing) == ("failed", None)
        assert job.failure
        assert LETTER in job.failure
        reply = read(service, place, "text/html")
        assert (reply.status_code, reply.json()["detail"]) == (409, job.failure)
        assert "Retry-After" not in reply.headers
        (event,) = follow(service, place)
        assert (event.name, event.data["detail"]) == ("problem", job.failure)
        assert 'kamerbrief_briefings_total{state="failed"} 1.0' in service.http.get("/metrics").text


def test_a_killed_service_goes_on_with_it(copy: Path) -> None:
    with serving(copy) as service:
        places = [start(service) for _ in range(3)]
        begun(service, places[0])
        service.process.kill()
        service.process.wait()
    with serving(copy) as service:
        jobs = [ended(service, place) for place in places]
    assert {job.state for job in jobs} == {"done"}
    assert sorted(job.interruptions for job in jobs) == [0, 0, 1]
    assert len({job.briefing.in_short for job in jobs if job.briefing}) == 1


def test_one_that_is_told_to_stop_waits_for_nobody_and_goes_on_later(copy: Path) -> None:
    with holding(copy) as (service, let_go):
        place = start(service, HELD)
        following = follow(service, place)
        let_go.release()
        first = next(following)
        clock = time.monotonic()
        assert service.stop() == 0
        assert time.monotonic() - clock < 10
        assert all(event.name == "progress" for event in following)
    with Kamerbrief(copy) as kb:
        assert kb.jobs.get(place.rpartition("/")[2]).state == "queued"
    with serving(copy) as service:
        told = list(follow(service, place, last=first.id))
        assert told[-1].name == "done"
        assert told[-1].data["interruptions"] == 0


def test_so_are_those_without_a_model_and_those_that_wait(copy: Path) -> None:
    with serving(copy) as service:
        places = [start(service) for _ in range(5)]
        following = follow(service, places[0])
        next(following)
        clock = time.monotonic()
        assert service.stop() == 0
        assert time.monotonic() - clock < 10
        assert "problem" not in {event.name for event in following}
    with Kamerbrief(copy) as kb:
        states = [kb.jobs.get(place.rpartition("/")[2]).state for place in places]
    assert set(states) <= {"done", "queued"}
    assert states[-1] == "queued"
    with serving(copy) as service:
        for place in places:
            told = list(follow(service, place))
            assert told[-1].name == "done"
            assert told[-1].data["interruptions"] == 0


def test_a_job_that_kills_the_service_again_and_again_is_given_up(few: Path) -> None:
    with Kamerbrief(few) as kb:
        kb.jobs.add(_job(2, filters=Filters(letters=(LETTER,))))
    with serving(few) as service:
        job = job_at(service, f"/v1/briefings/{'a' * 32}")
    assert (job.state, job.interruptions) == ("failed", 3)
    assert job.failure == "the service died 3 times while it was made"


def _job(interruptions: int = 0, **request: Any) -> Job:
    """A job that was running."""
    wanted = BriefingRequest(**request)
    now = Job.model_validate({"id": "a" * 32, "created_at": "2001-01-01T00:00:00Z", "request": wanted})
    return now.model_copy(update={"state": "running", "interruptions": interruptions})


def test_jobs_are_kept_for_as_long_as_answers(few: Path) -> None:
    old = _job().model_copy(update={"state": "failed"})
    with Kamerbrief(few) as kb:
        kb.jobs.add(old)
        kb.reindex()
        assert kb.jobs.get(old.id) == old
    with serving(few, keep_answers_days="1") as service:
        place = start(service, ONE)
        ended(service, place)
        assert service.http.get(place).status_code == 200
        assert service.http.get(f"/v1/briefings/{old.id}").status_code == 404


SILENT = Reply(status=0, stalls=True)
NOTES = '{"sentences": [{"sources": ["%s"], "kind": "decision", "text": "%s"}]}'
TOLD = "Nederland heeft 1.000 helmen geleverd aan de Koerdische Regionale Autoriteiten."


def asked(model: Scripted, times: int = 1) -> None:
    """Waits until the model was asked so often."""
    deadline = time.monotonic() + PATIENCE
    while len(model.requests) < times:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_cancelling_stops_the_model(few: Path) -> None:
    with scripted_server(SILENT) as model, with_model(few, model) as service:
        place = start(service, ONE)
        asked(model)
        clock = time.monotonic()
        assert service.http.delete(place).status_code == 204
        assert model.left.wait(10)
        assert time.monotonic() - clock < 1
        assert model.headers[0]["x-request-id"] == place.rpartition("/")[2]


def test_the_end_of_the_service_stops_the_model(few: Path) -> None:
    with scripted_server(SILENT) as model, with_model(few, model) as service:
        place = start(service, ONE)
        asked(model)
        clock = time.monotonic()
        assert service.stop() == 0
        assert time.monotonic() - clock < 10
        assert model.left.is_set()
    with serving(few) as service:
        assert ended(service, place).state == "done"


def test_what_a_model_noted_is_not_asked_again_after_a_death(copy: Path) -> None:
    done, letters = 3, 8
    wanted = {"filters": {"letters": [f"kst-27925-{504 + n}" for n in range(letters)]}}

    def notes(request: Any) -> Reply:
        (line,) = [line for line in request["messages"][1]["content"].splitlines() if "1.000 helmen" in line]
        return streams(piece(NOTES % (line[1 : line.index("]")], TOLD), "stop"), USAGE, b"[DONE]")

    with scripted_server(*[notes] * done, SILENT) as model, with_model(copy, model) as service:
        place = start(service, {**wanted, "confirmed": True})
        asked(model, done + 1)
        assert begun(service, place) == done
        service.process.kill()
        service.process.wait()
    with scripted_server(notes) as model, with_model(copy, model) as service:
        job = ended(service, place)
        assert job.briefing
        assert letters - done < len(model.requests) <= letters - done + 2  # with those for the key points
        assert set(job.briefing.prompts) == {"notes", "briefing"}
        assert (job.briefing.failure, job.briefing.failures) == (None, ())
        counted = service.http.get("/metrics").text
        assert f"kamerbrief_tokens_total {job.briefing.tokens}.0" in counted


def test_what_costs_much_is_to_be_confirmed(few: Path) -> None:
    with scripted_server(SILENT) as model, with_model(few, model, briefing_tokens="1") as service:
        reply = service.http.post("/v1/briefings", json=ONE)
        (fault,) = reply.json()["errors"]
        assert (reply.status_code, fault["code"], fault["location"]) == (400, "unconfirmed", {"pointer": "/confirmed"})
        assert "tokens" in fault["detail"]
        start(service, {**ONE, "writer": "extractive"})
        place = start(service, {**ONE, "confirmed": True})
        asked(model)
        service.http.delete(place)


def test_a_model_that_fails_without_a_stand_in_fails_the_job(few: Path) -> None:
    with (
        scripted_server(Reply(status=401, body={"error": {"message": "no"}})) as model,
        with_model(few, model, stand_in="false") as service,
    ):
        job = ended(service, start(service, ONE))
        assert job.state == "failed" or (job.briefing and job.briefing.failures)


def test_tokens_of_a_briefing_count_for_its_key_letter_by_letter(copy: Path) -> None:
    with Kamerbrief(copy) as kb:
        key = kb.keys.create("a", "reader")
    usage = {"choices": [], "usage": {"prompt_tokens": 900, "completion_tokens": 100, "total_tokens": 1000}}
    reply = streams(piece('{"sentences": []}', "stop"), usage, b"[DONE]")
    with (
        scripted_server(reply, SILENT) as model,
        with_model(copy, model, key=key, tokens_a_day="1000") as service,
    ):
        place = start(service, HELD)
        while (told := service.http.get(place)).status_code == 200:
            assert told.json()["state"] in ("queued", "running")
            time.sleep(0.1)
        assert service.http.get(place).status_code == 429
