"""`verify` itself, on the set unfaithful: which changed sentences it lets through, which supported ones it stops."""

from dataclasses import dataclass
from typing import get_args

import numpy as np

from eval.metrics.base import Asked, Columns, Measure, Metric, mean
from eval.sets.cases import Change, Claim

STOPPED, BAD = "stopped", "bad"
HARD: tuple[Change, ...] = ("number", "date", "name")
SOFT: tuple[Change, ...] = tuple(change for change in get_args(Change) if change not in HARD)


@dataclass(frozen=True)
class Stopped:
    """Whether a claim was stopped."""

    name: str = STOPPED

    def __call__(self, asked: Asked[Claim]) -> float | None:
        return float(bool(asked.outcome.stopped_by))


@dataclass(frozen=True)
class Bad:
    """Whether a claim ought to be stopped."""

    name: str = BAD

    def __call__(self, asked: Asked[Claim]) -> float | None:
        return float(asked.case.change is not None)


@dataclass(frozen=True)
class LetThrough:
    """Whether a claim with one of these changes was let through."""

    label: str
    changes: tuple[Change, ...]

    @property
    def name(self) -> str:
        return f"let through: {self.label}"

    def __call__(self, asked: Asked[Claim]) -> float | None:
        return float(not asked.outcome.stopped_by) if asked.case.change in self.changes else None


@dataclass(frozen=True)
class SupportedStopped:
    """Whether a supported claim was stopped; of one language, or of both."""

    language: str | None = None

    @property
    def name(self) -> str:
        return "supported stopped" + (f" ({self.language})" if self.language else "")

    def __call__(self, asked: Asked[Claim]) -> float | None:
        if asked.case.change is not None or self.language not in (None, asked.case.language):
            return None
        return float(bool(asked.outcome.stopped_by))


def precision(columns: Columns) -> float:
    """Of what was stopped, the share that ought to be."""
    stopped = columns[STOPPED] == 1
    return float((columns[BAD][stopped] == 1).mean()) if stopped.any() else float("nan")


def recall(columns: Columns) -> float:
    """Of what ought to be stopped, the share that was."""
    bad = columns[BAD] == 1
    return float(np.mean(columns[STOPPED][bad] == 1)) if bad.any() else float("nan")


METRICS: tuple[Metric[Claim], ...] = (
    Stopped(),
    Bad(),
    LetThrough("number, date, name", HARD),
    LetThrough("other changes", SOFT),
    *(LetThrough(change, (change,)) for change in get_args(Change)),
    SupportedStopped(),
    SupportedStopped("nl"),
    SupportedStopped("en"),
)
MEASURES: tuple[Measure, ...] = (
    Measure("verify: precision", precision),
    Measure("verify: recall", recall),
    *(mean(metric.name, up=False) for metric in METRICS[2:]),
)
