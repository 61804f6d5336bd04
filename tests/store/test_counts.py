"""What is counted for a while, by several threads and over several databases' connections."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kamerbrief import Kamerbrief


def test_counts_are_those_of_all_who_count(tmp_path: Path) -> None:
    with Kamerbrief(tmp_path) as one, Kamerbrief(tmp_path) as other, ThreadPoolExecutor(8) as threads:
        both = [one.keys.counts, other.keys.counts]
        found = list(threads.map(lambda turn: both[turn % 2].add("a", 2, 60), range(40)))
        assert sorted(found) == list(range(2, 82, 2))
        assert [each.get("a")[0] for each in both] == [80, 80]
        assert one.keys.counts.get("b")[0] == 0


def test_a_count_ends_after_its_time_and_is_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("kamerbrief.store.counts.time.time", lambda: now[0])
    with Kamerbrief(tmp_path) as kb:
        found = kb.keys.counts
        assert [found.add("a", 1, 60), found.add("a", 1, 60)] == [1, 2]
        now[0] = 1059.0
        assert found.get("a") == (2, 1060.0)
        now[0] = 1060.0
        assert found.get("a") == (0, 1060.0)
        assert found.add("b", 1, 60) == 1
        assert found.add("a", 1, 60) == 1
