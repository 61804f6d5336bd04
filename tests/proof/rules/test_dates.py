"""Dates and parts of a year are the letter's, of 10 September 2014, or the question's."""

import pytest

from kamerbrief.proof.rules.dates import unproven_date
from tests.proof.retold import fault

SUMMIT = "Op 4 en 5 september jl. kwamen de landen bijeen. De helmen volgden eind 2013, en jaarlijks in het najaar."
ENGLISH = "On 4 September 2014 the countries met. The helmets follow in spring 2015, and are checked every month."


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("De landen kwamen op 4 september 2014 bijeen.", SUMMIT),
        ("De landen kwamen in september bijeen.", SUMMIT),
        ("De landen kwamen op vrijdag 5 september bijeen.", SUMMIT),
        ("Elk jaar in de herfst volgen er helmen.", SUMMIT),
        ("Op 10 september 2014 schreef de minister een brief.", SUMMIT),
        ("The countries met on September 5th, 2014.", SUMMIT),
        ("The countries met on the 4th of September.", SUMMIT),
        ("The helmets followed at the end of 2013.", SUMMIT),
        ("Every year in autumn helmets follow.", SUMMIT),
        ("De landen kwamen op 4 september bijeen.", ENGLISH),
        ("The helmets follow in spring.", ENGLISH),
        ("De helmen worden maandelijks nagekeken.", ENGLISH),
    ],
)
def test_a_date_of_the_letter_passes(claim: str, source: str) -> None:
    assert fault(unproven_date, claim, source) is None


@pytest.mark.parametrize(
    ("claim", "source", "words"),
    [
        ("De landen kwamen op 6 september 2014 bijeen.", SUMMIT, "6 september 2014"),
        ("De landen kwamen op 4 oktober bijeen.", SUMMIT, "4 oktober"),
        ("De landen kwamen op 4 september 2015 bijeen.", SUMMIT, "4 september 2015"),
        ("De landen kwamen op maandag bijeen.", SUMMIT, "maandag"),
        ("De helmen volgden in het voorjaar.", SUMMIT, "voorjaar"),
        ("De helmen volgden begin 2013.", SUMMIT, "begin 2013"),
        ("The countries met on 6 September.", SUMMIT, "6 September"),
        ("The countries met in October 2014.", SUMMIT, "October 2014"),
        ("Every month helmets follow.", SUMMIT, "Every month"),
        ("The helmets followed in early 2013.", SUMMIT, "early 2013"),
        ("De landen kwamen op 5 september bijeen.", ENGLISH, "5 september"),
        ("The helmets follow in winter.", ENGLISH, "winter"),
        ("De helmen worden jaarlijks nagekeken.", ENGLISH, "jaarlijks"),
    ],
)
def test_another_date_is_stopped(claim: str, source: str, words: str) -> None:
    assert fault(unproven_date, claim, source) == words


def test_the_question_and_the_letters_own_data_lend_their_dates() -> None:
    claim = "Op 3 maart 2016 was dat zo."
    assert fault(unproven_date, claim, SUMMIT) == "3 maart 2016"
    assert fault(unproven_date, claim, SUMMIT, question="Wat gebeurde er op 3 maart 2016?") is None
    assert fault(unproven_date, claim, SUMMIT, about="Verslag van 3 maart 2016") is None
