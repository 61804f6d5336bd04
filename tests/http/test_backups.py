"""A backup is made while a service answers and adds, and answers elsewhere."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from tests.cli.test_cli import as_json, runner
from tests.http.service import QUESTION, Service, serving


@pytest.fixture
def busy(few: Path) -> Iterator[Service]:
    """A service over a folder of its own."""
    with serving(few) as service:
        yield service


def add(service: Service, letter: bytes, number: int) -> None:
    files = [("files", ("brief.txt", letter.replace(b"nr. 504", b"nr. %d" % number)))]
    assert service.http.post("/v1/letters", files=files).status_code == 201


def ask(service: Service, stop: Event) -> None:
    """Asks until it is told to stop."""
    while True:
        reply = service.http.post("/v1/questions", json={"question": QUESTION})
        assert (reply.status_code, reply.json()["status"]) == (201, "answered")
        if stop.is_set():
            return


@pytest.mark.slow
def test_a_service_answers_and_adds_while_backups_are_made(
    busy: Service, few: Path, tmp_path: Path, sample: Path
) -> None:
    run, stop, letter = runner(few), Event(), sample.read_bytes()
    backups = [tmp_path / "one.zip", tmp_path / "two.zip"]

    def back_up() -> None:
        for file in backups:
            run("backup", file)

    with ThreadPoolExecutor() as threads:
        asking, making = threads.submit(ask, busy, stop), threads.submit(back_up)
        added = 0
        while not making.done() or not added:
            added += 1
            add(busy, letter, 504 + added)
        stop.set()
        making.result()
        asking.result()
    assert "or serves it" in run("restore", backups[0], "--overwrite", code=1).stderr
    counts = [restored(file, tmp_path / file.stem) for file in backups]
    assert counts == sorted(counts)
    assert 1 <= counts[0] <= counts[-1] <= 1 + added


def restored(file: Path, folder: Path) -> int:
    """How many letters a backup holds, once it is known to answer."""
    run = runner(folder)
    assert "restored into" in run("restore", file).stdout
    assert "--overwrite" in run("restore", file, code=1).stderr
    answer = as_json(run("ask", "--json", QUESTION))
    assert "1.000 helmen" in " ".join(sentence["text"] for sentence in answer["sentences"])
    status = as_json(run("status", "--json"))
    assert status["whole"]
    assert status["chunks"] == status["vectors"] == status["words"]
    return int(status["letters"])
