"""kill -9 at random moments of every kind of change: what is left is the old letters or the new ones, whole.

`KILLS=30 python -m pytest tests/store/test_crash.py -m slow -s` prints the table of docs/faults.md.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

KINDS = ["add", "replace", "remove", "rebuild", "switch", "mend", "carry", "backup", "restore", "restore switch"]
FEW = ["add", "rebuild", "switch", "backup", "restore switch"]
KILLS = int(os.environ.get("KILLS", "10"))  # of each kind, among the slow tests
SEED = os.environ.get("KILL_SEED", "20140910")


@pytest.mark.parametrize(
    ("kind", "times"),
    [*((kind, 1) for kind in FEW), *(pytest.param(kind, KILLS, marks=pytest.mark.slow) for kind in KINDS)],
)
def test_a_kill_leaves_the_old_letters_or_the_new_ones(tmp_path: Path, kind: str, times: int) -> None:
    command = [sys.executable, "-m", "tests.store.killing", str(tmp_path), SEED, kind, str(times)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    print(f"seed {SEED}, {done.stdout}", end="")
    assert (done.returncode, done.stderr) == (0, "")
    old, new, finished = (int(count) for count in re.findall("[0-9]+", done.stdout))
    assert old + new == times
    print(f"({finished} more changes were done first)")
