"""The steps of an answer, each by the values that go in and come out."""

import hashlib
from contextlib import closing
from dataclasses import replace
from importlib.resources import files

import pytest

from kamerbrief.answers.answering import answer
from kamerbrief.answers.drafting import Proposed
from kamerbrief.answers.extractive import Proposal
from kamerbrief.answers.follow_ups import follow_up
from kamerbrief.answers.means import Asked
from kamerbrief.answers.question import Question, ask_about
from kamerbrief.answers.selection import prove
from kamerbrief.answers.telling import Said
from kamerbrief.clock import utc_now
from kamerbrief.errors import ModelUnavailableError
from kamerbrief.index.search import SHIPPED
from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.letters.reading import read_letter
from kamerbrief.library import Kamerbrief
from kamerbrief.proof.prover import Prover
from kamerbrief.proof.sources import cut, passage_of
from kamerbrief.records.answers import Answer, Draft, DraftSentence, Refusal, Sentence, Turn
from kamerbrief.records.letters import Filters, Key
from kamerbrief.stopwatch import Stopwatch
from kamerbrief.streams import Stream
from kamerbrief.wiring import Parts
from tests.conftest import SAMPLE

LETTER = read_letter(SAMPLE)
SOURCES = cut([passage_of(LETTER, 9)])
HELMETS = next(one for one in SOURCES.sentences if "1.000 helmen" in one.text)
QUOTED = Proposed(DraftSentence(text=HELMETS.text, labels=(HELMETS.label,)), "extractive", SOURCES)
BY_MODEL = replace(QUOTED, writer="model")
QUESTION = ask_about("Hoeveel helmen heeft Nederland geleverd?")
ANSWERED = Proposal(Draft(sentences=(QUOTED.draft,)), 0.9, {HELMETS.key: 0.9})
VERBATIM = Prover(lambda texts: pytest.fail("what stands in a letter word for word needs no reading"))
BEFORE = [Turn(question="Wie leidt de regering van Irak?", answer="Haider al-Abadi.")]


@pytest.mark.parametrize(
    ("model_said", "asked"),
    [
        ("Wanneer trad Haider al-Abadi aan?", "Wanneer trad Haider al-Abadi aan?"),
        ("Wanneer trad Saddam Hussein aan?", "En wanneer trad die aan? (Wie leidt de regering van Irak?)"),
        ("Wanneer trad Haider al-Abadi in 2014 aan?", "En wanneer trad die aan? (Wie leidt de regering van Irak?)"),
        ("Wie leidt de regering van Irak?", "En wanneer trad die aan? (Wie leidt de regering van Irak?)"),
    ],
    ids=["faithful", "a name of its own", "a number of its own", "the question before"],
)
def test_a_question_is_followed_up_by_a_model_that_keeps_to_the_conversation(model_said: str, asked: str) -> None:
    followed = follow_up(ask_about("En wanneer trad die aan?"), BEFORE, lambda *_: model_said)
    assert (followed.question.text, followed.failure) == (asked, None)


@pytest.mark.parametrize(
    ("question", "instead"),
    [("En wanneer trad die aan?", "with the one before it"), ("En wanneer? " + 1980 * "a", "as it stands")],
    ids=["short", "too long to be joined"],
)
def test_a_model_that_fails_to_follow_up_is_told(question: str, instead: str) -> None:
    def fails(_: Question, __: object) -> str:
        raise ModelUnavailableError("the model server sleeps", "wake it")

    followed = follow_up(ask_about(question), BEFORE, fails)
    assert followed.question.text.startswith(question)
    assert followed.failure == (
        f"the model did not reword the question, which is asked {instead}: the model server sleeps: wake it"
    )


def test_an_answer_names_the_weights_by_which_it_was_read(kb: Kamerbrief) -> None:
    told: list[Answer] = []
    with closing(Parts(kb.settings, SHIPPED, utc_now)) as parts:
        by = replace(parts.answering(), log=told.append)
        for text in (
            QUESTION.text,
            "Wat kost de missie?",
            "Hoeveel helmen heeft Nederland geleverd volgens Kamerstuk 27 925, nr. 999?",
            "Wie heeft de brief ondertekend?",
            "Dank je wel!",
        ):
            Stream(answer(by, Asked(ask_about(text), (), Filters(), 10, "extractive", text))).finish()
    weights = (files("kamerbrief.embedding") / "reader.npz").read_bytes()
    named = hashlib.sha256(weights).hexdigest()[:12]
    assert [one.reader for one in told] == [named, named, None, None, None]
    assert [one.status for one in told] == ["answered", "not_found", "not_found", "answered", "not_found"]


def test_a_quoted_sentence_is_proven_unless_the_model_has_told_it() -> None:
    proven = prove(VERBATIM, QUOTED, QUESTION, ANSWERED, [])
    assert isinstance(proven, Sentence)
    assert (proven.text, proven.writer) == (HELMETS.text, "extractive")
    told = proven.model_copy(update={"writer": "model"})
    assert prove(VERBATIM, QUOTED, QUESTION, ANSWERED, [told]) is None
    assert prove(VERBATIM, QUOTED, QUESTION, ANSWERED, [proven]) == proven


def test_a_models_sentence_must_be_to_the_point() -> None:
    proven = prove(VERBATIM, BY_MODEL, QUESTION, ANSWERED, [])
    assert isinstance(proven, Sentence)
    assert proven.writer == "model"
    elsewhere = replace(ANSWERED, shares={Key("kst-1-1", 1): 0.9})
    assert prove(VERBATIM, BY_MODEL, QUESTION, elsewhere, []) == Refusal(text=HELMETS.text, rule="off-topic")


def test_what_is_not_proven_is_refused_whoever_drafted_it() -> None:
    unfounded = DraftSentence(text="Er zijn helmen.", labels=())
    for proposed in (QUOTED, BY_MODEL):
        judged = prove(VERBATIM, replace(proposed, draft=unfounded), QUESTION, ANSWERED, [])
        assert judged == Refusal(text="Er zijn helmen.", rule="uncited")


def test_a_sentence_is_said_once_and_a_refusal_never() -> None:
    proven = prove(VERBATIM, QUOTED, QUESTION, ANSWERED, [])
    refused = Refusal(text="Er zijn helmen.", rule="uncited")
    said = Said(Stopwatch(), lexicon_of(None))
    assert [*said.take(None), *said.take(refused)] == []
    assert said.first is None
    assert [*said.take(proven), *said.take(proven)] == [proven]
    assert said.first is not None
    assert (said.sentences, said.refusals) == ([proven], [refused])
