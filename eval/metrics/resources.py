"""What an answer took: time per step, tokens, cost."""

from dataclasses import dataclass

from eval.metrics.base import Asked, Measure, Metric, mean
from eval.sets.cases import Entry

STEPS = ("embed", "search", "write", "model", "verify")


@dataclass(frozen=True)
class Milliseconds:
    """The milliseconds of a step, or of all of them (`step` None)."""

    step: str | None = None

    @property
    def name(self) -> str:
        return f"milliseconds, {self.step or 'all'}"

    def __call__(self, asked: Asked[Entry]) -> float | None:
        spent = asked.outcome.answer.milliseconds if asked.outcome.answer else {}
        return (spent.get(self.step) if self.step else sum(spent.values())) if spent else None


@dataclass(frozen=True)
class Tokens:
    """Tokens that a model server counted."""

    name: str = "tokens"

    def __call__(self, asked: Asked[Entry]) -> float | None:
        return float(asked.outcome.answer.tokens) if asked.outcome.answer else None


@dataclass(frozen=True)
class Cost:
    """What they cost, in the currency of the prices that were set."""

    name: str = "cost"

    def __call__(self, asked: Asked[Entry]) -> float | None:
        return asked.outcome.answer.cost if asked.outcome.answer else None


@dataclass(frozen=True)
class FirstSentence:
    """Milliseconds from the question to the first proven sentence."""

    name: str = "milliseconds, first sentence"

    def __call__(self, asked: Asked[Entry]) -> float | None:
        return asked.outcome.answer.first_sentence if asked.outcome.answer else None


METRICS: tuple[Metric[Entry], ...] = (
    Milliseconds(),
    *(Milliseconds(step) for step in STEPS),
    FirstSentence(),
    Tokens(),
    Cost(),
)
MEASURES: tuple[Measure, ...] = (
    *(mean(metric.name, up=False, gated=False, digits=1) for metric in METRICS[:-2]),
    mean("tokens", up=False, gated=False, digits=0),
    mean("cost", up=False, gated=False, digits=4),
)
