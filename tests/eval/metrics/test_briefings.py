"""What is measured of briefings, on ones whose numbers can be told by hand, and how they come to be."""

from functools import partial
from typing import Any

import numpy as np
import pytest

from eval.metrics import briefings, findings
from eval.reporting.figures import table, value
from eval.sets.briefs import Brief
from eval.sets.cases import text_hash
from eval.systems.lead import lead
from eval.systems.outcomes import Outcome
from kamerbrief.records.briefings import Actor, Briefing, Change, Commitment, Event, Figure, Line
from kamerbrief.records.letters import Letter
from tests.eval.made import HELMETS, LETTER, asked, brief, briefing, citation, line, stated

Letters = dict[str, Letter]

WEIGH = (
    "Op basis van de gesprekken met bondgenoten en partners zal het kabinet bezien hoe Nederland een bijdrage kan "
    "leveren, waarbij alle opties bekeken zullen worden."
)
TRANSPORT = (
    "Ook zal Nederland het transport verzorgen van wapens en munitie, die door verschillende (Oost-)Europese landen "
    "ter beschikking worden gesteld."
)
COALITION = (
    "Op 4 september jl. kondigden de Verenigde Staten een internationale coalitie in de strijd tegen IS(IS) aan."
)
ORDER = (
    "Het verzoek daartoe is gedaan tijdens het ordedebat van 2 september jl. en 9 september jl. (Handelingen II "
    "2013/14, nrs. 103 en 106, Regeling van Werkzaamheden)."
)
GIVEN = f"Om tegemoet te komen aan de noden van de Koerdische Regionale Autoriteiten {HELMETS}."
THANKS = "De Koerdische Regionale Autoriteiten hebben deze goederen inmiddels in ontvangst genomen."


def facts(*texts: str, vital: bool = True) -> list[dict[str, Any]]:
    place = {"letter": LETTER, "paragraph": 9, "sha256": "0" * 8}
    return [{"text": text, "accept": [text], "vital": vital, "gold": [place]} for text in texts]


def measured(letters: Letters, *pairs: tuple[Brief, Briefing]) -> dict[str, float]:
    """The measures of briefings over one case or more."""
    scores = {
        str(number): {
            metric.name: found
            for metric in (*briefings.METRICS, *findings.METRICS)
            if (found := metric(asked(letters, case, Outcome(briefing=made)))) is not None
        }
        for number, (case, made) in enumerate(pairs)
    }
    columns = table(scores, scores)
    return {measure.name: value(measure, columns) for measure in (*briefings.MEASURES, *findings.MEASURES)}


def test_a_briefing_of_the_first_sentences(sample_alone: Letters) -> None:
    letter = sample_alone[LETTER]
    lines = tuple(lead([letter], 120))
    wanted = [*facts("Mosul-dam", "1.000 helmen"), *facts("Amerli", vital=False)]
    judged = asked(sample_alone, brief(facts=wanted), Outcome(lines=lines, seconds=1.5))
    said = sum(len(line.text.split()) for line in lines)
    assert 60 < said <= 120
    assert briefings.FactsCovered(True)(judged) == 0.5
    assert briefings.FactsCovered(False)(judged) == 1.0
    assert briefings.LinesCited()(judged) == 1.0
    assert briefings.Words()(judged) == said
    assert briefings.Compression()(judged) == sum(len(p.text.split()) for p in letter.paragraphs) / said
    assert briefings.Seconds()(judged) == 1.5
    assert {metric(judged) for metric in findings.METRICS} == {None}  # it lists no promises, figures and events


def test_a_briefing_that_was_not_written_has_no_numbers(sample_alone: Letters) -> None:
    for metric in (*briefings.METRICS, *findings.METRICS):
        assert metric(asked(sample_alone, brief(facts=facts("x")), Outcome())) is None


def test_an_empty_briefing_holds_no_fact(sample_alone: Letters) -> None:
    got = measured(sample_alone, (brief(facts=facts("helmen")), briefing()))
    assert got["vital facts covered"] == 0
    assert got["words"] == 0
    assert np.isnan(got["compression"])


