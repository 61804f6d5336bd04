"""Letters are read apart, in processes of their own with limits of time and memory: a bad file takes nothing along but
its reader, and while one letter is embedded the next ones are read.

A process is started when one is wanted, and kept for the next letter. It is given bytes, and what it says is JSON that
is checked: were it taken over by what it reads, it could lie about a letter, and no more.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from kamerbrief.errors import BrokenSourceError, LetterError, PageError, UnreadableError
from kamerbrief.letters.exported import letter_of, letters_of_file
from kamerbrief.letters.frames import (
    ASK,
    DATA,
    ERROR,
    FILE,
    LEAVING,
    LETTER,
    OUT_OF_MEMORY,
    PAGE,
    PIXELS,
    READY,
    receive,
    send,
    unsized,
)
from kamerbrief.letters.sources import Content, SourceLike, content_of, export_at
from kamerbrief.records.base import Record
from kamerbrief.records.letters import Letter
from kamerbrief.records.pages import Drawn, PageAsked, PaperPage
from kamerbrief.settings import environment_for_others

MOST = 4
"""Processes at once; embedding a letter takes longer than reading one, so that more would only wait."""

WAITING = 6
"""Times those of processor are the seconds until a letter must be there: the machine may do much else."""

Outcome = Letter | LetterError


@dataclass(frozen=True)
class Limits:
    """What a reader may take: seconds of processor for a letter, so many more where there is more to be read, and bytes
    of memory. A PDF of 32 pages and 1 MB takes .5 to 2 s, as fast as the machine is, one of 500 pages 15 times that."""

    seconds: int = 6
    a_megabyte: int = 20
    most_seconds: int = 60
    memory: int = 1_000_000_000

    def seconds_for(self, size: int) -> int:
        return min(self.seconds + self.a_megabyte * size // 1_000_000, self.most_seconds)


class Readers:
    """Reads letters in other processes, for as many threads as ask. Close it when done."""

    def __init__(self, limits: Limits = Limits()) -> None:
        self._limits = limits
        self._most = min(MOST, os.cpu_count() or 1)
        self._idle: list[_Child] = []
        self._lock = threading.Lock()
        self._pages = threading.BoundedSemaphore(self._most)

    def each(
        self, sources: Iterable[tuple[SourceLike, str | None]], max_bytes: int
    ) -> Generator[tuple[SourceLike, Outcome], None, None]:
        """Each letter in each of the sources, or why it is none, as `containers.read_letters` gives them; a source may
        have a name. As many sources as there are processes are taken and read ahead."""
        begun: deque[_Begun] = deque()
        try:
            for source, name in sources:
                begun.append(self._begin(source, name, max_bytes))
                if len(begun) >= self._most:
                    yield from self._finish(begun)
            while begun:
                yield from self._finish(begun)
        finally:
            for one in begun:
                self._give_back(one.child)

    def page(self, data: bytes, name: str, asked: PageAsked) -> Drawn:
        """A page of a PDF. As many are read at once as there are processes. Raises LetterError, PageError."""
        with self._pages:
            try:
                child = self._child()
            except OSError as error:
                raise _no_process(name, error) from None
            try:
                return child.page(Content(name, data), asked)
            finally:
                self._give_back(child)

    def warm(self) -> None:
        """Starts a process, where there is none, and does not wait until it is there."""
        self._give_back(self._child())

    def close(self) -> None:
        with self._lock:
            idle, self._idle, self._most = self._idle, [], 0
        for child in idle:
            child.close()

    def _begin(self, source: SourceLike, name: str | None, max_bytes: int) -> "_Begun":
        if (path := export_at(source)) is not None:  # of which nothing is read anew: here, too, it is only checked
            return _Begun(source, letters_of_file(path, name or path.name, max_bytes))
        try:
            content = content_of(source, name=name, max_bytes=max_bytes)
        except LetterError as error:
            return _Begun(source, iter([error]))
        try:
            child = self._child()
        except OSError as error:
            return _Begun(source, iter([_no_process(content.name, error)]))
        return _Begun(source, child.read(content, max_bytes), child)

    def _finish(self, begun: "deque[_Begun]") -> Iterator[tuple[SourceLike, Outcome]]:
        first = begun[0]
        for outcome in first.outcomes:
            yield first.source, outcome
        begun.popleft()
        self._give_back(first.child)

    def _child(self) -> "_Child":
        with self._lock:
            while self._idle:
                if (child := self._idle.pop()).is_there():
                    return child
                child.close()
        return _Child(self._limits)

    def _give_back(self, child: "_Child | None") -> None:
        if child is None:
            return
        with self._lock:
            if child.is_there() and len(self._idle) < self._most:
                self._idle.append(child)
                return
        child.close()


@dataclass(frozen=True)
class _Begun:
    """A source whose letters are being read, by a process where there is one."""

    source: SourceLike
    outcomes: Iterator[Outcome]
    child: "_Child | None" = None


class _Child:
    """A process that reads. Raises OSError where none can be started."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._busy = False
        self._channel, theirs = socket.socketpair()
        with theirs, ExitStack() as undo:
            undo.callback(self._channel.close)
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "kamerbrief.letters.child", str(limits.memory)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                start_new_session=True,  # Ctrl-C is for the program, which ends its readers itself
            )
            undo.pop_all()

    def is_there(self) -> bool:
        """Whether it waits to be asked."""
        return not self._busy and self._process.poll() is None

    def read(self, content: Content, max_bytes: int) -> Iterator[Outcome]:
        """Asks at once, and gives what comes as it is wanted."""
        return self._outcomes(content.name, self._ask(content, max_bytes=max_bytes, page=None))

    def page(self, content: Content, asked: PageAsked) -> Drawn:
        """Raises LetterError, PageError."""
        seconds = self._ask(content, page=asked.model_dump())
        try:
            return _drawn(dict(map(_of_page, self._frames(seconds))), asked)
        except (EOFError, OSError, ValueError) as error:
            self.close()
            raise self._failed(content.name, seconds, error) from None

    def _ask(self, content: Content, **asked: object) -> int:
        """How many seconds it has."""
        self._busy = True
        seconds = self._limits.seconds_for(len(content.data))
        path = os.path.abspath(content.path) if content.path else None  # noqa: PTH100 - of links their own place
        with suppress(OSError):  # which the answer will tell
            self._channel.settimeout(WAITING * seconds)
            whole = {**asked, "name": content.name, "path": path, "seconds": seconds}
            send(self._channel, ASK, json.dumps(whole).encode())
            send(self._channel, DATA, content.data)
        return seconds

    def close(self) -> None:
        self._channel.close()
        self._process.kill()
        self._process.wait()

    def _outcomes(self, name: str, seconds: int) -> Iterator[Outcome]:
        count, file = 0, b""
        try:
            for kind, body in self._frames(seconds):
                if kind == FILE:
                    file = bytes(body)
                else:
                    yield _outcome(kind, body, name, file)
                    count, file = count + 1, b""
        except (EOFError, OSError, ValueError) as error:
            self.close()
            yield self._failed(f"{name}, after {count} of its letters," if count else name, seconds, error)

    def _frames(self, seconds: int) -> Iterator[tuple[bytes, bytearray]]:
        """What it says, until it waits to be asked again, or ends. Raises EOFError, OSError."""
        while True:
            kind, body = receive(self._channel, WAITING * seconds)
            if kind in (READY, LEAVING):
                self._busy = kind == LEAVING
                return
            yield kind, body

    def _failed(self, name: str, seconds: int, error: Exception) -> UnreadableError:
        code, split = self._process.returncode, "split it, or save it as plain text"
        if isinstance(error, TimeoutError) or code == -signal.SIGXCPU:
            return UnreadableError(f"{name} takes more than {seconds} s to read", split)
        if code == OUT_OF_MEMORY:
            return UnreadableError(f"{name} takes more than {self._limits.memory / 1e9} GB of memory to read", split)
        if isinstance(error, ValueError):
            return UnreadableError(f"{name} made its reader say what is no letter", "save it anew, or as plain text")
        return UnreadableError(f"{name} made its reader fail (exit code {code})", "save it anew, or as plain text")


