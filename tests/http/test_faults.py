"""Clients that leave, processes that are told to stop or are killed, and models that do not answer."""

import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from kamerbrief import Kamerbrief
from tests.cli.test_cli import runner
from tests.http.service import QUESTION, Service, events, post_events, serving
from tests.servers import Reply, Scripted, free_port, piece, scripted_server, streams

pytestmark = pytest.mark.slow

TEXT = "Nederland heeft 1.000 helmen geleverd aan de Koerdische Regionale Autoriteiten."
SAID = f'{{"sentences": [{{"sources": ["1.1"], "text": "{TEXT}"}}, '


@pytest.fixture
def data(tmp_path: Path, sample: Path) -> Path:
    """A data folder with the sample letter."""
    with Kamerbrief(tmp_path / "data") as kb:
        kb.add(sample)
    return tmp_path / "data"


@contextmanager
def with_model(data: Path, *replies: Reply, **settings: str) -> Iterator[tuple[Service, Scripted]]:
    """A service whose model replies so."""
    with scripted_server(*replies) as model:
        named = {"chat_model": "some-model", "chat_base_url": model.url, **settings}
        with serving(data, **named) as service:
            yield service, model


def wait_for(what: threading.Event) -> float:
    """The seconds it took."""
    start = time.monotonic()
    assert what.wait(10)
    return time.monotonic() - start


@pytest.mark.parametrize("streaming", [True, False], ids=["events", "whole"])
def test_a_client_that_leaves_while_the_model_is_silent_frees_its_work(data: Path, streaming: bool) -> None:
    with with_model(data, Reply(status=0, stalls=True)) as (service, model):
        headers = {"Accept": "text/event-stream"} if streaming else {}
        with pytest.raises(httpx.ReadTimeout):
            service.http.post("/v1/questions", json={"question": QUESTION}, headers=headers, timeout=3)
        assert wait_for(model.left) < 1


def test_a_client_that_leaves_in_mid_stream_frees_its_work(data: Path) -> None:
    stalling = streams(piece(SAID), stalls=True, missing=1000)
    with with_model(data, stalling) as (service, model):
        with post_events(service.http, QUESTION) as response:
            first = next(events(response))
            assert first.data["writer"] == "model"
        assert wait_for(model.left) < 1


def test_a_request_that_takes_too_long_ends(data: Path) -> None:
    with with_model(data, Reply(status=0, stalls=True), request_timeout="2") as (service, model):
        reply = service.http.post("/v1/questions", json={"question": QUESTION})
        assert reply.status_code == 504
        assert reply.headers["Content-Type"] == "application/problem+json"
        assert wait_for(model.left) < 1


def test_a_model_that_fails_in_mid_stream_is_a_problem_event(data: Path) -> None:
    with with_model(data, streams(piece(SAID), stalls=True, missing=1000), request_timeout="3") as (service, _):
        with post_events(service.http, QUESTION) as response:
            told = list(events(response))
        assert [event.name for event in told] == ["sentence", "citation", "problem"]
        assert told[-1].data["status"] == 504


def test_the_request_id_reaches_the_model_server(data: Path) -> None:
    with with_model(data, Reply(status=400, body={"error": {"message": "no"}})) as (service, model):
        reply = service.http.post("/v1/questions", json={"question": QUESTION}, headers={"X-Request-ID": "abc-1"})
        assert reply.json()["failure"]
        assert {headers["x-request-id"] for headers in model.headers} == {"abc-1"}


def test_a_model_that_fails_without_a_stand_in_is_a_problem(data: Path) -> None:
    with with_model(data, Reply(status=401, body={"error": {"message": "no"}}), stand_in="false") as (service, _):
        reply = service.http.post("/v1/questions", json={"question": QUESTION})
        assert (reply.status_code, reply.json()["type"]) == (502, "urn:kamerbrief:model-rejected")


