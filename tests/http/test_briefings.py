"""Briefings over HTTP: asked for, followed, read in every form, and cancelled."""

import io
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from kamerbrief import Kamerbrief
from kamerbrief.briefings.forms.writing import write_form
from kamerbrief.http.job_runner import MOST_WAITING, WITH_MODEL
from kamerbrief.http.resources.briefings import DOCX, FORMS
from kamerbrief.records.briefings import Job
from tests.http.briefing_jobs import (
    ALL,
    HELD,
    LETTER,
    LETTERS,
    ONE,
    SOME,
    Held,
    begun,
    ended,
    follow,
    holding,
    job_at,
    read,
    start,
)
from tests.http.service import QUESTION, Service, serving


@pytest.fixture(scope="module")
def busy(many: Path) -> Iterator[Service]:
    with serving(many) as service:
        yield service


@pytest.fixture
def held(copy: Path) -> Iterator[Held]:
    with holding(copy) as held:
        yield held


def test_a_briefing_is_that_of_the_library(service: Service, folder: Path) -> None:
    reply = service.http.post("/v1/briefings", json=ONE)
    job = Job.model_validate_json(reply.content)
    assert (reply.status_code, job.state, job.briefing) == (202, "queued", None)
    assert reply.headers["Location"] == f"/v1/briefings/{job.id}"
    job = ended(service, reply.headers["Location"])
    assert job.state == "done"
    assert job.progress
    assert job.finished_at
    assert (job.progress.letter, job.progress.done, job.progress.letters) == (LETTER, 1, 1)
    with Kamerbrief(folder) as kb:
        same = kb.brief([LETTER])
    assert job.briefing
    assert job.briefing.id == job.id
    own = {"id", "made_at", "milliseconds"}
    assert job.briefing.model_dump(exclude=own) == same.model_dump(exclude=own)


@pytest.fixture(scope="module")
def made(service: Service) -> str:
    """The address of a briefing that is done."""
    place = start(service, {**ONE, "about": "helmen én vesten"})
    assert ended(service, place).state == "done"
    return place


@pytest.mark.parametrize("form", FORMS)
def test_it_comes_in_every_form(service: Service, made: str, form: str) -> None:
    briefing = job_at(service, made).briefing
    assert briefing
    reply = read(service, made, form)
    assert reply.status_code == 200
    assert reply.headers["Content-Type"].split(";")[0] == form
    assert (reply.headers["Vary"], reply.headers["Cache-Control"]) == ("Accept", "no-store")
    assert reply.content == write_form(briefing, FORMS[form])
    kind, _, name = reply.headers["Content-Disposition"].partition("; ")
    assert kind == ("attachment" if form == DOCX else "inline")
    assert name == f'filename="briefing-helmen-en-vesten-{briefing.made_at:%Y-%m-%d}.{FORMS[form]}"'


def test_a_word_file_is_one(service: Service, made: str) -> None:
    document = Document(io.BytesIO(read(service, made, DOCX).content))
    assert document.core_properties.title == "helmen én vesten"


def test_a_page_may_have_its_style_and_no_script(service: Service, made: str) -> None:
    reply = read(service, made, "text/html,*/*;q=0.8")
    policy = reply.headers["Content-Security-Policy"]
    assert "style-src 'unsafe-inline'" in policy
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy
    assert "<style>" in reply.text


def test_there_are_no_other_forms(service: Service, made: str) -> None:
    reply = read(service, made, "application/pdf, text/html;q=0")
    assert (reply.status_code, reply.headers["Content-Type"]) == (406, "application/problem+json")
    assert "text/markdown" in reply.json()["detail"]
    assert reply.headers["Vary"] == "Accept"


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({}, "no letters are named"),
        ({"filters": {"letters": ["kst-1-1"]}}, "kst-1-1"),
        ({"filters": {"dossier": "1"}}, "no letter fits"),
        ({"about": " "}, "empty"),
        ({"about": "?" * 2001}, "about: "),
        ({**ONE, "length": "endless"}, "length: "),
        ({**ONE, "writer": "poet"}, "writer: "),
        ({**ONE, "nonsense": 1}, "nonsense: "),
        ({"filters": {"since": "yesterday"}}, "filters.since: "),
    ],
)
def test_what_is_wrong_with_the_request_is_told_at_once(service: Service, wanted: dict[str, Any], said: str) -> None:
    reply = service.http.post("/v1/briefings", json=wanted)
    assert (reply.status_code, reply.headers["Content-Type"]) == (400, "application/problem+json")
    assert said in reply.json()["detail"]


def test_what_is_not_there_cannot_be_read_or_removed(service: Service) -> None:
    nowhere = f"/v1/briefings/{'0' * 32}"
    for reply in (service.http.get(nowhere), read(service, nowhere, "text/html"), service.http.delete(nowhere)):
        assert (reply.status_code, reply.json()["type"]) == (404, "urn:kamerbrief:unknown-briefing")
    assert service.http.get("/v1/briefings/x").status_code == 400


