"""kill -9 while letters are added, replaced and removed: the next start finds each letter whole or absent."""

import random
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kamerbrief.store.store import Store
from tests.conftest import ROOT
from tests.store.holding import agrees, heads_in, letter_in
from tests.store.letters import CHUNKING, EMBEDDER

pytestmark = pytest.mark.slow

KILLS = 20


def test_every_letter_is_whole_or_absent_after_each_kill(tmp_path: Path) -> None:
    chance = random.Random(20140910)
    states: set[tuple[str, ...]] = set()
    for kill in range(KILLS):
        _change_and_kill(tmp_path, f"kill-{kill}", chance.uniform(0.0, 0.4))
        with Store(tmp_path, EMBEDDER, CHUNKING) as store:
            assert store.whole()
            assert agrees(store)
            heads = heads_in(store)
            states.add(tuple(heads))
            for head in heads:
                letter = letter_in(store, head)
                assert letter is not None
                assert len(letter.paragraphs) == 5 + int(head[-1])
                versions = {re.sub(r".*versie ", "", paragraph.text) for paragraph in letter.paragraphs}
                assert len(versions) == 1
    assert len(states) > 1, "the kills all fell at one point: the test has tested nothing"


def _change_and_kill(folder: Path, seed: str, after: float) -> None:
    command = [sys.executable, "-m", "tests.store.changing", str(folder), seed]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == b"ready\n"
        time.sleep(after)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
