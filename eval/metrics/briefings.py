"""Briefings: do they hold what a reader must know, is every line proven, and how much shorter are they."""

from dataclasses import dataclass
from statistics import fmean

from eval.cases import Brief
from eval.metrics.base import Asked, Measure, Metric, mean
from eval.metrics.citations import stands


@dataclass(frozen=True)
class FactsCovered:
    """The share of the vital (or of the okay) facts that a line of the briefing states."""

    vital: bool

    @property
    def name(self) -> str:
        return f"{'vital' if self.vital else 'okay'} facts covered"

    def __call__(self, asked: Asked[Brief]) -> float | None:
        wanted = [fact for fact in asked.case.facts if fact.vital == self.vital]
        if asked.outcome.lines is None or not wanted:
            return None
        text = "\n".join(line.text for line in asked.outcome.lines)
        return fmean(fact.within(text) for fact in wanted)


@dataclass(frozen=True)
class LinesCited:
    """The share of lines whose citations all stand letter for letter in their paragraphs."""

    name: str = "lines with a valid citation"

    def __call__(self, asked: Asked[Brief]) -> float | None:
        if not asked.outcome.lines:
            return None
        return fmean(all(stands(c, asked.letters) for c in line.citations) for line in asked.outcome.lines)


@dataclass(frozen=True)
class Compression:
    """The words of the letters to one word of the briefing."""

    name: str = "compression"

    def __call__(self, asked: Asked[Brief]) -> float | None:
        if not asked.outcome.lines:
            return None
        letters = [asked.letters[stem] for stem in asked.case.letters]
        words = sum(len(paragraph.text.split()) for letter in letters for paragraph in letter.paragraphs)
        return words / sum(len(line.text.split()) for line in asked.outcome.lines)


METRICS: tuple[Metric[Brief], ...] = (FactsCovered(True), FactsCovered(False), LinesCited(), Compression())
MEASURES: tuple[Measure, ...] = (
    mean("vital facts covered"),
    mean("okay facts covered"),
    mean("lines with a valid citation", exact=True),
    mean("compression", digits=1),
)
