"""Running the service: where it listens, in how many processes, and how it ends."""

import ipaddress
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

import uvicorn
from fastapi import FastAPI
from sse_starlette.sse import AppStatus

from kamerbrief.errors import UsageError
from kamerbrief.http.app import build_app
from kamerbrief.http.following import following
from kamerbrief.http.logs import configure
from kamerbrief.http.metrics import count_together
from kamerbrief.http.problems import Handler, handle
from kamerbrief.http.state import State
from kamerbrief.http.workers import Workers
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
    workers: int = 1,
) -> None:
    """Serves until it is told to stop (SIGTERM, Ctrl-C), and then finishes what is running. `say` gets a line for
    people. The folder `watch` is followed meanwhile. `page` is as of `build_app`. Several `workers` answer in a process
    each, of which the first makes all changes; then nothing may have been changed in this process before.

    The process is taken to be the service's own: its log, its signals, and when MCP's streams end are set here, and by
    nothing that `build_app` makes.

    Raises UsageError when it should listen where others can reach it and there are no keys, where somebody listens
    already, or follow what is no folder, and StoreLockedError when another process serves or changes the data folder.
    """
    loopback, keys = is_loopback(host), kb.keys.any()
    if not loopback and not keys:
        hint = "make one with `kamerbrief keys create NAME`, or listen on 127.0.0.1"
        raise UsageError(f"there are no keys, and {host} can be reached by others", hint)
    sockets = _listening(host, port)
    configure()
    # Uvicorn ends with the signal that ended it; to be told to stop is no failure.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)
    # Else MCP would cut off answers as soon as the service is told to stop, which then waits for them in vain.
    AppStatus.enable_automatic_graceful_drain = False
    who = "holders of a key" if keys else "this machine only, as there are no keys"
    told = f"serving {kb.settings.data_dir} on http://{_shown(host)}:{port}/ for {who}"

    def service() -> _Service:
        return _Service(kb, watch, State(kb, loopback=loopback), page)

    if workers == 1:
        service().change_and_answer(sockets, lambda: say(told))
        return
    with TemporaryDirectory(prefix="kamerbrief-") as folder:
        count_together(Path(folder))
        service().share(sockets, workers, Path(folder, "writer"), lambda: say(told))


class _Service:
    """What its processes have in common."""

    def __init__(self, kb: Kamerbrief, watch: Path | None, state: State, page: Callable[[FastAPI], Handler]) -> None:
        self._kb, self._watch, self._state = kb, watch, state
        self._app = build_app(state, page)

    def share(self, sockets: Sequence[socket.socket], workers: int, writer: Path, begun: Callable[[], None]) -> None:
        """Answers in so many processes, of which the first makes all changes: it listens at `writer`, too."""
        with socket.socket(socket.AF_UNIX) as own:
            own.bind(str(writer))
            own.listen(WAITING)  # here, so that requests wait for it where the writer is started anew
            self._kb.share()
            begun()

            def work(number: int) -> None:
                with self._kb:
                    if number:
                        self._state.writer = writer
                        self._answer(sockets)
                    else:
                        self.change_and_answer([*sockets, own])

            if not Workers(workers, work).run():
                sys.exit(1)  # why, the process has told that could not begin

    def change_and_answer(self, sockets: Sequence[socket.socket], begun: Callable[[], None] = lambda: None) -> None:
        """Makes all changes, and answers too."""
        with self._kb.held(), following(self._kb, self._watch) if self._watch else nullcontext():
            self._kb.warm()
            begun()
            self._answer(sockets)

    def _answer(self, sockets: Sequence[socket.socket]) -> None:
        config = uvicorn.Config(
            self._app,
            log_config=None,
            access_log=False,
            server_header=False,
            backlog=WAITING,
            timeout_keep_alive=IDLE_SECONDS,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        _Server(config, self._state).run(list(sockets))


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


def _listening(host: str, port: int) -> list[socket.socket]:
    """A socket for each address of the host. Raises UsageError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        places = dict.fromkeys((family, place) for family, *_, place in found)
        return [socket.create_server(place, family=family, backlog=WAITING) for family, place in places]
    except OSError as error:
        hint = "name another with --host and --port"
        raise UsageError(f"nothing can listen at {_shown(host)}:{port} ({error.strerror})", hint) from None


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _end(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)
