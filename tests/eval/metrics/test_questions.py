"""What is measured of conversations, of what is far off topic, and of questions about the record."""

from typing import Any

import pytest

from eval.metrics import conversations, off_topic, record_questions
from eval.sets.questions import Exchange, OffTopic, RecordQuestion
from eval.systems.outcomes import Outcome
from kamerbrief.records.answers import Answer, Sentence
from kamerbrief.records.letters import Letter
from tests.eval.made import HELMETS, LETTER, answer, asked, citation, stated

Letters = dict[str, Letter]
BESIDE = "levert op dit moment zelf geen wapens"
ELSEWHERE = "70 procent in de regio Dohuk"


def said(letters: Letters, paragraph: int, quote: str, text: str = "") -> Answer:
    return answer(Sentence(text=text or quote, citations=(citation(letters, paragraph, quote),)))


def turn(letters: Letters, kind: str = "follow-up", *, gold: bool = True) -> Exchange:
    """ "En hoeveel vesten?", or a turn without an answer."""
    place = stated(letters, 9, HELMETS)["place"]
    values = {"id": "c.2", "language": "nl", "before": ("Hoeveel helmen?",), "question": "En hoeveel vesten?"}
    return Exchange.model_validate(
        {**values, "turn": kind, "alone": "Hoeveel vesten?", "letters": (LETTER,), "gold": (place,) if gold else ()}
    )


def record(kind: str, **fields: Any) -> RecordQuestion:
    values = {"id": "r", "language": "nl", "question": "Wie heeft de brief ondertekend?", "kind": kind}
    return RecordQuestion.model_validate({**values, **fields})


def scores(metrics: Any, letters: Letters, case: Any, outcome: Outcome) -> dict[str, float]:
    about = asked(letters, case, outcome)
    return {metric.name: value for metric in metrics if (value := metric(about)) is not None}


def test_a_turn_that_is_answered_alone_and_lost_in_the_talk(sample_alone: Letters) -> None:
    lost = Outcome(answer=said(sample_alone, 5, ELSEWHERE), answer_alone=said(sample_alone, 9, HELMETS))
    assert scores(conversations.METRICS, sample_alone, turn(sample_alone), lost) == {
        "follow-up: gold cited": 0.0,
        "follow-up: gold cited, asked alone": 1.0,
        "gold words quoted": 0.0,
        "answered alone, lost in the talk": 1.0,
        "answered beside the gold": 1.0,
        "quotes letter for letter": 1.0,
    }


def test_what_is_not_found_alone_either_is_not_lost_by_the_talk(sample_alone: Letters) -> None:
    silent = Outcome(answer=answer(), answer_alone=answer())
    found = scores(conversations.METRICS, sample_alone, turn(sample_alone), silent)
    assert "answered alone, lost in the talk" not in found
    assert found["answered beside the gold"] == 0.0


def test_other_words_of_the_gold_paragraph_are_not_the_words_that_prove(sample_alone: Letters) -> None:
    beside = Outcome(answer=said(sample_alone, 9, BESIDE), answer_alone=answer())
    found = scores(conversations.METRICS, sample_alone, turn(sample_alone), beside)
    assert (found["follow-up: gold cited"], found["gold words quoted"]) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("kind", "measure"), [("talk", "talk without quotes"), ("follow-up", "no answer there: refused")]
)
def test_what_is_to_get_no_sentence(sample_alone: Letters, kind: str, measure: str) -> None:
    case = turn(sample_alone, kind, gold=False)
    quoted = Outcome(answer=said(sample_alone, 9, HELMETS))
    assert scores(conversations.METRICS, sample_alone, case, Outcome(answer=answer())) == {measure: 1.0}
    assert scores(conversations.METRICS, sample_alone, case, quoted)[measure] == 0.0


def test_far_off_questions_are_to_be_refused(sample_alone: Letters) -> None:
    case = OffTopic(id="f", language="nl", question="Hoe laat is het?", kind="everyday")
    assert scores(off_topic.METRICS, sample_alone, case, Outcome(answer=answer())) == {"refused": 1.0}
    wrong = Outcome(answer=said(sample_alone, 9, HELMETS))
    assert scores(off_topic.METRICS, sample_alone, case, wrong) == {"refused": 0.0}


def test_the_record_is_told_with_its_letter(sample_alone: Letters) -> None:
    values = [{"text": "Timmermans", "accept": ["Timmermans"], "vital": True}]
    case = record("signatory", letters=(LETTER,), cites=(LETTER,), values=values, field="signatories")
    told = Outcome(answer=said(sample_alone, 9, HELMETS, "De brief is ondertekend door F.C.G.M. Timmermans."))
    assert scores(record_questions.METRICS, sample_alone, case, told) == {
        "record: right": 1.0,
        "record: value told": 1.0,
        "record: letter cited": 1.0,
        "record: field cited": 0.0,
        "record: other letters cited": 0.0,
    }
    assert scores(record_questions.METRICS, sample_alone, case, Outcome(answer=answer()))["record: right"] == 0.0


def test_look_alikes_are_answered_from_what_the_letter_says(sample_alone: Letters) -> None:
    place = stated(sample_alone, 9, HELMETS)["place"]
    case = record("look-alike", letters=(LETTER,), gold=(place,))
    assert scores(record_questions.METRICS, sample_alone, case, Outcome(answer=said(sample_alone, 9, HELMETS))) == {
        "look-alike: gold cited": 1.0,
        "look-alike: told from the record": 0.0,
    }
    without = record("look-alike", letters=(LETTER,))
    found = scores(record_questions.METRICS, sample_alone, without, Outcome(answer=answer()))
    assert found == {"look-alike: refused": 1.0, "look-alike: told from the record": 0.0}


def test_what_is_absent_from_the_record_is_to_be_refused(sample_alone: Letters) -> None:
    assert scores(record_questions.METRICS, sample_alone, record("absent"), Outcome(answer=answer())) == {
        "absent: refused": 1.0
    }
