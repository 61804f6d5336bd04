"""What is denied is denied on both sides."""

import pytest

from kamerbrief.proof.rules.negation import denied_on_one_side
from tests.proof.retold import HELMETS, HELMETS_EN, NATO, fault


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Nederland levert zelf geen wapens aan de Koerdische autoriteiten.", HELMETS),
        ("Nederland heeft 1.000 helmen geleverd.", HELMETS),
        ("Wapens levert Nederland op dit moment niet zelf aan de Koerdische autoriteiten.", HELMETS),
        ("Tijdens de top zijn geen besluiten genomen over de NAVO in Irak.", NATO),
        ("De NAVO kan een rol als clearing house vervullen.", NATO),
        ("The Netherlands itself supplies no weapons to the Kurdish authorities.", HELMETS),
        ("The Netherlands has supplied 1,000 helmets.", HELMETS),
        ("The Netherlands does not supply weapons itself at the moment.", HELMETS),
        ("No concrete decisions on NATO's involvement in Iraq were taken.", NATO),
        ("NATO can fulfil the role of clearing house.", NATO),
        ("Nederland levert zelf geen wapens aan de Koerdische autoriteiten.", HELMETS_EN),
        ("At the moment the Netherlands does not supply weapons itself.", HELMETS_EN),
    ],
)
def test_what_both_sides_deny_or_neither_passes(claim: str, source: str) -> None:
    assert fault(denied_on_one_side, claim, source, read=True) is None


@pytest.mark.parametrize(
    ("claim", "source", "words"),
    [
        (
            "Nederland levert op dit moment zelf wapens aan de Koerdische autoriteiten.",
            HELMETS,
            "Nederland levert op dit moment zelf wapens aan de Koerdische autoriteiten",
        ),
        ("Nederland heeft geen 1.000 helmen geleverd.", HELMETS, "geen"),
        ("Nederland weigerde helmen te leveren.", HELMETS, "weigerde"),
        ("Nederland heeft geen helmen beschikbaar die aan de Koerdische vraag voldoen.", HELMETS, "geen"),
        (
            "Tijdens de top zijn concrete besluiten genomen over de betrokkenheid van de NAVO.",
            NATO,
            "Tijdens de top zijn concrete besluiten genomen over de betrokkenheid van de NAVO",
        ),
        ("De NAVO kan de rol van clearing house niet vervullen.", NATO, "niet"),
        (
            "At the moment the Netherlands itself supplies weapons to the Kurdish authorities.",
            HELMETS,
            "At the moment the Netherlands itself supplies weapons to the Kurdish authorities",
        ),
        ("The Netherlands refused to supply helmets.", HELMETS, "refused"),
        ("The Netherlands did not supply 1,000 helmets.", HELMETS, "not"),
        (
            "Concrete decisions on NATO's involvement in Iraq were taken at the summit.",
            NATO,
            "Concrete decisions on NATO's involvement in Iraq were taken at the summit",
        ),
        ("NATO cannot fulfil the role of clearing house.", NATO, "cannot"),
        (
            "Nederland levert op dit moment zelf wapens aan de Koerdische autoriteiten.",
            HELMETS_EN,
            "Nederland levert op dit moment zelf wapens aan de Koerdische autoriteiten",
        ),
        ("The Netherlands has not supplied 1,000 helmets.", HELMETS_EN, "not"),
        ("The Netherlands has supplied not only helmets.", HELMETS_EN, "not only"),
    ],
)
def test_a_denial_on_one_side_is_stopped(claim: str, source: str, words: str) -> None:
    assert fault(denied_on_one_side, claim, source, read=True) == words
