"""What may be, is planned or is expected is not told as a fact, nor a plan as a deed."""

import pytest

from kamerbrief.proof.rules.certainty import overstated
from tests.proof.retold import HELMETS, HELMETS_EN, NATO, NATO_EN, fault


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("De NAVO kan de rol van clearing house vervullen.", NATO),
        ("De NAVO zou de rol van clearing house kunnen vervullen.", NATO),
        ("Nederland zal het transport van wapens en munitie verzorgen.", HELMETS),
        ("Nederland heeft 1.000 helmen geleverd.", HELMETS),
        ("Nederland is bereid Duitse wapens te vervoeren.", HELMETS),
        ("NATO could fulfil the role of clearing house.", NATO),
        ("NATO may act as a clearing house for military support.", NATO),
        ("The Netherlands will also take care of the transport of weapons and munition.", HELMETS),
        ("The Netherlands has supplied 1,000 helmets.", HELMETS),
        ("The Netherlands is willing to transport German weapons.", HELMETS),
        ("De NAVO kan de rol van clearing house vervullen.", NATO_EN),
        ("NATO could act as a clearing house.", NATO_EN),
    ],
)
def test_what_is_no_surer_than_its_source_passes(claim: str, source: str) -> None:
    assert fault(overstated, claim, source, read=True) is None


@pytest.mark.parametrize(
    ("claim", "source", "words"),
    [
        (
            "De NAVO vervult de rol van clearing house bij het coördineren van militaire steun.",
            NATO,
            "De NAVO vervult de rol van clearing house bij het coördineren van militaire steun",
        ),
        (
            "Nederland heeft het transport van wapens en munitie verzorgd.",
            HELMETS,
            "Nederland heeft het transport van wapens",
        ),
        (
            "Nederland verzorgt het transport van Duitse wapens.",
            HELMETS,
            "Nederland verzorgt het transport van Duitse wapens",
        ),
        ("Nederland is verplicht 1.000 helmen te leveren.", HELMETS, "verplicht"),
        ("De NAVO zal zeker een clearing house voor militaire steun zijn, naar men kan zien.", NATO, "zeker"),
        (
            "NATO fulfils the role of clearing house in coordinating military support.",
            NATO,
            "NATO fulfils the role of clearing house in coordinating military support",
        ),
        ("The Netherlands has transported weapons and munition.", HELMETS, "The Netherlands has transported weapons"),
        ("The Netherlands transports German weapons.", HELMETS, "The Netherlands transports German weapons"),
        ("The Netherlands decided to supply 1,000 helmets.", HELMETS, "decided"),
        ("NATO can always fulfil the role of clearing house.", NATO, "always"),
        (
            "De NAVO vervult de rol van clearing house bij het coördineren van militaire steun.",
            NATO_EN,
            "De NAVO vervult de rol van clearing house bij het coördineren van militaire steun",
        ),
        (
            "NATO fulfils the role of clearing house in coordinating military support.",
            NATO_EN,
            "NATO fulfils the role of clearing house in coordinating military support",
        ),
        (
            "Nederland heeft het transport van wapens verzorgd.",
            HELMETS_EN,
            "Nederland heeft het transport van wapens verzorgd",
        ),
    ],
)
def test_what_is_told_as_surer_or_as_done_is_stopped(claim: str, source: str, words: str) -> None:
    assert fault(overstated, claim, source, read=True) == words
