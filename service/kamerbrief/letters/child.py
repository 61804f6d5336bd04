"""A process that reads letters for another one, as `apart` starts it:

    python -m kamerbrief.letters.child BYTES

Its standard input is the socket on which it is asked. It ends when the other side is gone, and it may hold no more
bytes of memory, and take no more time for a letter, than it allows itself before anything of a letter is looked at.
"""

import json
import math
import os
import resource
import socket
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any

from kamerbrief.errors import LetterError, PageError, UnreadableError
from kamerbrief.letters.containers import letters_in
from kamerbrief.letters.frames import (
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
    sized,
)
from kamerbrief.letters.on_paper import page_on_paper
from kamerbrief.letters.sources import Content
from kamerbrief.records.letters import Letter
from kamerbrief.records.pages import PageAsked


def main(memory: int) -> None:
    """Reads what it is asked to, until nobody asks any more."""
    _bind(memory)
    with socket.socket(fileno=0) as channel, suppress(EOFError, OSError):
        while True:
            _, asked = receive(channel)
            _, data = receive(channel)
            _read(channel, json.loads(asked), bytes(data))
            if _held() > memory // 4:  # what is left, in pieces, may be too little for the next letter
                send(channel, LEAVING)
                return
            send(channel, READY)


def _bind(memory: int) -> None:
    """It may write no file, leave no image of its memory, and hold so many bytes."""
    for kind, most in ((resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, memory)):
        with suppress(ValueError):  # some systems do not know the last
            resource.setrlimit(kind, (most, most))


def _allow(seconds: int) -> None:
    """From now on it may take so many seconds of processor; the system ends it when they are over."""
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    most = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used) + seconds, most))


def _held() -> int:
    """Bytes of address space; 0 where the system does not tell."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    return 0


def _read(channel: socket.socket, asked: dict[str, Any], data: bytes) -> None:
    content = Content(asked["name"], data, Path(asked["path"]) if asked["path"] else None)
    _allow(asked["seconds"])
    try:
        if asked["page"]:
            _show(channel, content, PageAsked.model_validate(asked["page"]))
        else:
            for outcome in letters_in(content, asked["max_bytes"]):
                _answer(channel, outcome)
                _allow(asked["seconds"])
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except (LetterError, PageError) as error:
        _answer(channel, error)
    except Exception as error:  # of the reader itself; or nobody listens, and then this is not heard either
        at = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__} in {Path(at.filename).name}, line {at.lineno}"
        hint = f"its reader has a fault ({where}); tell whoever keeps kamerbrief"
        _answer(channel, UnreadableError(f"{content.name} cannot be read", hint))


def _show(channel: socket.socket, content: Content, asked: PageAsked) -> None:
    drawn = page_on_paper(content.data, content.name, asked)
    send(channel, PAGE, drawn.page.model_dump_json().encode())
    if asked.drawn:
        send(channel, PIXELS, sized(drawn))


def _answer(channel: socket.socket, outcome: Letter | LetterError | PageError) -> None:
    if isinstance(outcome, Letter):
        if outcome.file:
            send(channel, FILE, outcome.file)
        send(channel, LETTER, outcome.model_dump_json().encode())
    else:
        told = {"kind": type(outcome).__name__, "what": outcome.what, "hint": outcome.hint}
        source = getattr(outcome, "source", "")
        send(channel, ERROR, json.dumps({**told, "source": source}).encode())


if __name__ == "__main__":
    main(int(sys.argv[1]))
