from pathlib import Path

import pytest

from kamerbrief.embedding.tokens import count_tokens
from kamerbrief.index import chunks
from kamerbrief.index.chunks import MAX_TOKENS, chunk, sentence_positions
from kamerbrief.letters.reading import read_letter
from kamerbrief.proof.sources import passage_of
from kamerbrief.records.letters import Footnote, Key, Letter, Paragraph, Section, Source
from tests.letters.conftest import letter_at


def a_letter(*texts: str, sections: int = 1) -> Letter:
    return Letter(
        id="kst-1-1",
        kind="letter",
        title="De helmen",
        sections=tuple(Section(number=n, heading=f"Kop {n}") for n in range(1, sections + 1)),
        paragraphs=tuple(Paragraph(number=n, section=min(n, sections), text=t) for n, t in enumerate(texts, 1)),
        source=Source(name="x", format="text", sha256="", size=1),
        text_sha256="",
    )


def covered(letter: Letter) -> list[str]:
    return [
        passage_of(letter, s.paragraph, s.footnote).unit.text[s.start : s.end] for c in chunk(letter) for s in c.spans
    ]


LONG = "Deze zin over de levering van helmen aan de Koerden is niet erg lang, maar telt mee. "


def test_one_paragraph_is_one_chunk_that_knows_its_place() -> None:
    (only,) = chunk(a_letter(LONG.strip() * 3))
    assert [span.paragraph for span in only.spans] == [1]
    assert only.context == "De helmen — Kop 1"
    assert only.tokens == count_tokens(only.text)


def test_short_paragraphs_of_one_section_are_joined() -> None:
    letter = a_letter("De landen zijn:", "• Polen", "• Italië", LONG * 3)
    assert [span.paragraph for span in chunk(letter)[0].spans] == [1, 2, 3, 4]


def test_sections_are_never_joined() -> None:
    assert len(chunk(a_letter("Kort.", "Ook kort.", sections=2))) == 2


def test_the_labels_of_a_figure_are_no_chunk_and_part_none() -> None:
    letter = a_letter("De landen zijn:", "Begeleidingscommissie met", "• Italië", LONG * 3)
    figure = letter.paragraphs[1].model_copy(update={"kind": "figure"})
    letter = letter.model_copy(update={"paragraphs": (letter.paragraphs[0], figure, *letter.paragraphs[2:])})
    assert [span.paragraph for span in chunk(letter)[0].spans] == [1, 3, 4]
    assert "commissie" not in chunk(letter)[0].text


def with_notes(*notes: Footnote) -> Letter:
    return a_letter(LONG.strip(), "De landen zijn bekend.", sections=2).model_copy(update={"footnotes": notes})


def test_a_note_is_a_chunk_of_its_own_that_knows_what_it_is_a_note_to() -> None:
    letter = with_notes(Footnote(mark="3", text="Polen en Italië.", paragraph=2, position=9))
    note = chunk(letter)[-1]
    assert (note.text, note.section) == ("Polen en Italië.", 2)
    assert [span.key(letter.id) for span in note.spans] == [Key(letter.id, 2, "3")]
    assert note.context == "De helmen — Kop 2 — De landen"


def test_a_note_whose_mark_stands_nowhere_is_found_as_well() -> None:
    letter = with_notes(Footnote(mark="3", text="Polen en Italië."))
    assert [span.key(letter.id) for span in chunk(letter)[-1].spans] == [Key(letter.id, None, "3")]


def test_of_notes_that_cannot_be_told_apart_the_first_is_cited() -> None:
    letter = with_notes(Footnote(mark="1", text="Polen is er een."), Footnote(mark="1", text="Italië is er een."))
    assert [one.text for one in chunk(letter)][2:] == ["Polen is er een."]


@pytest.mark.parametrize(
    "text",
    ["Kamerstuk 33009, nr. 117.", "https://www.rivm.nl/publicaties/staat-drinkwaterbronnen", "Zie www.stormaanpak.nl"],
)
def test_a_note_that_only_refers_is_no_chunk(text: str) -> None:
    assert len(chunk(with_notes(Footnote(mark="3", text=text, paragraph=2, position=9)))) == 2


@pytest.mark.parametrize(
    "text", ["4,7 megaton CO2 per jaar: https://edepot.wur.nl/138952", "bis: culturele basisinfrastructuur van 2021"]
)
def test_a_short_note_that_says_something_is_one(text: str) -> None:
    assert chunk(with_notes(Footnote(mark="3", text=text, paragraph=2, position=9)))[-1].text == text


def test_notes_of_questions_are_no_chunks() -> None:
    letter = with_notes(Footnote(mark="3", text="Een krant van gisteren.", paragraph=2, position=3))
    asked = letter.sections[1].model_copy(update={"kind": "question"})
    assert len(chunk(letter.model_copy(update={"sections": (letter.sections[0], asked)}))) == 1


def test_a_long_paragraph_is_split_at_sentences_and_nothing_is_lost() -> None:
    letter = a_letter((LONG * 60).strip())
    found = chunk(letter)
    assert len(found) > 1
    assert all(one.tokens <= MAX_TOKENS for one in found)
    assert " ".join(covered(letter)) == letter.paragraphs[0].text
    assert all(one.text.endswith("mee.") for one in found)


def test_a_sentence_over_the_budget_is_cut_at_spaces() -> None:
    letter = a_letter("woord " * 900 + "eind")
    found = chunk(letter)
    assert all(one.tokens <= MAX_TOKENS for one in found)
    assert "".join(covered(letter)).replace(" ", "") == letter.paragraphs[0].text.replace(" ", "")


def test_text_without_spaces_is_cut_too() -> None:
    letter = a_letter("é" * 3000)
    assert all(one.tokens <= MAX_TOKENS for one in chunk(letter))
    assert "".join(covered(letter)) == letter.paragraphs[0].text


@pytest.mark.parametrize("length", [200, 398, 401, 3000])
def test_text_of_which_a_character_is_several_tokens_is_cut_too(length: int) -> None:
    letter = a_letter("\U00012000" * length)
    assert all(one.tokens <= MAX_TOKENS for one in chunk(letter))
    assert "".join(covered(letter)) == letter.paragraphs[0].text


def test_an_endless_sentence_takes_no_more_than_its_length(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def counting(text: str) -> int:
        read.append(len(text))
        return count_tokens(text)

    def characters(words: int) -> int:
        read.clear()
        chunk(a_letter("woord " * words + "eind"))
        return sum(read)

    monkeypatch.setattr(chunks, "count_tokens", counting)
    assert characters(20_000) < 2.2 * characters(10_000)


def test_the_sentences_of_a_chunk_are_where_it_says(sample: Path) -> None:
    letter = read_letter(sample)
    for one in chunk(letter):
        for span, (start, end) in zip(one.sentences, sentence_positions(one), strict=True):
            assert (
                one.text[start:end]
                == passage_of(letter, span.paragraph, span.footnote).unit.text[span.start : span.end]
            )


def test_members_questions_are_no_chunks(data: Path) -> None:
    letter = letter_at(data / "answers-to-members" / "ah-tk-20232024-1314.pdf")
    kinds = {section.number: section.kind for section in letter.sections}
    asked = {p.number for p in letter.paragraphs if kinds[p.section] == "question"}
    chunked = {span.paragraph for one in chunk(letter) for span in one.spans}
    assert asked
    assert chunked == {p.number for p in letter.paragraphs} - asked