def test_a_briefing_is_removed(service: Service) -> None:
    place = start(service, ONE)
    ended(service, place)
    reply = service.http.delete(place)
    assert (reply.status_code, reply.content) == (204, b"")
    assert service.http.get(place).status_code == 404


@pytest.mark.slow
def test_it_is_followed_letter_by_letter(held: Held) -> None:
    service, let_go = held
    following = follow(service, start(service, HELD))
    for number in range(1, SOME + 1):
        let_go.release()
        event = next(following)
        assert (event.name, event.id) == ("progress", str(number))
    let_go.release()  # for the key points, where they are asked for
    assert [event.name for event in following] == ["done"]


@pytest.mark.slow
def test_it_is_followed_to_its_end(busy: Service) -> None:
    place = start(busy)
    told = list(follow(busy, place))
    numbers = [int(event.id) for event in told[:-1]]
    assert {event.name for event in told[:-1]} == {"progress"}
    assert numbers == sorted(set(numbers))
    assert numbers[-1] == LETTERS
    assert all(event.data["done"] == int(event.id) and event.data["letters"] == LETTERS for event in told[:-1])
    assert told[-1].name == "done"
    assert told[-1].data == busy.http.get(place).json()
    again = list(follow(busy, place, last="0"))
    assert [(event.name, event.id) for event in again] == [("progress", str(LETTERS)), ("done", "")]
    assert [event.name for event in follow(busy, place, last=str(LETTERS))] == ["done"]


@pytest.mark.slow
def test_who_leaves_stops_nothing_and_goes_on_where_he_was(busy: Service) -> None:
    place = start(busy)
    following = follow(busy, place)
    first = next(following)
    following.close()  # type: ignore[attr-defined]
    time.sleep(0.5)
    told = list(follow(busy, place, last=first.id))
    assert all(int(event.id) > int(first.id) for event in told[:-1])
    assert told[-1].data["state"] == "done"


@pytest.mark.slow
def test_until_it_is_there_it_cannot_be_read(held: Held) -> None:
    service, let_go = held
    place = start(service, HELD)
    reply = read(service, place, "text/html")
    assert (reply.status_code, reply.headers["Content-Type"]) == (409, "application/problem+json")
    let_go.release()
    assert begun(service, place) == 1
    reply = read(service, place, "text/markdown")
    assert (reply.status_code, reply.headers["Content-Type"]) == (409, "application/problem+json")
    assert int(reply.headers["Retry-After"]) > 0
    assert f"1 of {SOME} letters" in reply.json()["detail"]
    assert service.http.delete(place).status_code == 204


@pytest.mark.slow
def test_one_that_is_made_can_be_cancelled(held: Held) -> None:
    service, let_go = held
    places = [start(service, HELD) for _ in range(WITH_MODEL)]
    next_one = start(service, {**ONE, "writer": "extractive"})
    let_go.release(WITH_MODEL)
    for place in places:
        begun(service, place)
    following = follow(service, places[0])
    next(following)
    assert job_at(service, next_one).state == "queued"
    clock = time.monotonic()
    assert service.http.delete(places[0]).status_code == 204
    *_, last = following
    assert (last.name, last.data["status"]) == ("problem", 404)
    assert begun(service, next_one)
    assert time.monotonic() - clock < 2
    assert ended(service, next_one).state == "done"
    assert service.http.get(places[0]).status_code == 404
    service.http.delete(places[1])


@pytest.mark.slow
def test_questions_are_answered_meanwhile(busy: Service) -> None:
    places = [start(busy) for _ in range(4)]
    begun(busy, places[0])
    for _ in range(3):
        clock = time.monotonic()
        assert "1.000 helmen" in busy.http.post("/v1/questions", json={"question": QUESTION}).text
        assert time.monotonic() - clock < 5
    assert job_at(busy, places[-1]).state != "done"
    one, *_, other = [ended(busy, place).briefing for place in places]
    assert one
    assert other
    assert one.in_short == other.in_short
    assert one.id != other.id


@pytest.mark.slow
def test_only_so_many_wait(busy: Service) -> None:
    places = []
    while (reply := busy.http.post("/v1/briefings", json=ALL)).status_code == 202:
        places.append(reply.headers["Location"])
    assert reply.status_code == 503
    assert int(reply.headers["Retry-After"]) > 0
    assert len(places) >= MOST_WAITING
    assert re.search(r"kamerbrief_briefings_queued (9\d|100)\.0", busy.http.get("/metrics").text)
    for place in reversed(places):
        busy.http.delete(place)


def test_what_was_asked_can_be_left_out_of_what_is_kept(few: Path) -> None:
    topic = "Een geheim onderwerp over helmen"
    with serving(few, log_questions="false", keep_answers_days="1") as service:
        place = start(service, {"about": topic})
        job = ended(service, place)
        assert job.state == "done"
        assert job.request.about == ""
        assert job.briefing
        assert job.briefing.subject == "Kamerstuk 27 925, nr. 504"
        assert service.stop() == 0
        assert topic not in service.log.read_text()
    assert not [path for path in few.rglob("*") if path.is_file() and topic.encode() in path.read_bytes()]
