"""Briefings as they are read: do they hold what a reader must know, is every line proven, how long are they, and do
they say anything twice."""

import re
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean

from eval.metrics.base import Asked, Measure, Metric, mean
from eval.metrics.citations import stands
from eval.sets.briefs import Brief


@dataclass(frozen=True)
class FactsCovered:
    """The share of the vital (or of the okay) facts that a line of the briefing states."""

    vital: bool

    @property
    def name(self) -> str:
        return f"{'vital' if self.vital else 'okay'} facts covered"

    def __call__(self, asked: Asked[Brief]) -> float | None:
        wanted = [fact for fact in asked.case.facts if fact.vital == self.vital]
        if asked.outcome.shown is None or not wanted:
            return None
        text = "\n".join(line.text for line in asked.outcome.shown)
        return fmean(fact.within(text) for fact in wanted)


@dataclass(frozen=True)
class LinesCited:
    """The share of lines whose citations all stand letter for letter in their paragraphs."""

    name: str = "lines with a valid citation"

    def __call__(self, asked: Asked[Brief]) -> float | None:
        if not asked.outcome.shown:
            return None
        return fmean(all(stands(c, asked.letters) for c in line.citations) for line in asked.outcome.shown)


@dataclass(frozen=True)
class Redundancy:
    """How alike the two lines are that are most alike: the share of their words that both have (Jaccard)."""

    name: str = "redundancy"

    def __call__(self, asked: Asked[Brief]) -> float | None:
        if not asked.outcome.shown:
            return None
        words = [frozenset(re.findall(r"\w+", line.text.lower())) for line in asked.outcome.shown]
        return max((len(a & b) / max(len(a | b), 1) for a, b in combinations(words, 2)), default=0.0)


@dataclass(frozen=True)
class Words:
    """The words of the lines."""

    name: str = "words"

    def __call__(self, asked: Asked[Brief]) -> float | None:
        if asked.outcome.shown is None:
            return None
        return float(sum(len(line.text.split()) for line in asked.outcome.shown))


@dataclass(frozen=True)
class Compression:
    """The words of the letters to one word of the briefing."""

    name: str = "compression"

    def __call__(self, asked: Asked[Brief]) -> float | None:
        if not (words := Words()(asked)):
            return None
        letters = [asked.letters[stem] for stem in asked.case.letters]
        return sum(len(paragraph.text.split()) for letter in letters for paragraph in letter.paragraphs) / words


@dataclass(frozen=True)
class Seconds:
    """How long it took to write."""

    name: str = "seconds"

    def __call__(self, asked: Asked[Brief]) -> float | None:
        return asked.outcome.seconds


METRICS: tuple[Metric[Brief], ...] = (
    FactsCovered(True),
    FactsCovered(False),
    LinesCited(),
    Redundancy(),
    Words(),
    Compression(),
    Seconds(),
)
MEASURES: tuple[Measure, ...] = (
    mean("vital facts covered"),
    mean("okay facts covered"),
    mean("lines with a valid citation", exact=True),
    mean("redundancy", up=False),
    mean("words", up=False, gated=False, digits=0),
    mean("compression", digits=1),
    mean("seconds", up=False, gated=False, digits=2),
)
