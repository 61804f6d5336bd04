"""What is made once, and the parts of the library that are."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kamerbrief import wiring
from kamerbrief.clock import utc_now
from kamerbrief.embedding.embedders import Embedder
from kamerbrief.index.search import SHIPPED
from kamerbrief.once import Once
from kamerbrief.settings import Settings, load
from kamerbrief.wiring import Parts

THREADS = 8


def all_at_once(work: Callable[[], object]) -> list[object]:
    """What each of many threads gets that start together."""
    gate = threading.Barrier(THREADS)

    def waiting() -> object:
        gate.wait()
        return work()

    with ThreadPoolExecutor(THREADS) as threads:
        return [one.result() for one in [threads.submit(waiting) for _ in range(THREADS)]]


def test_many_threads_that_start_together_get_the_same_one() -> None:
    entered: list[None] = []
    second = threading.Event()

    def make() -> object:
        entered.append(None)
        if len(entered) > 1:
            second.set()
        second.wait(0.2)  # as long as a second thread may take to come in here too
        return object()

    once = Once(make)
    assert not once.there
    assert len({id(one) for one in all_at_once(once)}) == 1
    assert len(entered) == 1
    assert once.there


def test_what_could_not_be_made_is_tried_again() -> None:
    tries = iter([OSError("busy"), None])

    def make() -> str:
        if failure := next(tries):
            raise failure
        return "made"

    once = Once(make)
    with pytest.raises(OSError, match="busy"):
        once()
    assert not once.there
    assert once() == "made"


def test_threads_that_start_together_load_the_models_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Embedder] = []
    make = wiring.make_embedder

    def noted(settings: Settings) -> Embedder:
        made.append(make(settings))
        return made[-1]

    monkeypatch.setattr(wiring, "make_embedder", noted)
    parts = Parts(load(data_dir=tmp_path), SHIPPED, utc_now)
    try:
        embedders = all_at_once(parts.embedder)
        assert {id(one) for one in all_at_once(parts.answering)} == {id(parts.answering())}
    finally:
        parts.close()
    assert len(made) == 1
    assert all(one is made[0] for one in embedders)
