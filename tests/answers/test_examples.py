"""Questions to begin with are such as are answered."""

import pytest

from kamerbrief import Kamerbrief
from kamerbrief.answers.examples import asked_of
from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.records.letters import Letter


def test_each_is_answered_and_none_is_kept(kb: Kamerbrief) -> None:
    before = len(kb.answers(1000))
    found = kb.examples(3)
    assert found
    assert len(kb.answers(1000)) == before
    assert all(kb.ask(question).status == "answered" for question in found)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Hoeveel woningen zijn er in 2023 door corporaties gebouwd?", True),
        ("Hoeveel woningen heeft u in 2023 door corporaties laten bouwen?", False),
        ("Hoeveel woningen zijn er gebouwd? En hoeveel daarvan door corporaties?", False),
        ("Waarom?", False),
    ],
)
def test_what_members_asked_is_taken_unless_it_is_for_the_minister_alone(
    kb: Kamerbrief, text: str, asked: bool
) -> None:
    letter = kb.letter("kst-27925-504")
    section = letter.sections[0].model_copy(update={"kind": "question"})
    paragraph = letter.paragraphs[0].model_copy(update={"text": text, "section": 1})
    one = letter.model_copy(update={"sections": (section,), "paragraphs": (paragraph,)})
    assert isinstance(one, Letter)
    assert (("members", text) in asked_of(one, lexicon_of("nl"))) == asked
