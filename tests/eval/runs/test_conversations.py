"""Conversations, put turn by turn to the library over the sample letter."""

from pathlib import Path

from eval.runs.results import Results
from eval.runs.running import folder_of, perform
from eval.sets.corpus import read_documents
from eval.systems.run_files import Run


def test_each_turn_is_put_after_the_others_and_alone(tmp_path: Path, nowhere: Path) -> None:
    for _ in perform("conversations", Run(set="conversations", split="dev"), tmp_path, nowhere, tmp_path):
        pass
    results = Results(tmp_path).results
    opening, follow_up, thanks = (results[f"helmets-vests.{number}"].outcome for number in (1, 2, 3))
    assert opening.answer is not None
    assert opening.answer_alone is None
    assert follow_up.answer is not None
    assert follow_up.answer_alone is not None
    assert follow_up.answer.question == "And vests?"
    assert follow_up.answer_alone.question == "How many bulletproof vests did the Netherlands deliver to the Kurds?"
    assert follow_up.answer.asked != "And vests?"  # it was put with what was said before
    assert thanks.answer is not None
    assert thanks.answer_alone is None
    assert not thanks.answer.sentences
    assert all(result.scores.get("quotes letter for letter", 1.0) == 1.0 for result in results.values())


def test_the_sample_letter_can_be_asked_alone(data: Path) -> None:
    run = Run(set="far-off", letters="sample")
    assert list(read_documents(folder_of(run, data))) == ["kst-27925-504"]
