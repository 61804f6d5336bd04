"""A note of a letter is found, quoted, proven and shown, by every way in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kamerbrief import Kamerbrief
from kamerbrief.answers.excerpts import excerpts_of
from kamerbrief.cli.terminal import show_answer, show_letter
from kamerbrief.http.mcp.results import answer_text, hits_text, proven
from kamerbrief.http.openai.completion import CitedText
from kamerbrief.http.resources.letters import paragraph_of
from kamerbrief.proof.sources import cut, passage_of
from kamerbrief.records.answers import Answer, Refusal, Sentence
from kamerbrief.records.letters import Key
from tests.noted import LETTER, NOTE, PROSE, QUESTION

LABEL = "Brief van 3 maart 2020, Opslag van vuurwerk, alinea 2, noot 1"
BASE = "http://127.0.0.1/"


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kamerbrief]:
    with Kamerbrief(tmp_path_factory.mktemp("noted")) as kb:
        kb.add(LETTER.encode(), name="vuurwerk.txt")
        yield kb


@pytest.fixture(scope="module")
def letter_id(noted: Kamerbrief) -> str:
    return noted.letters()[0].id


@pytest.fixture(scope="module")
def answer(noted: Kamerbrief) -> Answer:
    return noted.ask(QUESTION)


def test_a_question_is_answered_from_a_note(answer: Answer, letter_id: str) -> None:
    (sentence,) = [one for one in answer.sentences if one.text == NOTE]
    (citation,) = sentence.citations
    assert citation.key == Key(letter_id, 2, "1")
    assert citation.label == LABEL
    assert citation.text[citation.start : citation.end] == citation.quote == NOTE


def test_what_the_text_says_is_found_in_the_text(noted: Kamerbrief, letter_id: str) -> None:
    cited = [one.key for sentence in noted.ask(PROSE).sentences for one in sentence.citations]
    assert Key(letter_id, 2) in cited


def test_a_hit_tells_the_mark_of_its_note(noted: Kamerbrief) -> None:
    hit = next(one for one in noted.search(QUESTION) if one.footnote)
    assert (hit.paragraphs, hit.footnote, hit.text) == ((2,), "1", NOTE)
    assert hits_text([hit]).startswith(
        f"1. {LABEL.partition(', alinea')[0]} (letter {hit.letter}, paragraph 2, note 1)"
    )


def test_every_door_says_that_it_is_a_note(
    answer: Answer, letter_id: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    show_answer(answer)
    assert LABEL in capsys.readouterr().out
    assert f"{LABEL} (letter {letter_id}, paragraph 2, note 1)" in answer_text(answer)
    assert [
        one.footnote for sentence in proven(answer).sentences for one in sentence.citations if one.quote == NOTE
    ] == ["1"]
    text = CitedText(BASE)
    for sentence in answer.sentences:
        text.say(sentence)
    text.end(answer, {})
    assert f"{LABEL} — {BASE}v1/letters/{letter_id}/paragraphs/2" in text.content


def test_a_paragraph_comes_with_its_notes(
    noted: Kamerbrief, letter_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = noted.letter(letter_id)
    assert [note.text for note in paragraph_of(letter, 2).footnotes] == [NOTE]
    assert paragraph_of(letter, 1).footnotes == ()
    show_letter(letter, 2)
    assert "aanrijroute" in capsys.readouterr().out
    show_letter(letter, 1)
    assert "aanrijroute" not in capsys.readouterr().out


def test_a_model_is_shown_a_note_as_such_and_may_cite_it(noted: Kamerbrief, letter_id: str) -> None:
    note = passage_of(noted.letter(letter_id), 2, "1")
    (excerpt,) = excerpts_of(cut([note]))
    assert excerpt.label.endswith("Opslag van vuurwerk, noot 1")
    told = noted.check("In een aanvalsplan staat de aanrijroute.", [note.key])
    assert isinstance(told, Sentence)
    assert told.citations[0].key == note.key
    wrong = noted.check("In een aanvalsplan staan 12 uitgangen.", [note.key])
    assert isinstance(wrong, Refusal)


def test_a_note_of_a_real_letter_answers(tmp_path: Path, data: Path) -> None:
    with Kamerbrief(tmp_path) as kb:
        added = kb.add(data / "letters" / "kamerbrief-draagmoederschap-2011.pdf")
        answer = kb.ask(
            "Met wiens genetisch materiaal wordt hoogtechnologisch draagmoederschap in Nederland toegestaan?"
        )
        stands = kb.letter(added.letter).footnotes[0].text
    cited = [one for sentence in answer.sentences for one in sentence.citations]
    assert [one.key for one in cited if "genetisch materiaal van beide ouders" in one.quote] == [
        Key(added.letter, 4, "1")
    ]
    assert all(one.text == stands for one in cited if one.footnote)
