"""Numbers and dates in all their spellings."""

import datetime

import pytest

from kamerbrief.language.detection import language_of
from kamerbrief.language.lexicon import Lexicon, lexicon_of, lexicons
from kamerbrief.language.moments import find_moments, time_parts
from kamerbrief.language.numbers import find_quantities
from kamerbrief.proof.cues import languages_of
from kamerbrief.proof.rules.bounds import find_bound

DUTCH, ENGLISH = lexicon_of("nl"), lexicon_of("en")
WRITTEN = datetime.date(2014, 9, 10)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1.000 helmen", [(1000, None)]),
        ("duizend helmen", [(1000, None)]),
        ("10 miljoen euro", [(10e6, "euro")]),
        ("€ 10.000.000", [(10e6, "euro")]),
        ("½ miljoen euro", [(5e5, "euro")]),
        ("1½ jaar", [(1.5, "year")]),
        ("40 m² grond", [(40, None)]),
        ("in het derde kwartaal", []),
        ("2,5 miljard", [(2.5e9, None)]),
        ("€ 5 mln.", [(5e6, "euro")]),
        ("over 5 m hoogte", [(5, "metre")]),
        ("70%", [(0.7, "part")]),
        ("zeventig procent", [(0.7, "part")]),
        ("70 en 30 procent", [(0.7, "part"), (0.3, "part")]),
        ("de helft van de winningen", [(0.5, "part")]),
        ("een derde van de gevallen", [(1 / 3, "part")]),
        ("twee derde deel", [(2 / 3, "part")]),
        ("een derde of vierde fase", [(3, None), (4, None)]),
        ("anderhalf jaar", [(1.5, "year")]),
        ("twee en een half jaar", [(2.5, "year")]),
        ("een vijfjarig plan", [(5, "year")]),
        ("drieëntwintig gemeenten", [(23, None)]),
        ("in 2030 50% minder", [(2030, None), (0.5, "part")]),
        ("ten opzichte van de Tweede Kamer", []),
        ("het rapport van Both ENDS, o.a. over The First One", []),
        ("tientallen mensen", [(10, "vague")]),
        ("twee decennia, een decennium", [(2, None), (10, "year")]),
    ],
)
def test_a_dutch_number_is_read_with_its_unit(text: str, found: list[tuple[float, str | None]]) -> None:
    _are_read(text, DUTCH, found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,000 helmets", [(1000, None)]),
        ("ten helmets", [(10, None)]),
        ("€1.2bn", [(1.2e9, "euro")]),
        ("$ 5 million", [(5e6, "dollar")]),
        ("seventy per cent", [(0.7, "part")]),
        ("seventy percent", [(0.7, "part")]),
        ("seventy per year", [(70, None)]),
        ("between 30 and 70%", [(0.3, "part"), (0.7, "part")]),
        ("two thirds of the cases", [(2 / 3, "part")]),
        ("a quarter of the cases", [(1 / 4, "part")]),
        ("half a million people", [(5e5, None)]),
        ("one and a half million", [(1.5e6, None)]),
        ("a five-year plan", [(5, "year")]),
        ("the 3rd phase", [(3, None)]),
        ("dozens of people", [(10, "vague")]),
        ("both decades", [(2, None)]),
    ],
)
def test_an_english_number_is_read_with_its_unit(text: str, found: list[tuple[float, str | None]]) -> None:
    _are_read(text, ENGLISH, found)


def _are_read(text: str, lexicon: Lexicon, found: list[tuple[float, str | None]]) -> None:
    quantities = find_quantities(text, lexicon)
    assert [one.value for one in quantities] == pytest.approx([value for value, _ in found])
    assert [one.unit for one in quantities] == [unit for _, unit in found]


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
    (said,), (there,) = (find_quantities(text, DUTCH) for text in (claim, source))
    assert said.proven_by(there) is proven


@pytest.mark.parametrize(
    ("claim", "source", "proven"),
    [
        ("nl: op 10 september 2014", "nl: 10 september jl.", True),
        ("en: on September 10, 2014", "nl: 2014-09-10", True),
        ("en: on the 10th of September", "nl: op 9 of 10 september a.s.", True),
        ("nl: in september", "nl: op 10 september 2014", True),
        ("nl: op 13 december", "nl: op 12-13 december", True),
        ("nl: op 14 december", "nl: op 12-13 december", False),
        ("nl: op 10 september", "nl: in september 2014", False),
        ("nl: 10 september 2013", "nl: 10 september jl.", False),
        ("nl: op 20 december 2013", "nl: 20 december jl.", True),
        ("nl: op 20 december 2014", "en: next 20 December", True),
        ("nl: op 20 december 2013", "en: 20 December next", False),
        ("nl: vorig jaar", "en: last year", True),
        ("en: next year", "nl: dit jaar", False),
        ("en: yesterday", "nl: op 9 september 2014", True),
        ("en: on Wednesday", "nl: 10 september 2014", True),
        ("en: on Thursday", "nl: 10 september 2014", False),
        ("en: 4 September", "nl: 4 oktober", False),
        ("nl: in maart", "en: in March 2014", True),
    ],
)
def test_a_date_is_proven_by_one_that_says_as_much(claim: str, source: str, proven: bool) -> None:
    said, there = (find_moments(text[4:], WRITTEN, lexicon_of(text[:2])) for text in (claim, source))
    assert said
    assert all(any(one.proven_by(other, frozenset()) for other in there) for one in said) is proven


def test_days_share_their_month_and_may_is_no_month_alone() -> None:
    assert [(one.day, one.month) for one in find_moments("2 en 9 september jl.", WRITTEN, DUTCH)] == [(2, 9), (9, 9)]
    assert find_moments("The minister may decide in the end, as fighters march on.", WRITTEN, ENGLISH) == []
    assert [one.month for one in find_moments("It began in May, not in March.", WRITTEN, ENGLISH)] == [5, 3]
    assert [one.month for one in find_moments("Mei was warm, maar in mei niet.", WRITTEN, DUTCH)] == [5]
    assert find_moments("In september 30 schepen.", WRITTEN, DUTCH)[0].day is None


def test_parts_of_time_are_the_same_in_both_languages() -> None:
    dutch = time_parts("eind 2023, elk jaar in het najaar", DUTCH)
    assert dutch == time_parts("at the end of 2023, every year in autumn", ENGLISH) == {"end", "yearly", "autumn"}
    assert time_parts("voor het zomerreces", DUTCH) != time_parts("voor het kerstreces", DUTCH)


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
    lexicon = language_of(text, lexicons())
    (number,) = find_quantities(text, lexicon)
    assert find_bound(text, languages_of(text), number)[0] == side
