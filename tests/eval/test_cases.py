import json
from pathlib import Path

import pytest

from eval.cases import DATA, SETS, askable, gold_paragraphs, load, read_documents

SETS_HERE = sorted(path.name for path in SETS.glob("*.jsonl"))


@pytest.mark.parametrize("name", SETS_HERE)
def test_each_set_is_sound(name: str) -> None:
    cases = load(SETS / name)
    assert cases
    for case in cases:
        assert case.answerable == bool(case.gold) == (case.unanswerable_kind is None), case.id
        assert not case.answerable or any(nugget.vital for nugget in case.nuggets), case.id
        assert not case.answerable or all(n.within(case.answer) for n in case.nuggets if n.vital), case.id


@pytest.mark.parametrize("name", SETS_HERE)
def test_each_gold_quote_is_in_one_paragraph(name: str, data: Path) -> None:
    letters = read_documents(data)
    for case in load(SETS / name):
        assert len(gold_paragraphs(case, letters)) > 0 or not case.answerable


def test_the_golden_set_is_as_large_and_varied_as_it_should_be() -> None:
    cases = load(SETS / "golden.jsonl")
    assert len(cases) >= 160
    assert sum(not case.answerable for case in cases) >= 48
    assert sum(case.language == "en" for case in cases) >= 20
    assert sum(case.paraphrase for case in cases) >= 40
    assert {"dev", "test"} == {case.split for case in cases}


def test_no_question_of_the_calibration_set_is_in_the_golden_one() -> None:
    golden = {case.question for case in load(SETS / "golden.jsonl")}
    assert golden.isdisjoint(case.question for case in load(SETS / "calibration.jsonl"))


def test_without_the_documents_the_sample_letters_cases_are_left(tmp_path: Path) -> None:
    letters = read_documents(tmp_path / "absent")
    cases = askable(load(SETS / "golden.jsonl"), letters)
    assert set(letters) == {"kst-27925-504"}
    assert len(cases) > 20
    assert DATA.name == "data"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"language": "fr"}, r"set\.jsonl:2: language"),
        ({"extra": 1}, r"set\.jsonl:2: extra"),
        ({}, r"set\.jsonl:2: id .* twice"),
    ],
)
def test_a_fault_is_named_with_file_and_line(tmp_path: Path, change: dict[str, object], complaint: str) -> None:
    first = json.loads((SETS / "golden.jsonl").read_text().splitlines()[0])
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(first) + "\n" + json.dumps({**first, **change}) + "\n")
    with pytest.raises(ValueError, match=complaint):
        load(path)


def test_a_quote_that_is_not_there_is_named(tmp_path: Path) -> None:
    letters = read_documents(tmp_path / "absent")
    (case, *_) = [case for case in askable(load(SETS / "golden.jsonl"), letters) if case.gold]
    wrong = case.model_copy(update={"gold": (case.gold[0].model_copy(update={"quote": "dit staat er niet"}),)})
    with pytest.raises(ValueError, match=case.id):
        gold_paragraphs(wrong, letters)
