"""Every word finds its like in the sources, near the others."""

import pytest

from kamerbrief.proof.rules.support import unsupported
from tests.proof.retold import HELMETS, HELMETS_EN, NATO, RELIEF, RELIEF_EN, fault


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Nederland heeft 1.000 helmen en vesten geleverd aan de Koerden.", HELMETS),
        ("Nederland verzorgt op verzoek van Duitsland het vervoer van Duitse wapens.", HELMETS),
        ("De NAVO kan als clearing house militaire steun coördineren.", NATO),
        ("Over de betrokkenheid van de NAVO in Irak zijn geen besluiten genomen.", NATO),
        ("OCHA gaf de Nederlandse hulpgoederen aan lokale organisaties.", RELIEF),
        ("The Netherlands has supplied helmets and vests to the Kurds.", HELMETS),
        ("The Netherlands will take care of the transport of weapons and munition.", HELMETS),
        ("NATO can coordinate military support as a clearing house.", NATO),
        ("No decisions were taken on NATO's involvement in Iraq.", NATO),
        ("OCHA handed the Dutch relief goods over to local organisations.", RELIEF),
        ("The Netherlands has supplied helmets and vests to the Kurds.", HELMETS_EN),
        ("OCHA gaf de Nederlandse hulpgoederen aan lokale organisaties.", RELIEF_EN),
    ],
)
def test_what_the_sources_say_in_other_words_passes(claim: str, source: str) -> None:
    assert fault(unsupported, claim, source, read=True) is None


@pytest.mark.parametrize(
    ("claim", "source", "words"),
    [
        ("Nederland heeft helmen geleverd en bouwt nieuwe scholen en ziekenhuizen.", HELMETS, "bouwt nieuwe scholen"),
        ("De helmen werden met vrachtwagens over de bergen vervoerd.", HELMETS, "vrachtwagens over de bergen vervoerd"),
        ("Het kabinet trekt extra geld uit voor onderwijs en wegen.", NATO, "geld uit voor onderwijs en wegen"),
        (
            "De NAVO coördineert militaire steun en traint piloten op de vliegbasis.",
            NATO,
            "traint piloten op de vliegbasis",
        ),
        (
            "Lokale organisaties klagen over bedorven voedsel in de hulpgoederen.",
            RELIEF,
            "klagen over bedorven voedsel",
        ),
        (
            "The Netherlands has supplied helmets and will build new schools and hospitals.",
            HELMETS,
            "build new schools",
        ),
        ("The helmets were paid for with revenue from oil and gas.", HELMETS, "paid for with revenue from oil"),
        ("The cabinet sets money aside for education and roads.", NATO, "money aside for education"),
        ("NATO trains young pilots at the air base near the sea.", NATO, "base near the sea"),
        (
            "Local organisations complained about rotten food in the relief goods.",
            RELIEF,
            "complained about rotten food",
        ),
        ("The helmets were painted green by children at a summer camp.", HELMETS_EN, "children at a summer camp"),
        ("Het kabinet bouwt nieuwe scholen en ziekenhuizen met geld van de olie.", RELIEF_EN, "bouwt nieuwe scholen"),
    ],
)
def test_what_they_do_not_say_is_stopped(claim: str, source: str, words: str) -> None:
    assert fault(unsupported, claim, source, read=True) == words
