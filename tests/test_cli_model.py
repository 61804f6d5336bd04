"""The command line with a language model."""

from pathlib import Path
from typing import Any

import pytest

from tests.servers import scripted_server
from tests.test_cli import Run, as_json, runner
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
    assert "Written by some-model and out of the letters; 1 sentence not let out." in " ".join(shown.split())
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
