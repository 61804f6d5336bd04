""" "Only" and "almost" stand on both sides."""

import pytest

from kamerbrief.proof.rules.only import narrowed_on_one_side
from tests.proof.retold import HELMETS, HELMETS_EN, NATO, NATO_EN, RELIEF, fault


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Bondgenoten zien slechts een beperkte rol voor de NAVO.", NATO),
        ("Bondgenoten zien alleen een beperkte rol voor de NAVO in Irak.", NATO),
        ("De NAVO kan de rol van clearing house vervullen.", NATO),
        ("Nederland heeft 1.000 helmen geleverd.", HELMETS),
        ("De hulpgoederen zijn overgedragen aan lokale organisaties.", RELIEF),
        ("The allies see only a limited role for NATO in Iraq.", NATO),
        ("Allies merely see a limited role for NATO in Iraq.", NATO),
        ("NATO can fulfil the role of clearing house.", NATO),
        ("The Netherlands has supplied 1,000 helmets.", HELMETS),
        ("OCHA handed the relief goods over to local organisations.", RELIEF),
        ("Bondgenoten zien slechts een beperkte rol voor de NAVO.", NATO_EN),
        ("The allies see just a limited role for NATO.", NATO_EN),
    ],
)
def test_only_on_both_sides_or_on_neither_passes(claim: str, source: str) -> None:
    assert fault(narrowed_on_one_side, claim, source, read=True) is None


@pytest.mark.parametrize(
    ("claim", "source", "words"),
    [
        (
            "Bondgenoten zien een beperkte rol voor de NAVO in Irak.",
            NATO,
            "Bondgenoten zien een beperkte rol voor de NAVO in Irak",
        ),
        ("Alleen Nederland heeft 1.000 helmen geleverd.", HELMETS, "Alleen"),
        ("Nederland heeft uitsluitend helmen en vesten geleverd.", HELMETS, "uitsluitend"),
        ("De hulpgoederen zijn slechts overgedragen aan lokale organisaties.", RELIEF, "slechts"),
        ("Nederland heeft vrijwel 1.000 helmen geleverd.", HELMETS, "vrijwel"),
        ("Allies see a limited role for NATO in Iraq.", NATO, "Allies see a limited role for NATO in Iraq"),
        ("Only the Netherlands has supplied 1,000 helmets.", HELMETS, "Only"),
        ("The Netherlands has supplied helmets and vests exclusively.", HELMETS, "exclusively"),
        ("The relief goods were handed over solely to local organisations.", RELIEF, "solely"),
        ("The Netherlands has supplied nearly all helmets.", HELMETS, "nearly"),
        ("Alleen Nederland heeft 1.000 helmen geleverd.", HELMETS_EN, "Alleen"),
        ("Allies see a limited role for NATO in Iraq.", NATO_EN, "Allies see a limited role for NATO in Iraq"),
    ],
)
def test_only_or_almost_on_one_side_is_stopped(claim: str, source: str, words: str) -> None:
    assert fault(narrowed_on_one_side, claim, source, read=True) == words
