"""Two adders, two readers and one who rebuilds, at once: nothing is lost, nothing half visible."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

ROUNDS = int(os.environ.get("ROUNDS", "10"))  # among the slow tests


@pytest.mark.parametrize("rounds", [2, pytest.param(ROUNDS, marks=pytest.mark.slow)])
def test_all_at_once(tmp_path: Path, rounds: int) -> None:
    command = [sys.executable, "-m", "tests.store.together", str(tmp_path / "data"), str(rounds)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    print(done.stdout, end="")
    assert (done.returncode, done.stderr) == (0, "")
