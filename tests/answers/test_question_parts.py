"""Questions of several parts, through the library on the sample letter."""

import pytest

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


def test_what_is_asked_twice_is_answered_once(kb: Kamerbrief) -> None:
    once = "Wie leidt de nieuwe Iraakse regering?"
    answer = kb.ask(f"{once} Hoeveel helmen heeft Nederland aan de Koerden geleverd? {once}")
    said = [sentence.text for sentence in answer.sentences]
    assert "Haider al-Abadi" in " ".join(said)
    assert "1.000 helmen" in " ".join(said)
    assert len(said) == len(set(said))


@pytest.mark.parametrize(
    ("question", "missing", "message"),
    [
        (
            "Hoeveel helmen heeft Nederland aan de Koerden geleverd, en wat is de hoofdstad van Peru?",
            ("Wat is de hoofdstad van Peru?",),
            "Hierover staat niets in de brieven: “Wat is de hoofdstad van Peru?”",
        ),
        (
            "Hoeveel helmen heeft Nederland aan de Koerden geleverd, hoe hoog is de dom en wat kost een brood?",
            ("Hoe hoog is de dom?", "Wat kost een brood?"),
            "Hierover staat niets in de brieven: “Hoe hoog is de dom?” “Wat kost een brood?”",
        ),
        (
            "How many helmets did the Netherlands deliver to the Kurds? Who is the president of Peru?",
            ("Who is the president of Peru?",),
            "The letters say nothing of this: “Who is the president of Peru?”",
        ),
        ("Wie leidt de nieuwe Iraakse regering? Hoeveel helmen heeft Nederland geleverd?", (), None),
    ],
)
def test_a_part_without_an_answer_is_told_as_missing(
    kb: Kamerbrief, question: str, missing: tuple[str, ...], message: str | None
) -> None:
    answer = kb.ask(question)
    assert answer.status == "answered"
    assert (answer.missing, answer.message) == (missing, message)
    assert 9 in {citation.paragraph for sentence in answer.sentences for citation in sentence.citations}
    assert kb.answer(answer.id) == answer


def test_a_part_that_leans_on_another_must_get_what_it_asks_for(kb: Kamerbrief) -> None:
    answer = kb.ask("Wie leidt de nieuwe Iraakse regering, en sinds wanneer?")
    assert "Haider al-Abadi" in answer.sentences[0].text
    assert answer.missing == ("Sinds wanneer?",)
    assert kb.ask("Hoeveel helmen heeft Nederland geleverd, en hoeveel vesten?").missing == ()


def test_without_any_answer_no_part_is_missing_more_than_others(kb: Kamerbrief) -> None:
    answer = kb.ask("Hoe hoog is de dom van Utrecht, en wat kost een brood in Parijs?")
    assert (answer.status, answer.missing, answer.message) == ("not_found", (), "Dit staat niet in de brieven.")


def _proposal(confidence: float, *texts: str) -> Proposal:
    return Proposal(Draft(sentences=tuple(DraftSentence(text=text, labels=("1.1",)) for text in texts)), confidence)


def test_a_sentence_that_answers_both_parts_is_said_once() -> None:
    proposal = together([_proposal(0.9, "a", "b"), _proposal(0.6, "b", "c")])
    assert [one.text for one in proposal.draft.sentences] == ["a", "b", "c"]
    assert proposal.confidence == 0.6


def test_without_an_answer_the_confidence_is_that_of_the_surest_part() -> None:
    parts = _proposal(0.1), _proposal(0.3)
    assert together(parts) == Proposal(Draft(), 0.3, parts=parts)
