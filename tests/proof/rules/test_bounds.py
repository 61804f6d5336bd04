""" "At least" and "at most" stand by the same numbers on both sides."""

import pytest

from kamerbrief.proof.rules.bounds import changed_bound
from tests.proof.retold import fault

PLAIN = "Nederland leverde 1.000 helmen."
LEAST = "Nederland leverde ten minste 1.000 helmen."
MOST = "Nederland leverde hooguit 1.000 helmen."
ENGLISH = "The Netherlands delivered more than 1,000 helmets."


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Er zijn 1.000 helmen.", PLAIN),
        ("Er zijn minstens 1.000 helmen.", LEAST),
        ("Er zijn 1.000 of meer helmen.", LEAST),
        ("Er zijn niet minder dan duizend helmen.", LEAST),
        ("Er zijn maximaal 1.000 helmen.", MOST),
        ("Er zijn niet meer dan 1.000 helmen.", MOST),
        ("There are 1,000 helmets.", PLAIN),
        ("There are at least 1,000 helmets.", LEAST),
        ("The Netherlands has delivered over 1,000 helmets.", LEAST),
        ("There are up to 1,000 helmets.", MOST),
        ("There are no more than 1,000 helmets.", MOST),
        ("Er zijn ruim 1.000 helmen.", ENGLISH),
        ("The Netherlands has delivered over 1,000 helmets.", ENGLISH),
    ],
)
def test_the_same_bound_passes(claim: str, source: str) -> None:
    assert fault(changed_bound, claim, source) is None


@pytest.mark.parametrize(
    ("claim", "source", "words"),
    [
        ("Er zijn minstens 1.000 helmen.", PLAIN, "minstens 1.000"),
        ("Er zijn bijna 1.000 helmen.", PLAIN, "bijna 1.000"),
        ("Er zijn 1.000 helmen.", LEAST, "1.000"),
        ("Er zijn hooguit 1.000 helmen.", LEAST, "hooguit 1.000"),
        ("Er zijn 1.000 of meer helmen.", MOST, "1.000 of meer"),
        ("There are more than 1,000 helmets.", PLAIN, "more than 1,000"),
        ("There are fewer than 1,000 helmets.", PLAIN, "fewer than 1,000"),
        ("There are 1,000 helmets.", LEAST, "1,000"),
        ("There are at most 1,000 helmets.", LEAST, "at most 1,000"),
        ("There are 1,000 or more helmets.", MOST, "1,000 or more"),
        ("Er zijn 1.000 helmen.", ENGLISH, "1.000"),
        ("There are nearly 1,000 helmets.", ENGLISH, "nearly 1,000"),
    ],
)
def test_another_bound_is_stopped(claim: str, source: str, words: str) -> None:
    assert fault(changed_bound, claim, source) == words
