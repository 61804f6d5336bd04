"""The log of answers: pages, forgetting, and that a rebuild takes it along."""

import datetime
from pathlib import Path

from kamerbrief import Kamerbrief
from kamerbrief.clock import Clock
from kamerbrief.records.answers import Answer

NOW = datetime.datetime.now(datetime.UTC)


def ago(days: int) -> Clock:
    return lambda: NOW - datetime.timedelta(days)


def answer_as(kb: Kamerbrief, number: int) -> Answer:
    return kb.stream("Hoeveel?", answer_id=f"{number:032x}").finish()


def test_old_answers_go_and_what_was_said_of_them(tmp_path: Path, sample: Path) -> None:
    with Kamerbrief(tmp_path) as kb:
        kb.add(sample)
        settings = kb.settings.model_copy(update={"keep_answers_days": 7})
    for number, days in enumerate((9, 8, 6)):
        with Kamerbrief(tmp_path, clock=ago(days)) as kb:
            answer_as(kb, number)
            kb.give_feedback(f"{number:032x}", "missing")
    with Kamerbrief(tmp_path, settings=settings) as kb:
        assert len(kb.answers(10)) == 3
        newest = kb.ask("Hoeveel helmen?")
        assert [answer.id for answer in kb.answers(10)] == [newest.id, f"{2:032x}"]
        assert [answer.id for answer, _ in kb.feedback()] == [f"{2:032x}"]


def test_pages_go_on_where_the_one_before_ended(tmp_path: Path) -> None:
    with Kamerbrief(tmp_path, clock=ago(1)) as kb:
        for number in (3, 1, 2):
            answer_as(kb, number)  # all of one moment: by id then
        pages = [kb.answers(2), kb.answers(2, before=f"{2:032x}"), kb.answers(2, before="unknown")]
        assert [[answer.id[-1] for answer in page] for page in pages] == [["3", "2"], ["1"], []]


def test_a_reindex_keeps_answers_feedback_and_keys(tmp_path: Path, sample: Path) -> None:
    with Kamerbrief(tmp_path) as kb:
        kb.add(sample)
        answer = kb.ask("Hoeveel helmen?")
        kb.give_feedback(answer.id, "helpful")
        key = kb.keys.create("a", "reader")
        kb.reindex()
        assert [found.id for found, _ in kb.feedback()] == [answer.id]
        owner = kb.keys.of(key)
        assert owner is not None
        assert owner.name == "a"
