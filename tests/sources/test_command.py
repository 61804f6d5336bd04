"""`kamerbrief fetch`, as a user runs it: a process of its own, with the embedded model."""

import json
from pathlib import Path

import pytest

from kamerbrief import Kamerbrief
from tests.cli.test_cli import Run, runner
from tests.sources.repository import Paper, Repository, path_of


@pytest.fixture
def run(tmp_path: Path, there: Repository) -> Run:
    program = runner(tmp_path)
    settings = {"KAMERBRIEF_PUBLICATIONS_URL": f"{there.url}/sru", "KAMERBRIEF_FETCH_DELAY": "0"}

    def fetch(*arguments: str | Path, code: int = 0, **more: str) -> object:
        contact = {"KAMERBRIEF_CONTACT_EMAIL": "griffie@voorbeeld.nl"}
        return program("fetch", *arguments, code=code, **{**settings, **contact, **more})

    return fetch  # type: ignore[return-value]


def test_letters_are_fetched_told_of_and_can_be_asked(run: Run, there: Repository, tmp_path: Path) -> None:
    there.papers = {
        "kst-27625-1": Paper("De dijken langs de Maas zijn hoog genoeg."),
        "kst-27625-2": Paper("Van deze brief is er geen bestand.", forms=()),
    }
    assert run("publications", "--dossier", "27625", "--dry-run", code=1).stdout.splitlines() == [
        "kst-27625-1  new",
        "would be 1 new, 0 changed, 0 same, 0 withdrawn, 1 failed",
    ]
    done = run("publications", "--dossier", "27625", code=1)
    assert done.stdout.splitlines() == ["kst-27625-1  new", "1 new, 0 changed, 0 same, 0 withdrawn, 1 failed"]
    assert done.stderr == "kamerbrief: kst-27625-2: it has no file\n"
    assert 'w.dossiernummer=="27625"' in there.queries[-1]
    report = json.loads(run("publications", "--dossier", "27625", "--json", code=1).stdout)
    assert (report["same"], report["failures"][0]["id"]) == (1, "kst-27625-2")
    assert path_of("kst-27625-1", "xml") in there.asked
    with Kamerbrief(tmp_path) as kb:
        assert kb.ask("Zijn de dijken langs de Maas hoog genoeg?").status == "answered"


def test_what_cannot_be_is_told_in_one_line(run: Run, there: Repository) -> None:
    assert "--from 'gisteren' is no date" in run("publications", "--from", "gisteren", code=2).stderr
    assert "KAMERBRIEF_CONTACT_EMAIL" in run("publications", code=2, KAMERBRIEF_CONTACT_EMAIL="").stderr
    gone = run("publications", code=1, KAMERBRIEF_PUBLICATIONS_URL="http://127.0.0.1:9/sru")
    assert gone.stderr.count("\n") == 1
    assert "was not reached" in gone.stderr
    assert there.asked == []
