"""A data folder that can only be read, and a disk that is full. Both need a mount that only one process sees."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kamerbrief import Kamerbrief
from tests.cli.test_cli import PROGRAM
from tests.conftest import ROOT

QUESTION = "Hoeveel helmen heeft Nederland geleverd aan de Koerden?"
LETTER = "kst-27925-504"


def mounted(how: str, *command: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Runs a command after a mount that only it sees."""
    script = f'{how} && shift 1 && exec "$@"'
    return subprocess.run(
        ["unshare", "--mount", "sh", "-c", script, "sh", settings.pop("folder"), *map(str, command)],
        env={**os.environ, **settings},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )


READ_ONLY = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1"'
SMALL = 'mount -t tmpfs -o size=14m tmpfs "$1"'


@pytest.fixture(autouse=True)
def _can_mount(tmp_path: Path) -> None:
    if sys.platform != "linux" or not shutil.which("unshare"):
        pytest.skip("mounts for one process alone are a thing of Linux")
    if mounted(READ_ONLY, "true", folder=str(tmp_path)).returncode:
        pytest.skip("this user may not mount anything")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    folder = tmp_path_factory.mktemp("asked") / "data"
    with Kamerbrief(folder) as kb:
        kb.add(sample)
        kb.ask(QUESTION)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["letters"], LETTER),
        (["show", LETTER, "--json"], "1.000 helmen"),
        (["status"], "whole        True"),
        (["search", QUESTION, "--json"], "1.000 helmen"),
        (["ask", QUESTION], "1.000 helmen"),
        (["doctor"], "can only be read"),
    ],
    ids=lambda one: one[0] if isinstance(one, list) else "",
)
def test_a_folder_that_can_only_be_read_is_served(asked: Path, command: list[str], said: str) -> None:
    done = mounted(READ_ONLY, PROGRAM, *command, folder=str(asked), KAMERBRIEF_DATA_DIR=str(asked), COLUMNS="100")
    assert (done.returncode, done.stderr) == (0, "")
    assert said in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("command", [["remove", LETTER], ["reindex"], ["keys", "create", "a"], ["add"]])
def test_what_would_change_it_is_refused_in_one_line(
    asked: Path, tmp_path: Path, sample: Path, command: list[str | Path]
) -> None:
    other = tmp_path / "other.txt"
    other.write_bytes(sample.read_bytes().replace(b"nr. 504", b"nr. 505"))
    if command == ["add"]:
        command = ["add", other]
    done = mounted(READ_ONLY, PROGRAM, *command, folder=str(asked), KAMERBRIEF_DATA_DIR=str(asked))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "can only be read" in done.stderr


def test_a_folder_that_can_only_be_read_is_read_whole(asked: Path, tmp_path: Path) -> None:
    script = (
        "from kamerbrief import Kamerbrief\n"
        f"with Kamerbrief({str(asked)!r}) as kb:\n"
        f"    print(len(kb.letters()), kb.status().whole, bool(kb.search({QUESTION!r})), len(kb.answers(9)))\n"
        f"    print(kb.ask({QUESTION!r}).status, len(kb.answers(9)))\n"
    )
    done = mounted(READ_ONLY, sys.executable, "-c", script, folder=str(asked))
    assert (done.stdout, done.stderr) == ("1 True True 1\nanswered 1\n", "")


@pytest.mark.slow
def test_a_full_disk_is_one_line_and_costs_nothing(tmp_path: Path) -> None:
    """Letters are added until there is no more room; those that were told to be there are, whole."""
    done = mounted(SMALL, sys.executable, "-m", "tests.store.filling", tmp_path, folder=str(tmp_path))
    assert done.stderr == ""
    assert done.stdout.splitlines()[-3:] == ["read", "whole", "removed and added again"]
    told = done.stdout.splitlines()[:-3]
    assert told
    assert all(line.startswith(f"no space left for {tmp_path}") for line in told)


@pytest.mark.slow
@pytest.mark.parametrize("size", ["100k", "240k"])
def test_a_backup_onto_a_full_disk_leaves_the_one_before(asked: Path, tmp_path: Path, size: str) -> None:
    """Once the copies do not fit, and once they do but for what is written beside them."""
    file = tmp_path / "backup.zip"
    how = f'mount -t tmpfs -o size={size} tmpfs "$1" && echo before > {file}'
    look = f"{{ {PROGRAM} backup {file}; cat {file}; ls {tmp_path}; }}"
    done = mounted(f"{how} && {look}", "true", folder=str(tmp_path), KAMERBRIEF_DATA_DIR=str(asked))
    assert (done.stderr.count("\n"), done.stdout.split()) == (1, ["before", "backup.zip"])
    assert f"no space left for {tmp_path}" in done.stderr


@pytest.mark.slow
def test_a_restore_onto_a_full_disk_leaves_the_folder_empty(asked: Path, tmp_path: Path) -> None:
    file, data, disk = tmp_path / "backup.zip", tmp_path / "disk" / "data", tmp_path / "disk"
    disk.mkdir()
    with Kamerbrief(asked) as kb:
        assert kb.backup(file) == 1
    look = f'mount -t tmpfs -o size=300k tmpfs "$1" && {{ {PROGRAM} restore {file}; ls {data}; }}'
    done = mounted(look, "true", folder=str(disk), KAMERBRIEF_DATA_DIR=str(data))
    assert (done.stderr.count("\n"), done.stdout.split()) == (1, ["writing.lock"])
    assert f"no space left for {disk}" in done.stderr
