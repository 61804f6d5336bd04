"""Drafts of a language model: what it wrote before `verify`, and how much of it was let out.

They do not apply to answers that no model was asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import fmean

from eval.metrics.base import Asked, Measure, Metric, mean
from eval.sets.cases import Case, gold_keys
from kamerbrief.records.answers import Answer, DraftSentence
from kamerbrief.records.letters import Key


def cited_by(sentence: DraftSentence, answer: Answer) -> list[Key | None]:
    """What a draft's labels name: they count the paragraphs and notes of the hits. None where there is none."""
    paragraphs = list(dict.fromkeys(key for hit in answer.hits for key in hit.keys))
    named = dict.fromkeys(int(label.partition(".")[0]) for label in sentence.labels)
    return [paragraphs[number - 1] if 0 < number <= len(paragraphs) else None for number in named]


@dataclass(frozen=True)
class OfDraft:
    """A number about a draft that says something."""

    name: str
    number: Callable[[Asked[Case], Answer], float | None]

    def __call__(self, asked: Asked[Case]) -> float | None:
        answer = asked.outcome.answer
        return self.number(asked, answer) if answer and answer.draft else None


def _precision(asked: Asked[Case], answer: Answer) -> float | None:
    gold = gold_keys(asked.case, asked.letters)
    cited = [key in gold for sentence in answer.draft for key in cited_by(sentence, answer)]
    return fmean(cited) if asked.case.answerable and cited else None


def _recall(asked: Asked[Case], answer: Answer) -> float | None:
    gold = gold_keys(asked.case, asked.letters)
    found = (any(key in gold for key in cited_by(sentence, answer)) for sentence in answer.draft)
    return fmean(found) if asked.case.answerable else None


def _vital(asked: Asked[Case], answer: Answer) -> float | None:
    vital = [nugget for nugget in asked.case.nuggets if nugget.vital]
    text = " ".join(sentence.text for sentence in answer.draft)
    return fmean(nugget.within(text) for nugget in vital) if vital else None


def _let_out(_: Asked[Case], answer: Answer) -> float:
    return 1 - len(answer.refusals) / len(answer.draft)


METRICS: tuple[Metric[Case], ...] = (
    OfDraft("draft: citation precision", _precision),
    OfDraft("draft: citation recall", _recall),
    OfDraft("draft: vital nuggets, strict", _vital),
    OfDraft("draft: sentences let out", _let_out),
)
MEASURES: tuple[Measure, ...] = tuple(mean(metric.name, gated=False) for metric in METRICS)
