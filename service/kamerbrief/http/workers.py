"""One work in several processes, forked off this one once it has loaded what they are to share.

This one does nothing but begin them, begin anew those that die, and end them. It must have one thread only: a fork
takes no other along, and what another one held locked would stay so.
"""

import gc
import logging
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import NoReturn

from kamerbrief.errors import KamerbriefError

CORES = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
"""As many processes as make sense; one where forking is not safe, or not there."""

FAILED = 3  # the exit code of one that cannot begin; uvicorn's, too
PAUSE_SECONDS = 1.0  # from a beginning to the next one of the same, at least
_ENDING = (signal.SIGTERM, signal.SIGINT)
_log = logging.getLogger(__name__)


def in_child(work: Callable[[], object]) -> None:
    """Does it in a process of its own, whatever comes of it."""
    os.waitpid(_fork(work), 0)


class Workers:
    """Does `work`, which is told its number from 0 on, in `count` processes, until this one is told to end (SIGTERM,
    Ctrl-C). Then they are told, too, and waited for. Where this one dies, they die with it."""

    def __init__(self, count: int, work: Callable[[int], object]) -> None:
        self._count = count
        self._work = work
        self._begun: dict[int, float] = {}  # when, by the number
        self._numbers: dict[int, int] = {}  # by the process's id
        self._anew: set[int] = set()  # numbers that were begun more than once
        self._ending = False
        self._alive = os.pipe()

    def run(self) -> bool:
        """Whether all could begin."""
        for one in _ENDING:
            signal.signal(one, self._end)
        gc.collect()
        gc.freeze()  # what is there stays: to look through it would copy it
        for number in range(self._count):
            self._begin(number)
        failed = False
        while self._numbers:
            process, status = os.wait()
            number, code = self._numbers.pop(process), os.waitstatus_to_exitcode(status)
            if code == FAILED and number not in self._anew:
                failed = True
                self._end()
            elif not self._ending:
                self._begin_anew(number, code)
        return not failed

    def _begin(self, number: int) -> None:
        self._begun[number] = time.monotonic()
        signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)  # until it is known whom to tell
        self._numbers[_fork(lambda: self._at_work(number))] = number
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)

    def _begin_anew(self, number: int, code: int) -> None:
        _log.error("process %d of the service ended (%d) and is started anew", number, code)
        self._anew.add(number)
        time.sleep(max(0.0, self._begun[number] + PAUSE_SECONDS - time.monotonic()))
        if not self._ending:
            self._begin(number)

    def _at_work(self, number: int) -> None:
        threading.Thread(target=_die_with, args=self._alive, daemon=True).start()
        self._work(number)

    def _end(self, *_: object) -> None:
        self._ending = True
        for process in self._numbers:
            with suppress(ProcessLookupError):  # it has just ended
                os.kill(process, signal.SIGTERM)


def _fork(work: Callable[[], object]) -> int:
    """The id of the process that does it."""
    sys.stdout.flush()
    process = os.fork()
    if not process:
        _run(work)
    return process


def _run(work: Callable[[], object]) -> NoReturn:
    """Does it, and ends the process: what called it belongs to the process that this one was forked off."""
    code = 1
    try:
        for number in _ENDING:
            signal.signal(number, _exit)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
        work()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except KamerbriefError as error:
        print(f"kamerbrief: {error}", file=sys.stderr)
        code = FAILED
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _exit(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def _die_with(theirs: int, ours: int) -> None:
    """Ends this process at once when the other end of a pipe closes: when the process dies that forked it."""
    os.close(ours)
    os.read(theirs, 1)
    os.kill(os.getpid(), signal.SIGKILL)
