"""Briefings of the made letters of ../shared/data/cases on youth care, which were briefed wrongly once."""

from pathlib import Path

import pytest

from kamerbrief import Kamerbrief
from kamerbrief.briefings.forms.plain import date_in
from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.records.briefings import Briefing
from kamerbrief.records.letters import Filters


@pytest.fixture(scope="module")
def youth_care(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Briefing:
    with Kamerbrief(tmp_path_factory.mktemp("youth-care")) as kb:
        for number in (1, 2):
            kb.add(data / f"cases/youth-care-{number}.txt")
        return kb.brief(filters=Filters(dossier="31839"))


def test_quarters_are_deadlines_as_the_letter_names_them(youth_care: Briefing) -> None:
    by_when = {one.text: date_in(one.deadline, lexicon_of(None)) for one in youth_care.commitments if one.deadline}
    assert by_when["Ik zal uw Kamer in het tweede kwartaal van 2025 nader informeren."] == "tweede kwartaal 2025"
    assert by_when["Eind Q1 2025 zal ik de evaluatie toesturen."] == "eind eerste kwartaal 2025"
    assert {"2025-Q1-end", "2025-Q2"} <= {event.date for event in youth_care.timeline}


def test_a_refusal_is_not_among_the_promises(youth_care: Briefing) -> None:
    assert not [one.text for one in youth_care.commitments if "overnemen" in one.text]


def test_a_ratio_is_among_the_figures(youth_care: Briefing) -> None:
    numbers = [one.number for one in youth_care.figures]
    assert "1 op de 7" in numbers
    assert not [number for number in numbers if "verdrievoudigd" in number]


def test_four_things_changed_between_the_letters(youth_care: Briefing) -> None:
    found = [(change.earlier.text, change.later.text) for change in youth_care.changes]
    assert len(found) == 4
    changed = (("4.300", "3.900"), ("€ 6,1 mld", "€ 6,4 mld"), ("drie regio", "vijf regio"), ("zomerreces", "gestuurd"))
    for before, after in changed:
        assert [1 for earlier, later in found if before in earlier and after in later] == [1]
