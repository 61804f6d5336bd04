"""Answers: do they hold the facts, and is the right paragraph cited."""

import re
from collections import Counter
from dataclasses import dataclass

from eval.metrics.base import Asked, Measure, Metric, mean
from eval.sets.cases import Case, Nugget, gold_keys
from kamerbrief.language.terms import terms

PARTIAL = 2 / 3  # of a nugget's stems: from here on it counts as supported in part


@dataclass(frozen=True)
class GoldCited:
    """Whether an answerable question's answer cites a gold paragraph; a refusal cites none."""

    name: str = "gold paragraph cited"

    def __call__(self, asked: Asked[Case]) -> float | None:
        if not asked.case.answerable or asked.outcome.answer is None:
            return None
        gold = gold_keys(asked.case, asked.letters)
        return float(any(c.key in gold for s in asked.outcome.answer.sentences for c in s.citations))


@dataclass(frozen=True)
class VitalNuggets:
    """The share of the vital nuggets that are in the answer; a refusal holds none.

    Strict counts those with an accepted spelling. Lenient counts half for another of which two thirds of the stems are
    there: full and partial support as in the nugget evaluation of TREC RAG (Pradeep et al. 2024), matched by words
    instead of by a model.
    """

    lenient: bool = False

    @property
    def name(self) -> str:
        return f"vital nuggets, {'lenient' if self.lenient else 'strict'}"

    def __call__(self, asked: Asked[Case]) -> float | None:
        vital = [nugget for nugget in asked.case.nuggets if nugget.vital]
        if not vital or asked.outcome.answer is None:
            return None
        return sum(self._support(nugget, asked.text) for nugget in vital) / len(vital)

    def _support(self, nugget: Nugget, text: str) -> float:
        if nugget.within(text):
            return 1.0
        stems = set(terms(nugget.text))
        return 0.5 if self.lenient and stems and len(stems & set(terms(text))) >= PARTIAL * len(stems) else 0.0


@dataclass(frozen=True)
class AllVital:
    """Whether every vital nugget is in the answer."""

    name: str = "all vital nuggets"

    def __call__(self, asked: Asked[Case]) -> float | None:
        share = VitalNuggets()(asked)
        return None if share is None else float(share == 1.0)


@dataclass(frozen=True)
class TokenF1:
    """F1 over the words of the answer and of the one-sentence answer (SQuAD, Rajpurkar et al. 2016)."""

    name: str = "token F1"

    def __call__(self, asked: Asked[Case]) -> float | None:
        if not asked.case.answerable or asked.answer is None:
            return None
        said, wanted = (Counter(re.findall(r"\w+", text.lower())) for text in (asked.text, asked.case.answer))
        shared = (said & wanted).total()
        return 2 * shared / (said.total() + wanted.total())


@dataclass(frozen=True)
class OfAnswered:
    """Another metric, of the questions that were answered only."""

    metric: Metric[Case]

    @property
    def name(self) -> str:
        return f"{self.metric.name}, of the answered"

    def __call__(self, asked: Asked[Case]) -> float | None:
        return self.metric(asked) if asked.answer else None


METRICS: tuple[Metric[Case], ...] = (
    GoldCited(),
    OfAnswered(GoldCited()),
    VitalNuggets(),
    VitalNuggets(lenient=True),
    AllVital(),
    OfAnswered(AllVital()),
    TokenF1(),
)
MEASURES: tuple[Measure, ...] = tuple(mean(metric.name) for metric in METRICS)
