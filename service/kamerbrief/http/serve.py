"""Running the service: where it listens, and how it ends."""

import ipaddress
import signal
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from types import FrameType

import uvicorn
from fastapi import FastAPI
from sse_starlette.sse import AppStatus

from kamerbrief.errors import UsageError
from kamerbrief.http.app import build_app
from kamerbrief.http.following import following
from kamerbrief.http.logs import configure
from kamerbrief.http.problems import Handler, handle
from kamerbrief.http.state import State
from kamerbrief.library import Kamerbrief

GRACE_SECONDS = 30  # for running requests, when the service is told to stop
IDLE_SECONDS = 75  # that a silent connection is kept: longer than the 60 of most proxies, which then close it first
WAITING = 2048  # connections that wait to be taken


def serve(
    kb: Kamerbrief,
    host: str,
    port: int,
    say: Callable[[str], None],
    watch: Path | None = None,
    page: Callable[[FastAPI], Handler] = lambda _: handle,
) -> None:
    """Serves until it is told to stop (SIGTERM, Ctrl-C), and then finishes what is running. `say` gets a line for
    people. The folder `watch` is followed meanwhile. `page` is as of `build_app`.

    The process is taken to be the service's own: its log, its signals, and when MCP's streams end are set here, and by
    nothing that `build_app` makes.

    Raises UsageError when it should listen where others can reach it and there are no keys, or follow what is no
    folder, and StoreLockedError when another process serves or changes the data folder.
    """
    loopback = is_loopback(host)
    keys = kb.keys.any()
    if not loopback and not keys:
        hint = "make one with `kamerbrief keys create NAME`, or listen on 127.0.0.1"
        raise UsageError(f"there are no keys, and {host} can be reached by others", hint)
    with kb.held():
        kb.warm()
        configure()
        state = State(kb, loopback=loopback)
        app = build_app(state, page)
        config = uvicorn.Config(
            app,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            backlog=WAITING,
            timeout_keep_alive=IDLE_SECONDS,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        who = "holders of a key" if keys else "this machine only, as there are no keys"
        say(f"serving {kb.settings.data_dir} on http://{_shown(host)}:{port}/ for {who}")
        # Uvicorn ends with the signal that ended it; to be told to stop is no failure.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _end)
        # Else MCP would cut off answers as soon as the service is told to stop, which then waits for them in vain.
        AppStatus.enable_automatic_graceful_drain = False
        with following(kb, watch) if watch else nullcontext():
            _Server(config, state).run()


class _Server(uvicorn.Server):
    """Tells those who follow a briefing when it is told to stop: they would hold it up for as long as it may take."""

    def __init__(self, config: uvicorn.Config, state: State) -> None:
        super().__init__(config)
        self._state = state

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._state.runner.stopping = True
        super().handle_exit(sig, frame)


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine can reach what listens there."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _end(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)
