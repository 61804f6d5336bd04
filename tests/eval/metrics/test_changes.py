"""What is measured of the changes that a briefing of two letters tells."""

from pathlib import Path

import pytest

from eval.metrics import changes
from eval.metrics.base import Asked
from eval.paths import SETS
from eval.reporting.figures import table, value
from eval.sets.briefs import Sequel
from eval.sets.cases import Stretch, load
from eval.sets.corpus import read_further
from eval.systems.outcomes import Outcome
from kamerbrief.letters.citing import cite
from kamerbrief.records.briefings import Change, Line
from kamerbrief.records.letters import Letter
from tests.eval.made import briefing

CASES = {case.id: case for case in load(SETS / "changes.jsonl", Sequel).cases}
WOLVES = CASES["changes-wolven"]


@pytest.fixture(scope="module")
def letters() -> dict[str, Letter]:
    return read_further(WOLVES.letters, Path("absent"))


def told(place: Stretch, letters: dict[str, Letter]) -> Line:
    letter = letters[place.letter]
    quote = cite(letter, None, letter.paragraphs[place.paragraph - 1], place.start, place.end)
    return Line(text=quote.quote, citations=(quote,), writer="extractive")


def measured(letters: dict[str, Letter], *pairs: tuple[Stretch, Stretch]) -> tuple[float, float]:
    """Precision and recall of a briefing that tells these pairs of sentences as changes."""
    made = tuple(Change(earlier=told(one, letters), later=told(other, letters)) for one, other in pairs)
    asked = Asked(WOLVES, Outcome(briefing=briefing(changes=made)), letters, None)
    scores = {"": {one.name: found for one in changes.METRICS if (found := one(asked)) is not None}}
    precision, recall = (value(one, table(scores, scores)) for one in changes.MEASURES)
    return precision, recall


def test_a_change_is_right_when_both_its_sentences_are(letters: dict[str, Letter]) -> None:
    packs, killed, *_ = WOLVES.changes
    right = (packs.earlier[0], packs.later[0])
    crossed = (packs.earlier[0], killed.later[0])
    assert measured(letters, right) == (1, 0.25)
    assert measured(letters, right, crossed) == (0.5, 0.25)
    assert measured(letters, crossed)[1] == 0


def test_all_that_changed_is_found(letters: dict[str, Letter]) -> None:
    assert measured(letters, *((one.earlier[0], one.later[0]) for one in WOLVES.changes)) == (1, 1)
