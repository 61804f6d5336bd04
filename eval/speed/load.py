"""The service under load: beside the library, for many clients at once, and while letters are added.

It is `kamerbrief serve` on a data folder. The golden questions are put to it and to the library in this process in
turn, so under the same load of the machine: what HTTP adds is the difference of the two. Many clients at once are
played by wrk, which must be installed (Debian: wrk): with questions to ministers that nobody asked before, and with
some golden ones again and again, for which the service has read the sentences already.
"""

import itertools
import json
import os
import shutil
import socket
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from eval.checked import EvalError
from eval.paths import SAMPLE
from eval.sets.cases import load_golden
from eval.speed.asking import PROGRAM, questions
from eval.speed.base import Row
from kamerbrief.library import Kamerbrief

SCRIPT = Path(__file__).parent / "load.lua"
UNASKED = 700  # real questions to ministers, more than are answered in the time
AGAIN = 100  # questions whose sentences are all kept
WARM = 20  # questions before anything is measured
MINUTE = 60  # seconds between two readings of the memory


def measure_load(store: Path, data: Path, clients: int, seconds: int, answers: int) -> list[Row]:
    """All that is told of the service on a data folder; `answers` more are asked at the end, its memory read meanwhile.

    Raises EvalError where wrk is not installed.
    """
    if not shutil.which("wrk"):
        raise EvalError("wrk is not installed (Debian: apt-get install wrk)")
    asked = [case.question for case in load_golden().cases]
    unasked = [one for one in questions(data, UNASKED) if one not in asked]
    crowd = f"{clients} clients, {seconds} s"
    with served(store, "--workers", "1") as (http, process, ready):
        rows = [Row("start to ready", f"{ready:.1f} s", ready * 1000, "≤ 3 s")]
        _ask_all(http, asked[:WARM])
        rows.append(overhead(http, store, asked))
        rows.append(_told(f"{crowd}, not asked before", load(http, unasked, clients, seconds)))
        _ask_all(http, asked[:AGAIN])
        rows.append(_told(f"{crowd}, {AGAIN} again and again", load(http, asked[:AGAIN], clients, seconds)))
        rows.append(Row("memory", f"{memory(process.pid)} MB"))
        rows.append(while_adding(http, asked))
        more = 0.0
        while more < answers:
            more += load(http, asked, clients, MINUTE)["answers"]
            rows.append(Row(f"memory after {more:.0f} more answers", f"{memory(process.pid)} MB", goal="flat"))
    return rows


def _ask_all(http: httpx.Client, asked: list[str]) -> None:
    for question in asked:
        http.post("/v1/questions", json={"question": question})


@contextmanager
def served(store: Path, *arguments: str) -> Iterator[tuple[httpx.Client, "subprocess.Popen[bytes]", float]]:
    """The service over a data folder: a client, its process, and the seconds until it was ready."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "KAMERBRIEF_DATA_DIR": str(store)}
    start = time.perf_counter()
    command = [str(PROGRAM), "serve", "--port", str(port), *arguments]
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


def overhead(http: httpx.Client, store: Path, asked: list[str]) -> Row:
    """The medians of both, of questions asked in turn."""
    library, service = [], []
    with Kamerbrief(store) as kb:
        for question in asked[:WARM]:
            kb.ask(question)
        for question in asked:
            library.append(timed(kb.ask, question))
            service.append(timed(asking(http), question))
    more = statistics.median(b - a for a, b in zip(library, service, strict=True))
    middles = f"library {statistics.median(library):.1f}, service {statistics.median(service):.1f}"
    figure = f"{more:+.1f} ms (median of {len(asked)} differences; {middles})"
    return Row("HTTP over the library", figure, more, "≤ 3 ms")


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


def _told(step: str, found: dict[str, float]) -> Row:
    rate = found["answers"] / found["seconds"]
    times = f"p50 {found['p50']:.0f}, p95 {found['p95']:.0f}, p99 {found['p99']:.0f}, most {found['most']:.0f} ms"
    lost = f"{found['lost']:.0f} lost of {found['answers']:.0f}"
    return Row(step, f"{rate:.1f} answers/s, {times}, {lost}", 1000 / rate, "≥ 25 answers/s at p95 ≤ 400 ms")


def while_adding(http: httpx.Client, asked: list[str]) -> Row:
    """The times of questions, one at a time, before and while letters are added, which are removed again."""
    content = SAMPLE.read_bytes()
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
    then = f"most {max(during):.0f} ms, median {statistics.median(during):.0f} of {len(during)}"
    before = f"alone most {max(alone):.0f}, median {statistics.median(alone):.0f}"
    return Row("asked while letters are added", f"{then}; {before}", max(during), "≤ 250 ms")


def memory(pid: int) -> int:
    """Resident memory in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) // 1024
