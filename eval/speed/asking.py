"""Measures adding and asking, step by step, and prints a Markdown table.

    python -m eval.speed.asking [--store DIR] [--pages 5023] [--questions 200] [--data ../shared/data]

Adds the letters and answers of the data folder (the sample letter alone where there is none) to a new store, and with
the sgd pages to --store, where what is there already is not added again; asks real questions to ministers; starts the
program anew for `--help` and a cold `ask`. Each measurement has a process of its own, so that no other's memory counts.

Machines differ and are shared. So each measurement stands between two of the embedding model alone, and the column
"× reference" says how many passes of the model over one passage of 124 tokens the same time would hold. Figures of
different machines, or under different loads, can be compared by that column at most, or by the time of processor.
"""

import argparse
import gzip
import json
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from itertools import islice
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from unittest.mock import patch

import numpy as np

from eval.sets.cases import load_golden
from eval.sets.corpus import DATA, documents
from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.embedding.passages import PassageText
from kamerbrief.index import adding
from kamerbrief.index.chunks import chunk
from kamerbrief.letters.reading import read_letter
from kamerbrief.library import Kamerbrief
from kamerbrief.records.letters import Added, Letter
from kamerbrief.store.answer_log import AnswerLog
from kamerbrief.store.store import Store

_In = ParamSpec("_In")
_Out = TypeVar("_Out")

PROGRAM = Path(sys.executable).parent / "kamerbrief"
SAMPLE = "kst-27925-504"
LONGEST_QUESTION = 2000  # characters: what `ask` takes
SENTENCE = "De door Defensie ingevlogen hulpgoederen zijn overgedragen aan lokale organisaties voor distributie."
REFERENCE = " ".join([SENTENCE] * 5)  # 124 tokens
STARTS = 5


@dataclass(frozen=True)
class Row:
    """A line of the table. `milliseconds` is the time that is compared with the reference."""

    step: str
    figure: str
    milliseconds: float | None = None
    goal: str = ""


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--store", type=Path, help="a folder to keep the filled store in, or one that holds it")
    parser.add_argument("--pages", type=int, default=5023)
    parser.add_argument("--questions", type=int, default=200, help="how many of those to ministers")
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores\n\n| step | figure | × reference | goal |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        store = options.store or Path(folder) / "filled"
        asked = questions(options.data, options.questions)
        report(measure_adding, Path(folder) / "letters", options.data, 0)
        report(measure_adding, store, options.data, options.pages)
        report(measure_asking, store, asked)
        report(measure_starting, store)


