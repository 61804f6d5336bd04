"""Conversations: is each turn answered as if it had been asked alone, is talk left without quotes.

What is lost because of the conversation is told apart from what is not found alone either: every turn is put twice,
after the turns before it (with the answers that these were given) and in full on its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from eval.metrics.base import Asked, Measure, Metric, mean
from eval.metrics.citations import QuotesVerbatim
from eval.sets.cases import gold_keys
from eval.sets.questions import Exchange, TurnKind
from kamerbrief.records.answers import Answer
from kamerbrief.records.letters import Key, Letter

ALONE = ", asked alone"
KINDS = tuple(kind for kind in get_args(TurnKind) if kind != "talk")


def cites(answer: Answer, case: Exchange, letters: Mapping[str, Letter]) -> bool:
    """Whether an answer cites a gold paragraph."""
    gold = gold_keys(case, letters)
    return any(one.key in gold for sentence in answer.sentences for one in sentence.citations)


@dataclass(frozen=True)
class GoldCited:
    """Whether a turn of one kind that has an answer gets one with a gold paragraph: in the talk, or asked `alone`."""

    kind: str
    alone: bool = False

    @property
    def name(self) -> str:
        return f"{self.kind}: gold cited{ALONE if self.alone else ''}"

    def __call__(self, asked: Asked[Exchange]) -> float | None:
        answer = asked.outcome.answer_alone if self.alone else asked.outcome.answer
        if answer is None or not asked.case.gold or asked.case.turn != self.kind:
            return None
        return float(cites(answer, asked.case, asked.letters))


@dataclass(frozen=True)
class GoldQuoted:
    """Whether words that prove the answer are quoted, not others of the same paragraph; of every kind of turn."""

    name: str = "gold words quoted"

    def __call__(self, asked: Asked[Exchange]) -> float | None:
        answer = asked.outcome.answer
        if answer is None or not asked.case.gold:
            return None
        cited = [one for sentence in answer.sentences for one in sentence.citations]
        return float(
            any(
                one.key == Key(asked.letters[gold.letter].id, gold.paragraph, gold.footnote)
                and one.start < gold.end
                and gold.start < one.end
                for gold in asked.case.gold
                for one in cited
            )
        )


@dataclass(frozen=True)
class Lost:
    """Whether a turn that is answered with a gold paragraph when asked alone is not so in the talk."""

    name: str = "answered alone, lost in the talk"

    def __call__(self, asked: Asked[Exchange]) -> float | None:
        answer, alone = asked.outcome.answer, asked.outcome.answer_alone
        if answer is None or alone is None or not asked.case.gold or not cites(alone, asked.case, asked.letters):
            return None
        return float(not cites(answer, asked.case, asked.letters))


@dataclass(frozen=True)
class Beside:
    """Whether a turn that has an answer gets another one: sentences, none with a gold paragraph."""

    name: str = "answered beside the gold"

    def __call__(self, asked: Asked[Exchange]) -> float | None:
        answer = asked.outcome.answer
        if answer is None or not asked.case.gold:
            return None
        return float(bool(answer.sentences) and not cites(answer, asked.case, asked.letters))


@dataclass(frozen=True)
class Silent:
    """Whether what must get no sentence gets none: talk, or a question that no letter answers."""

    talk: bool

    @property
    def name(self) -> str:
        return "talk without quotes" if self.talk else "no answer there: refused"

    def __call__(self, asked: Asked[Exchange]) -> float | None:
        answer, case = asked.outcome.answer, asked.case
        if answer is None or case.gold or (case.turn == "talk") != self.talk:
            return None
        return float(not answer.sentences)


METRICS: tuple[Metric[Exchange], ...] = (
    *(GoldCited(kind) for kind in KINDS),
    *(GoldCited(kind, alone=True) for kind in KINDS if kind != "opening"),
    GoldQuoted(),
    Lost(),
    Beside(),
    Silent(talk=True),
    Silent(talk=False),
    QuotesVerbatim(),
)
MEASURES: tuple[Measure, ...] = (
    *(mean(metric.name) for metric in METRICS[:-5]),
    mean("answered alone, lost in the talk", up=False),
    mean("answered beside the gold", up=False),
    mean("talk without quotes", exact=True),
    mean("no answer there: refused"),
    mean("quotes letter for letter", exact=True),
)