def _no_process(name: str, error: OSError) -> UnreadableError:
    return UnreadableError(f"{name} cannot be read now", f"no process for it: {error.strerror}")


def _outcome(kind: bytes, body: bytearray, name: str, file: bytes) -> Outcome:
    """What a reader says, checked. Raises ValueError where it is nothing that a reader says."""
    if kind == LETTER:
        try:
            return letter_of(bytes(body), name).with_file(file)
        except BrokenSourceError as error:
            raise ValueError(str(error)) from error
    if kind != ERROR:
        raise ValueError("a frame of no known kind")
    return _failure(_Told.model_validate_json(body))


def _of_page(frame: tuple[bytes, bytearray]) -> tuple[bytes, bytearray]:
    if frame[0] not in (PAGE, PIXELS, ERROR):
        raise ValueError("a frame of no known kind")
    return frame


def _drawn(frames: Mapping[bytes, bytearray], asked: PageAsked) -> Drawn:
    """A page that a reader shows, checked. Raises ValueError where it is none, and what it failed of."""
    if ERROR in frames:
        told = _Told.model_validate_json(frames[ERROR])
        raise PageError(told.what, told.hint) if told.kind == PageError.__name__ else _failure(told)
    if PAGE not in frames or asked.drawn != (PIXELS in frames):
        raise ValueError("no page, or no picture of it")
    return unsized(PaperPage.model_validate_json(frames[PAGE]), bytes(frames.get(PIXELS, b"")))


def _failure(told: "_Told") -> LetterError:
    kinds = {one.__name__: one for one in LetterError.__subclasses__()}
    failed = kinds.get(told.kind, LetterError)(told.what, told.hint)
    failed.source = told.source
    return failed


class _Told(Record):
    kind: str
    what: str
    hint: str
    source: str


def _environment() -> dict[str, str]:
    """Without our settings. Modules are found where this process finds them, and not in the folder that it works in,
    which may be a folder of letters."""
    paths = [*(str(Path(path).absolute()) for path in sys.path if path), str(Path(__file__).absolute().parents[2])]
    return environment_for_others() | {"PYTHONPATH": os.pathsep.join(paths)}
