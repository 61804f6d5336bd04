"""With the defaults nothing reaches the network and nothing need be in a cache: a process that may not do the one and
does not have the other adds a letter and answers."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_cli import PROGRAM

NO_NETWORK = """
import sys

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def guard(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto") and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if host not in LOOPBACK:
        sys.stderr.write(f"reached for {host}\\n")
        raise PermissionError(f"no network: {host}")


sys.addaudithook(guard)
"""

ADD_AND_ASK = """
from kamerbrief import Kamerbrief

with Kamerbrief() as kb:
    print(kb.add(sys.argv[1]).outcome)
    print(kb.ask("Hoeveel helmen heeft Nederland geleverd aan de Koerden?").sentences[0].text)
"""

REACH_OUT = """
import socket

socket.create_connection((sys.argv[1], 9), timeout=1)
"""


def cage() -> list[str]:
    """The start of a command that runs the rest without any network, loopback neither; empty where there is none."""
    command = ["unshare", "-rn"]
    if not shutil.which("unshare") or subprocess.run([*command, "true"], capture_output=True).returncode:
        return []
    return command


CAGE = cage()


def run(program: str, argument: str, home: Path) -> subprocess.CompletedProcess[str]:
    """The program in a process with the network forbidden and a home of its own, which holds nothing."""
    environment = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    environment |= {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    command = [sys.executable, "-c", NO_NETWORK + program, argument]
    return subprocess.run(command, env=environment, cwd=home, capture_output=True, text=True, timeout=120)


def test_a_letter_is_added_and_answers_without_a_network(tmp_path: Path, sample: Path) -> None:
    done = run(ADD_AND_ASK, str(sample), tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""  # not tried and swallowed either
    outcome, sentence = done.stdout.splitlines()
    assert outcome == "new"
    assert "1.000 helmen" in sentence
    # Libraries that report their use without Python's sockets leave an id of the machine (ONNX Runtime from 1.29 on).
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["kamerbrief"]


@pytest.mark.skipif(not CAGE, reason="this system gives no process a network of its own (unshare -rn)")
def test_the_program_needs_not_even_an_interface(tmp_path: Path, sample: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "KAMERBRIEF_DATA_DIR": str(tmp_path / "data")}
    said = ""
    for command in (["add", str(sample)], ["ask", "--json", "Levert Nederland zelf wapens?"]):
        done = subprocess.run(
            [*CAGE, str(PROGRAM), *command], env=environment, capture_output=True, text=True, timeout=120
        )
        assert (done.returncode, done.stderr) == (0, "")
        said = done.stdout
    assert json.loads(said)["status"] == "answered"


def test_the_guard_would_tell(tmp_path: Path) -> None:
    for host in ("192.0.2.1", "letters.invalid"):  # set apart for documentation: RFC 5737, RFC 2606
        done = run(REACH_OUT, host, tmp_path)
        assert done.returncode == 1
        assert f"reached for {host}" in done.stderr
