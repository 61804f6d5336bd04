"""The latest position is told first: made letters that say different things at different times."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kamerbrief import Kamerbrief

COAST = """Aan de Voorzitter van de Tweede Kamer der Staten-Generaal

Den Haag, {date}

Betreft {subject}

Geachte voorzitter,

{text}

De Minister van Infrastructuur en Waterstaat,

A. Voorbeeld
"""
OLD = """De Kustwacht krijgt vier nieuwe patrouilleschepen. De levering van de schepen begint in 2026.

Het vliegveld Twente wordt niet gesloten. Voor de bemanning zijn 120 extra plaatsen nodig.

In 2022 waren er 310 reddingen op zee."""
NEW = """De Kustwacht krijgt drie patrouilleschepen, omdat de prijzen zijn gestegen. De levering begint in 2026. Dat is
niet langer haalbaar.

Het vliegveld Twente wordt gesloten.

In 2024 waren er 365 reddingen op zee."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Iterator[Kamerbrief]:
    """The made letters of ../shared/data, and two of our own."""
    with Kamerbrief(tmp_path_factory.mktemp("made")) as kb:
        cases = data / "cases"
        own = [
            COAST.format(date="3 maart 2023", subject="Kustwacht en vliegvelden", text=OLD),
            COAST.format(date="9 februari 2025", subject="Voortgang Kustwacht", text=NEW),
        ]
        names = ("housing-may", "housing-november", "youth-care-1", "youth-care-2")
        for outcome in kb.add_all([*(cases / f"{name}.txt" for name in names), *(text.encode() for text in own)]):
            assert not isinstance(outcome, Exception)
        yield kb


def said(kb: Kamerbrief, question: str) -> list[str]:
    answer = kb.ask(question)
    assert all(one.text.endswith(one.citations[0].quote) for one in answer.sentences)
    dates = [one.citations[1] for one in answer.sentences if len(one.citations) > 1]
    assert all(one.field == "date" for one in dates)
    assert len({one.letter for one in dates}) == len(dates)
    return [one.text for one in answer.sentences]


@pytest.mark.parametrize(
    ("question", "newest", "earlier"),
    [
        (
            "Hoeveel trekt het kabinet uit voor de bouw van betaalbare woningen?",
            "Op 20 november 2024: Het kabinet trekt nu 1,8 mld. euro uit",
            "Eerder, op 14 mei 2024: Het kabinet trekt anderhalf miljard euro uit",
        ),
        (
            "Hoeveel bedraagt de subsidie voor starters?",
            "Op 20 november 2024: De subsidie voor starters gaat naar 10.000 euro.",
            "Eerder, op 14 mei 2024: De subsidie voor starters bedraagt 12.500 euro",
        ),
        (
            "In hoeveel regio's start een proef?",
            "Op 10 december 2024: De proef start niet in drie maar in vijf regio's.",
            "Eerder, op 15 januari 2024: Volgend jaar start een proef in drie regio's.",
        ),
        (
            "Hoeveel patrouilleschepen krijgt de Kustwacht?",
            "Op 9 februari 2025: De Kustwacht krijgt drie patrouilleschepen",
            "Eerder, op 3 maart 2023: De Kustwacht krijgt vier nieuwe patrouilleschepen.",
        ),
        (
            "Wordt het vliegveld Twente gesloten?",
            "Op 9 februari 2025: Het vliegveld Twente wordt gesloten.",
            "Eerder, op 3 maart 2023: Het vliegveld Twente wordt niet gesloten.",
        ),
        (
            "How many patrol vessels does the coast guard get?",
            "On 9 February 2025: De Kustwacht krijgt drie patrouilleschepen",
            "Earlier, on 3 March 2023: De Kustwacht krijgt vier nieuwe patrouilleschepen.",
        ),
    ],
)
def test_the_newest_is_told_first_and_the_older_one_as_such(
    made: Kamerbrief, question: str, newest: str, earlier: str
) -> None:
    first, *others = said(made, question)
    assert first.startswith(newest)
    assert any(one.startswith(earlier) for one in others)


@pytest.mark.parametrize(
    ("question", "sentence", "takes_back"),
    [
        (
            "Start de bouw van de woningen in 2025?",
            "medio 2025 start.",
            "De start is uitgesteld tot het eerste kwartaal van 2026.",
        ),
        ("Hoeveel kinderen wachtten langer dan veertien weken?", "4.300 kinderen", "Inmiddels zijn dat er 3.900."),
        ("Wanneer begint de levering van de schepen?", "begint in 2026.", "Dat is niet langer haalbaar."),
    ],
)
def test_what_takes_a_sentence_back_comes_with_it(
    made: Kamerbrief, question: str, sentence: str, takes_back: str
) -> None:
    first, then, *_ = said(made, question)
    assert first.startswith("Op ")
    assert sentence in first
    assert then.replace("\n", " ") == takes_back


@pytest.mark.parametrize(
    ("question", "date", "text"),
    [
        (
            "Hoeveel trekt het kabinet uit voor betaalbare woningen volgens de brief van 14 mei?",
            "2024-05-14",
            "anderhalf",
        ),
        (
            "Hoeveel trekt het kabinet volgens de brief van 20 november uit voor betaalbare woningen?",
            "2024-11-20",
            "1,8",
        ),
        (
            "Hoeveel trekt het kabinet uit voor betaalbare woningen volgens de laatste brief over woningbouw?",
            "2024-11-20",
            "1,8",
        ),
        ("Hoeveel regio's staan in de laatste brief over jeugdzorg voor de proef?", "2024-12-10", "vijf"),
        ("Hoeveel patrouilleschepen krijgt de Kustwacht volgens de laatste brief?", "2025-02-09", "drie"),
    ],
)
def test_a_day_of_any_year_and_the_last_letter_name_it(made: Kamerbrief, question: str, date: str, text: str) -> None:
    answer = made.ask(question)
    assert text in answer.sentences[0].text
    assert {str(made.letter(one.letter).date) for each in answer.sentences for one in each.citations} == {date}


def test_a_day_of_which_there_is_no_letter_is_answered_by_none(made: Kamerbrief) -> None:
    answer = made.ask("Hoeveel patrouilleschepen krijgt de Kustwacht volgens de brief van 3 april?")
    assert (answer.status, answer.message) == ("not_found", "De brief die de vraag noemt, staat hier niet.")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Hoe lang duurt de vergunningverlening?", "De vergunningverlening duurt gemiddeld 26 weken."),
        ("Hoeveel reddingen waren er in 2022 op zee?", "In 2022 waren er 310 reddingen op zee."),
        ("Wordt de huurtoeslag verlaagd?", "Ik ben niet voornemens om de huurtoeslag te verlagen."),
    ],
)
def test_what_one_letter_says_is_told_without_a_date(made: Kamerbrief, question: str, text: str) -> None:
    assert said(made, question)[0] == text
