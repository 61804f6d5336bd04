"""How a measurement of speed is made: in a process of its own, between two of the embedding model alone.

Machines differ and are shared. So the time of each step is told beside that of one pass of the embedding model over one
passage of 124 tokens: "× reference" says how many of these the same time would hold. Figures of different machines, or
under different loads, can be compared by that column at most, or by the time of processor.
"""

import multiprocessing
import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import numpy as np

from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.embedding.passages import PassageText

_In = ParamSpec("_In")
_Out = TypeVar("_Out")

SENTENCE = "De door Defensie ingevlogen hulpgoederen zijn overgedragen aan lokale organisaties voor distributie."
REFERENCE = " ".join([SENTENCE] * 5)  # 124 tokens


@dataclass(frozen=True)
class Row:
    """A line of a table. `milliseconds` is what is held against the reference; of a rate, the time of one."""

    step: str
    figure: str
    milliseconds: float | None = None
    goal: str = ""


@dataclass(frozen=True)
class Timed:
    """What was measured between two passes of the reference, `before` and `after` (milliseconds), under which loads."""

    rows: tuple[Row, ...]
    before: float
    after: float
    loads: tuple[float, float]

    @property
    def reference(self) -> str:
        loads = ", ".join(f"{average:.1f}" for average in self.loads)
        return f"{self.before:.1f} ms, {self.after:.1f} ms; {loads}"

    def ratio(self, row: Row) -> float | None:
        """How many passes of the reference a row's time would hold."""
        return None if row.milliseconds is None else row.milliseconds / ((self.before + self.after) / 2)


class Steps:
    """The milliseconds of every call, by step."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = {}

    def timed(self, step: str, function: Callable[_In, _Out]) -> Callable[_In, _Out]:
        """The same function, its calls counted to a step."""

        @wraps(function)
        def timing(*args: _In.args, **named: _In.kwargs) -> _Out:
            start = time.perf_counter()
            try:
                return function(*args, **named)
            finally:
                self.note(step, (time.perf_counter() - start) * 1000)

        return timing

    def note(self, step: str, milliseconds: float) -> None:
        self.times.setdefault(step, []).append(milliseconds)


def beside_reference(measure: Callable[_In, list[Row]], *args: _In.args, **named: _In.kwargs) -> Timed:
    """Measures in a process of its own, so that no other's memory counts, and the reference before and after it."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, spawn, max_tasks_per_child=1) as process:
        before = process.submit(reference).result()
        rows = process.submit(measure, *args, **named).result()
        after = process.submit(reference).result()
    return Timed(tuple(rows), before, after, os.getloadavg()[:2])


def reference() -> float:
    """Milliseconds of one pass of the embedding model over 124 tokens, on one thread: the median of 40."""
    embedder, steps = E5Embedder(), Steps()
    embed = steps.timed("pass", embedder.passages)
    for _ in range(45):
        embed([PassageText("", REFERENCE, ())])
    return float(np.median(steps.times["pass"][5:]))


def peak_memory() -> float:
    """The most megabytes this process has held. Not of getrusage: that counts the parent's memory at its start too."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status["VmHWM"].split()[0]) / 1024
