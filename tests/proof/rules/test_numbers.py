"""Numbers, amounts, shares and lengths of time are the letter's, however they are spelled."""

import pytest

from kamerbrief.proof.rules.numbers import unproven_number
from tests.proof.retold import fault

DUTCH = "Er zijn 1.000 helmen en drie schepen, voor 2,5 miljoen euro in twee jaar; 70% ging naar Dohuk, de rest later."
ENGLISH = "There are 1,000 helmets and ten ships, for 2.5 million euros in two years; a quarter of it went to Dohuk."


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Er zijn duizend helmen.", DUTCH),
        ("Er zijn 3 schepen.", DUTCH),
        ("Dat kost € 2.500.000.", DUTCH),
        ("Zeventig procent ging naar Dohuk.", DUTCH),
        ("Het duurt 2 jaar.", DUTCH),
        ("Er is één brief.", DUTCH),
        ("There are a thousand helmets.", DUTCH),
        ("There are 3 ships.", DUTCH),
        ("It costs 2.5 million euros.", DUTCH),
        ("Seventy per cent went to Dohuk.", DUTCH),
        ("It takes two years.", DUTCH),
        ("Er zijn 1.000 helmen voor 2,5 miljoen euro.", ENGLISH),
        ("A quarter of it went to Dohuk.", ENGLISH),
        ("25% ging naar Dohuk.", ENGLISH),
        ("Er zijn tien schepen.", ENGLISH),
        ("There are ten ships.", ENGLISH),
        ("Ten opzichte van later is de rest van de helmen daar ten dele.", DUTCH),
    ],
)
def test_a_number_of_the_letter_passes(claim: str, source: str) -> None:
    assert fault(unproven_number, claim, source) is None


@pytest.mark.parametrize(
    ("claim", "source", "words"),
    [
        ("Er zijn tweeduizend helmen.", DUTCH, "tweeduizend"),
        ("Er zijn 1.000 helmen en vier schepen.", DUTCH, "vier"),
        ("Dat kost € 25 miljoen.", DUTCH, "25 miljoen"),
        ("De helft ging naar Dohuk.", DUTCH, "helft"),
        ("Het duurt 2 maanden.", DUTCH, "2"),
        ("In 2016 zijn er 1.000 helmen.", DUTCH, "2016"),
        ("There are ten helmets.", DUTCH, "ten"),
        ("There are 1,000 helmets and 5 ships.", DUTCH, "5"),
        ("It costs 2.5 million dollars.", DUTCH, "2.5 million"),
        ("Thirty per cent went to Dohuk.", DUTCH, "Thirty"),
        ("Both ships sailed.", DUTCH.replace("twee", "drie"), "Both"),
        ("Er zijn 1.000 helmen en elf schepen.", ENGLISH, "elf"),
        ("A third of it went to Dohuk.", ENGLISH, "third"),
    ],
)
def test_another_number_is_stopped(claim: str, source: str, words: str) -> None:
    assert fault(unproven_number, claim, source) == words


def test_the_question_lends_its_year_and_no_other_number() -> None:
    question = "Hoeveel helmen waren er in 2016, 5.000?"
    assert fault(unproven_number, "In 2016 waren er 1.000 helmen.", DUTCH, question=question) is None
    assert fault(unproven_number, "In 2016 waren er 5.000 helmen.", DUTCH, question=question) == "5.000"
