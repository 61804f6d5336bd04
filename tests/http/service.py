"""`kamerbrief serve` in a process of its own, on a free port, and an HTTP client for it."""

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.program import Program
from tests.servers import free_port

PROGRAM = Path(sys.executable).with_name("kamerbrief")
QUESTION = "Hoeveel helmen heeft Nederland geleverd aan de Koerden?"


@dataclass
class Service:
    """A running service. `log` is its standard error."""

    url: str
    http: httpx.Client
    process: Program
    log: Path

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Its exit code, once it has been told to stop."""
        self.process.send_signal(number)
        return self.process.wait(40)


@contextmanager
def serving(folder: Path, *arguments: str, key: str = "", port: str = "", **settings: str) -> Iterator[Service]:
    """The service over a data folder, ready; `key` is what its client sends along."""
    port = port or str(free_port())
    log = folder.with_name(f"{folder.name}-{port}.log")
    named = {f"KAMERBRIEF_{name.upper()}": value for name, value in settings.items()}
    environment = {**os.environ, **named, "KAMERBRIEF_DATA_DIR": str(folder)}
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    url = f"http://127.0.0.1:{port}"
    with (
        Program("serve", "--port", port, *arguments, environment=environment, errors=log) as process,
        httpx.Client(base_url=url, headers=headers, timeout=60) as http,
    ):
        try:
            _wait_until_ready(http, process, log)
            yield Service(url, http, process, log)
        finally:
            process.terminate()


def _wait_until_ready(http: httpx.Client, process: Program, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(httpx.TransportError):
            if http.get("/health/ready").status_code == 200:
                return
        time.sleep(0.05)
    raise AssertionError(f"the service did not become ready: {log.read_text()}")


@dataclass(frozen=True)
class Event:
    """A server-sent event."""

    name: str
    id: str
    data: Any


@contextmanager
def post_events(http: httpx.Client, question: str, *, last: str = "") -> Iterator[httpx.Response]:
    """A question asked for events."""
    headers = {"Accept": "text/event-stream", **({"Last-Event-ID": last} if last else {})}
    with http.stream("POST", "/v1/questions", json={"question": question}, headers=headers) as response:
        yield response


def events(response: httpx.Response) -> Iterator[Event]:
    """The events as they come."""
    fields: dict[str, str] = {}
    for line in response.iter_lines():
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif "data" in fields:
            yield Event(fields["event"], fields.get("id", ""), json.loads(fields["data"]))
            fields = {}
