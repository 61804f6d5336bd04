"""A service in one process and in several, beside each other: answers a second, how long they take, memory.

Both are asked the same by wrk, each having read nothing before. What they do in the same minutes under the same load
of the machine is told as a ratio.
"""

import os
import shutil
from pathlib import Path
from typing import NamedTuple

from eval.checked import EvalError
from eval.sets.cases import load_golden
from eval.speed.asking import questions
from eval.speed.base import Row
from eval.speed.load import AGAIN, UNASKED, load, served
from kamerbrief.http.workers import CORES


class Measured(NamedTuple):
    """Of one service: seconds until it was ready, what wrk found, the seconds of processor that an answer took, and the
    memory of its processes in MB (PSS) when it was ready and in the end."""

    ready: float
    unasked: dict[str, float]
    again: dict[str, float]
    busy: tuple[float, float]
    fresh: list[int]
    memory: list[int]


def measure_workers(store: Path, data: Path, clients: int, seconds: int, workers: int | None) -> list[Row]:
    """One process beside `workers` (the cores). Raises EvalError where wrk is not installed."""
    if not shutil.which("wrk"):
        raise EvalError("wrk is not installed (Debian: apt-get install wrk)")
    asked = [case.question for case in load_golden().cases][:AGAIN]
    unasked = [one for one in questions(data, UNASKED) if one not in asked]
    many = workers or CORES
    found = {count: _measured(store, count, asked, unasked, clients, seconds) for count in (1, many)}
    rows = [Row(f"{count} processes: {step}", figure) for count in found for step, figure in _told(found[count])]
    one, other = found[1], found[many]
    for step, before, after in (
        ("not asked before", one.unasked, other.unasked),
        (f"{len(asked)} again and again", one.again, other.again),
    ):
        ratio, slowest = _rate(after) / _rate(before), after["p95"] / before["p95"]
        rows.append(Row(f"{many} beside 1, {step}", f"{ratio:.2f} times the answers, p95 {slowest:.2f} times"))
    return rows


def _measured(store: Path, workers: int, asked: list[str], unasked: list[str], clients: int, seconds: int) -> Measured:
    with served(store, "--workers", str(workers)) as (http, process, ready):
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        processes = [process.pid] if workers == 1 else [process.pid, *map(int, children)]
        fresh, idle = [_memory(one) for one in processes], _busy(processes)
        first = load(http, unasked, clients, seconds)
        middle = _busy(processes)
        load(http, asked, clients, seconds)  # so that each process has read what they cite
        then = _busy(processes)
        again = load(http, asked, clients, seconds)
        busy = (middle - idle) / first["answers"], (_busy(processes) - then) / again["answers"]
        return Measured(ready, first, again, busy, fresh, [_memory(one) for one in processes])


def _told(found: Measured) -> list[tuple[str, str]]:
    return [
        ("start to ready", f"{found.ready:.1f} s"),
        ("questions not asked before", _figures(found.unasked, found.busy[0])),
        ("questions asked before", _figures(found.again, found.busy[1])),
        ("memory of each (PSS), ready", ", ".join(f"{one} MB" for one in found.fresh)),
        ("… in the end", ", ".join(f"{one} MB" for one in found.memory)),
    ]


def _figures(found: dict[str, float], busy: float) -> str:
    lost = f"{found['lost']:.0f} lost of {found['answers']:.0f}"
    times = f"p50 {found['p50']:.0f} ms, p95 {found['p95']:.0f} ms"
    return f"{_rate(found):.1f} answers/s, {times}, {busy * 1000:.0f} ms of processor each, {lost}"


def _rate(found: dict[str, float]) -> float:
    return found["answers"] / found["seconds"]


def _busy(processes: list[int]) -> float:
    """The seconds of processor that they have had."""
    fields = [Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in processes]
    return sum(int(one[11]) + int(one[12]) for one in fields) / os.sysconf("SC_CLK_TCK")


def _memory(process: int) -> int:
    """What it takes in MB, what it shares with others divided among them."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    return int(next(line for line in rollup.splitlines() if line.startswith("Pss:")).split()[1]) // 1024
