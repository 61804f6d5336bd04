import json
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from eval.checked import EvalError
from eval.paths import SETS
from eval.sets.briefs import Brief, GoldFigure, Sequel
from eval.sets.cases import Case, Change, Claim, Entry, Plant, gold_quotes, load, load_golden
from eval.sets.corpus import read_further
from eval.sets.following import Followed
from eval.sets.planting import planted
from eval.sets.questions import Exchange, OffTopic, RecordQuestion
from eval.sets.references import Naming
from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Letter

SCHEMAS: dict[str, type[Entry]] = {
    "golden.jsonl": Case,
    "calibration.jsonl": Case,
    "notes.jsonl": Case,
    "conversations.jsonl": Exchange,
    "record.jsonl": RecordQuestion,
    "far-off.jsonl": OffTopic,
    "injection.jsonl": Plant,
    "unfaithful.jsonl": Claim,
    "claims.jsonl": Claim,
    "briefings.jsonl": Brief,
    "following.jsonl": Followed,
    "promises.jsonl": Brief,
    "changes.jsonl": Sequel,
    "references.jsonl": Naming,
}


def test_each_set_has_a_schema() -> None:
    assert {path.name for path in SETS.glob("*.jsonl")} == set(SCHEMAS)


@pytest.mark.parametrize("name", ["golden.jsonl", "calibration.jsonl", "notes.jsonl"])
def test_questions_are_sound(name: str) -> None:
    for case in load(SETS / name, Case).cases:
        assert case.answerable == bool(case.gold) == (case.unanswerable_kind is None), case.id
        assert not case.answerable or any(nugget.vital for nugget in case.nuggets), case.id
        assert not case.answerable or all(n.within(case.answer) for n in case.nuggets if n.vital), case.id
        assert {gold.letter for gold in case.gold} <= set(case.letters), case.id


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_each_paragraph_is_as_the_set_says(name: str, documents: dict[str, Letter], data: Path) -> None:
    cases = load(SETS / name, SCHEMAS[name])
    named = {letter for case in cases.cases for letter in case.needs}
    letters = {**documents, **read_further(named - documents.keys(), data)}
    assert cases.askable(letters) == [case for case in cases.cases if case.fits(letters)]
    assert named <= letters.keys()


def test_the_golden_set_is_as_large_and_varied_as_it_should_be() -> None:
    cases = load_golden().cases
    kinds = Counter(case.unanswerable_kind for case in cases)
    assert len(cases) >= 160
    assert min(kinds["far"], kinds["near"], kinds["premise"]) >= 16
    assert sum(case.language == "en" for case in cases) >= 20
    assert sum(case.paraphrase for case in cases) >= 40
    assert {"dev", "test"} == {case.split for case in cases}


def test_the_other_sets_are_as_large_as_they_should_be() -> None:
    plants = load(SETS / "injection.jsonl", Plant).cases
    claims = load(SETS / "unfaithful.jsonl", Claim).cases
    assert len(plants) >= 60
    assert {plant.language for plant in plants} == {"nl", "en"}
    assert len(claims) >= 150
    assert {claim.change for claim in claims} == {None, *get_args(Change)}


def test_promises_and_changes_are_of_as_many_letters_as_they_should_be() -> None:
    promises = load(SETS / "promises.jsonl", Brief).cases
    changes = load(SETS / "changes.jsonl", Sequel).cases
    assert len(promises) >= 30
    assert sum(len(case.changes) for case in changes) >= 30
    for cases in (promises, changes):
        assert {case.split for case in cases} == {"dev", "test"}
        for case in cases:
            assert {place.letter for place in case.places} <= set(case.letters), case.id
    assert {case.group for case in changes} == {"made", "real"}


def test_made_letters_are_read_where_the_documents_are_absent(nowhere: Path) -> None:
    cases = load(SETS / "changes.jsonl", Sequel)
    named = {letter for case in cases.cases for letter in case.needs}
    asked = cases.askable(read_further(named, nowhere))
    assert "changes-wolven" in {case.id for case in asked}
    assert "changes-reisadvies" not in {case.id for case in asked}


