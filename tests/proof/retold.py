"""A claim beside what it retells, for the tables of the rules."""

import datetime
from functools import cache

from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.proof.cues import languages_of
from kamerbrief.proof.retelling import Retelling, Retold
from kamerbrief.proof.rules import Rule
from kamerbrief.records.letters import Key

WRITTEN = datetime.date(2014, 9, 10)


def fault(rule: Rule, claim: str, *sources: str, about: str = "", question: str = "", read: bool = False) -> str | None:
    """The words of the claim at which it breaks the rule; None where it holds. With `read`, the texts are read by the
    embedded model."""
    states = _reader().tokens([claim, *sources]) if read else ()
    paragraphs = [
        Retold(Key("letter", n), text, languages_of(text), WRITTEN, about) for n, text in enumerate(sources, 1)
    ]
    broken = rule(Retelling(claim, languages_of(claim), paragraphs, states, question))
    return claim[slice(*(broken.span or (0, None)))] if broken else None


@cache
def _reader() -> E5Embedder:
    return E5Embedder()


HELMETS = (
    "Om tegemoet te komen aan de noden van de Koerdische Regionale Autoriteiten heeft Nederland 1.000 helmen en 1.000 "
    "kogelwerende vesten geleverd. Ook zal Nederland het transport verzorgen van wapens en munitie. Op verzoek van "
    "Duitsland is Nederland ook bereid het transport te verzorgen van Duitse wapens. Nederland levert op dit moment "
    "zelf geen wapens aan de Koerdische Regionale Autoriteiten."
)
NATO = (
    "NAVO-bondgenoten zien slechts een beperkte rol voor de NAVO in Irak. Tevens kan de NAVO de rol van clearing house "
    "vervullen bij het coördineren van militaire steun. Er zijn tijdens de top geen concrete besluiten genomen over de "
    "betrokkenheid van de NAVO in Irak."
)
RELIEF = (
    "De Nederlandse hulpgoederen zijn door OCHA overgedragen aan lokale organisaties; 70 procent in de regio Dohuk, "
    "waar zich de meeste ontheemden bevinden, en 30 procent in de regio Erbil. Het kabinet besluit in oktober over "
    "meer hulp."
)
HELMETS_EN = (
    "To meet the needs of the Kurdish Regional Authorities the Netherlands has supplied 1,000 helmets and 1,000 vests. "
    "The Netherlands will also take care of the transport of weapons. At the moment the Netherlands itself supplies no "
    "weapons to the Kurdish Regional Authorities."
)
NATO_EN = (
    "NATO allies see only a limited role for NATO in Iraq. NATO may also fulfil the role of clearing house in "
    "coordinating military support. No concrete decisions on NATO's involvement in Iraq were taken at the summit."
)
RELIEF_EN = (
    "The Dutch relief goods were handed over by OCHA to local organisations; 70 per cent in the Dohuk region, where "
    "most of the displaced are, and 30 per cent in the Erbil region. The cabinet will decide on more aid in October."
)
