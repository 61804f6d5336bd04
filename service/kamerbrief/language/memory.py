"""What was found in sentences is kept for a while. They come again: in the parts of a briefing, and where a letter is
often asked about."""

import functools
import sys
from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, ParamSpec, TypeVar, cast

from cachetools import LRUCache

BYTES = 32 * 2**20
"""Of all that is kept, texts included. The terms and cues of a sentence take some 6 KB, so these are about 5,000."""

_PLAIN = frozenset({str, int, float, bool, bytes, type(None)})  # nearly all values; what follows asks more
Given = ParamSpec("Given")
Found = TypeVar("Found")


@dataclass
class _Memory:
    """What was found by function and arguments, that which was last asked for; kept to `BYTES`."""

    found: LRUCache[Hashable, tuple[Hashable, Any]] = field(default_factory=lambda: LRUCache(BYTES, size_of))
    lock: Lock = field(default_factory=Lock)


def per_sentence(find: Callable[Given, Found]) -> Callable[Given, Found]:
    """Keeps what a function of texts and other values finds. What it gives is shared, so it must not be changed."""

    @functools.wraps(find)
    def kept(*args: Given.args, **named: Given.kwargs) -> Found:
        memory, key = _memory(), (find, args, tuple(named.items()))
        with memory.lock:
            if (known := memory.found.get(key)) is not None:
                return cast(Found, known[1])
        value = find(*args, **named)
        with memory.lock, suppress(ValueError):  # it is too large to be kept at all
            memory.found[key] = (args, value)
        return value

    return kept


def forget() -> None:
    """Forgets all that is kept, so that nothing stays of a letter that is removed."""
    memory = _memory()
    with memory.lock:
        memory.found.clear()


def kept_bytes() -> int:
    """How much is kept, in bytes."""
    return int(_memory().found.currsize)


def size_of(value: object) -> int:
    """The bytes that a value takes, with those of what it holds; what is in it twice is counted twice."""
    own = sys.getsizeof(value)
    if type(value) in _PLAIN:
        return own
    if isinstance(value, tuple | list | frozenset | set):
        return own + sum(map(size_of, value))
    if isinstance(value, Mapping):
        return own + sum(map(size_of, value.keys())) + sum(map(size_of, value.values()))
    return own


@functools.cache
def _memory() -> _Memory:
    return _Memory()
