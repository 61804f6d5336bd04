"""Questions over HTTP: the answers are the library's, whole or as events, and the log keeps them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kamerbrief import Kamerbrief
from kamerbrief.records.answers import Answer
from tests.http.service import QUESTION, Service, events, post_events, serving


def ask(service: Service, question: str = QUESTION, **more: Any) -> httpx.Response:
    return service.http.post("/v1/questions", json={"question": question, **more})


def test_an_answer_is_that_of_the_library(service: Service, folder: Path) -> None:
    reply = ask(service)
    assert reply.status_code == 201
    answer = Answer.model_validate_json(reply.content)
    assert reply.headers["Location"] == f"/v1/questions/{answer.id}"
    assert reply.headers["Cache-Control"] == "no-store"
    with Kamerbrief(folder) as kb:
        same = kb.ask(QUESTION)
    assert answer.sentences == same.sentences
    assert [hit.text for hit in answer.hits] == [hit.text for hit in same.hits]
    assert "1.000 helmen" in answer.sentences[0].text


def test_the_names_of_properties_are_in_camel_case(service: Service) -> None:
    names = json.dumps(ask(service).json())
    assert '"askedAt"' in names
    assert '"asked_at"' not in names


def test_times_are_in_utc(service: Service) -> None:
    assert ask(service).json()["askedAt"].endswith("Z")


def test_what_the_letters_do_not_hold_is_not_found(service: Service) -> None:
    answer = ask(service, "Wat kost de missie?").json()
    assert (answer["status"], answer["sentences"]) == ("not_found", [])
    assert answer["nearest"]


def test_an_answer_can_be_read_again(service: Service) -> None:
    answer = ask(service).json()
    assert service.http.get(f"/v1/questions/{answer['id']}").json() == answer


def test_a_question_may_follow_on_another(service: Service) -> None:
    answer = ask(service, "En hoeveel vesten?", turns=[{"question": QUESTION}]).json()
    assert "helmen" in answer["asked"]
    assert answer["question"] == "En hoeveel vesten?"


def test_filters_hold(service: Service) -> None:
    assert ask(service, filters={"dossier": "1"}).json()["hits"] == []
    assert ask(service, filters={"dossier": "27 925"}).json()["filters"]["dossier"] == "27925"
    reply = ask(service, filters={"letters": ["kst-1-1"]})
    assert reply.status_code == 400
    (fault,) = reply.json()["errors"]
    assert fault["location"] == {"pointer": "/filters/letters"}
    assert "kst-1-1" in fault["detail"]


def test_all_faults_of_a_question_are_told(service: Service) -> None:
    reply = ask(service, "", k=0, writer="poet", nonsense=1)
    assert reply.status_code == 400
    assert reply.headers["Content-Type"] == "application/problem+json"
    problem = reply.json()
    assert problem["status"] == 400
    assert problem["instance"] == f"urn:uuid:{reply.headers['X-Request-ID']}"
    assert {fault["location"]["pointer"] for fault in problem["errors"]} == {"/question", "/k", "/writer", "/nonsense"}
    assert {fault["in"] for fault in problem["errors"]} == {"body"}


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"\xff"', b'{"question": "\\ud800"}', b"[" * 100_000])
def test_what_is_no_question_is_a_problem(service: Service, body: bytes) -> None:
    reply = service.http.post("/v1/questions", content=body, headers={"Content-Type": "application/json"})
    assert reply.status_code == 400
    assert reply.json()["title"]


def test_a_question_is_no_book(service: Service) -> None:
    reply = ask(service, "x" * 1_100_000)
    assert (reply.status_code, reply.headers["Content-Type"]) == (413, "application/problem+json")


def test_a_model_that_is_not_set_is_a_problem(service: Service) -> None:
    reply = ask(service, writer="model")
    assert (reply.status_code, reply.json()["type"]) == (400, "urn:kamerbrief:settings")


def test_an_answer_comes_as_events(service: Service) -> None:
    with post_events(service.http, QUESTION) as response:
        assert response.headers["Content-Type"].startswith("text/event-stream")
        told = list(events(response))
    assert [event.name for event in told] == ["sentence", "citation", "done"]
    answer = told[-1].data
    whole = ask(service).json()
    assert answer["sentences"] == whole["sentences"]
    first = whole["sentences"][0]
    assert told[0].data == {"number": 1, **{name: first[name] for name in ("text", "writer", "focus")}}
    assert told[1].data == {"sentence": 1, "citation": whole["sentences"][0]["citations"][0]}
    assert [event.id for event in told] == [f"{answer['id']}:{number}" for number in (1, 2, 3)]


def test_a_broken_stream_goes_on_where_it_was(service: Service) -> None:
    with post_events(service.http, QUESTION) as response:
        told = list(events(response))
    with post_events(service.http, QUESTION, last=told[0].id) as response:
        assert list(events(response)) == told[1:]
    with post_events(service.http, QUESTION, last=f"{'0' * 32}:2") as response:  # not in the log: asked anew
        assert len(list(events(response))) == 3


def test_what_is_wrong_is_told_before_the_events_begin(service: Service) -> None:
    with post_events(service.http, " ") as response:
        assert response.status_code == 400
        assert response.headers["Content-Type"] == "application/problem+json"


def test_readers_say_what_they_think(service: Service, folder: Path) -> None:
    place = ask(service).headers["Location"]
    reply = service.http.post(f"{place}/feedback", json={"verdict": "wrong_citation", "text": "Alinea 8."})
    assert reply.status_code == 201
    assert service.http.post(f"{place}/feedback", json={"verdict": "splendid"}).status_code == 400
    nowhere = f"/v1/questions/{'0' * 32}"
    assert service.http.post(f"{nowhere}/feedback", json={"verdict": "missing"}).status_code == 404
    assert service.http.get(nowhere).json()["type"] == "urn:kamerbrief:unknown-answer"
    with Kamerbrief(folder) as kb:
        (answer, feedback), *_ = [pair for pair in kb.feedback() if pair[1].id == reply.json()["id"]]
    assert answer.id == feedback.answer == place.rpartition("/")[2]


def test_the_log_is_read_page_by_page(service: Service) -> None:
    asked = [ask(service).json()["id"] for _ in range(3)][::-1]

    def pages() -> Iterator[str]:
        place = "/v1/questions?limit=1"
        for _ in asked:
            reply = service.http.get(place)
            yield reply.json()["answers"][0]["id"]
            place = reply.links["next"]["url"]

    assert list(pages()) == asked


@pytest.fixture(scope="module")
def discreet(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Iterator[Service]:
    """A service that keeps no questions."""
    folder = tmp_path_factory.mktemp("discreet")
    with Kamerbrief(folder) as kb:
        kb.add(sample)
    with serving(folder, log_questions="false", keep_answers_days="1") as service:
        yield service


def test_the_log_can_be_without_questions(discreet: Service) -> None:
    answer = ask(discreet).json()
    kept = discreet.http.get(f"/v1/questions/{answer['id']}").json()
    assert answer["question"] == QUESTION
    assert (kept["question"], kept["asked"]) == ("", "")
    assert kept["sentences"] == answer["sentences"]


def test_who_signed_is_told_by_the_letters_record(service: Service) -> None:
    answer = ask(service, "Wie heeft de brief ondertekend?").json()
    (sentence,) = answer["sentences"]
    assert sentence["text"].endswith("en J.A. Hennis-Plasschaert, Minister van Defensie.")
    first = sentence["citations"][0]
    assert (first["field"], first["paragraph"]) == ("signatories", None)
    assert first["label"] == "Kamerstuk 27 925, nr. 504, 10 september 2014, ondertekenaar"
    assert first["quote"] == "F.C.G.M. Timmermans, Minister van Buitenlandse Zaken"
