"""Questions of two parts, through the library on the sample letter."""

from kamerbrief.answers.extractive import Proposal
from kamerbrief.answers.question_parts import together
from kamerbrief.library import Kamerbrief
from kamerbrief.records.answers import Draft, DraftSentence


def test_both_parts_of_a_question_are_answered(kb: Kamerbrief) -> None:
    answer = kb.ask("Wie leidt de nieuwe Iraakse regering, en hoeveel helmen heeft Nederland aan de Koerden geleverd?")
    said = " ".join(sentence.text for sentence in answer.sentences)
    assert "Haider al-Abadi" in said
    assert "1.000 helmen" in said
    assert {4, 9} <= {citation.paragraph for sentence in answer.sentences for citation in sentence.citations}
    assert answer.refusals == ()
    assert len(answer.hits) == len({hit.text for hit in answer.hits})


def test_a_part_without_an_answer_is_passed_over(kb: Kamerbrief) -> None:
    answer = kb.ask("Hoeveel helmen heeft Nederland aan de Koerden geleverd, en wat is de hoofdstad van Peru?")
    assert answer.status == "answered"
    assert {citation.paragraph for sentence in answer.sentences for citation in sentence.citations} == {9}


def _proposal(confidence: float, *texts: str) -> Proposal:
    return Proposal(Draft(sentences=tuple(DraftSentence(text=text, labels=("1.1",)) for text in texts)), confidence)


def test_a_sentence_that_answers_both_parts_is_said_once() -> None:
    proposal = together([_proposal(0.9, "a", "b"), _proposal(0.6, "b", "c")])
    assert [one.text for one in proposal.draft.sentences] == ["a", "b", "c"]
    assert proposal.confidence == 0.6


def test_without_an_answer_the_confidence_is_that_of_the_surest_part() -> None:
    assert together([_proposal(0.1), _proposal(0.3)]) == Proposal(Draft(), 0.3)
