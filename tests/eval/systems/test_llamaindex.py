"""A peer over the sample letter alone, and how its nodes become paragraphs."""

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from eval.sets.cases import gold_keys, load_golden
from eval.sets.corpus import read_documents
from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.records.letters import Letter, Paragraph, Section, Source

if TYPE_CHECKING:
    from eval.systems.llamaindex import LlamaIndex

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def _installed() -> None:
    pytest.importorskip("llama_index.core", reason="the extra peers is not installed")


@pytest.fixture(scope="module")
def peer(tmp_path_factory: pytest.TempPathFactory) -> "LlamaIndex":
    from eval.systems.llamaindex import LlamaIndex

    return LlamaIndex(tmp_path_factory.mktemp("peer"), Path("absent"), pages=0, k=10)


def test_an_easy_question_finds_its_gold_paragraph_first(peer: "LlamaIndex") -> None:
    letters = read_documents(Path("absent"))
    (case,) = [case for case in load_golden().cases if case.id == "a-helmen-aantal"]
    outcome = peer.ask(case.question)
    assert outcome.answer is None
    assert outcome.hits[0].letter == "kst-27925-504"
    assert {key.paragraph for key in gold_keys(case, letters)} <= set(outcome.hits[0].paragraphs)


def test_a_hit_names_the_paragraphs_that_it_holds(peer: "LlamaIndex") -> None:
    (letter,) = read_documents(Path("absent")).values()
    lengths = {paragraph.number: len(paragraph.text) for paragraph in letter.paragraphs}
    headings = sum(len(section.heading or "") + 4 for section in letter.sections)
    hits = peer.ask("Hoeveel helmen?").hits
    assert {number for hit in hits for number in hit.paragraphs} == lengths.keys()
    for hit in hits:
        first, *_ = hit.paragraphs
        assert hit.paragraphs == tuple(range(first, first + len(hit.paragraphs)))
        whole = sum(lengths[number] for number in hit.paragraphs[1:-1])
        assert whole < hit.characters <= sum(map(lengths.__getitem__, hit.paragraphs)) + headings + 2 * len(lengths)


def test_it_says_what_it_is_made_of(peer: "LlamaIndex") -> None:
    described = peer.describe()
    assert described["system"] == "llamaindex"
    assert described["embedder"] == E5Embedder.name
    assert int(described["nodes"]) > 1


@pytest.fixture
def answers() -> Letter:
    """A question, its answer in two paragraphs, and a closing section without a heading."""
    texts = ("Waarom?", "Omdat het zo is.", "En ook zo.", "Tot slot.")
    return Letter(
        id="ah-tk-1",
        kind="answers",
        sections=(
            Section(number=1, heading="Vraag 1", kind="question"),
            Section(number=2, heading="Antwoord 1", kind="answer", answers=1),
            Section(number=3),
        ),
        paragraphs=tuple(
            Paragraph(number=n, section=section, text=text)
            for n, (section, text) in enumerate(zip((1, 2, 2, 3), texts, strict=True), 1)
        ),
        source=Source(name="x", format="text", sha256="", size=1),
        text_sha256="",
    )


def test_a_letter_is_laid_out_without_members_questions(answers: Letter) -> None:
    from eval.systems.llamaindex import lay_out

    layout = lay_out(answers)
    assert layout.text == "Antwoord 1\n\nOmdat het zo is.\n\nEn ook zo.\n\nTot slot."
    assert [layout.text[start:end] for _, start, end in layout.places] == [p.text for p in answers.paragraphs[1:]]


def test_a_stretch_is_of_each_paragraph_that_it_touches(answers: Letter) -> None:
    from eval.systems.llamaindex import lay_out

    layout = lay_out(answers)
    assert layout.paragraphs(0, len(layout.text)) == (2, 3, 4)
    assert layout.paragraphs(0, len("Antwoord 1")) == ()
    for (number, _, end), (following, start, _) in pairwise(layout.places):
        assert layout.paragraphs(end - 1, start + 1) == (number, following)
        assert layout.paragraphs(end - 1, start) == (number,)
        assert layout.paragraphs(end, start) == ()