def test_facts_are_looked_for_in_what_is_shown(sample_alone: Letters) -> None:
    part = partial(line, sample_alone)
    parts: dict[str, Any] = {
        "in_short": (part(2, "Mosul-dam", Line),),
        "decided": (part(3, "brede strategie", Line),),
        "changes": (Change(earlier=part(5, "regio Dohuk", Line), later=part(5, "regio Erbil", Line)),),
        "open_points": (part(6, "clearing house", Line),),
        "commitments": (part(9, "transport verzorgen", Commitment), part(9, "bereid", Commitment)),
        "figures": (part(9, "1.000 helmen", Figure, number="1.000"),),
        "timeline": (part(7, "4 september", Event, date="2014-09-04"),),
        "actors": (part(4, "Haider al-Abadi", Actor, name="Haider al-Abadi"),),
    }
    said = ["Mosul-dam", "strategie", "Dohuk", "Erbil", "clearing", "transport", "helmen", "4 sep", "Haider", "bereid"]
    case = brief(facts=facts(*said))
    everything = {"commitments": (0, 1), "figures": (0,), "timeline": (0,), "actors": (0,)}
    for shown, covered in ((everything, 1.0), ({**everything, "commitments": (0,)}, 0.9), ({}, 0.5)):
        judged = asked(sample_alone, case, Outcome(briefing=briefing(**parts, shown=shown)))
        assert briefings.FactsCovered(True)(judged) == covered


def test_a_citation_that_the_letter_does_not_hold_is_seen(sample_alone: Letters) -> None:
    good = line(sample_alone, 9, HELMETS, Line)
    (proof,) = good.citations
    altered = proof.text.replace("1.000 helmen", "2.000 helmen")
    other = proof.model_copy(update={"text": altered, "quote": altered[proof.start : proof.end]})
    absent = proof.model_copy(update={"paragraph": 99})
    for bad in (other, absent):
        made = briefing(in_short=(good,), decided=(good.model_copy(update={"citations": (proof, bad)}),))
        assert briefings.LinesCited()(asked(sample_alone, brief(), Outcome(briefing=made))) == 0.5


@pytest.mark.parametrize(
    ("quotes", "expected"),
    [
        ((HELMETS,), 0.0),
        ((HELMETS, THANKS, HELMETS), 1.0),
        (("1.000 helmen", "deze goederen"), 0.0),
        (("1.000 helmen en 1.000 kogelwerende vesten", "1.000 helmen"), 3 / 6),  # of 1, 000, helmen, en, kogelwerende …
    ],
)
def test_what_is_said_twice_is_redundant(sample_alone: Letters, quotes: tuple[str, ...], expected: float) -> None:
    made = briefing(in_short=tuple(line(sample_alone, 9, quote, Line) for quote in quotes))
    assert briefings.Redundancy()(asked(sample_alone, brief(), Outcome(briefing=made))) == pytest.approx(expected)


def test_promises_shown_or_not(sample_alone: Letters) -> None:
    case = brief(
        promises=[
            stated(sample_alone, 8, WEIGH, text="bezien", who="kabinet", deadline=None),
            stated(sample_alone, 9, TRANSPORT, text="vervoeren", who="Nederland", deadline=None),
            stated(sample_alone, 9, TRANSPORT, text="nog iets", who="Nederland", deadline="2014"),
        ]
    )
    right = line(sample_alone, 9, TRANSPORT, Commitment)
    wrong = (line(sample_alone, 9, THANKS, Commitment), line(sample_alone, 7, COALITION, Commitment))
    got = measured(sample_alone, (case, briefing(commitments=(right, *wrong))))
    assert got["promises: precision"] == pytest.approx(1 / 3)
    assert got["promises: recall"] == pytest.approx(2 / 3)  # one line states two of them
    none = measured(sample_alone, (case, briefing()))
    assert np.isnan(none["promises: precision"])
    assert none["promises: recall"] == 0
    assert measured(sample_alone, (case, briefing(commitments=wrong)))["promises: precision"] == 0


def test_a_letter_that_promises_nothing_counts_what_was_found_in_it(sample_alone: Letters) -> None:
    promised = brief(promises=[stated(sample_alone, 9, TRANSPORT, text="vervoeren", who="Nederland", deadline=None)])
    found = briefing(commitments=(line(sample_alone, 9, TRANSPORT, Commitment),))
    got = measured(sample_alone, (promised, found), (brief(), found))
    assert got["promises: precision"] == 0.5
    assert got["promises: recall"] == 1.0