def report(measure: Callable[_In, list[Row]], *args: _In.args, **named: _In.kwargs) -> None:
    """Prints what a measurement gives, with the reference before and after it."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, spawn, max_tasks_per_child=1) as process:
        before = process.submit(reference).result()
        rows = process.submit(measure, *args, **named).result()
        after = process.submit(reference).result()
    single = (before + after) / 2
    for row in rows:
        ratio = "" if row.milliseconds is None else f"{row.milliseconds / single:.2f}"
        print(f"| {row.step} | {row.figure} | {ratio} | {row.goal} |")
    load = ", ".join(f"{average:.1f}" for average in os.getloadavg()[:2])
    print(
        f"| *reference before, after; load of 1 and 5 minutes* | {before:.1f} ms, {after:.1f} ms; {load} | 1 | |",
        flush=True,
    )


def reference() -> float:
    """Milliseconds of one pass of the embedding model over 124 tokens, on one thread: the median of 40."""
    embedder, steps = E5Embedder(), Steps()
    embed = steps.timed("pass", embedder.passages)
    for _ in range(45):
        embed([PassageText("", REFERENCE, ())])
    return float(np.median(steps.times["pass"][5:]))


def measure_adding(store: Path, data: Path, pages: int) -> list[Row]:
    """Paragraphs a second end to end, the model loaded, and the share of each step."""
    with Kamerbrief(store) as kb:
        there = {head.id for head in kb.letters()}
        wanted = {name: text for name, text in _pages(data, pages) if name not in there}
        kb.ask("Is het model geladen?")
        steps = Steps()
        with _adding_timed(steps, wanted):
            start, idle = time.perf_counter(), time.process_time()
            outcomes = list(kb.add_all([*documents(data), *wanted.values()]))
            seconds, busy = time.perf_counter() - start, time.process_time() - idle
        added = [one for one in outcomes if isinstance(one, Added) and one.outcome != "same"]
        status = kb.status()
    rows = [Row("in the store", f"{status.letters} letters, {status.paragraphs} paragraphs, {status.chunks} chunks")]
    if not added:
        return rows
    count = sum(one.paragraphs for one in added)
    what = f"adding {len(added)} letters, {count} paragraphs"
    rate = f"{count / seconds:.0f} paragraphs/s ({busy * 1000 / count:.1f} ms of processor each)"
    rows += [Row(what, rate, seconds * 1000 / count, "≥ 40")]
    shares = {name: sum(times) / 1000 for name, times in steps.times.items()}
    shares["the rest"] = seconds - sum(shares.values())
    rows += [Row(f"… {name}", f"{share:.2f} s, {share / seconds:.0%}") for name, share in shares.items()]
    return [*rows, Row("memory of the adding process, at most", f"{_peak_memory():.0f} MB")]


@contextmanager
def _adding_timed(steps: Steps, pages: Iterable[str]) -> Iterator[None]:
    """Times the steps of adding. What is added as bytes is a page and gets the next id of `pages`: the numbers printed
    on pages are not their own, and those that share one would replace each other."""
    ids = iter(pages)

    def read(source: Any, **named: Any) -> Letter:
        page = {"id": next(ids)} if isinstance(source, bytes) else {}
        return read_letter(source, **named).model_copy(update=page)

    with (
        patch.object(adding, "read_letter", steps.timed("read", read)),
        patch.object(adding, "chunk", steps.timed("chunk", chunk)),
        patch.object(E5Embedder, "passages", steps.timed("embed", E5Embedder.passages)),
        patch.object(Store, "put", steps.timed("store", Store.put)),
    ):
        yield


def measure_asking(store: Path, asked: list[str]) -> list[Row]:
    """Milliseconds of `ask` in a warm process, whole and by step."""
    steps = Steps()
    with Kamerbrief(store) as kb, patch.object(AnswerLog, "add", steps.timed("log", AnswerLog.add)):
        for text in asked[:5]:
            kb.ask(text)
        steps.times.clear()
        ask, idle = steps.timed("whole", kb.ask), time.process_time()
        for text in asked:
            answer = ask(text)
            rest = steps.times["whole"][-1] - steps.times["log"][-1] - sum(answer.milliseconds.values())
            for name, milliseconds in [*answer.milliseconds.items(), ("the rest", rest)]:
                steps.note(name, milliseconds)
        busy = (time.process_time() - idle) * 1000 / len(asked)
    whole = steps.times.pop("whole")
    middle, high = np.percentile(whole, [50, 95])
    return [
        Row(
            f"asking {len(asked)} questions, median",
            f"{middle:.1f} ms ({busy:.1f} ms of processor each)",
            middle,
            "≤ 60 ms",
        ),
        Row("asking, p95", f"{high:.1f} ms", high, "≤ 120 ms"),
        *(
            Row(f"… {name}", "median {:.1f} ms, p95 {:.1f} ms".format(*np.percentile(times, [50, 95])))
            for name, times in sorted(steps.times.items(), key=lambda step: -sum(step[1]))
        ),
        Row("memory of the asking process, at most", f"{_peak_memory():.0f} MB", goal="< 700 MB"),
    ]


def measure_starting(store: Path) -> list[Row]:
    """Seconds of a new process."""
    return [
        _start("`kamerbrief --help`", store, ["--help"], "< 0.5 s"),
        _start("cold `kamerbrief ask`", store, ["ask", "Wie leidt de nieuwe Iraakse regering?"], "< 3 s"),
    ]


def _start(step: str, store: Path, arguments: list[str], goal: str) -> Row:
    environment, steps = {**os.environ, "KAMERBRIEF_DATA_DIR": str(store)}, Steps()

    def run() -> None:
        subprocess.run([PROGRAM, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL)

    timed, before = steps.timed("start", run), os.times()
    for _ in range(STARTS):
        timed()
    after, middle = os.times(), float(np.median(steps.times["start"]))
    busy = (after.children_user + after.children_system - before.children_user - before.children_system) / STARTS
    return Row(f"{step}, median of {STARTS}", f"{middle / 1000:.2f} s ({busy:.2f} s of processor)", middle, goal)


def questions(data: Path, count: int) -> list[str]:
    """The golden set's questions about the sample letter, and as many real ones to ministers: always the same."""
    sample = [case.question for case in load_golden().cases if SAMPLE in case.letters]
    path = data / "questions" / "kamervragen.jsonl"
    if not path.exists():
        return sample
    real = [text for line in path.read_text().splitlines() for text in json.loads(line)["vragen"]]
    real = [text for text in real if len(text) <= LONGEST_QUESTION]
    return [*sample, *random.Random(1).sample(real, count)]


def _pages(data: Path, count: int) -> Iterator[tuple[str, bytes]]:
    path = data / "sgd" / "pages.jsonl.gz"
    if count and path.exists():
        with gzip.open(path, "rt") as lines:
            for number, line in enumerate(islice(lines, count), 1):
                yield f"sgd-{number}", json.loads(line)["text"].encode()


def _peak_memory() -> float:
    """The most megabytes this process has held. Not of getrusage: that counts the parent's memory at its start too."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status["VmHWM"].split()[0]) / 1024


if __name__ == "__main__":
    main()
