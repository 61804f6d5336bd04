"""What is found in sentences: figures, dates, what points back, promises and decisions."""

import datetime

import pytest

from kamerbrief.briefings.choose.worth import LABELS, worth_weights
from kamerbrief.briefings.find import cues
from kamerbrief.briefings.find.actors import actors
from kamerbrief.briefings.find.dates import coming, dates
from kamerbrief.briefings.find.figures import figures
from kamerbrief.briefings.find.statements import dangles
from kamerbrief.language.lexicon import Lexicon, lexicon_of
from kamerbrief.records.letters import Signatory

DEFENCE = Signatory(name="J.A. Hennis-Plasschaert", office="Minister van Defensie")
FOREIGN = Signatory(name="F.C.G.M. Timmermans")
NL, EN = lexicon_of("nl"), lexicon_of("en")
WRITTEN = datetime.date(2022, 11, 25)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nederland heeft 1.000 helmen en duizend vesten geleverd.", ["1.000", "duizend"]),
        ("Dat kost € 25 miljoen, of 900 tot 1.650 miljoen euro.", ["€ 25 miljoen", "900 tot 1.650 miljoen euro"]),
        ("Het aandeel daalt van 70 procent naar 12,5%.", ["70 procent", "12,5%"]),
        ("In 2030 en op 10 september 2014 (Kamerstuk 27 925, nr. 504).", []),
        ("Dat volgt uit artikel 5, de eerste motie en bijlage 2.", []),
        ("Zie o.a. hoofdstuk (3.1) en thema (1).", []),
        ("Meer dan de helft van de 216 winningen.", ["helft", "216"]),
        ("Dat was zestig jaar geleden, in de afgelopen tien jaar.", []),
        ("De schade ligt tussen de 900 en 1.650 miljoen euro.", ["900 en 1.650 miljoen euro"]),
        ("Het peil gaat van 40 naar 20 cm.", ["40 naar 20 cm"]),
        ("De drie codes gelden; ik acht acht instellingen genoeg.", ["acht"]),
        ("Binnen twee weken volgt een brief (36 471-64) over artikelen 3:10 en 3:17.", []),
        ("Bel 0900-8844, 24/7; een 13-jarige deed dat (Stb. 1986, 67).", []),
        ("1. Er gaan 12 scholen open, zoals gemeld.1", ["12"]),
        ("De F-16 en «Droom en Daad»2 uit '91; titel 11, alinea 4 en § 18.", []),
        ("Verordening 1408/71 en motie 18 (21 800 XIV, nrs. 271 en 17, blz. 8 en 9).", []),
        ("Op 12-13 december en 18/19 april was er overleg (Stcrt. 16).", []),
        ("Dat scheelt f 178 min. en 22 cent per kilo.", ["f 178 min.", "22 cent"]),
        ("92 93 83", []),
        ("Sinds de jaren '90 is het beroep verdrievoudigd tot 1 op de 7 kinderen.", ["1 op de 7"]),
        ("Dat verdubbelde tot 40 miljoen, en is nu verdubbeld.", ["40 miljoen", "verdubbeld"]),
        ("Een op de drie jongeren en 3 van de 10 ouderen wachten.", ["Een op de drie", "3 van de 10"]),
        (
            "Dat ging van één op de twaalf naar ruim twee op de vijf.",
            ["één op de twaalf", "twee op de vijf"],
        ),
        (
            "Er slaagt 9 op elke 10; twee van de drie scholen doen mee.",
            ["9 op elke 10", "twee van de drie"],
        ),
        ("Bij 1 op 20 leerlingen; 4 van de 12 provincies en 40 scholen.", ["1 op 20", "4 van de 12", "40"]),
        ("Een van de zeven regio's krijgt op 1 mei 12 woningen.", ["zeven", "12 woningen"]),
        ("Op 3 van de 10 punten (artikel 3 van de 12 artikelen).", ["3 van de 10", "12"]),
        ("Hij nam dat een op een over, op de 7e plaats.", []),
        ("Er kwamen 10 op 12 december 2022 en 5 van de 2.000 in 2023.", ["10", "5", "2.000"]),
    ],
)
def test_figures_are_as_the_letter_writes_them(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in figures(text, NL)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Op 4 september jl. begon het.", ["2022-09-04"]),
        ("Dat is op 10 september 2014 besloten.", ["2014-09-10"]),
        ("Uiterlijk in 2027 is het klaar, en in mei 2023 begint het.", ["2027", "2023-05"]),
        ("In het tweede kwartaal van 2023 volgt een brief.", ["2023-Q2"]),
        ("In de tweede helft van volgend jaar volgt een brief.", ["2023-H2"]),
        ("Eind Q1 2025 zal ik de evaluatie toesturen.", ["2025-Q1-end"]),
        ("Uiterlijk aan het einde van het derde kwartaal van 2024 is het klaar.", ["2024-Q3-end"]),
        ("In de eerste helft van 2025, of het laatste kwartaal van volgend jaar.", ["2025-H1", "2023-Q4"]),
        ("In het tweede halfjaar van 2024, of pas in 2025-Q3, volgt een brief.", ["2024-H2", "2025-Q3"]),
        ("Het 4e kwartaal 2023 was beter; Q2-2024 wordt het niet.", ["2023-Q4", "2024-Q2"]),
        ("De eerste helft van de 216 winningen is in 2025 dicht.", ["2025"]),
        ("De helft van de kinderen wacht een kwartaal.", []),
        ("In het eerste kwartaal was dat anders; de tweede helft van de brief gaat over Q3.", []),
        ("In de eerste helft van 2024-2025 wordt lesgegeven.", []),
        ("Dit najaar wordt uw Kamer geïnformeerd.", ["2022"]),
        ("Van 2016 tot 2020 zijn er pilots (2023-2025).", ["2016", "2023"]),
        ("Niet alleen vandaag, maar ook morgen.", []),
        ("Het Stroomgebiedbeheerplan 2022-2027 blijft.", []),
    ],
)
def test_dates_are_as_exact_as_the_sentence(text: str, found: list[str]) -> None:
    assert list(dates(text, WRITTEN, NL)) == found


