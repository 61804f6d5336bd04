"""Words broken at line ends. The tables hold every line-end hyphen of the real documents, judged by hand."""

import re

import pytest

from kamerbrief.letters import flow
from kamerbrief.letters.hyphens import known_words, mend
from kamerbrief.letters.reading import read_letter
from tests.letters.conftest import DATA, MISSING, SAMPLE, real_pdfs

BROKEN_WORDS = """
aanbie-ders aandoe-ning aange-merkt aanvalsplan-nen administra-tieve alleen-staand ambas-sade bankier-seed
bedrijfskredie-ten behande-ling benadruk-ken benadruk-ten beoorde-ling beoorde-lingscriteria beoordelings-criteria
beoordelingska-der beperk-tere bescher-ming beschik-baarheid beschre-ven Betaalgege-vens beveiligingsin-stallaties
bovenge-noemde burge-meester calamitei-ten consultatiemomen-ten consumen-tenvuurwerk consumenten-vuurwerk
consumentenvuurwerkop-slag crisismeldin-gen cultuurbe-leid cultuursub-sidie.nl decem-ber demon-streren
directeurenni-veau disproportio-neel eetstoornis-sen Energieproduc-tie Energieverken-ning Environ-mental
exportkre-dietverzekeraars exportkredietverze-kering gaasver-pakking gecommuni-ceerd gecompen-seerd
gehandi-captenorganisaties gespeciali-seerde gezamenlijk-heid gezonds-heidszorg geïnfor-meerd
grensbewa-kingsautoriteiten handhavingsinstru-mentarium heroverwe-ging Hervor-mingsagenda hoofdlijnenak-koord
hulpaan-bod hulpgoe-deren incident-meldingen initiatiefne-mers jeugdzorgaan-bieders Kinderbescher-ming
klantgege-vens laagdrempe-lig laagdrempe-lige maat-schappij maatrege-len maatwerkbe-drijven mede-overheden
mensenrechtenver-dedigers milieuver-woesting mishan-deling nauwe-lijks Neder-landse netwer-ken nieuws-brieven
nood-maatregelen omstandighe-den onderlig-gende ongedocu-menteerde ongedocu-menteerden ongedocumen-teerde
ontwikke-lingen opgelo-pen opgeno-men opleverda-tum oplevertij-den organisa-ties organisa-torische partici-peren
persoonsge-gevens Persoonsge-gevens plannin-gen proce-dure projectei-genaren projecteige-naren randvoor-waarden
regen-boogprovincie Regenboog-beleid
rentepercen-tages Samen-werking sanctione-ren stakehol-ders stikstofproblema-tiek tegelijker-tijd terugge-drongen
toekomst-bestendige toezichthou-der uitvoerings-agenda uitwer-king Universi-teit vastge-legde vastge-steld
veilig-heidssituatie veiligheidssyste-men verant-woordelijk verant-woordelijkheid verantwoordelijk-heid
verlei-delijk verschil-lende vertegenwoordi-gende vervoersmogelijk-heden voorgeschre-ven vredesak-koord
vredesonderhande-lingen vreemdelin-genketen vroeginterven-tie vuurwerkpro-ducten wapenexportcon-trolebeleid
waterstof-economie waterstofke-ten Wereldbank-groep woningzoeken-den zorgprofes-sionals
"""

KEPT = {"mvo-standaarden", "CCS-projecten", "CE-transitie", "2000-beheerplannen", "NOVEX-startpakketten"}
SUSPENDED = {"aanloop- en", "wet- en", "buffer- en", "grond- en"}


@pytest.mark.skipif(not DATA.is_dir(), reason=MISSING)
def test_every_line_end_hyphen_of_the_real_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, set[str]] = {"joined": set(), "kept": set(), "suspended": set(), "address": set()}

    def spy(before: str, after: str, known: frozenset[str]) -> tuple[str, str]:
        kept, rest = mend(before, after, known)
        if re.search(r"\w[-\u00ad]$", before.rstrip()) and kept:
            left, right = before.split()[-1].strip("(«"), after.split()[0].rstrip(".,;:)?»")
            if "/" in left:
                seen["address"].add(f"{left} {right}" if not kept.endswith("-") else "whole")
            elif kept.endswith("-"):
                seen["kept"].add(left + right)
            else:
                seen["suspended" if kept.endswith(" ") else "joined"].add(
                    f"{left} {right}" if kept.endswith(" ") else left[:-1] + right
                )
        return kept, rest

    monkeypatch.setattr(flow, "mend", spy)
    for path in [*real_pdfs(), SAMPLE]:
        read_letter(path)

    assert seen["joined"] == {word.replace("-", "", 1) for word in BROKEN_WORDS.split()}
    assert seen["kept"] == KEPT
    assert seen["suspended"] == SUSPENDED
    assert seen["address"] == {"whole"}


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("met steun werd IS terugge-", "drongen bij de dam", "met steun werd IS teruggedrongen bij de dam"),
        ("de Noord-", "Hollandse duinen", "de Noord-Hollandse duinen"),
        ("de (Oost-)", "Europese landen", "de (Oost-)Europese landen"),
        ("in 2013-", "2014 gebeurde", "in 2013-2014 gebeurde"),
        ("kenmerk IENW/BSK-", "2023/33017", "kenmerk IENW/BSK-2023/33017"),
        ("distributie-", "en coördinatieproblemen", "distributie- en coördinatieproblemen"),
        ("de mede-", "eigenaar", "de mede-eigenaar"),
        ("uw e-", "mail", "uw e-mail"),
        ("zij waren ge-", "informeerd", "zij waren geïnformeerd"),
        ("zacht gebro\u00ad", "ken", "zacht gebroken"),
        ("zie https://a.nl/een-", "twee-drie", "zie https://a.nl/een-twee-drie"),
        ("zie https://a.nl/een", "Daarna ging", "zie https://a.nl/een Daarna ging"),
        ("een liggend streepje -", "met wit", "een liggend streepje - met wit"),
        ("bij niet-", "naleving volgt", "bij niet-naleving volgt"),
        ("hij kwam niet-", "temin terug", "hij kwam niettemin terug"),
        ("de ex-", "militairen", "de ex-militairen"),
        ("de ex-", "perts", "de experts"),
        ("de ex-", "partner", "de ex-partner"),
        ("als oud-", "minister", "als oud-minister"),
        ("in de oud-", "heid", "in de oudheid"),
        ("de secretaris-", "generaal", "de secretaris-generaal"),
        ("de secretaris-", "sen", "de secretarissen"),
        ("de vice-", "voorzitter", "de vice-voorzitter"),
        ("de non-", "proliferatie", "de non-proliferatie"),
        ("grote non-", "sens", "grote nonsens"),
        ("de minister-", "raad", "de ministerraad"),
        ("de minister--", "president", "de minister-president"),
    ],
)
def test_two_lines_become_one(above: str, below: str, whole: str) -> None:
    assert "".join(mend(above, below, frozenset())) == whole


def test_the_document_itself_decides_where_it_holds_the_word() -> None:
    assert mend("de sociaal-", "economische raad", known_words(["sociaal-economische"]))[0] == "de sociaal-"
    assert mend("de mede-", "eigenaar", known_words(["de medeeigenaar"]))[0] == "de mede"


def test_the_first_half_of_a_broken_word_is_no_evidence() -> None:
    assert "terugge" not in known_words(["werd terugge-", "drongen"])
