"""Runs over the sample letter: whole, broken off, killed, and against a service over HTTP."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from eval.checked import EvalError
from eval.paths import RUNS
from eval.runs.results import Results
from eval.runs.running import perform
from eval.systems.run_files import Run, load_run
from kamerbrief import Kamerbrief
from tests.conftest import ROOT

NAME = "golden"


@contextmanager
def service(kb: Kamerbrief, fails_after: int = 1_000_000) -> Iterator[str]:
    """A real server that answers `POST /v1/questions` out of the library, and 500 after some answers."""
    answered: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            assert self.path == "/v1/questions"
            broken = len(answered) >= fails_after
            answered.append(asked["question"])
            body = b"{}" if broken else kb.ask(asked["question"], k=asked["k"]).model_dump_json().encode()
            self.send_response(500 if broken else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def _results(run: Run, folder: Path, data: Path) -> Results:
    for _ in perform(NAME, run, folder, data, folder / "cache"):
        pass
    return Results(folder)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, nowhere: Path) -> Results:
    """The golden set over the sample letter, in process."""
    return _results(Run(set="golden"), tmp_path_factory.mktemp("whole"), nowhere)


def test_a_run_keeps_what_was_run_and_what_came_of_it(whole: Results) -> None:
    assert whole.meta.cases == len(whole.results) > 40
    assert whole.meta.skipped > 100
    assert list(whole.meta.letters) == ["kst-27925-504"]
    assert whole.meta.system["embedder"] == "multilingual-e5-small-int8"
    assert not any("/" in value for value in whole.meta.settings.values())
    helmets = whole.results["a-helmen-aantal"]
    assert helmets.scores["gold paragraph cited"] == 1.0
    assert helmets.outcome.answer is not None
    assert all(result.scores.get("quotes letter for letter", 1.0) == 1.0 for result in whole.results.values())
    assert all(result.scores.get("invented numbers and names", 0.0) == 0.0 for result in whole.results.values())


def test_a_service_is_measured_as_the_library_is(whole: Results, kb: Kamerbrief, tmp_path: Path, nowhere: Path) -> None:
    with service(kb) as url:
        over_http = _results(Run(set="golden", system="service", url=url, parallel=4), tmp_path, nowhere)
    untold = {"citation recall by verify", "citation precision by verify"}
    for case, result in whole.results.items():
        timed = {name for name in result.scores if name.startswith("milliseconds")}
        expected = {name: value for name, value in result.scores.items() if name not in timed | untold}
        got = {name: value for name, value in over_http.results[case].scores.items() if name not in timed}
        assert got == pytest.approx(expected), case


def test_a_run_that_loses_its_service_ends_with_what_it_has_and_goes_on(
    whole: Results, kb: Kamerbrief, tmp_path: Path, nowhere: Path
) -> None:
    with service(kb, fails_after=7) as url:
        run = Run(set="golden", system="service", url=url)
        *_, last = perform(NAME, run, tmp_path, nowhere, tmp_path)
        assert last.done == len(Results(tmp_path).results) == 7
        assert last.lost == f"{url} answered 500"
        *_, again = perform(NAME, run, tmp_path, nowhere, tmp_path)
        assert again.done == 7  # it is still broken
    assert last.total == len(whole.results)


def test_a_service_that_is_not_there_is_told(tmp_path: Path, nowhere: Path) -> None:
    run = Run(set="golden", system="service", url="http://127.0.0.1:9")
    *_, last = perform(NAME, run, tmp_path, nowhere, tmp_path)
    assert last.done == 0
    assert last.lost.startswith("http://127.0.0.1:9 cannot be asked")


@pytest.mark.slow
def test_a_killed_run_goes_on_where_it_was(whole: Results, tmp_path: Path, nowhere: Path) -> None:
    command = [sys.executable, "-m", "eval", "run", "golden", "--data", str(nowhere), "-o", str(tmp_path)]
    written = tmp_path / "golden" / "cases.jsonl"
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and (not written.exists() or written.read_bytes().count(b"\n") < 5):
            time.sleep(0.005)
        os.kill(process.pid, signal.SIGKILL)
    there = written.read_bytes()
    with written.open("ab") as file:
        file.write(b'{"case": "half a li')
    assert 5 <= there.count(b"\n") < len(whole.results)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert written.read_bytes().startswith(there)
    results = Results(tmp_path / "golden")
    assert list(results.results) == list(whole.results)
    assert results.scores["a-helmen-aantal"]["gold paragraph cited"] == 1.0


def test_results_of_another_run_are_not_mixed_with_this_one(whole: Results, nowhere: Path) -> None:
    with pytest.raises(EvalError, match="--fresh"):
        list(perform(NAME, Run(set="golden", k=5), whole.folder, nowhere, whole.folder))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('set = "golden"\nwriters = "x"', r"run\.toml: writers: "),
        ('set = "gold"', r"run\.toml: set: "),
        ("k = 5", r"run\.toml: set: "),
        ('set = "golden"\nk = 0', r"run\.toml: k: "),
        ('set = "golden"\n[ranking]\nsparse = 1.0', r"run\.toml: ranking\.sparse: "),
        ('set = "golden"\nsystem = "service"', r"run\.toml: .*url"),
        ('set = "golden"\nsystem = "lexrank"', r"run\.toml: .*lexrank writes briefings"),
        ('set = "briefings"\nsystem = "llamaindex"', r"run\.toml: .*llamaindex is not asked for briefings"),
        ('set = "unfaithful"\nsystem = "service"\nurl = "http://x"', r"run\.toml: .*unfaithful"),
        ("set = ", r"run\.toml: cannot be read"),
    ],
)
def test_a_wrong_run_file_is_named_with_its_key(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "run.toml"
    path.write_text(text)
    with pytest.raises(EvalError, match=complaint):
        load_run(path)


@pytest.mark.parametrize("path", sorted(RUNS.glob("*.toml")), ids=lambda path: path.stem)
def test_each_run_file_can_be_read(path: Path) -> None:
    assert load_run(path).set


def test_pages_that_are_not_there_are_named(tmp_path: Path, nowhere: Path) -> None:
    with pytest.raises(EvalError, match=r"pages\.jsonl\.gz: the run wants 5 pages"):
        list(perform(NAME, Run(set="golden", pages=5), tmp_path, nowhere, tmp_path))


def test_no_case_to_ask_is_told(tmp_path: Path, nowhere: Path) -> None:
    with pytest.raises(EvalError, match="no case of the set ministers"):
        list(perform("ministers", Run(set="ministers"), tmp_path, nowhere, tmp_path))