def test_a_quarter_is_past_when_its_last_day_is() -> None:
    assert coming(["2022-Q3", "2022-Q4", "2023"], WRITTEN) == "2022-Q4"
    assert coming(["2022-H1", "2022-H2"], WRITTEN) == "2022-H2"
    assert coming(["2022-Q3-end"], WRITTEN) is None
    assert coming(["2022-11", "2022"], WRITTEN) == "2022-11"


@pytest.mark.parametrize(
    ("text", "figured", "dated"),
    [
        (
            "In 2025 it cost 5 million euros, or between 40 and 50 cents.",
            ["5 million euros", "40 and 50 cents"],
            ["2025"],
        ),
        ("More than half of the 216 homes.", ["half", "216 homes"], []),
        (
            "One in seven children, or three out of ten, wait for 5 weeks.",
            ["One in seven", "three out of ten", "5 weeks"],
            [],
        ),
        ("One of the seven regions took 5 in 2021.", ["seven", "5"], ["2021"]),
        ("The three codes of article 5 apply within two weeks.", [], []),
        ("In the second quarter of 2023, or in the first half of next year.", [], ["2023-Q2", "2023-H1"]),
        ("Bridges are built by May 2023.", [], ["2023-05"]),
    ],
)
def test_english_figures_and_dates_are_found_by_english_words(text: str, figured: list[str], dated: list[str]) -> None:
    assert [text[start:end] for start, end in figures(text, EN)] == figured
    assert list(dates(text, WRITTEN, EN)) == dated


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("Daarnaast wordt de regeling aangepast.", True),
        ("Deze middelen zijn op.", True),
        ("Hij vertrok.", True),
        ("In dat kader is besloten.", True),
        ("Het verzoek daartoe is gedaan.", True),
        ("Nederland levert helmen.", False),
        ("Het kabinet heeft besloten.", False),
        ("Dijken worden versterkt.", False),
    ],
)
def test_what_points_back_is_known(text: str, points: bool) -> None:
    assert dangles(text, NL) is points


@pytest.mark.parametrize(
    ("text", "is_promise"),
    [
        ("Ik zal uw Kamer in het voorjaar informeren.", True),
        ("Uw Kamer wordt hierover geïnformeerd.", True),
        ("Het Rijk verkent de mogelijkheden.", True),
        ("De keuzes worden in 2023 nader uitgewerkt.", True),
        ("Het kabinet is voornemens de wet te wijzigen.", True),
        ("Nederland blijft het mandaat van de gezant ondersteunen.", True),
        ("De resultaten worden meegenomen in de kabinetsreactie.", True),
        ("Het lid Bakker heeft verzocht om een meldpunt; ik zal dat verzoek niet overnemen.", False),
        ("Het kabinet is niet voornemens de wet te wijzigen.", False),
        ("Ik zie dan ook geen aanleiding om het toezicht te versterken en nader onderzoek te laten uitvoeren.", False),
        ("Het voorstel om een fonds in te stellen wijs ik daarom af.", False),
        ("Wij zullen deze aanbeveling van de Raad niet opvolgen.", False),
        ("Ik ben niet bereid de termijn te verlengen.", False),
        ("Ik neem het advies om de regeling uit te breiden niet over.", False),
        ("Ik zal geen apart meldpunt instellen.", False),
        ("Het kabinet zal de motie niet uitvoeren.", False),
        ("Ik acht een onderzoek niet nodig en zal dat ook niet toezeggen.", False),
        ("Ik zal het advies overnemen en uw Kamer daarover informeren.", True),
        ("Ik neem het verzoek niet over, maar zal uw Kamer in het voorjaar informeren.", True),
        ("De gemeente wil dat niet overnemen; ik zal daarom met haar in gesprek gaan.", True),
        ("Het kabinet is voornemens de afwijzing te heroverwegen.", True),
        ("Ik ben niet van plan te wachten en zal de Kamer voor de zomer informeren.", True),
        ("Ik zal niet alleen de motie uitvoeren, maar ook de regeling aanpassen.", True),
        ("Zou dat werken?", False),
        ("Ik heb toegezegd dat de Kamer een notitie zal ontvangen.", False),
        ("De kosten zullen verder stijgen.", False),
        ("De plannen werden vorig jaar uitgewerkt.", False),
        ("Hieronder zal ik daarop ingaan.", False),
        ("Er moet meer gebeuren.", False),
    ],
)
def test_promises_are_told_by_their_words(text: str, is_promise: bool) -> None:
    assert (cues.promises(text, NL) and not cues.takes_back(text, NL)) is is_promise


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I will inform the House of it before 1 June 2021.", "promise"),
        ("The government intends to amend the act.", "promise"),
        ("I will not adopt that proposal.", ""),
        ("We do not intend to amend the act, but will inform the House before the summer.", "promise"),
        ("The Minister was informed of this last year.", ""),
        ("The government has decided to build 40 bridges in Friesland.", "decision"),
        ("It is not yet known what the bridges will cost.", "open"),
        ("These funds have been spent.", "dangles"),
        ("Also the act is being amended.", "dangles"),
    ],
)
def test_an_english_sentence_is_read_by_english_words(text: str, found: str) -> None:
    told = {
        "promise": cues.promises(text, EN) and not cues.takes_back(text, EN),
        "decision": cues.decides(text, EN),
        "open": cues.leaves_open(text, EN),
        "dangles": dangles(text, EN) and text.split()[0] != "It",
    }
    assert [name for name, is_told in told.items() if is_told] == ([found] if found else [])


