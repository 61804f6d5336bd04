"""Who does it and to whom it is done are not turned round."""

import pytest

from kamerbrief.proof.rules.roles import turned_round
from tests.proof.retold import HELMETS, HELMETS_EN, RELIEF, RELIEF_EN, fault


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Nederland heeft de Koerden 1.000 helmen geleverd.", HELMETS),
        ("De Koerden kregen 1.000 helmen van Nederland.", HELMETS),
        ("Duitsland heeft Nederland gevraagd Duitse wapens te vervoeren.", HELMETS),
        ("OCHA heeft de hulpgoederen overgedragen aan lokale organisaties.", RELIEF),
        ("Lokale organisaties kregen de hulpgoederen van OCHA.", RELIEF),
        ("The Netherlands has supplied the Kurds with 1,000 helmets.", HELMETS),
        ("The Kurds have received 1,000 helmets from the Netherlands.", HELMETS),
        ("Germany has asked the Netherlands to transport German weapons.", HELMETS),
        ("OCHA handed the relief goods over to local organisations.", RELIEF),
        ("Local organisations received the relief goods from OCHA.", RELIEF),
        ("Nederland heeft de Koerden 1.000 helmen geleverd.", HELMETS_EN),
        ("OCHA handed the relief goods over to local organisations.", RELIEF_EN),
    ],
)
def test_who_does_it_to_whom_may_be_told_otherwise(claim: str, source: str) -> None:
    assert fault(turned_round, claim, source, read=True) is None


@pytest.mark.parametrize(
    ("claim", "source", "words"),
    [
        ("De Koerden hebben Nederland 1.000 helmen geleverd.", HELMETS, "Koerden hebben Nederland"),
        ("Nederland kreeg 1.000 helmen van de Koerden.", HELMETS, "Nederland kreeg 1.000 helmen van de Koerden"),
        ("De Koerden leverden 1.000 helmen aan Nederland.", HELMETS, "Koerden leverden 1.000 helmen aan Nederland"),
        (
            "Lokale organisaties hebben de hulpgoederen overgedragen aan OCHA.",
            RELIEF,
            "organisaties hebben de hulpgoederen overgedragen aan OCHA",
        ),
        (
            "De hulpgoederen zijn door lokale organisaties overgedragen aan OCHA.",
            RELIEF,
            "organisaties overgedragen aan OCHA",
        ),
        (
            "The Kurdish Regional Authorities have supplied the Netherlands with 1,000 helmets.",
            HELMETS,
            "Authorities have supplied the Netherlands",
        ),
        (
            "The Kurds delivered 1,000 helmets to the Netherlands.",
            HELMETS,
            "Kurds delivered 1,000 helmets to the Netherlands",
        ),
        (
            "The Netherlands received 1,000 helmets from the Kurds.",
            HELMETS,
            "Netherlands received 1,000 helmets from the Kurds",
        ),
        (
            "Local organisations handed the relief goods over to OCHA.",
            RELIEF,
            "organisations handed the relief goods over to OCHA",
        ),
        ("The relief goods were handed over by local organisations to OCHA.", RELIEF, "organisations to OCHA"),
        ("De Koerden hebben Nederland 1.000 helmen geleverd.", HELMETS_EN, "Koerden hebben Nederland"),
        (
            "Local organisations handed the relief goods over to OCHA.",
            RELIEF_EN,
            "organisations handed the relief goods over to OCHA",
        ),
    ],
)
def test_who_does_it_and_to_whom_may_not_be_turned_round(claim: str, source: str, words: str) -> None:
    assert fault(turned_round, claim, source, read=True) == words
