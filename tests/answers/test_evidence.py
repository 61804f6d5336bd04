import pytest

from kamerbrief.answers.evidence import has_form, things
from kamerbrief.answers.question import Kind


@pytest.mark.parametrize(
    ("kind", "sentence", "question", "found"),
    [
        ("number", "Nederland heeft 1.000 helmen geleverd.", "Hoeveel helmen?", ["1.000"]),
        ("number", "Er waren drie kinderen geboren op 31 mei 2010.", "Hoeveel kinderen?", ["drie"]),
        ("number", "Zie Kamerstuk 31 793, nr. 5 en artikel 15.", "Hoeveel woningen?", []),
        ("number", "De CO2-uitstoot daalt.", "Hoeveel uitstoot?", []),
        ("number", "2. De maatregelen gaan door.", "Hoeveel maatregelen?", []),
        ("number", "Het doel is 55% in 2030.", "Hoeveel procent in 2030?", ["55"]),
        ("number", "Het doel van 55 procent blijft.", "Waarom blijven hoeveel van de 55 procent?", []),
        ("amount", "Er is 24 miljoen euro voor Jemen.", "Wat kost dat?", ["24 miljoen euro"]),
        ("amount", "Er is € 750.000 voor.", "Wat kost dat?", ["€ 750.000"]),
        ("amount", "Er gaan 24 mensen heen.", "Wat kost dat?", []),
        ("date", "De subsidie loopt tot 2026.", "Tot welk jaar?", ["2026"]),
        ("date", "Dat was op 4 september jl. bekend.", "Wanneer?", ["4 september", "jl."]),
        ("date", "Dat blijft zo.", "Wanneer?", []),
        ("place", "Dat gebeurt in de regio Dohuk.", "Waar?", ["Dohuk"]),
        ("place", "Dat gebeurt in Nederland.", "Waar in Nederland?", []),
    ],
)
def test_things_are_found_by_their_form(kind: Kind, sentence: str, question: str, found: list[str]) -> None:
    assert things(kind, sentence, question) == found


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("person", "Dat gebeurt onder leiding van Haider al-Abadi."),
        ("person", "Dit kan alleen door de rechter worden beperkt."),
        ("reason", "Dat kan niet, omdat er geen wapens zijn."),
    ],
)
def test_persons_and_reasons_are_seen(kind: Kind, sentence: str) -> None:
    assert things(kind, sentence, "?")


def test_yes_and_no_have_no_form() -> None:
    assert not has_form("yes/no")
    assert things("yes/no", "Ja, 1.000 keer.", "?") == []
