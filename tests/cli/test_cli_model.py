"""The command line with a language model."""

import os
import signal
import subprocess
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from tests.briefings.test_model import written as written_notes
from tests.cli.test_cli import PROGRAM, Run, as_json, hear_ctrl_c, runner
from tests.servers import Reply, scripted_server
from tests.test_model_answers import FAULTS, QUESTION, label_of, written

TEXT = "Nederland heeft 1.000 helmen geleverd aan de Koerdische Regionale Autoriteiten."


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Run:
    run = runner(tmp_path_factory.mktemp("data"))
    run("add", sample)
    return run


def model(url: str) -> dict[str, str]:
    return {"KAMERBRIEF_CHAT_MODEL": "some-model", "KAMERBRIEF_CHAT_BASE_URL": url}


def test_the_answer_says_who_wrote_it_and_what_was_not_let_out(run: Run) -> None:
    def draft(request: Any) -> Any:
        label = label_of(request, "1.000 helmen")
        return written((label, TEXT), (label, "Nederland heeft 2.000 helmen geleverd aan de Koerden."))

    with scripted_server(draft) as server:
        shown = run("ask", QUESTION, **model(server.url)).stdout
        assert as_json(run("ask", QUESTION, "--json", **model(server.url)))["writer"] == "both"
        assert as_json(run("ask", QUESTION, "--json", "--writer", "extractive", **model(server.url)))["model"] is None
    assert shown.startswith(TEXT)
    assert "In the letters' own words: Om tegemoet te komen" in " ".join(shown.split())
    assert "Written by some-model and out of the letters; 1 sentence not let out; read by " in " ".join(shown.split())
    assert "2.000" not in shown


def test_a_failure_is_told_beside_the_answer(run: Run) -> None:
    with scripted_server(FAULTS["no such model"]) as server:
        done = run("ask", QUESTION, **model(server.url))
    assert "1.000 helmen" in done.stdout
    assert "does not know the model 'some-model'" in done.stderr
    assert "answered without the model" in done.stderr


def test_without_a_stand_in_the_failure_is_the_end(run: Run) -> None:
    with scripted_server(FAULTS["no such model"]) as server:
        done = run("ask", QUESTION, code=1, KAMERBRIEF_STAND_IN="false", **model(server.url))
    assert not done.stdout


def test_the_question_that_was_answered_is_shown(run: Run) -> None:
    shown = run("ask", "En hoeveel vesten?", "--after", QUESTION).stdout
    assert shown.startswith(f"Asked: En hoeveel vesten? ({QUESTION})")
    assert "1.000 kogelwerende vesten" in " ".join(shown.split())


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [(("--writer", "gpt"), "use model or extractive"), (("--writer", "model"), "KAMERBRIEF_CHAT_MODEL")],
)
def test_a_writer_that_is_none(run: Run, arguments: tuple[str, ...], complaint: str) -> None:
    assert complaint in run("ask", QUESTION, *arguments, code=2).stderr


def test_a_prompt_of_ones_own_that_is_wrong_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "answer.nl.md").write_text("no front matter")
    with scripted_server(FAULTS["500"]) as server:
        done = run("ask", QUESTION, code=2, KAMERBRIEF_PROMPTS_DIR=str(tmp_path), **model(server.url))
    assert "answer.nl.md: has no front matter" in done.stderr


SENTENCE = "Nederland heeft 1.000 helmen en 1.000 kogelwerende vesten geleverd."


def noted(request: Any) -> Reply:
    return written_notes((label_of(request, "1.000 helmen"), "key", SENTENCE))


@pytest.mark.slow
def test_a_briefing_tells_before_it_runs_what_it_may_take(run: Run) -> None:
    with scripted_server(noted) as server:
        settings = {**model(server.url), "KAMERBRIEF_CHAT_PRICE_PROMPT": "10", "KAMERBRIEF_BRIEFING_TOKENS": "3000"}
        refused = run("brief", "kst-27925-504", code=2, **settings)
        assert not refused.stdout
        assert not server.requests
        assert "letters: 1; requests to the model: 2; at most" in refused.stderr
        assert "at the prices set" in refused.stderr
        assert "--yes" in refused.stderr
        done = run("brief", "kst-27925-504", "--yes", **settings)
        assert "## In het kort" in done.stdout
        assert len(done.stderr.splitlines()) == 1  # what it may take, and no failure
        again = run("brief", "kst-27925-504", "--yes", **settings)
        assert "letters: 1, the notes of 1 kept; requests to the model: 1; at most" in again.stderr
        assert len(server.requests) == 3
        assert run("brief", "kst-27925-504", "--writer", "extractive", **settings).stderr == ""


def test_a_briefing_says_which_letters_the_model_did_not_read(run: Run) -> None:
    with scripted_server(FAULTS["no such model"]) as server:
        done = run("brief", "kst-27925-504", **model(server.url) | {"KAMERBRIEF_CHAT_MODEL": "another-model"})
    assert "kst-27925-504 could not be used as it should be" in done.stderr
    assert "does not know the model 'another-model'" in done.stderr
    assert "Het taalmodel maakte geen notities van deze brieven" in done.stdout


@pytest.mark.slow
def test_ctrl_c_at_a_briefing_says_that_it_goes_on_from_there(run: Run, tmp_path: Path, sample: Path) -> None:
    program = runner(tmp_path)
    program("add", sample)
    copy = tmp_path / "505.txt"
    copy.write_bytes(sample.read_bytes().replace(b"nr. 504", b"nr. 505"))
    program("add", copy)
    asked = Event()

    def stalls_at_the_second(request: Any) -> Reply:
        if "505" in request["messages"][1]["content"]:
            asked.set()
            return Reply(stalls=True)
        return noted(request)

    with scripted_server(stalls_at_the_second) as server:
        environment = {**os.environ, "KAMERBRIEF_DATA_DIR": str(tmp_path), **model(server.url)}
        command = [str(PROGRAM), "brief", "--dossier", "27925"]
        with subprocess.Popen(
            command, env=environment, stderr=subprocess.PIPE, text=True, preexec_fn=hear_ctrl_c
        ) as process:
            assert asked.wait(60)
            process.send_signal(signal.SIGINT)
            _, told = process.communicate(timeout=30)
        assert process.returncode == 130
        assert "the same command goes on from there" in told
    with scripted_server(noted) as server:
        told = program("brief", "--dossier", "27925", **model(server.url)).stderr
    assert "letters: 2, the notes of 1 kept" in told
