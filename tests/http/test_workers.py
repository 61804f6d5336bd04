"""A service in several processes is one service: what any of them knows all know, and one that dies is not missed."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

import httpx
import pytest

from kamerbrief import Kamerbrief
from kamerbrief.http.openai import door as openai_door
from kamerbrief.http.passing_on import is_for_writer
from kamerbrief.http.resources import briefings, fetches, letters, questions, search, uploads
from kamerbrief.web.app import VIEWS
from tests.http.briefing_jobs import HELD, PATIENCE, holding, job_at, start
from tests.http.service import QUESTION, Service, events, post_events, serving

pytestmark = pytest.mark.slow

WORKERS = 3
MANY = ("--workers", str(WORKERS))
WRITER = 0  # the first that was begun
ANYWHERE = {  # what changes something in the service's own database alone
    "/v1/questions",
    "/v1/questions/{answerId}/feedback",
    "/questions",
    "/questions/{answer_id}/feedback",
    "/sign-in",
    "/sign-out",
    "/openai/v1/chat/completions",
    "/openai/v1/chat/completions/",
}


@pytest.fixture
def shared(few: Path) -> Iterator[Service]:
    with serving(few, *MANY) as service:
        yield service


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_replaced(service: Service, process: int) -> bool:
    there = service.process.children()
    return process not in there and len(there) == WORKERS


@contextmanager
def connected(service: Service, key: str = "") -> Iterator[list[httpx.Client]]:
    """A client for each process, the writer's first, whose connection that one has taken: the others stood still."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    processes = service.process.children()
    assert len(processes) == WORKERS
    with ExitStack() as stack:
        clients = []
        for one in processes:
            client = stack.enter_context(httpx.Client(base_url=service.url, headers=headers, timeout=PATIENCE))
            others = [other for other in processes if other != one]
            for other in others:
                os.kill(other, signal.SIGSTOP)
            try:
                assert client.get("/health/live").status_code == 200
            finally:
                for other in others:
                    os.kill(other, signal.SIGCONT)
            clients.append(client)
        yield clients


def sample_as(sample: Path, number: int) -> list[tuple[str, tuple[str, bytes]]]:
    return [("files", (f"{number}.txt", sample.read_bytes().replace(b"nr. 504", b"nr. %d" % number)))]


def asked(client: httpx.Client, letter: str) -> httpx.Response:
    return client.post("/v1/questions", json={"question": QUESTION, "filters": {"letters": [letter]}})


def test_a_letter_is_there_and_gone_for_all_whoever_is_told(shared: Service, sample: Path) -> None:
    with connected(shared) as clients:
        for number, one in enumerate(clients, 900):
            letter = f"kst-27925-{number}"
            assert [asked(client, letter).status_code for client in clients] == [400] * WORKERS
            assert one.post("/v1/letters", files=sample_as(sample, number)).status_code == 201
            cited = {asked(client, letter).json()["sentences"][0]["citations"][0]["letter"] for client in clients}
            assert cited == {letter}
            other = clients[(number + 1) % WORKERS]
            assert other.delete(f"/v1/letters/{letter}").status_code == 204
            assert [asked(client, letter).status_code for client in clients] == [400] * WORKERS


def test_what_is_passed_on_comes_back_as_it_is(shared: Service) -> None:
    with connected(shared) as (writer, *others):
        for client in others:
            headers = {"X-Request-ID": "from-the-client-1", "Origin": "https://evil.example"}
            replies = [one.delete("/v1/letters/kst-1-1?a=%C3%A9", headers=headers) for one in (writer, client)]
            ours, theirs = ({**reply.headers, "date": ""} for reply in replies)
            assert ours == theirs
            assert [reply.status_code for reply in replies] == [403, 403]
            assert replies[0].json() == replies[1].json()
            assert len(client.get("/health/ready").headers.get_list("date")) == 1
            too_long = client.post("/v1/briefings", content=b"x" * 2_000_000)
            assert too_long.status_code == 413


def test_limits_hold_over_all_processes(few: Path) -> None:
    with Kamerbrief(few) as kb:
        key = kb.keys.create("a", "reader")
    with serving(few, *MANY, requests_a_minute="5") as service, connected(service, key) as clients:
        statuses = [clients[turn % WORKERS].get("/v1/letters").status_code for turn in range(7)]
        assert statuses == [200] * 5 + [429] * 2
        wrong = [clients[turn % WORKERS].post("/sign-in", data={"key": "kb_wrong"}).status_code for turn in range(12)]
        assert wrong == [401] * 10 + [429] * 2


