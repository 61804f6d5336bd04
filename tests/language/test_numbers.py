"""Numbers and dates in all their spellings."""

import datetime

import pytest

from kamerbrief.language.moments import find_moments, time_parts
from kamerbrief.language.numbers import find_quantities
from kamerbrief.proof.bounds import side_of

WRITTEN = datetime.date(2014, 9, 10)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1.000 helmen", [(1000, None)]),
        ("duizend helmen", [(1000, None)]),
        ("1,000 helmets", [(1000, None)]),
        ("10 miljoen euro", [(10e6, "euro")]),
        ("€ 10.000.000", [(10e6, "euro")]),
        ("€1.2bn", [(1.2e9, "euro")]),
        ("2,5 miljard", [(2.5e9, None)]),
        ("70%", [(0.7, "part")]),
        ("zeventig procent", [(0.7, "part")]),
        ("seventy per cent", [(0.7, "part")]),
        ("70 en 30 procent", [(0.7, "part"), (0.3, "part")]),
        ("de helft van de winningen", [(0.5, "part")]),
        ("two thirds of the cases", [(2 / 3, "part")]),
        ("een derde van de gevallen", [(1 / 3, "part")]),
        ("anderhalf jaar", [(1.5, "year")]),
        ("one and a half million", [(1.5e6, None)]),
        ("een vijfjarig plan", [(5, "year")]),
        ("a five-year plan", [(5, "year")]),
        ("drieëntwintig gemeenten", [(23, None)]),
        ("in 2030 50% minder", [(2030, None), (0.5, "part")]),
        ("ten opzichte van de Tweede Kamer", []),
        ("tientallen mensen", [(10, "vague")]),
    ],
)
def test_a_number_is_read_with_its_unit(text: str, found: list[tuple[float, str | None]]) -> None:
    quantities = find_quantities(text, english=False)
    assert [one.value for one in quantities] == pytest.approx([value for value, _ in found])
    assert [one.unit for one in quantities] == [unit for _, unit in found]


def test_ten_is_a_number_in_english() -> None:
    assert [one.value for one in find_quantities("ten helmets", english=True)] == [10]


@pytest.mark.parametrize(
    ("claim", "source", "proven"),
    [
        ("drie jaar", "drie maanden", False),
        ("drie jaar", "een periode van 3", True),
        ("70 procent", "70 mensen", False),
        ("30 in Erbil", "30 procent in Erbil", True),
        ("honderden mensen", "100 mensen", False),
        ("de tweede fase", "fase 2", True),
    ],
)
def test_a_number_proves_the_same_number_of_the_same(claim: str, source: str, proven: bool) -> None:
    (said,), (there,) = (find_quantities(text, english=False) for text in (claim, source))
    assert said.proven_by(there) is proven


@pytest.mark.parametrize(
    ("claim", "source", "proven"),
    [
        ("op 10 september 2014", "10 september jl.", True),
        ("on September 10, 2014", "2014-09-10", True),
        ("in september", "op 10 september 2014", True),
        ("op 10 september", "in september 2014", False),
        ("10 september 2013", "10 september jl.", False),
        ("op 20 december 2013", "20 december jl.", True),
        ("vorig jaar", "last year", True),
        ("on Wednesday", "10 september 2014", True),
        ("on Thursday", "10 september 2014", False),
        ("4 September", "4 oktober", False),
    ],
)
def test_a_date_is_proven_by_one_that_says_as_much(claim: str, source: str, proven: bool) -> None:
    said, there = find_moments(claim, WRITTEN), find_moments(source, WRITTEN)
    assert all(any(one.proven_by(other, frozenset()) for other in there) for one in said) is proven


def test_days_share_their_month_and_may_is_no_month_alone() -> None:
    assert [(one.day, one.month) for one in find_moments("2 en 9 september jl.", WRITTEN)] == [(2, 9), (9, 9)]
    assert find_moments("The minister may decide in the end.", WRITTEN) == []


def test_parts_of_time_are_the_same_in_both_languages() -> None:
    assert time_parts("eind 2023, elk jaar in het najaar") == time_parts("at the end of 2023, every year in autumn")
    assert time_parts("voor het zomerreces") != time_parts("voor het kerstreces")


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("ten minste 60 minuten", "up"),
        ("at least sixty", "up"),
        ("meer dan 60", "up"),
        ("no more than 60", "down"),
        ("hooguit 60", "down"),
        ("60 jaar of ouder", "up"),
        ("60 minuten", None),
    ],
)
def test_which_side_of_a_number_is_meant(text: str, side: str | None) -> None:
    (number,) = find_quantities(text, english=False)
    assert side_of(text, number, english=False) == side
