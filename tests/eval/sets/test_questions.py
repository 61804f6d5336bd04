"""The sets beside the golden one hold together, and are as large and varied as they should be."""

from collections import Counter
from typing import get_args

from eval.paths import SAMPLE, SETS
from eval.sets.cases import load
from eval.sets.questions import Exchange, OffTopic, RecordKind, RecordQuestion, TurnKind
from kamerbrief.records.letters import Letter

SAMPLES = {SAMPLE.stem}


def conversations() -> dict[str, list[Exchange]]:
    """The turns of each conversation, in order."""
    found: dict[str, list[Exchange]] = {}
    for turn in load(SETS / "conversations.jsonl", Exchange).cases:
        found.setdefault(turn.id.rpartition(".")[0], []).append(turn)
    return found


def test_each_turn_follows_on_those_before_it() -> None:
    for name, turns in conversations().items():
        assert 2 <= len(turns) <= 4, name
        for number, turn in enumerate(turns, 1):
            assert turn.id == f"{name}.{number}"
            assert turn.before == tuple(earlier.question for earlier in turns[: number - 1]), turn.id
            assert (turn.split, turn.letters, turn.language) == (turns[0].split, turns[0].letters, turns[0].language)
            assert not (turn.gold and turn.turn == "talk"), turn.id
            assert turn.alone == turn.question or turn.turn in ("follow-up", "return", "correction"), turn.id


def test_conversations_are_many_and_varied() -> None:
    found = conversations()
    turns = [turn for one in found.values() for turn in one]
    kinds = Counter(turn.turn for turn in turns)
    assert len(found) >= 60
    assert sum(one[0].needs <= SAMPLES for one in found.values()) >= 24
    assert set(kinds) == set(get_args(TurnKind))
    assert 1 / 8 <= sum(one[0].language == "en" for one in found.values()) / len(found) <= 1 / 4
    assert sum(not turn.gold and turn.turn != "talk" for turn in turns) >= 8  # what no letter answers
    assert {"dev", "test"} == {turn.split for turn in turns}


def test_far_off_questions_are_many_and_varied() -> None:
    cases = load(SETS / "far-off.jsonl", OffTopic).cases
    assert len(cases) >= 60
    assert sum(case.language == "en" for case in cases) >= len(cases) / 5
    assert len({case.kind for case in cases}) >= 9
    assert not any(case.gold or case.letters for case in cases)


def test_questions_about_the_record_are_sound(documents: dict[str, Letter]) -> None:
    cases = load(SETS / "record.jsonl", RecordQuestion).cases
    kinds = Counter(case.kind for case in cases)
    assert len(cases) >= 60
    assert set(kinds) == set(get_args(RecordKind))
    assert kinds["look-alike"] >= 15
    for case in cases:
        asks_the_record = case.kind not in ("absent", "look-alike")
        assert asks_the_record == bool(case.values) == bool(case.cites), case.id
        assert set(case.cites) <= set(case.letters) <= documents.keys(), case.id
        assert not case.gold or case.kind == "look-alike", case.id


def test_a_question_that_names_no_letter_is_put_where_there_is_one(
    sample_alone: dict[str, Letter], documents: dict[str, Letter]
) -> None:
    only = [case for case in load(SETS / "record.jsonl", RecordQuestion).cases if case.only]
    assert only
    assert all(case.fits(sample_alone) and not case.fits(documents) for case in only)


def test_no_question_stands_in_two_sets() -> None:
    asked = Counter(case.question for case in load(SETS / "record.jsonl", RecordQuestion).cases)
    asked += Counter(case.question for case in load(SETS / "far-off.jsonl", OffTopic).cases)
    assert max(asked.values()) == 1
