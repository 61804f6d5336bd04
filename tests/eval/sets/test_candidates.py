"""Feedback of readers becomes candidates for cases."""

import json
from pathlib import Path

from typer.testing import CliRunner

from eval.commands.app import app
from kamerbrief import Kamerbrief

QUESTION = "Hoeveel helmen heeft Nederland geleverd aan de Koerden?"


def test_feedback_becomes_candidates(tmp_path: Path, sample: Path) -> None:
    with Kamerbrief(tmp_path) as kb:
        kb.add(sample)
        answer = kb.ask(QUESTION)
        kb.ask("Wat kost de missie?")
        given = kb.give_feedback(answer.id, "wrong_citation", "Alinea 8.")
    done = CliRunner().invoke(app, ["candidates", str(tmp_path)])
    (candidate,) = map(json.loads, done.stdout.splitlines())
    assert candidate["id"] == f"f-{given.id[:8]}"
    assert (candidate["question"], candidate["verdict"], candidate["comment"]) == (
        QUESTION,
        "wrong_citation",
        "Alinea 8.",
    )
    (gold,) = candidate["gold"]
    citation = answer.sentences[0].citations[0]
    assert (gold["letter"], gold["paragraph"], gold["start"]) == ("kst-27925-504", 9, citation.start)


def test_without_the_question_there_is_no_candidate(tmp_path: Path, sample: Path) -> None:
    with Kamerbrief(tmp_path) as kb:
        kb.add(sample)
        kb = Kamerbrief(tmp_path, settings=kb.settings.model_copy(update={"log_questions": False}))
        with kb:
            kb.give_feedback(kb.ask(QUESTION).id, "missing")
    done = CliRunner().invoke(app, ["candidates", str(tmp_path)])
    assert (done.exit_code, done.stdout) == (0, "")
