"""What a briefing found, shown or not: its promises, figures and events, against all that were found by hand.

They are matched by their places, as their words differ. Precision and recall are of all letters together: most letters
hold a few, and one holds more than all others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from eval.metrics.base import Asked, Columns, Measure, Metric
from eval.sets.briefs import Brief, GoldEvent, GoldFigure, Stated
from eval.sets.cases import Stretch, plain
from kamerbrief.briefings.periods import days_of
from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.language.numbers import find_quantities
from kamerbrief.records.answers import Citation
from kamerbrief.records.briefings import Event, Figure, Line
from kamerbrief.records.letters import Letter

Found = Literal["promises", "figures", "events"]
PARTS: dict[Found, str] = {"promises": "commitments", "figures": "figures", "events": "timeline"}
"""The parts of a briefing by the names of the same lists made by hand."""

SAME_DATE = "events: found, and so dated"
_CURRENCIES = str.maketrans({"€": " ", "$": " "})


@dataclass(frozen=True)
class Count:
    """How many entries of a list there are, found by the briefing or (`gold`) by hand; with `met` only those that the
    other has as well."""

    what: Found
    gold: bool
    met: bool

    @property
    def name(self) -> str:
        return f"{self.what}: {'gold' if self.gold else 'found'}{', and met' if self.met else ''}"

    def __call__(self, asked: Asked[Brief]) -> float | None:
        if (briefing := asked.outcome.briefing) is None:
            return None
        ours: Sequence[Line] = getattr(briefing, PARTS[self.what])
        theirs: Sequence[Stated] = getattr(asked.case, self.what)
        if not self.met:
            return float(len(theirs if self.gold else ours))
        if self.gold:
            return float(sum(any(matches(one, stated, asked.letters) for one in ours) for stated in theirs))
        return float(sum(any(matches(one, stated, asked.letters) for stated in theirs) for one in ours))


@dataclass(frozen=True)
class SameDate:
    """How many events of the briefing have the date that they have by hand, as far as both are exact."""

    name: str = SAME_DATE

    def __call__(self, asked: Asked[Brief]) -> float | None:
        if (briefing := asked.outcome.briefing) is None:
            return None
        return float(
            sum(any(_dated(one, gold, asked.letters) for gold in asked.case.events) for one in briefing.timeline)
        )


def matches(found: Line, stated: Stated, letters: Mapping[str, Letter]) -> bool:
    """Whether a line rests on the sentence that states it. A figure has to be the same number, too."""
    there = any(on(citation, stated.place, letters) for citation in found.citations)
    if there and isinstance(found, Figure) and isinstance(stated, GoldFigure):
        return same_number(found.number, stated.number)
    return there


def on(citation: Citation, place: Stretch, letters: Mapping[str, Letter]) -> bool:
    """Whether the words cited and the sentence share at least half of the shorter of the two."""
    if (citation.letter, citation.paragraph) != (letters[place.letter].id, place.paragraph):
        return False
    shared = min(citation.end, place.end) - max(citation.start, place.start)
    return 2 * shared >= min(citation.end - citation.start, place.end - place.start)


def same_number(found: str, stated: str) -> bool:
    """ "25 miljoen euro" is "€ 25 miljoen"; so is "25 miljoen", but "70" is not "70 procent"."""
    if _bare(found) == _bare(stated):
        return True
    ours, theirs = find_quantities(found, lexicon_of(None)), find_quantities(stated, lexicon_of(None))
    if not ours or len(ours) != len(theirs):
        return False
    return all(gold.proven_by(one) for one, gold in zip(ours, theirs, strict=True))


def _bare(number: str) -> str:
    words = plain(number.translate(_CURRENCIES)).lower().split()
    return "".join(word for word in words if word not in ("euro", "eur", "dollar"))


def _dated(found: Event, gold: GoldEvent, letters: Mapping[str, Letter]) -> bool:
    ours, theirs = days_of(found.date), days_of(gold.date)
    if ours is None or theirs is None:
        return False
    within = ours[0] <= theirs[0] and theirs[1] <= ours[1], theirs[0] <= ours[0] and ours[1] <= theirs[1]
    return any(within) and matches(found, gold, letters)


def share(name: str, part: str, whole: str) -> Measure:
    """One count as a share of another, over all cases together; NaN where there is nothing to count."""

    def value(columns: Columns) -> float:
        total = float(np.nansum(columns[whole]))
        return float(np.nansum(columns[part])) / total if total else float("nan")

    return Measure(name, value)


METRICS: tuple[Metric[Brief], ...] = (
    *(Count(what, gold, met) for what in PARTS for gold in (False, True) for met in (False, True)),
    SameDate(),
)
MEASURES: tuple[Measure, ...] = (
    share("promises: precision", "promises: found, and met", "promises: found"),
    share("promises: recall", "promises: gold, and met", "promises: gold"),
    share("figures: precision", "figures: found, and met", "figures: found"),
    share("figures: recall", "figures: gold, and met", "figures: gold"),
    share("events: recall", "events: gold, and met", "events: gold"),
    share("timeline dates correct", SAME_DATE, "events: found, and met"),
)
