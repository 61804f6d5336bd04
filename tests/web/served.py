"""The service with its page, in a thread of this process, so that the tests of this room share one library."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn

from kamerbrief import Kamerbrief
from kamerbrief.http.app import build_app
from kamerbrief.http.state import State
from kamerbrief.web.app import install
from tests.servers import free_port


@contextmanager
def served(kb: Kamerbrief, port: int | None = None) -> Iterator[str]:
    """Its address."""
    port = port or free_port()
    config = uvicorn.Config(build_app(State(kb), install), port=port, log_config=None, timeout_graceful_shutdown=2)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        deadline = time.monotonic() + 30
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(30)


@contextmanager
def browsing(address: str, **headers: str) -> Iterator[httpx.Client]:
    """A client that asks as a browser without scripts does."""
    accept = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "nl-NL,nl;q=0.9,en;q=0.8"}
    with httpx.Client(base_url=address, headers=accept | headers, timeout=60) as client:
        yield client
