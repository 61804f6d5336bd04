"""`kamerbrief add` of many files: in one run that nothing stops, and in one that is killed again and again and resumed.

All is kept in a folder, so that a command that is cut off goes on where it was: `pages` are the files, `whole` and
`killed` the data folders, and beside each what its runs told.
"""

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import deque
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from eval.checked import EvalError
from eval.sets.passages import PAGES

_PROGRAM = (sys.executable, "-c", "from kamerbrief.cli.main import main; main()")
_NO_NEWS = "there already"
_LATELY = 64  # outcomes, of several groups of letters


class Kill(NamedTuple):
    """A run was killed at so many outcomes that it had told, so many seconds after it had begun."""

    told: int
    seconds: float


class Runs(NamedTuple):
    """What the killed runs came to: the kills, and the lines that two of them told as news. What a run tells of is on
    disk, so there should be none."""

    kills: tuple[Kill, ...]
    twice: tuple[str, ...]


def write_pages(folder: Path, data: Path, count: int) -> int:
    """The first sgd pages, a file each; gives how many there are."""
    if not (data / PAGES).exists():
        raise EvalError(f"{data / PAGES} is not there: give the folder of real documents with --data")
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    with gzip.open(data / PAGES, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(islice(lines, count), 1):
            (folder / "pages" / f"sgd-{number:04}.txt").write_text(json.loads(line)["text"], encoding="utf-8")
    return len(list((folder / "pages").iterdir()))


def add_whole(folder: Path) -> list[str]:
    """Adds the pages in one run, unless that was done; gives what it told, a line an outcome."""
    told = folder / "whole.json"
    if not told.exists():
        lines = list(_Adding(folder, "whole").lines())
        told.write_text(json.dumps(lines))
    found: list[str] = json.loads(told.read_text())
    return found


def add_killed(folder: Path, pages: int, kills: int, seed: int) -> Runs:
    """Adds the pages in runs that are killed (SIGKILL), each at a later one of what is told of them, and a last one
    that is not. The moment is a random one of the time from one group of letters to the next."""
    chance = random.Random(seed)
    points = [(at, chance.random()) for at in sorted(chance.sample(range(1, pages), kills))]
    noted = folder / "killed.json"
    record: dict[str, Any] = json.loads(noted.read_text()) if noted.exists() else {"kills": [], "told": []}
    for at, share in points[len(record["kills"]) :]:
        adding = _Adding(folder, "killed")
        record["told"].append(adding.killed_at(at, share))
        record["kills"].append(Kill(len(record["told"][-1]), round(adding.seconds, 1)))
        noted.write_text(json.dumps(record))
    if len(record["told"]) == kills:
        record["told"].append(list(_Adding(folder, "killed").lines()))
        noted.write_text(json.dumps(record))
    news = [line for run in record["told"] for line in run if not line.endswith(_NO_NEWS)]
    twice = tuple(sorted({line for line in news if news.count(line) > 1}))
    return Runs(tuple(Kill(*one) for one in record["kills"]), twice)


class _Adding:
    """A run of `kamerbrief add`, which tells of each letter once it is on disk."""

    def __init__(self, folder: Path, name: str) -> None:
        self._errors = folder / f"{name}.log"
        self._began = time.monotonic()
        with self._errors.open("a") as errors:
            self._process = subprocess.Popen(
                [*_PROGRAM, "add", "pages"],
                cwd=folder,
                env=os.environ | {"KAMERBRIEF_DATA_DIR": str(folder / name), "COLUMNS": "400"},
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self.seconds = 0.0

    def lines(self) -> list[str]:
        """What it tells until it ends. Raises EvalError where it fails of something else than single files."""
        told, _ = self._process.communicate()
        if self._process.returncode not in (0, 1):
            raise EvalError(f"adding ended with {self._process.returncode}: see {self._errors}")
        return told.splitlines()

    def killed_at(self, at: int, share: float) -> list[str]:
        """What it told until it was killed."""
        assert self._process.stdout
        told, last = list[str](), time.monotonic()
        waits: deque[float] = deque(maxlen=_LATELY)
        for line in islice(self._process.stdout, at):
            told.append(line.rstrip("\n"))
            waits.append(time.monotonic() - last)
            last += waits[-1]
        if len(told) < at:
            raise EvalError(f"adding ended before it told of {at}: see {self._errors}")
        time.sleep(share * max(waits))
        self._process.send_signal(signal.SIGKILL)
        self.seconds = time.monotonic() - self._began
        rest, _ = self._process.communicate()
        return told + [line[:-1] for line in rest.splitlines(keepends=True) if line.endswith("\n")]
