"""Names and their spellings."""

import pytest

from kamerbrief.language.lexicon import lexicons
from kamerbrief.language.names import find_names, known


@pytest.mark.parametrize(
    ("claim", "source", "proven"),
    [
        ("in Germany", "in Duitsland", True),
        ("door de Duitsers", "Duitse wapens", True),
        ("the United States and the UK", "de Verenigde Staten en het Verenigd Koninkrijk", True),
        ("aan de VS", "de Verenigde Staten", True),
        ("in Spain", "in Frankrijk en Italië", False),
        ("the NATO summit", "de NAVO-top", True),
        ("the European Commission", "de Europese Commissie", True),
        ("aan de Koerden", "de Koerdische Autoriteiten", True),
        ("het REV", "het Register Externe Veiligheidsrisico’s", True),
        ("de leden Sneller en Omtzigt", "de leden Sneller en Van Nispen", False),
        ("to the Senate", "bij de Tweede Kamer", False),
        ("Rutte’s brief van Timmermans", "minister Timmermans", True),
        ("langs de A28", "langs de A27", False),
        ("om met us te spreken", "anders", True),
        ("hulp van OM", "om te helpen", False),
    ],
)
def test_a_name_is_proven_in_any_spelling(claim: str, source: str, proven: bool) -> None:
    there = known([source], lexicons())
    assert all(there.proves(name) for name in find_names(claim, lexicons())) is proven


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Daarnaast is er hulp.", []),
        ("Stelt DNB dat vast?", ["DNB"]),
        ("Mark Harbers schrijft dat.", ["Mark", "Harbers"]),
        ("België helpt.", ["België"]),
        ("De minister van Defensie helpt.", ["Defensie"]),
    ],
)
def test_a_capital_at_the_start_is_a_name_when_more_tells_so(text: str, names: list[str]) -> None:
    assert [name.text for name in find_names(text, lexicons())] == names
