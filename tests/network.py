"""One embedded model for all that a process tests."""

import threading
from functools import cache
from pathlib import Path

from cachetools import LRUCache, cached
from platformdirs import user_cache_path

from kamerbrief.embedding.e5_engine import E5Engine, States

_ROOM = 256 * 2**20  # bytes of what was made of texts


def engine(cache_dir: Path) -> E5Engine:
    """Stands in for E5Engine: the one network, which runs no text a second time as long as there is room to remember
    it. One in a folder of its own, as those that test the network have, is a new one each time."""
    return _shared(cache_dir) if cache_dir == user_cache_path("kamerbrief") else E5Engine(cache_dir)


@cache
def _shared(cache_dir: Path) -> E5Engine:
    made = E5Engine(cache_dir)
    known = LRUCache[object, States](_ROOM, getsizeof=lambda states: 2 * states.tokens.nbytes)
    made.states = cached(known, lock=threading.Lock())(made.states)  # type: ignore[method-assign]
    return made
