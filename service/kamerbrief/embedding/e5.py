"""The embedder that needs no network: multilingual-e5-small on this machine."""

import os
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from cachetools import LRUCache, cached
from platformdirs import user_cache_path

from kamerbrief.embedding.e5_engine import E5Engine, States
from kamerbrief.embedding.e5_weights import MODEL
from kamerbrief.embedding.passages import Embedded, PassageText, TokenStates, Vectors, unit

_In = TypeVar("_In")
_Out = TypeVar("_Out")

QUERY = "query: "  # what E5 wants in front of a question, and where texts are compared as equals
PASSAGE = "passage: "
LOW_PRIORITY = 10  # "nice"
RECENT = 32 * 2**20  # bytes of states that are kept of a kind, some 400 windows: what is often asked is read once


class E5Embedder:
    """Vectors of multilingual-e5-small, 384 wide, of unit length.

    `cache_dir` is where the built network is kept (default: the user's cache directory), `threads` how many texts are
    embedded at once. Safe to share between threads. Raises ModelUnavailableError where the weights are missing.
    """

    name = MODEL
    dimension = 384

    def __init__(self, cache_dir: Path | None = None, threads: int = 2) -> None:
        self._engine = E5Engine(cache_dir or user_cache_path("kamerbrief"))
        # Letters are added while questions are asked, which must not stand in line behind them.
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="e5")
        self._adding = ThreadPoolExecutor(threads, thread_name_prefix="e5-adding", initializer=_step_back)
        # What is searched with is also read together with windows; what answers one question, another too.
        whole = LRUCache[object, States](RECENT, getsizeof=lambda states: 2 * states.tokens.nbytes)
        half = LRUCache[object, TokenStates](RECENT, getsizeof=lambda states: states.vectors.nbytes)
        # Not methods of its own, which would hold the embedder, and the network, until garbage is collected.
        self._recent = cached(whole, lock=threading.Lock())(partial(_read, self._engine))
        self._windows = cached(half, lock=threading.Lock())(partial(_read_halfway, self._engine))

    def passages(self, texts: Sequence[PassageText]) -> list[Embedded]:
        """Each passage's vector and, out of the same pass, those of its sentences (late chunking).

        A sentence's vector is the mean of its tokens' states; one without a token gets the passage's.
        """
        return self._each(self._adding, self._passage, texts)

    def questions(self, texts: Sequence[str]) -> Vectors:
        """The questions' vectors, shape (number of texts, 384)."""
        means = self._each(self._pool, lambda text: self._recent(QUERY + text).mean, texts)
        return unit(np.array(means, np.float32).reshape(-1, self.dimension))

    def tokens(self, texts: Sequence[str]) -> list[TokenStates]:
        """The states of each text's tokens, to hold two texts against each other word by word."""
        return self._each(self._pool, self._tokens, texts)

    def question_halfway(self, text: str) -> TokenStates:
        """The states of a question's tokens as they are halfway up the network, from which the reader goes on."""
        states = self._recent(QUERY + text)
        return _behind(QUERY, TokenStates(states.inner, states.starts), len(QUERY))

    def passages_halfway(self, texts: Sequence[tuple[str, str]]) -> list[TokenStates]:
        """The same of texts that stand in a context (context, text), as `passages` reads them; the tokens of the
        context stand before the text, at negative places."""
        return self._each(self._pool, self._passage_halfway, texts)

    def _tokens(self, text: str) -> TokenStates:
        states = self._recent(QUERY + text)
        return _behind(QUERY, TokenStates(states.tokens, states.starts), len(QUERY))

    def _passage_halfway(self, passage: tuple[str, str]) -> TokenStates:
        front = _front(passage[0])
        return _behind(PASSAGE, self._windows(front + passage[1]), len(front))

    def _passage(self, passage: PassageText) -> Embedded:
        front = _front(passage.context)
        states = self._engine.states(front + passage.text)
        spans = np.array(passage.sentences, np.int64).reshape(-1, 2) + len(front)
        pooled = [
            states.tokens[first:last].mean(axis=0) if first < last else states.mean
            for first, last in np.searchsorted(states.starts, spans)
        ]
        return Embedded(unit(states.mean), unit(np.array(pooled, np.float32).reshape(-1, self.dimension)))

    def _each(self, pool: ThreadPoolExecutor, work: Callable[[_In], _Out], items: Sequence[_In]) -> list[_Out]:
        if len(items) == 1 and pool is self._pool:
            return [work(items[0])]
        return list(pool.map(work, items))


def _front(context: str) -> str:
    """What E5 wants in front of a passage, and the context that it stands in."""
    return f"{PASSAGE}{context}\n" if context else PASSAGE


def _behind(mark: str, states: TokenStates, text: int) -> TokenStates:
    """The states of the tokens that come after a mark; `text` is where the text starts, from which places count."""
    first = int(np.searchsorted(states.starts, len(mark)))
    return TokenStates(states.vectors[first:].astype(np.float32), [start - text for start in states.starts[first:]])


def _read(engine: E5Engine, text: str) -> States:
    """The states of a text with its mark, those of its tokens in 16 bits: twice as many can be kept."""
    states = engine.states(text)
    return states._replace(tokens=states.tokens.astype(np.float16), inner=states.inner.astype(np.float16))


def _read_halfway(engine: E5Engine, text: str) -> TokenStates:
    """The same halfway up the network alone."""
    rows, starts = engine.halfway(text)
    return TokenStates(rows.astype(np.float16), starts)


def _step_back() -> None:
    """Lets the process's other threads go first, where threads have a priority of their own (Linux)."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LOW_PRIORITY)
