"""Calls whose caller may go away: what runs for one can be stopped from any thread, at any moment.

A thread that waits for a server cannot be stopped; a task of an event loop can. So the waiting is done on a loop.
"""

import asyncio
import threading
import weakref
from collections.abc import Callable, Coroutine, Generator, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from contextvars import ContextVar
from queue import SimpleQueue
from typing import Any, TypeVar

from kamerbrief.errors import StoppedError

Piece = TypeVar("Piece")
Result = TypeVar("Result")
AtEnd = Callable[[], Coroutine[Any, Any, None]]
_PATIENCE = 1.0  # seconds that an end waits for the thread: no server may hold it up


class Call:
    """A call by somebody who may go away. `id`, in printable ASCII, goes to model servers as the header X-Request-ID.

    Safe to share between threads without a lock: the work is noted before `stopped` is read, and the other way round.
    """

    def __init__(self, id: str) -> None:
        self.id = id
        self._stopped = False
        self._work: set[Future[Any]] = set()

    @property
    def stopped(self) -> bool:
        return self._stopped

    def stop(self) -> None:
        """Cancels what runs for this call, and all that is yet to come. It does not wait."""
        self._stopped = True
        for work in self._work.copy():
            work.cancel()

    def take(self, work: Future[Any]) -> None:
        """Has the work cancelled when the call is stopped, or at once where it is already."""
        self._work.add(work)
        work.add_done_callback(self._work.discard)
        if self._stopped:
            work.cancel()


_current: ContextVar[Call | None] = ContextVar("kamerbrief_call", default=None)


def current() -> Call | None:
    """The call that the work of this thread, or of this task, is for."""
    return _current.get()


@contextmanager
def calling(call: Call) -> Iterator[Call]:
    """The block's work is for this call; so is that of threads and tasks to which the context is copied."""
    token = _current.set(call)
    try:
        yield call
    finally:
        _current.reset(token)


class Loop:
    """An event loop in a thread of its own, for callers who are not async. The current call stops what it runs.

    The thread starts with the first work. It ends with `close`, with the last reference to this, or with the program,
    after `at_end` was awaited. Methods raise StoppedError when the call is stopped or the loop closed.
    """

    def __init__(self, at_end: AtEnd) -> None:
        self._lock = threading.Lock()
        self._all = Call("all that runs here")
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=_live, args=(self._loop, at_end), name="kamerbrief-calls", daemon=True)
        self._end = weakref.finalize(self, _end, self._all, self._loop, self._thread)

    def close(self) -> None:
        """Cancels what runs, and ends the thread."""
        with self._lock:
            self._end()

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """What the coroutine returns, or raises."""
        future = self._start(work)
        try:
            return _outcome(future)
        finally:
            future.cancel()  # a Ctrl-C ends the waiting only

    def stream(
        self, work: Callable[[Callable[[Piece], None]], Coroutine[Any, Any, Result]]
    ) -> Generator[Piece, None, Result]:
        """What the coroutine gives to its argument, as it comes, then what it returns or raises.

        It starts with the first piece, and does not wait for who reads them. Closing the generator cancels it.
        """
        came: SimpleQueue[Piece | Future[Result]] = SimpleQueue()
        future = self._start(work(came.put))
        future.add_done_callback(came.put)
        try:
            while not isinstance(piece := came.get(), Future) and not future.cancelled():
                yield piece
            return _outcome(future)
        finally:
            future.cancel()

    def _start(self, work: Coroutine[Any, Any, Result]) -> Future[Result]:
        """The work begun, in the caller's context: asyncio copies it."""
        with self._lock:
            if self._all.stopped:
                work.close()
                raise StoppedError("the connection to the model server is closed")
            if not self._thread.ident:
                self._thread.start()
            future = asyncio.run_coroutine_threadsafe(work, self._loop)
            self._all.take(future)
        if call := current():
            call.take(future)
        return future


def _outcome(future: Future[Result]) -> Result:
    try:
        return future.result()
    except CancelledError:
        raise StoppedError("stopped: the caller no longer wants it") from None


# The thread must not know its Loop, which could then never be the last to be forgotten.


def _live(loop: asyncio.AbstractEventLoop, at_end: AtEnd) -> None:
    try:
        loop.run_forever()
        loop.run_until_complete(_wind_up(at_end))
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        loop.close()


async def _wind_up(at_end: AtEnd) -> None:
    await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()}, return_exceptions=True)
    await at_end()


def _end(running: Call, loop: asyncio.AbstractEventLoop, thread: threading.Thread) -> None:
    running.stop()
    if not thread.ident:
        loop.close()
        return
    loop.call_soon_threadsafe(loop.stop)
    if thread is not threading.current_thread():  # where the garbage collector may run this
        thread.join(_PATIENCE)