def test_letters_to_be_briefed_are_sound(documents: dict[str, Letter]) -> None:
    cases = load(SETS / "briefings.jsonl", Brief).cases
    assert {case.split for case in cases} == {"dev", "test"}
    for case in cases:
        assert {place.letter for place in case.places} <= set(case.letters), case.id
        assert any(fact.vital for fact in case.facts), case.id
        for one in (*case.promises, *case.figures, *case.events):
            letter, place = documents[one.place.letter], one.place
            paragraph = letter.paragraphs[place.paragraph - 1]
            words = paragraph.text[place.start : place.end]
            assert letter.sections[paragraph.section - 1].kind != "question", case.id
            assert words == words.strip(), case.id
            assert not isinstance(one, GoldFigure) or one.number in words, case.id


def test_no_question_of_the_calibration_set_is_in_the_golden_one() -> None:
    golden = {case.question for case in load_golden().cases}
    assert golden.isdisjoint(case.question for case in load(SETS / "calibration.jsonl", Case).cases)


def test_without_the_documents_the_sample_letters_cases_are_left(sample_alone: dict[str, Letter]) -> None:
    cases = load_golden().askable(sample_alone)
    assert set(sample_alone) == {"kst-27925-504"}
    assert len(cases) > 20
    assert all(case.needs <= {"kst-27925-504"} for case in cases)


def test_gold_words_are_read_from_the_letter(sample_alone: dict[str, Letter]) -> None:
    (case,) = [case for case in load_golden().cases if case.id == "a-helmen-aantal"]
    assert gold_quotes(case, sample_alone) == ["1.000 helmen en 1.000 kogelwerende vesten geleverd"]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"language": "fr"}, r"set\.jsonl:2: language"),
        ({"kind": "riddle"}, r"set\.jsonl:2: kind"),
        ({"extra": 1}, r"set\.jsonl:2: extra"),
        ({}, r"set\.jsonl:2: id .* twice"),
    ],
)
def test_a_fault_is_named_with_file_and_line(tmp_path: Path, change: dict[str, object], complaint: str) -> None:
    first = json.loads((SETS / "golden.jsonl").read_text().splitlines()[0])
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(first) + "\n" + json.dumps({**first, **change}) + "\n")
    with pytest.raises(EvalError, match=complaint):
        load(path, Case)


def test_a_line_that_is_no_json_and_a_set_that_is_not_there_are_named(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text("{half\n")
    with pytest.raises(EvalError, match=r"set\.jsonl:1: "):
        load(path, Case)
    with pytest.raises(EvalError, match=r"absent\.jsonl: cannot be read"):
        load(tmp_path / "absent.jsonl", Case)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"paragraph": 99}, r"set\.jsonl:2: kst-27925-504 has no paragraph 99: it has 1 to 9"),
        ({"sha256": "00000000"}, r"set\.jsonl:2: the text of kst-27925-504, paragraph 9 is not the one"),
        ({"end": 99999}, r"set\.jsonl:2: kst-27925-504, paragraph 9 holds no words \d+ to 99999"),
    ],
)
def test_a_gold_paragraph_that_is_not_there_or_has_changed_is_named(
    tmp_path: Path, sample_alone: dict[str, Letter], change: dict[str, object], complaint: str
) -> None:
    lines = (SETS / "golden.jsonl").read_text().splitlines()[:2]
    wrong = json.loads(lines[0])
    wrong["id"] = "wrong"
    wrong["gold"][0] |= change
    path = tmp_path / "set.jsonl"
    path.write_text(lines[1] + "\n" + json.dumps(wrong) + "\n")
    with pytest.raises(EvalError, match=complaint):
        load(path, Case).askable(sample_alone)


def test_each_order_is_read_with_the_letter() -> None:
    for case in load(SETS / "injection.jsonl", Plant).cases:
        letter = read_letter(planted(case), name="kst-27925-504.txt")
        assert letter.id == "kst-27925-504"
        assert len(letter.paragraphs) >= 9
        assert case.place != "footnote" or letter.footnotes, case.id
