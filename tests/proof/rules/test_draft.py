"""A drafted sentence must say something and name sources that are there; one in its source word for word passes."""

import pytest

from kamerbrief.letters.reading import read_letter
from kamerbrief.proof.rules.draft import unfit
from kamerbrief.proof.rules.verbatim import stands_in
from kamerbrief.proof.sources import cut, passage_of
from kamerbrief.records.answers import DraftSentence
from tests.conftest import SAMPLE

SOURCES = cut([passage_of(read_letter(SAMPLE), number) for number in (9, 6)])
DUTCH = "De ‘Koerden’ hebben ze – inmiddels – ontvangen; €\u00a05 per stuk."
ENGLISH = "The “Kurds” have — by now —\nreceived them; NATO’s part is small."


def broken(text: str, *labels: str) -> str | None:
    fault = unfit(DraftSentence(text=text, labels=labels), SOURCES.named(labels))
    return fault.rule if fault else None


@pytest.mark.parametrize(
    "text",
    [
        "Er zijn helmen geleverd.",
        "De vraag of er helmen zijn is beantwoord.",
        "Wat er is geleverd, zijn helmen.",
        "“Zijn er helmen?” vroeg de Kamer.",
        "Er zijn helmen",
        "Helmets were delivered.",
        "Whether there are helmets has been answered.",
        "What was delivered are helmets.",
        "“Are there helmets?” the House asked.",
        "There are helmets!",
    ],
)
def test_a_sentence_that_says_something_passes(text: str) -> None:
    assert broken(text, "1.1") is None


@pytest.mark.parametrize(
    "text",
    [
        "Zijn er helmen geleverd?",
        "Zijn er helmen geleverd? ",
        "“Zijn er helmen geleverd?”",
        "De Kamer vroeg: ‘zijn er helmen?’",
        "Welke (en hoeveel?)",
        "Were helmets delivered?",
        "Were helmets delivered? ",
        '"Were helmets delivered?"',
        "The House asked: 'are there helmets?'",
        "Which (and how many?)",
    ],
)
def test_a_question_says_nothing(text: str) -> None:
    assert broken(text, "1.1") == "asks"


@pytest.mark.parametrize("labels", [("1.1",), ("1.5",), ("2.1",), ("1.1", "2.2"), ("1.1", "1.1"), ("2.5", "1.2")])
def test_sources_that_are_there_may_be_named(labels: tuple[str, ...]) -> None:
    assert broken("Er zijn helmen geleverd.", *labels) is None


@pytest.mark.parametrize("labels", [("7.1",), ("1.9",), ("",), ("1",), ("1.1", "7.1"), ("2.1 ",), ("1.1, 1.2",)])
def test_a_source_that_is_not_there_may_not(labels: tuple[str, ...]) -> None:
    assert broken("Er zijn helmen geleverd.", *labels) == "unknown-label"
    assert broken("Helmets were delivered.", *labels) == "unknown-label"


@pytest.mark.parametrize("text", ["Er zijn helmen.", "Helmets were delivered."])
def test_a_sentence_without_a_source_is_uncited(text: str) -> None:
    assert broken(text) == "uncited"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (DUTCH, DUTCH),
        ("De 'Koerden' hebben ze - inmiddels - ontvangen", DUTCH),
        ("hebben ze —\ninmiddels —  ontvangen", DUTCH),
        ("'Koerden'", DUTCH),
        ("€ 5 per stuk", DUTCH),
        (ENGLISH, ENGLISH),
        ('The "Kurds" have - by now - received them', ENGLISH),
        ("NATO's part", ENGLISH),
        ("have – by now – received them", ENGLISH),
        ("«Kurds»", ENGLISH),
    ],
)
def test_white_space_dashes_and_quotation_marks_may_differ(text: str, source: str) -> None:
    assert stands_in(text, source)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("De Koerden hebben ze ontvangen", DUTCH),
        ("de 'Koerden' hebben ze", DUTCH),
        ("€5 per stuk", DUTCH),
        ("", DUTCH),
        (" \n", DUTCH),
        ("The Kurds have received them", ENGLISH),
        ("the “Kurds” have", ENGLISH),
        ("NATOs part", ENGLISH),
        ("received it", ENGLISH),
        ("Nato's part", ENGLISH),
    ],
)
def test_words_may_not(text: str, source: str) -> None:
    assert not stands_in(text, source)
