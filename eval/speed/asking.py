"""Asking: in a process that is warm, step by step, and in one that is started anew."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from unittest.mock import patch

import numpy as np

from eval.paths import SAMPLE
from eval.sets.cases import load_golden
from eval.speed.base import Row, Steps, peak_memory
from kamerbrief.library import Kamerbrief
from kamerbrief.store.answer_log import AnswerLog

PROGRAM = Path(sys.executable).parent / "kamerbrief"
LONGEST_QUESTION = 2000  # characters: what `ask` takes
STARTS = 5


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
        Row("memory of the asking process, at most", f"{peak_memory():.0f} MB", goal="< 700 MB"),
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
    sample = [case.question for case in load_golden().cases if SAMPLE.stem in case.letters]
    path = data / "questions" / "kamervragen.jsonl"
    if not path.exists():
        return sample
    real = [text for line in path.read_text().splitlines() for text in json.loads(line)["vragen"]]
    real = [text for text in real if len(text) <= LONGEST_QUESTION]
    return [*sample, *random.Random(1).sample(real, count)]
