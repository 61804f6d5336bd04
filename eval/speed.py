"""Measures adding and asking, step by step.

    python -m eval.speed [--pages 5023] [--questions 200] [--store DIR] [--data ../shared/data]

Adds the letters and answers of ../shared/data (the sample alone where it is absent) and sgd pages beside them, then
asks real questions to ministers in this warm process, and starts the program anew for `--help` and a cold `ask`. A
filled --store is used again. Machines differ and are shared, so the figures stand between two of the embedding model
alone.
"""

import argparse
import gzip
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from eval.cases import DATA, SETS, documents, load
from kamerbrief.index.e5 import E5Embedder
from kamerbrief.index.passages import PassageText
from kamerbrief.library import Kamerbrief

PROGRAM = Path(sys.executable).parent / "kamerbrief"
REFERENCE = "De door Defensie ingevlogen hulpgoederen zijn overgedragen aan lokale organisaties voor distributie. " * 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pages", type=int, default=5023)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--store", type=Path, help="a folder to keep the filled store in, or one that holds it")
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args()
    print(f"machine load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n\n| step | value |\n|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        measure_adding(Path(folder), documents(options.data))
        store = options.store or Path(folder) / "all"
        fill(store, options.data, options.pages)
        measure_asking(store, questions(options.data, options.questions))
        measure_starting(store)
    row("the model alone, one passage again", f"{reference():.1f} ms")
    print(f"\nmachine load {os.getloadavg()[0]:.1f}")


def measure_adding(folder: Path, paths: Sequence[Path]) -> None:
    """Paragraphs a second end to end, into an empty store, with the model loaded."""
    with Kamerbrief(folder / "adding") as kb:
        row("the model alone, one passage", f"{reference():.1f} ms")
        kb.ask("Is het model geladen?")
        start = time.perf_counter()
        count = sum(getattr(outcome, "paragraphs", 0) for outcome in kb.add_all(paths))
        seconds = time.perf_counter() - start
        row("adding", f"{count / seconds:.0f} paragraphs/s ({count} in {seconds:.1f} s, {len(paths)} letters)")


def fill(store: Path, data: Path, pages: int) -> None:
    """Adds letters and pages that are not there yet. Pages lose their printed number: many share one, and would
    replace each other."""
    with Kamerbrief(store) as kb:
        before = kb.status()
        if before.letters < len(documents(data)) + pages // 2:
            start = time.perf_counter()
            list(kb.add_all([*documents(data), *_pages(data, pages)]))
            row("filling the store", f"{time.perf_counter() - start:.0f} s")
        status = kb.status()
        row("in the store", f"{status.letters} letters, {status.paragraphs} paragraphs, {status.chunks} chunks")


def measure_asking(store: Path, asked: Sequence[str]) -> None:
    """Milliseconds of `ask` in a warm process, whole and by step."""
    with Kamerbrief(store) as kb:
        for text in asked[:5]:
            kb.ask(text)
        steps: dict[str, list[float]] = {}
        for text in asked:
            start = time.perf_counter()
            answer = kb.ask(text)
            whole = (time.perf_counter() - start) * 1000
            for name, value in {**answer.milliseconds, "log and the rest": 0.0, "whole": whole}.items():
                steps.setdefault(name, []).append(value)
            steps["log and the rest"][-1] = whole - sum(answer.milliseconds.values())
        for name, values in steps.items():
            median, p95 = np.percentile(values, [50, 95])
            row(f"ask, {name}", f"median {median:.1f} ms, p95 {p95:.1f} ms")
    row("memory of this process, at most", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def measure_starting(store: Path) -> None:
    """Seconds of a new process."""
    environment = {**os.environ, "KAMERBRIEF_DATA_DIR": str(store)}
    for name, arguments in {
        "--help": ["--help"],
        "ask, cold": ["ask", "Wie leidt de nieuwe Iraakse regering?"],
    }.items():
        times = []
        for _ in range(3):
            start = time.perf_counter()
            subprocess.run([PROGRAM, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL)
            times.append(time.perf_counter() - start)
        row(name, f"{sorted(times)[1]:.2f} s")
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    row("memory of a cold ask, at most", f"{used:.0f} MB")


def reference() -> float:
    """Milliseconds that the embedding model alone takes for one passage of some 120 tokens: the median of 20."""
    embedder, times = E5Embedder(), []
    for _ in range(22):
        start = time.perf_counter()
        embedder.passages([PassageText("", REFERENCE, ())])
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times[2:])[10]


def questions(data: Path, count: int) -> list[str]:
    """Real questions to ministers, evenly out of all of them, and those of the golden set's dev half."""
    golden = [case.question for case in load(SETS / "golden.jsonl") if case.split == "dev"][: count // 4]
    path = data / "questions" / "kamervragen.jsonl"
    if not path.exists():
        return golden
    asked = [text for line in path.read_text().splitlines() for text in json.loads(line)["vragen"]]
    real = [re.sub(r"^Vraag [\d, en]+\n", "", text) for text in asked if len(text) < 2000]
    wanted = count - len(golden)
    return [*golden, *real[:: max(1, len(real) // wanted)][:wanted]]


def _pages(data: Path, count: int) -> Iterator[bytes]:
    path = data / "sgd" / "pages.jsonl.gz"
    if count and path.exists():
        with gzip.open(path, "rt") as lines:
            for line in islice(lines, count):
                yield json.loads(line)["text"].replace("nr.", "no.").replace("Nr.", "No.").encode()


def row(name: str, value: str) -> None:
    print(f"| {name} | {value} |", flush=True)


if __name__ == "__main__":
    main()