def test_tokens_of_a_day_are_limited(data: Path) -> None:
    with Kamerbrief(data) as kb:
        key = kb.keys.create("a", "reader")
    usage = {"choices": [], "usage": {"prompt_tokens": 900, "completion_tokens": 100, "total_tokens": 1000}}
    reply = streams(piece('{"sentences": []}', "stop"), usage, b"[DONE]")
    with scripted_server(reply) as model:
        settings = {"chat_model": "some-model", "chat_base_url": model.url, "tokens_a_day": "1500"}
        with serving(data, key=key, **settings) as service:
            statuses = [service.http.post("/v1/questions", json={"question": QUESTION}).status_code for _ in range(3)]
            assert statuses == [201, 201, 429]


def test_being_told_to_stop_finishes_what_runs_and_is_no_failure(data: Path) -> None:
    late = streams(piece('{"sentences": []}', "stop"), b"[DONE]", delay=3)
    with with_model(data, late) as (service, model):
        found: list[httpx.Response] = []
        asking = threading.Thread(
            target=lambda: found.append(service.http.post("/v1/questions", json={"question": QUESTION}))
        )
        asking.start()
        while not model.requests:
            time.sleep(0.05)
        assert service.stop() == 0
        asking.join()
        assert found[0].status_code == 201
        assert found[0].json()["sentences"]


def test_ctrl_c_is_no_failure_either(data: Path) -> None:
    with serving(data) as service:
        assert service.stop(signal.SIGINT) == 0


def test_a_folder_that_is_served_is_read_by_others_and_changed_by_none(data: Path, sample: Path) -> None:
    run = runner(data)
    with serving(data) as service:
        second = run("serve", "--port", str(free_port()), code=1)
        assert second.stderr.count("\n") == 1
        assert "another process is changing" in second.stderr
        assert "serves it" in run("remove", "kst-27925-504", code=1).stderr
        assert "1.000 helmen" in run("ask", QUESTION).stdout
        assert service.http.get("/health/ready").status_code == 200
    assert "removed" in run("remove", "kst-27925-504").stdout


def test_a_killed_service_leaves_a_whole_store(data: Path, sample: Path) -> None:
    with serving(data) as service:
        files = [
            ("files", (f"{n}.txt", sample.read_bytes().replace(b"nr. 504", b"nr. %d" % n))) for n in range(100, 115)
        ]
        adding = threading.Thread(target=_post_until_it_breaks, args=(service.http, files))
        adding.start()
        while len(service.http.get("/v1/letters").json()["letters"]) == 1:
            time.sleep(0.05)
        service.process.kill()
        adding.join()
    with serving(data) as service:
        letters = service.http.get("/v1/letters").json()["letters"]
        assert 2 <= len(letters) <= 16
        for letter in letters:
            assert len(service.http.get(f"/v1/letters/{letter['id']}/paragraphs").json()["paragraphs"]) == 9


def _post_until_it_breaks(http: httpx.Client, files: list[tuple[str, tuple[str, bytes]]]) -> None:
    with pytest.raises(httpx.TransportError):
        http.post("/v1/letters", files=files)


def test_nonsense_on_the_wire_does_no_harm(service: Service) -> None:
    for sent in (
        b"\x16\x03\x01\x02\x00",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 20_000 + b"\r\n",
        b"POST /v1/questions",
    ):
        with socket.create_connection(("127.0.0.1", service.http.base_url.port or 0), timeout=5) as wire:
            wire.sendall(sent)
    assert service.http.get("/health/ready").status_code == 200


def test_traces_go_where_the_standard_environment_says(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    got: list[tuple[str, bytes]] = []

    class Collector(BaseHTTPRequestHandler):
        """Takes whatever it gets."""

        def do_POST(self) -> None:
            got.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Collector) as collector:
        thread = threading.Thread(target=collector.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{collector.server_port}")
        with serving(data) as service:
            service.http.post("/v1/questions", json={"question": QUESTION})
            assert service.stop() == 0
        collector.shutdown()
        thread.join()
    sent = b"".join(body for path, body in got if path == "/v1/traces")
    assert b"questions" in sent
    assert b"helmen" not in sent
