"""Measures the service under load, and prints a Markdown table.

    python -m eval.speed.load --store DIR [--clients 16] [--seconds 20] [--answers 0] [--data ../shared/data]

Starts `kamerbrief serve` on a data folder (one that `python -m eval.speed.asking` has filled, or any other) and asks
it the golden questions, and the library in this process the same ones in turn, so under the same load of the machine:
what HTTP adds is the difference of the two. Many clients at once are played by wrk, which must be installed (Debian:
wrk): with questions to ministers that nobody asked before, and with some golden ones again and again, for which the
service has read the sentences already. Then letters are added while questions are asked. With `--answers` that many
more are asked, and the memory is read on the way. Machines differ: the first line says how long the embedding model
takes for a passage of 124 tokens here, which is what most of the time goes to.
"""

import argparse
import itertools
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from eval.sets.cases import load_golden
from eval.sets.corpus import DATA
from eval.speed.asking import questions, reference
from kamerbrief.library import Kamerbrief

SAMPLE_LETTER = Path(__file__).parents[2] / "samples" / "kst-27925-504.txt"
PROGRAM = Path(sys.executable).parent / "kamerbrief"
SCRIPT = Path(__file__).parent / "load.lua"
UNASKED = 700  # real questions to ministers, more than are answered in the time
AGAIN = 100  # questions whose sentences are all kept
WARM = 20  # questions before anything is measured
MINUTE = 60  # seconds between two readings of the memory


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--answers", type=int, default=0)
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed (Debian: apt-get install wrk)")
    asked = [case.question for case in load_golden().cases]
    unasked = [one for one in questions(options.data, UNASKED) if one not in asked]
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, a passage {reference():.0f} ms\n")
    print("| measure | figure |\n|---|---|")
    with served(options.store) as (http, process, ready):
        row("start to ready", f"{ready:.1f} s")
        for question in asked[:WARM]:
            http.post("/v1/questions", json={"question": question})
        row("HTTP over the library", overhead(http, options.store, asked))
        crowd = f"{options.clients} clients, {options.seconds} s"
        row(f"{crowd}, not asked before", told(load(http, unasked, options.clients, options.seconds)))
        for question in asked[:AGAIN]:
            http.post("/v1/questions", json={"question": question})
        row(f"{crowd}, {AGAIN} again and again", told(load(http, asked[:AGAIN], options.clients, options.seconds)))
        row("memory", f"{memory(process.pid)} MB")
        row("asked while letters are added", while_adding(http, asked))
        more = 0.0
        while more < options.answers:
            more += load(http, asked, options.clients, MINUTE)["answers"]
            row(f"memory after {more:.0f} more answers", f"{memory(process.pid)} MB")


def row(measure: str, figure: str) -> None:
    print(f"| {measure} | {figure} |", flush=True)


@contextmanager
def served(store: Path) -> Iterator[tuple[httpx.Client, "subprocess.Popen[bytes]", float]]:
    """The service over a data folder: a client, its process, and the seconds until it was ready."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "KAMERBRIEF_DATA_DIR": str(store)}
    start = time.perf_counter()
    command = [str(PROGRAM), "serve", "--port", str(port)]
    with (
        subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as http,
    ):
        try:
            while process.poll() is None:
                with suppress(httpx.TransportError):
                    if http.get("/health/ready").status_code == 200:
                        break
                time.sleep(0.02)
            yield http, process, time.perf_counter() - start
        finally:
            process.terminate()


def overhead(http: httpx.Client, store: Path, asked: list[str]) -> str:
    """The medians of both, of questions asked in turn."""
    library, service = [], []
    with Kamerbrief(store) as kb:
        for question in asked[:WARM]:
            kb.ask(question)
        for question in asked:
            library.append(timed(kb.ask, question))
            service.append(timed(asking(http), question))
    more = statistics.median(b - a for a, b in zip(library, service, strict=True))
    return (
        f"{more:+.1f} ms (median of {len(asked)} differences; library {statistics.median(library):.1f}, service "
        f"{statistics.median(service):.1f})"
    )


def asking(http: httpx.Client) -> Callable[[str], httpx.Response]:
    return lambda question: http.post("/v1/questions", json={"question": question}).raise_for_status()


def timed(call: Callable[[str], object], question: str) -> float:
    """The milliseconds of a call."""
    start = time.perf_counter()
    call(question)
    return (time.perf_counter() - start) * 1000


def load(http: httpx.Client, asked: list[str], clients: int, seconds: int) -> dict[str, float]:
    """What wrk measures."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.writelines(json.dumps(question) + "\n" for question in asked)
        file.flush()
        command = [
            "wrk",
            "-t1",
            f"-c{clients}",
            f"-d{seconds}s",
            "--timeout",
            "30s",
            "-s",
            str(SCRIPT),
            str(http.base_url),
        ]
        done = subprocess.run([*command, "--", file.name], capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout.rpartition("FIGURES ")[2])
    return figures


def told(found: dict[str, float]) -> str:
    return (
        f"{found['answers'] / found['seconds']:.1f} answers/s, p50 {found['p50']:.0f}, p95 {found['p95']:.0f}, p99 "
        f"{found['p99']:.0f}, most {found['most']:.0f} ms, {found['lost']:.0f} lost of {found['answers']:.0f}"
    )


def while_adding(http: httpx.Client, asked: list[str]) -> str:
    """The times of questions, one at a time, before and while letters are added, which are removed again."""
    content = SAMPLE_LETTER.read_bytes()
    numbers = range(900, 915)
    files = [("files", (f"{n}.txt", content.replace(b"nr. 504", b"nr. %d" % n))) for n in numbers]
    alone = [timed(asking(http), question) for question in asked[:50]]
    with httpx.Client(base_url=http.base_url, timeout=600) as other:
        adding = threading.Thread(target=lambda: other.post("/v1/letters", files=files))
        adding.start()
        cycle = itertools.takewhile(lambda _: adding.is_alive(), itertools.cycle(asked))
        during = [timed(asking(http), question) for question in cycle]
        adding.join()
        for number in numbers:
            other.delete(f"/v1/letters/kst-27925-{number}")
    return (
        f"most {max(during):.0f} ms, median {statistics.median(during):.0f} of {len(during)}; alone most "
        f"{max(alone):.0f}, median {statistics.median(alone):.0f}"
    )


def memory(pid: int) -> int:
    """Resident memory in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) // 1024


if __name__ == "__main__":
    main()
