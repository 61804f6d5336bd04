"""An admin lets the service fetch letters, by the API and by the command beside it, and it goes on after a kill."""

import signal
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from kamerbrief import Kamerbrief
from tests.cli.test_cli import runner
from tests.http.service import serving
from tests.sources.repository import Paper, Repository, made_file, repository

FIRST, SECOND = "kst-27625-1", "kst-27625-2"
WANTED = {"publications": {"dossier": "27625"}}


def settings(there: Repository) -> dict[str, str]:
    return {"publications_url": f"{there.url}/sru", "contact_email": "griffie@voorbeeld.nl", "fetch_delay": "0"}


def until_finished(http: httpx.Client, address: str) -> Any:
    deadline = time.monotonic() + 60
    while not (job := http.get(address).json())["finishedAt"]:
        assert time.monotonic() < deadline, job
        time.sleep(0.05)
    return job


def test_a_service_fetches_and_what_it_fetched_can_be_read(few: Path) -> None:
    with repository() as there, serving(few, **settings(there)) as service:
        there.papers = {FIRST: Paper("De dijken zijn hoog genoeg.")}
        reply = service.http.post("/v1/fetches", json=WANTED)
        assert reply.status_code == 202

        job = until_finished(service.http, reply.headers["Location"])

        assert (job["state"], job["report"]["new"]) == ("done", 1)
        assert service.http.get(f"/v1/letters/{FIRST}").status_code == 200
        assert service.http.get("/v1/fetches").json() == {"fetches": [job]}
        assert service.http.delete(reply.headers["Location"]).status_code == 204
        assert service.http.get(reply.headers["Location"]).status_code == 404
        wrong = service.http.post("/v1/fetches", json={}).json()
        assert "name one of publications, parliament and feed" in wrong["detail"]


def test_only_an_admin_may(few: Path) -> None:
    with Kamerbrief(few) as kb:
        editor = kb.keys.create("redactie", "editor")
    with serving(few, key=editor) as service:
        assert service.http.post("/v1/fetches", json=WANTED).status_code == 403
        assert service.http.get("/v1/fetches").status_code == 403


@pytest.mark.slow
def test_what_the_command_leaves_to_the_service_is_taken_up_and_survives_a_kill(few: Path) -> None:
    with repository() as there:
        there.papers = {FIRST: Paper("De dijken zijn hoog genoeg.")}
        run = runner(few)
        said = run("fetch", "publications", "--dossier", "27625", "--every", "6h").stdout
        address = f"/v1/fetches/{said.partition(':')[0]}"
        with serving(few, **settings(there)) as service:
            job = until_finished(service.http, address)
            assert (job["state"], job["report"]["new"]) == ("waiting", 1)
            service.stop(signal.SIGKILL)
        with serving(few, **settings(there)) as service:
            assert service.http.get(address).json() == job
        assert job["id"] in run("fetch", "list").stdout
        run("fetch", "stop", job["id"])
        assert run("fetch", "list").stdout == "No fetches.\n"
        assert "6h or 1d" in run("fetch", "publications", "--every", "soon", code=2).stderr


@pytest.mark.slow
def test_a_service_follows_a_folder(few: Path, tmp_path: Path) -> None:
    (tmp_path / "one.xml").write_bytes(made_file(FIRST, "De dijken zijn hoog genoeg.", "xml"))
    with serving(few, "--watch", str(tmp_path)) as service:
        deadline = time.monotonic() + 60
        while service.http.get(f"/v1/letters/{FIRST}").status_code != 200:
            assert time.monotonic() < deadline, service.log.read_text()
            time.sleep(0.05)
        assert service.stop() == 0
        assert '"one.xml: new"' in service.log.read_text()
