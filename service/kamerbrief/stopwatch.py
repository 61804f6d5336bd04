"""Time per step, as every answer carries it."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")


class Stopwatch:
    """Milliseconds per step: `with clock("search"): …`; what a step takes in several goes is added up."""

    def __init__(self) -> None:
        self.milliseconds: dict[str, float] = {}
        self._begun = time.perf_counter()

    @property
    def elapsed(self) -> float:
        """Milliseconds since it was made."""
        return round((time.perf_counter() - self._begun) * 1000, 3)

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            spent = (time.perf_counter() - start) * 1000
            self.milliseconds[step] = round(self.milliseconds.get(step, 0.0) + spent, 3)

    def waits(self, step: str, items: Iterable[Item]) -> Iterator[Item]:
        """The items; what is waited for each of them counts for the step, what is done with them meanwhile does not."""
        coming = iter(items)
        while True:
            try:
                with self(step):
                    one = next(coming)
            except StopIteration:
                return
            yield one
