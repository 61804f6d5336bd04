"""Questions that name the letter they are about."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from kamerbrief import Kamerbrief
from kamerbrief.answers.naming import find_namings
from kamerbrief.answers.question import ask_about
from kamerbrief.records.answers import Turn
from kamerbrief.records.letters import Filters

SAMPLE_ID = "kst-27925-504"
NUMBER = "hoeveel helmen heeft Nederland geleverd?"


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory, sample: Path, data: Path) -> Iterator[Kamerbrief]:
    cases = [
        data / "cases" / f"{name}.txt" for name in ("housing-may", "housing-november", "youth-care-1", "youth-care-2")
    ]
    with Kamerbrief(tmp_path_factory.mktemp("letters")) as kb:
        for path in (sample, *cases):
            kb.add(path)
        yield kb


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Volgens Kamerstuk 27 925, nr. 504, hoeveel helmen?", [(SAMPLE_ID,)]),
        ("Wat staat er in Kamerstuk 27925-504?", [(SAMPLE_ID,)]),
        ("Hoeveel helmen noemt kst-27925-504?", [(SAMPLE_ID,)]),
        ("Hoeveel helmen waren er, volgens de brief met nummer kst-27925-504?", [(SAMPLE_ID,)]),
        ("Wat staat er in de brief van 20 november 2024?", ["2024-11-20 2024-11-20"]),
        ("Wat staat er in de Kamerbrief d.d. 20-11-2024?", ["2024-11-20 2024-11-20"]),
        ("Wat kost het volgens de brief van de minister van mei 2024?", ["2024-05-01 2024-05-31"]),
        ("Wat schreef de minister in mei 2024?", ["2024-05-01 2024-05-31"]),
        ("Wat schreef de minister op 14 mei 2024 over huur?", ["2024-05-14 2024-05-14"]),
        ("Wat meldde de staatssecretaris van Volksgezondheid in 2024?", ["2024-01-01 2024-12-31"]),
        ("Wat staat er in de brieven uit 2024 over wachttijden?", ["2024-01-01 2024-12-31"]),
        ("Wat staat er in de brief over jeugdzorg van 15 januari 2024?", ["2024-01-15 2024-01-15"]),
        (
            "Wat zegt de brief van 14 mei 2024 en die van 20 november 2024?",
            ["2024-05-14 2024-05-14", "2024-11-20 2024-11-20"],
        ),
        ("What does the letter of 20 November 2024 say?", ["2024-11-20 2024-11-20"]),
        ("What did the minister write in May 2024?", ["2024-05-01 2024-05-31"]),
        ("Start de bouw in 2025?", []),
        ("Wat zegt de brief over de begroting van 2025?", []),
        ("Hoeveel kinderen wachtten er in 2023?", []),
        ("Wat is het antwoord op de brief van 14 mei 2024?", []),
        ("Wat doet het kabinet met de motie Jetten c.s. (Kamerstuk 27 925, nr. 431)?", []),
        ("Wanneer vroeg de VN op 10 september 2014 om wapens?", []),
    ],
)
def test_it_knows_which_letters_a_question_names(question: str, named: list[object]) -> None:
    found = find_namings(ask_about(question))
    assert [one.letters or f"{one.since} {one.until}" for one in found] == named


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (f"Volgens Kamerstuk 27 925, nr. 504, {NUMBER}", f"H{NUMBER[1:]}"),
        (f"{NUMBER[:-1].capitalize()} volgens Kamerstuk 27925-504?", NUMBER.capitalize()),
        (
            "Hoeveel helmen heeft Nederland geleverd (Kamerstuk 27 925, nr. 504)?",
            "Hoeveel helmen heeft Nederland geleverd?",
        ),
    ],
)
def test_a_right_answer_stays_one_when_its_paper_is_named(letters: Kamerbrief, question: str, asked: str) -> None:
    answer = letters.ask(question)
    assert "1.000 helmen" in answer.sentences[0].text
    assert (answer.question, answer.asked.lower(), answer.filters) == (
        question,
        asked.lower(),
        Filters(letters=(SAMPLE_ID,)),
    )


@pytest.mark.parametrize(
    ("question", "said", "date"),
    [
        (
            "Hoeveel euro trekt het kabinet uit voor woningen volgens de brief van 14 mei 2024?",
            "anderhalf",
            "2024-05-14",
        ),
        (
            "Hoeveel euro trekt het kabinet uit voor woningen volgens de brief van 20 november 2024?",
            "1,8",
            "2024-11-20",
        ),
        (
            "Hoeveel kinderen wachtten veertien weken volgens de brief van 15 januari 2024?",
            "4.300",
            "2024-01-15",
        ),
        ("Wat staat er in de brief van 20 november 2024?", "", "2024-11-20"),
        ("Wat schreef de minister in mei 2024?", "", "2024-05-14"),
        ("Wat schreef de minister in mei 2024 over de bouw van woningen?", "", "2024-05-14"),
        ("What does the letter of 20 November 2024 say?", "", "2024-11-20"),
    ],
)
def test_only_the_letter_that_is_named_is_quoted(letters: Kamerbrief, question: str, said: str, date: str) -> None:
    answer = letters.ask(question)
    assert answer.status == "answered", (answer.asked, answer.confidence)
    quoted = {letters.letter(one.letter).date for sentence in answer.sentences for one in sentence.citations}
    assert quoted == {day(date)}
    assert said in " ".join(one.text for one in answer.sentences)
    assert answer.filters.since
    assert answer.filters.until
    assert answer.filters.since <= day(date) <= answer.filters.until


@pytest.mark.parametrize(
    "question",
    [
        f"Volgens Kamerstuk 27 925, nr. 999, {NUMBER}",
        f"Volgens de brief van 21 november 2024, {NUMBER}",
        "Wat schreef de minister in juni 2024?",
    ],
)
def test_no_other_letter_answers_for_one_that_is_not_here(letters: Kamerbrief, question: str) -> None:
    answer = letters.ask(question)
    assert (answer.status, answer.message) == ("not_found", "De brief die de vraag noemt, staat hier niet.")
    assert answer.nearest


def test_the_filters_that_are_given_hold_too(letters: Kamerbrief) -> None:
    question = f"Volgens Kamerstuk 27 925, nr. 504, {NUMBER}"
    assert letters.ask(question, filters=Filters(dossier="27925")).filters == Filters(
        dossier="27925", letters=(SAMPLE_ID,)
    )
    assert letters.ask(question, filters=Filters(dossier="31839")).status == "not_found"
    late = Filters(since=day("2024-06-01"))
    assert letters.ask("Wat schreef de minister in mei 2024?", filters=late).status == "not_found"
    within = letters.ask("Wat staat er in de brieven uit 2024 over woningen?", filters=late).filters
    assert (within.since, within.until) == (late.since, day("2024-12-31"))


def test_two_letters_that_are_named_are_both_read(letters: Kamerbrief) -> None:
    answer = letters.ask("Hoeveel trekt het kabinet uit volgens de brieven van 14 mei 2024 en 20 november 2024?")
    assert {letters.letter(one).date for one in answer.filters.letters} == {day("2024-05-14"), day("2024-11-20")}


def test_what_a_question_names_goes_before_what_the_one_before_it_named(letters: Kamerbrief) -> None:
    before = Turn(question="Hoeveel euro trekt het kabinet uit voor woningen volgens de brief van 14 mei 2024?")
    answer = letters.ask("En in de brief van 20 november 2024?", turns=[before])
    assert answer.filters.since == day("2024-11-20")
    assert "1,8" in answer.sentences[0].text
