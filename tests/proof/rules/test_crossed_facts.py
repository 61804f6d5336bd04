"""Each clause keeps the actors and numbers of the sentence that it retells."""

import pytest

from kamerbrief.proof.rules.crossed_facts import crossed_fact
from tests.proof.retold import HELMETS, RELIEF, RELIEF_EN, fault


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("In de regio Dohuk ging 70 procent, in de regio Erbil 30 procent.", RELIEF),
        ("30 procent ging naar de regio Erbil en 70 procent naar de regio Dohuk.", RELIEF),
        ("OCHA heeft de hulpgoederen overgedragen aan lokale organisaties.", RELIEF),
        ("Nederland heeft 1.000 helmen geleverd.", HELMETS),
        ("Het kabinet besluit in oktober over meer hulp.", RELIEF),
        ("Seventy per cent went to the Dohuk region, and thirty per cent to the Erbil region.", RELIEF),
        ("OCHA handed the relief goods over to local organisations.", RELIEF),
        ("The Netherlands has supplied 1,000 helmets.", HELMETS),
        ("The cabinet decides on more aid in October.", RELIEF),
        ("30 per cent went to the Erbil region, and 70 per cent to the Dohuk region.", RELIEF),
        ("In de regio Dohuk ging 70 procent, in de regio Erbil 30 procent.", RELIEF_EN),
        ("30 per cent went to the Erbil region, and 70 per cent to the Dohuk region.", RELIEF_EN),
    ],
)
def test_facts_in_their_own_places_pass(claim: str, source: str) -> None:
    assert fault(crossed_fact, claim, source, read=True) is None


@pytest.mark.parametrize(
    ("claim", "source", "words"),
    [
        (
            "30 procent ging naar de regio Dohuk en 70 procent naar de regio Erbil.",
            RELIEF,
            "30 procent ging naar de regio Dohuk en 70",
        ),
        ("70 procent in de regio Erbil en 30 procent in de regio Dohuk.", RELIEF, "70 procent in de regio Erbil en 30"),
        ("OCHA besluit in oktober over meer hulp.", RELIEF, "OCHA"),
        ("Lokale organisaties besluiten in oktober over meer hulp.", RELIEF, "organisaties"),
        ("Het kabinet heeft de hulpgoederen overgedragen aan lokale organisaties.", RELIEF, "kabinet"),
        (
            "Duitsland levert op dit moment zelf geen wapens aan de Koerdische Regionale Autoriteiten.",
            HELMETS,
            "Duitsland",
        ),
        (
            "30 per cent was for Dohuk, where most displaced people are, and 70 per cent for Erbil.",
            RELIEF,
            "30 per cent was for Dohuk, where most displaced people are, and 70",
        ),
        ("In Erbil 70 per cent, in Dohuk 30 per cent.", RELIEF, "70 per cent, in Dohuk 30"),
        ("30 per cent for Dohuk and 70 per cent for Erbil.", RELIEF, "30 per cent for Dohuk and 70"),
        ("OCHA will decide on more relief in October.", RELIEF, "OCHA"),
        (
            "30 per cent went to the Dohuk region, and 70 per cent to the Erbil region.",
            RELIEF_EN,
            "30 per cent went to the Dohuk region, and 70",
        ),
        ("OCHA will decide on more aid in October.", RELIEF_EN, "OCHA"),
        ("Local organisations will decide on more aid in October.", RELIEF_EN, "organisations"),
    ],
)
def test_a_fact_of_another_place_is_stopped(claim: str, source: str, words: str) -> None:
    assert fault(crossed_fact, claim, source, read=True) == words