@pytest.mark.parametrize(
    ("text", "cue", "in_main"),
    [
        ("Ik zal de Kamer informeren over wat er gebeurt.", "will", True),
        ("Er is een plan dat de inspectie zal uitvoeren.", "will", False),
        ("Ik verwacht dat de inspectie, die dat wil, zal volgen.", "expects", True),
        ("De inspectie zegt dat zij maatregelen verwacht.", "expects", False),
        ("Op dit moment is het ministerie bezig met een plan.", "under_way", True),
    ],
)
def test_promises_are_also_told_by_what_their_main_clause_says(text: str, cue: str, in_main: bool) -> None:
    assert cues.said_of_promises(text, NL)[f"main: {cue}"] is in_main


def test_the_cues_of_promises_weigh_in_promises_alone() -> None:
    weights = dict(zip(LABELS, worth_weights().weights, strict=True))
    further = len(cues.said_of_promises("Ik zal dat doen.", NL))
    assert any(weights["promise"][-further:])
    assert not any(number for label in ("decision", "open", "key") for number in weights[label][-further:])


def test_single_words_weigh_as_they_are_shared_by_the_sentence() -> None:
    weights = worth_weights().model_copy(update={"words": {"promise": {"zal": 2.0, "^ik": 1.0, "dit": 9.0}}})
    assert weights.of_words("Ik zal.") == [
        pytest.approx(3 / 5**0.5),
        0,
        0,
        0,
    ]  # of five phrases
    assert weights.of_words("") == [0, 0, 0, 0]


def test_who_promises_is_named_as_in_the_sentence() -> None:
    assert cues.who("De minister van Defensie zal dat doen.", NL, [DEFENCE]) == "De minister van Defensie"
    assert cues.who("Dat zal gebeuren.", NL, [DEFENCE]) is None


def test_i_is_who_signed_alone_and_we_are_those_who_signed_together() -> None:
    assert cues.who("Ik zal dat doen.", NL, [DEFENCE]) == "Minister van Defensie"
    assert cues.who("Dat zullen wij doen.", NL, [DEFENCE, FOREIGN]) == "Minister van Defensie en F.C.G.M. Timmermans"
    assert cues.who("Ik zal dat doen.", NL, [DEFENCE, FOREIGN]) is None
    assert cues.who("We zullen dat doen.", NL, [DEFENCE]) is None
    assert cues.who("Ik zal dat doen.", NL, []) is None
    assert cues.who("We will do that.", EN, [DEFENCE, FOREIGN]) == "Minister van Defensie and F.C.G.M. Timmermans"


@pytest.mark.parametrize(
    ("text", "lexicon", "found"),
    [
        ("De demissionair minister van Financiën W.B. Hoekstra kwam.", NL,
         [("W.B. Hoekstra", "demissionair minister van Financiën")]),
        ("De heer Rutte sprak.", NL, [("Rutte", None)]),
        ("De heer Van der Meer sprak.", NL, [("Van der Meer", None)]),
        ("Voor de Raad van State (RvS) is dat van belang.", NL, [("Raad van State (RvS)", None)]),
        ("The Minister of Defence Smith came.", EN, [("Smith", "Minister of Defence")]),
        ("According to the Court of Audit (CoA) it costs more.", EN, [("Court of Audit (CoA)", None)]),
    ],
)  # fmt: skip
def test_actors_are_named_with_what_they_are_called(
    text: str, lexicon: Lexicon, found: list[tuple[str, str | None]]
) -> None:
    assert list(actors(text, lexicon)) == found
