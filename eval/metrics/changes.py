"""What a briefing of two letters tells as changed, against all that changed by hand."""

from collections.abc import Mapping
from dataclasses import dataclass

from eval.metrics.base import Asked, Measure, Metric
from eval.metrics.findings import on, share
from eval.sets.briefs import GoldChange, Sequel
from kamerbrief.records.briefings import Change
from kamerbrief.records.letters import Letter


@dataclass(frozen=True)
class Count:
    """How many changes there are, told by the briefing or (`gold`) by hand; with `met` only those that the other has
    as well: both rest on the same sentences, of both letters."""

    gold: bool
    met: bool

    @property
    def name(self) -> str:
        return f"changes: {'gold' if self.gold else 'found'}{', and met' if self.met else ''}"

    def __call__(self, asked: Asked[Sequel]) -> float | None:
        if (briefing := asked.outcome.briefing) is None:
            return None
        ours, theirs = briefing.changes, asked.case.changes
        if not self.met:
            return float(len(theirs if self.gold else ours))
        if self.gold:
            return float(sum(any(_same(one, gold, asked.letters) for one in ours) for gold in theirs))
        return float(sum(any(_same(one, gold, asked.letters) for gold in theirs) for one in ours))


def _same(found: Change, gold: GoldChange, letters: Mapping[str, Letter]) -> bool:
    return all(
        any(on(citation, place, letters) for citation in line.citations for place in places)
        for line, places in ((found.earlier, gold.earlier), (found.later, gold.later))
    )


METRICS: tuple[Metric[Sequel], ...] = tuple(Count(gold, met) for gold in (False, True) for met in (False, True))
MEASURES: tuple[Measure, ...] = (
    share("changes: precision", "changes: found, and met", "changes: found"),
    share("changes: recall", "changes: gold, and met", "changes: gold"),
)
