"""What the tests of briefings over HTTP share: asking for one, waiting for it, following it."""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Semaphore
from typing import Any, NamedTuple

import httpx

from kamerbrief.records.briefings import Job
from tests.http.service import Event, Service, events, serving
from tests.servers import USAGE, Reply, Scripted, piece, scripted_server, streams

LETTER = "kst-27925-504"
ONE = {"filters": {"letters": [LETTER]}}
ALL = {"filters": {"dossier": "27925"}}
LETTERS = 25
SOME = 4
HELD = {"filters": {"letters": [f"kst-27925-{504 + n}" for n in range(SOME)]}, "confirmed": True}
PATIENCE = 60.0  # seconds


def with_model(
    folder: Path, model: Scripted, *arguments: str, key: str = "", **settings: str
) -> AbstractContextManager[Service]:
    return serving(folder, *arguments, key=key, chat_model="some-model", chat_base_url=model.url, **settings)


class Held(NamedTuple):
    """A service whose model answers when it is let go: what runs until then is not left to the clock."""

    service: Service
    let_go: Semaphore


@contextmanager
def holding(folder: Path, *arguments: str) -> Iterator[Held]:
    let_go = Semaphore(0)

    def answer(_: Any) -> Reply:
        let_go.acquire(timeout=PATIENCE)
        return streams(piece('{"sentences": []}', "stop"), USAGE, b"[DONE]")

    with scripted_server(answer) as model, with_model(folder, model, *arguments) as service:
        yield Held(service, let_go)


def start(service: Service, wanted: dict[str, Any] = ALL) -> str:
    """The address of a new job."""
    reply = service.http.post("/v1/briefings", json=wanted)
    assert reply.status_code == 202, reply.text
    return str(reply.headers["Location"])


def job_at(service: Service, place: str) -> Job:
    reply = service.http.get(place)
    assert reply.status_code == 200, reply.text
    return Job.model_validate_json(reply.content)


def ended(service: Service, place: str) -> Job:
    """The job once it is done or has failed."""
    deadline = time.monotonic() + PATIENCE
    while (job := job_at(service, place)).state in ("queued", "running"):
        assert time.monotonic() < deadline, job
        time.sleep(0.1)
    return job


def begun(service: Service, place: str) -> int:
    """How many letters were read, once there is one."""
    deadline = time.monotonic() + PATIENCE
    while not (job := job_at(service, place)).progress:
        assert job.state in ("queued", "running"), job
        assert time.monotonic() < deadline, job
        time.sleep(0.05)
    return job.progress.done


def read(service: Service, place: str, form: str) -> httpx.Response:
    return service.http.get(place, headers={"Accept": form})


def follow(service: Service, place: str, last: str = "") -> Iterator[Event]:
    headers = {"Accept": "text/event-stream", **({"Last-Event-ID": last} if last else {})}
    with service.http.stream("GET", place, headers=headers) as response:
        assert response.headers["Content-Type"].startswith("text/event-stream")
        yield from events(response)
