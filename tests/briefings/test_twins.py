"""How near lines come to each other: twins say the same, but not where they count, date or name otherwise."""

import numpy as np
import pytest

from kamerbrief.briefings.choose.twins import OTHER, TWIN, Alike, facts
from kamerbrief.briefings.choose.worth import LABELS
from kamerbrief.briefings.find.points import Point
from kamerbrief.records.answers import Citation
from kamerbrief.records.briefings import Line

WORTH = dict.fromkeys(LABELS, 0.5)
BUILT = "Het kabinet heeft op 3 maart 12 scholen in Utrecht gebouwd."


def point(text: str, letter: str = "kst-1-1", start: int = 0, angle: float = 0.0) -> Point:
    """A line of the first paragraph; the cosine of two is that of the difference of their angles."""
    citation = Citation(
        letter=letter,
        paragraph=1,
        label="1",
        heading=None,
        url=None,
        text=" " * start + text,
        start=start,
        end=start + len(text),
        quote=text,
    )
    vector = np.array([np.cos(angle), np.sin(angle)], np.float32)
    return Point(Line(text=text, citations=(citation,)), (letter, 1, start), 1, WORTH, vector)


@pytest.mark.parametrize(
    ("other", "near"),
    [
        (BUILT.replace("gebouwd", "opgeleverd"), 1.0),
        (BUILT.replace("op 3 maart ", ""), 1.0),  # says no more than what is told
        (BUILT.replace("12", "14"), OTHER),
        (BUILT.replace("maart", "april"), OTHER),
        (BUILT.replace("Utrecht", "Groningen"), OTHER),
    ],
)
def test_a_twin_has_no_number_date_or_name_of_its_own(other: str, near: float) -> None:
    assert Alike([point(other, "kst-1-2")]).to(point(BUILT)) == pytest.approx([near])


def test_less_than_twins_are_as_near_as_their_vectors() -> None:
    assert Alike([point("Iets met 14.", "kst-1-2", angle=1.0)]).to(point(BUILT)) == pytest.approx([np.cos(1.0)])
    assert np.cos(1.0) < OTHER < TWIN


def test_the_same_words_are_one_wherever_they_stand() -> None:
    told = point(BUILT)
    inside = point(BUILT[4:], start=4, angle=2.0)
    again = point(BUILT, "kst-1-2", angle=2.0)
    assert list(Alike([inside, again]).to(told)) == [1.0, 1.0]


def test_a_number_is_one_fact_however_it_is_written() -> None:
    assert facts(BUILT) == facts(BUILT.replace("12", "twaalf"))
    assert facts(BUILT) != facts(BUILT.replace("12", "veertien"))
