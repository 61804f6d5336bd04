"""The questions and claims to train a reader with stand on the passages that they name."""

from pathlib import Path

import pytest

from eval.checked import EvalError
from eval.fitting.reader.pairs import all_passages
from eval.fitting.reader.passages import WrittenClaim, WrittenQuestion, load_passages, load_rows


def assert_stands(question: WrittenQuestion, text: str) -> None:
    """Its answer stands in the text where it is said to; one that says why it has none has none."""
    start = question.start
    found = "" if start is None else text[start : start + len(question.answer)]
    assert (found, not found) == (question.answer, question.why is not None), question.id


def test_every_answer_stands_where_it_is_said_to_stand(data: Path) -> None:
    passages = load_passages(data)
    for question in load_rows("questions.jsonl", WrittenQuestion):
        assert_stands(question, passages[question.passage].text)


def test_half_of_the_questions_of_each_passage_have_no_answer(data: Path) -> None:
    whys: dict[str, list[str | None]] = {}
    for question in load_rows("questions.jsonl", WrittenQuestion):
        whys.setdefault(question.passage, []).append(question.why)
    assert set(whys) == set(load_passages(data))
    for passage, of in whys.items():
        assert len(of) == 6, passage
        assert sorted(filter(None, of)) == ["absent", "false_premise", "other_entity"], passage


def test_every_changed_claim_has_a_true_twin(data: Path) -> None:
    passages = load_passages(data)
    for claim in load_rows("claims.jsonl", WrittenClaim):
        assert claim.passage in passages
        assert (claim.twin is None) == (claim.change is None), claim.id
        assert claim.twin != claim.text, claim.id


def test_the_minimal_pairs_and_twins_stand_on_passages_that_are_there(data: Path) -> None:
    passages = all_passages(data)
    for question in load_rows("minimal.jsonl", WrittenQuestion):
        assert_stands(question, passages[question.passage].text)
    for claim in load_rows("twins.jsonl", WrittenClaim):
        assert claim.passage in passages
        assert claim.change
        assert claim.twin not in (None, claim.text), claim.id


def test_absent_documents_are_named(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match=r"passage .*: .* cannot be read"):
        load_passages(tmp_path)
