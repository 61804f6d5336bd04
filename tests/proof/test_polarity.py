"""What is denied on one side alone, over paragraph 9 of the sample letter: helmets delivered, weapons not."""

import pytest

from kamerbrief.library import Kamerbrief
from kamerbrief.records.answers import Refusal, Sentence


@pytest.mark.parametrize(
    "text",
    [
        "Nederland heeft geen 1.000 helmen geleverd.",
        "Nederland weigerde helmen te leveren.",
        "The Netherlands refused to deliver helmets to the Kurdish authorities.",
        "Nederland levert op dit moment zelf wapens aan de Koerdische Regionale Autoriteiten.",
        "Nederland heeft geen helmen beschikbaar die aan de Koerdische vraag voldoen.",
        "Weigerde Nederland helmen te leveren omdat Nederland geen helmen beschikbaar heeft die aan de vraag voldoen.",
    ],
)
def test_a_denial_on_one_side_alone_is_stopped(kb: Kamerbrief, text: str) -> None:
    verdict = kb.check(text, [("kst-27925-504", 9)])
    assert isinstance(verdict, Refusal)
    assert verdict.rule == "negation"


@pytest.mark.parametrize(
    "text",
    [
        "Nederland levert zelf geen wapens aan de Koerdische Regionale Autoriteiten.",
        "Nederland heeft geen wapens beschikbaar die aan de Koerdische vraag voldoen.",
    ],
)
def test_what_is_denied_on_both_sides_passes(kb: Kamerbrief, text: str) -> None:
    assert isinstance(kb.check(text, [("kst-27925-504", 9)]), Sentence)
