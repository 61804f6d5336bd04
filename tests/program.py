"""The program in processes of its own that start at once: forked off one that has imported it, by `multiprocessing`.

That the installed program starts is for the tests that start it: those of the doors for programs, of a network that is
not there, of folders that are read-only, of Ctrl-C, of a terminal's encoding.
"""

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from kamerbrief.cli.main import main


class Program:
    """`kamerbrief` at work, as `subprocess.Popen` has it; what it prints goes to files."""

    def __init__(self, *arguments: str, environment: Mapping[str, str], out: Path | None = None, errors: Path) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.preloaded", __name__])
        given = (arguments, dict(environment), str(out or os.devnull), str(errors))
        self._process: BaseProcess = context.Process(target=_run, args=given, daemon=True)
        self._process.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Waits for its end."""
        self.wait()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def children(self) -> list[int]:
        """The ids of the processes that it has begun and that are there, oldest first (Linux)."""
        return [int(one) for one in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code; negative is the signal that ended it. Raises TimeoutExpired."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("kamerbrief", timeout or 0)
        return self._process.exitcode

    def send_signal(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


def run_to_its_end(
    *arguments: str, environment: Mapping[str, str], timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    """What it printed, and its exit code; as `subprocess.run`."""
    with TemporaryDirectory() as folder:
        out, errors = Path(folder, "out"), Path(folder, "errors")
        code = Program(*arguments, environment=environment, out=out, errors=errors).wait(timeout)
        return subprocess.CompletedProcess(arguments, code, out.read_text(), errors.read_text())


def _run(arguments: tuple[str, ...], environment: dict[str, str], out: str, errors: str) -> None:
    for path, number in ((out, 1), (errors, 2)):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["kamerbrief", *arguments]
    main()
