"""A number out of a table is told of its own column and row."""

import pytest

from kamerbrief.proof.rules.columns import out_of_place
from tests.proof.retold import fault

TABLE = "Project | 2024 | 2025 | Totaal\nStuw Driel | 4,5 | 7,0 | 11,5\nSluis Eefde | 6,0 | 8,2 | 14,2"
PROSE = "De stuw bij Driel kreeg in 2024 daarnaast 8,2 aan onderhoud."


@pytest.mark.parametrize(
    "claim",
    [
        "Stuw Driel kost 4,5 miljoen euro in 2024.",
        "In 2024 gaat 4,5 naar de stuw en 6,0 naar de sluis.",
        "Sluis Eefde kost van 6,0 in 2024 tot 8,2 in 2025.",
        "Het totaal van Stuw Driel is 11,5.",
        "Er gaat 7,0 naar Stuw Driel.",
        "The weir gets 4.5 in 2024.",
    ],
)
def test_a_number_of_its_column_and_row_passes(claim: str) -> None:
    assert fault(out_of_place, claim, TABLE) is None


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("Stuw Driel kost 7,0 in 2024.", "7,0"),
        ("Stuw Driel kost 6,0 in 2024.", "6,0"),
        ("Sluis Eefde kost in totaal 11,5.", "11,5"),
        ("In 2025 gaat 6,0 naar de sluis.", "6,0"),
        ("The lock gets 6.0 in 2025.", "6.0"),
    ],
)
def test_a_number_of_another_column_or_row_is_stopped(claim: str, words: str) -> None:
    assert fault(out_of_place, claim, TABLE) == words


def test_what_the_prose_gives_besides_may_be_said() -> None:
    assert fault(out_of_place, "Stuw Driel kost in 2024 8,2.", TABLE) == "8,2"
    assert fault(out_of_place, "Stuw Driel kost in 2024 8,2.", TABLE, PROSE) is None
    assert fault(out_of_place, "De stuw kreeg 8,2 aan onderhoud.", PROSE) is None