def test_events_of_an_answer_go_on_at_another_process(shared: Service) -> None:
    with connected(shared) as clients:
        for one, other in zip(clients, [*clients[1:], clients[0]], strict=True):
            with post_events(one, QUESTION) as response:
                told = list(events(response))
            assert [event.name for event in told][-1] == "done"
            with post_events(other, QUESTION, last=told[0].id) as response:
                assert list(events(response)) == told[1:]
            answer = told[-1].data["id"]
            assert other.get(f"/v1/questions/{answer}").json() == told[-1].data


def test_counts_are_those_of_all_processes(shared: Service) -> None:
    with connected(shared) as clients:
        for client in clients:
            assert client.post("/v1/questions", json={"question": QUESTION}).status_code == 201
        told = {client.get("/metrics").text for client in clients}
        for text in told:
            assert 'kamerbrief_answers_total{status="answered",writer="extractive"} 3.0' in text
            assert "kamerbrief_letters 1.0" in text


def test_a_briefing_is_followed_and_stopped_from_any_process(copy: Path) -> None:
    with holding(copy, *MANY) as (service, let_go), connected(service) as clients:
        place = start(service, HELD)
        let_go.release()
        wait_until(lambda: job_at(service, place).progress is not None)
        _, one, other = clients
        with one.stream("GET", place, headers={"Accept": "text/event-stream"}) as followed:
            told = events(followed)
            assert next(told).name == "progress"
            assert other.delete(place).status_code == 204
            assert [event.name for event in told][-1] == "problem"
        assert [client.get(place).status_code for client in clients] == [404] * WORKERS


@pytest.mark.parametrize("number", [WRITER, WRITER + 1], ids=["writer", "reader"])
def test_a_process_that_is_killed_at_work_is_not_missed(few: Path, sample: Path, number: int) -> None:
    with Kamerbrief(few) as kb:
        right = [sentence.text for sentence in kb.ask(QUESTION).sentences]
    over = threading.Event()
    added: list[str] = []

    def ask() -> int:
        answered = 0
        while not over.is_set():
            with suppress(httpx.TransportError), httpx.Client(base_url=service.url, timeout=PATIENCE) as http:
                reply = asked(http, "kst-27925-504")
                assert [one["text"] for one in reply.json()["sentences"]] == right
                answered += 1
        return answered

    def add() -> None:
        for letter in range(900, 1000):
            while not over.is_set():
                with suppress(httpx.TransportError), httpx.Client(base_url=service.url, timeout=PATIENCE) as http:
                    reply = http.post("/v1/letters", files=sample_as(sample, letter))
                    if reply.status_code in (200, 201):  # what was cut off may have been added before
                        added.append(f"kst-27925-{letter}")
                        break
                    assert reply.status_code == 503
                    assert "Retry-After" in reply.headers

    def one_more_is_added() -> None:
        known = len(added)
        wait_until(lambda: len(added) > known)

    with serving(few, *MANY) as service, ThreadPoolExecutor(4) as threads:
        asking = [threads.submit(ask) for _ in range(3)]
        adding = threads.submit(add)
        try:
            for _ in range(2):
                one_more_is_added()
                killed = service.process.children()[number]
                os.kill(killed, signal.SIGKILL)
                wait_until(partial(is_replaced, service, killed))
                one_more_is_added()
        finally:
            over.set()
        adding.result()
        assert all(one.result() for one in asking)
        there = {letter["id"] for letter in service.http.get("/v1/letters?limit=200").json()["letters"]}
        assert set(added) <= there
        assert service.http.get("/health/ready").status_code == 200
        assert service.stop() == 0
    with Kamerbrief(few) as kb:
        assert kb.status().whole
        assert set(added) <= {head.id for head in kb.letters()}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_all_processes_end_with_the_service(few: Path, number: signal.Signals) -> None:
    with serving(few, *MANY) as service:
        processes = service.process.children()
        assert len(processes) == WORKERS
        assert service.stop(number) == (-number if number == signal.SIGKILL else 0)
        wait_until(lambda: not any(Path(f"/proc/{one}").exists() for one in processes))
    with Kamerbrief(few) as kb, kb.held():
        pass


def test_a_writer_that_cannot_begin_ends_the_service(few: Path, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="is no folder"), serving(few, *MANY, "--watch", str(tmp_path / "none")):
        pass


def test_all_that_changes_something_is_for_the_writer_or_known_to_need_none() -> None:
    doors = [(one.router, "/v1") for one in (briefings, fetches, letters, questions, search, uploads)]
    doors += [(openai_door.router, "/openai/v1"), *((view.router, "") for view in VIEWS)]
    found = {(method, f"{at}{route.path}") for door, at in doors for route in door.routes for method in route.methods}
    changing = {path for method, path in found if method != "GET" and not is_for_writer(method, path)}
    assert changing == ANYWHERE