@pytest.mark.parametrize(
    ("paragraph", "quote", "expected"),
    [
        (9, TRANSPORT, True),
        (9, "transport verzorgen", True),  # all of the shorter
        (9, f"{THANKS} Ook zal Nederland het transport", False),
        (9, f"genomen. {TRANSPORT[:100]}", True),
        (9, THANKS, False),
        (8, WEIGH, False),
    ],
)
def test_a_line_rests_on_a_sentence_of_which_it_cites_half(
    sample_alone: Letters, paragraph: int, quote: str, expected: bool
) -> None:
    case = brief(promises=[stated(sample_alone, 9, TRANSPORT, text="vervoeren", who="Nederland", deadline=None)])
    found = line(sample_alone, paragraph, quote, Commitment)
    assert findings.matches(found, case.promises[0], sample_alone) is expected
    elsewhere = [one.model_copy(update={"letter": "kst-1"}) for one in found.citations]
    other = found.model_copy(update={"citations": (*elsewhere, citation(sample_alone, 1, "Irak"))})
    assert not findings.matches(other, case.promises[0], sample_alone)


@pytest.mark.parametrize(
    ("found", "gold", "expected"),
    [
        ("25 miljoen euro", "€ 25 miljoen", True),
        ("€\u00a025 miljoen", "25 miljoen euro", True),
        ("25 miljoen", "€ 25 miljoen", True),
        ("25 miljard", "€ 25 miljoen", False),
        ("1000", "1.000", True),
        ("1.000 helmen", "1.000", True),
        ("1.001", "1.000", False),
        ("70%", "70 procent", True),
        ("70", "70 procent", False),
        ("5", "vijf", True),
        ("10% tot 20%", "10 tot 20%", True),
        ("20%", "10 tot 20%", False),
        ("een centimeter", "een centimeter", True),  # a number that is read by nobody
        ("een meter", "een centimeter", False),
    ],
)
def test_the_same_number(found: str, gold: str, expected: bool) -> None:
    assert findings.same_number(found, gold) is expected


def test_figures_have_to_be_the_same_number(sample_alone: Letters) -> None:
    case = brief(
        figures=[
            stated(sample_alone, 9, GIVEN, number="1.000", of="helmen", core=True),
            stated(sample_alone, 9, GIVEN, number="1.000", of="vesten", core=False),
            stated(sample_alone, 5, "70 procent in de regio Dohuk", number="70 procent", of="hulpgoederen", core=False),
        ]
    )
    helmets = line(sample_alone, 9, HELMETS, Figure, number="1.000")
    made_up = line(sample_alone, 9, HELMETS, Figure, number="2.000")
    got = measured(sample_alone, (case, briefing(figures=(helmets, made_up))))
    assert got["figures: precision"] == 0.5
    assert got["figures: recall"] == pytest.approx(2 / 3)
    assert measured(sample_alone, (case, briefing(figures=(made_up,))))["figures: recall"] == 0


@pytest.mark.parametrize(
    ("date", "correct"),
    [("2014-09-09", 1.0), ("2014-09", 1.0), ("2014", 1.0), ("2014-09-04", 0.0), ("2013-09-02", 0.0)],
)
def test_events_and_their_dates(sample_alone: Letters, date: str, correct: float) -> None:
    case = brief(
        events=[
            stated(sample_alone, 1, ORDER, date="2014-09-02", text="ordedebat", core=False),
            stated(sample_alone, 1, ORDER, date="2014-09-09", text="ordedebat", core=False),
            stated(sample_alone, 7, COALITION, date="2014-09", text="coalitie", core=True),
        ]
    )
    event = line(sample_alone, 1, ORDER, Event, date=date)
    nowhere = line(sample_alone, 9, THANKS, Event, date="2014-09-09")
    got = measured(sample_alone, (case, briefing(timeline=(event, nowhere))))
    assert got["events: recall"] == pytest.approx(2 / 3)
    assert got["timeline dates correct"] == correct
    exact = line(sample_alone, 7, COALITION, Event, date="2014-09-04")  # more so than by hand
    assert measured(sample_alone, (case, briefing(timeline=(exact,))))["timeline dates correct"] == 1.0
    missed = measured(sample_alone, (case, briefing(timeline=(nowhere,))))
    assert missed["events: recall"] == 0
    assert np.isnan(missed["timeline dates correct"])


def test_a_brief_names_the_places_of_all_its_lists(sample_alone: Letters) -> None:
    case = brief(
        facts=facts("x"),
        promises=[stated(sample_alone, 8, WEIGH, text="bezien", who="kabinet", deadline="2014-Q4")],
        figures=[stated(sample_alone, 9, GIVEN, number="1.000", of="helmen", core=True)],
        events=[stated(sample_alone, 7, COALITION, date="2014-09-04", text="coalitie", core=True)],
    )
    assert [place.paragraph for place in case.places] == [9, 8, 9, 7]
    assert case.places[3].sha256 == text_hash(sample_alone[LETTER].paragraphs[6].text)
    assert case.needs == {LETTER}
    assert brief().places == []
