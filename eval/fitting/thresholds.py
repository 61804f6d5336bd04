"""What the writer would say at which threshold, and how good that is: the held-out curve that calibrate prints."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from eval.sets.cases import Case
from kamerbrief.records.letters import Key

HEADS = ("threshold", "answered", "gold", "gold, answered", "vital", "precision", "sentences", "F1")
KINDS = ("far", "near", "premise")
THRESHOLDS = (0.0, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65)


@dataclass(frozen=True)
class Part:
    """What would be said to a part of a question: sentences, the paragraph or note of each, and the confidence."""

    sentences: tuple[str, ...]
    paragraphs: tuple[Key, ...]
    confidence: float


@dataclass(frozen=True)
class Outcome:
    """A question, its gold paragraphs with the part that each answers, and what would be said to its parts."""

    case: Case
    gold: dict[Key, int]
    parts: tuple[Part, ...]

    def said(self, threshold: float) -> tuple[list[str], list[Key]]:
        """The sentences and their paragraphs, of the parts that are confident enough; a sentence once."""
        passed = [
            pair
            for part in self.parts
            if part.confidence >= threshold
            for pair in zip(part.sentences, part.paragraphs, strict=True)
        ]
        once = list(dict.fromkeys(passed))
        return [text for text, _ in once], [key for _, key in once]


def curve(outcomes: Sequence[Outcome]) -> str:
    """A Markdown table, a threshold a line.

    `gold`: a gold paragraph is cited, of all answerable questions and of the answered; `vital`: share of vital nuggets
    said, of all answerable; `precision`: share of the citations that are gold, of the answered; `F1`: of refusing.
    """
    heads = [*HEADS, *KINDS]
    rows = [heads, ["---"] * len(heads), *([f"{t:.2f}", *_line(outcomes, t)] for t in THRESHOLDS)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _line(outcomes: Sequence[Outcome], threshold: float) -> list[str]:
    said = [outcome.said(threshold) for outcome in outcomes]
    good = [(o, *s) for o, s in zip(outcomes, said, strict=True) if o.case.answerable]
    answered = [one for one in good if one[1]]
    cited = [any(key in o.gold for key in keys) for o, _, keys in good]
    vital = [fmean(n.within(" ".join(texts)) for n in o.case.nuggets if n.vital) for o, texts, _ in good]
    refused = [o.case.answerable for o, (texts, _) in zip(outcomes, said, strict=True) if not texts]
    rightly = refused.count(False)
    bad = sum(not outcome.case.answerable for outcome in outcomes)
    f1 = 2 * rightly / (len(refused) + bad)
    values = [
        len(answered) / len(good),
        fmean(cited),
        sum(cited) / len(answered),
        fmean(vital),
        fmean(fmean(key in o.gold for key in keys) for o, _, keys in answered),
        fmean(len(texts) for _, texts, _ in answered),
        f1,
    ]
    for kind in KINDS:
        values.append(
            fmean(bool(s[0]) for o, s in zip(outcomes, said, strict=True) if o.case.unanswerable_kind == kind)
        )
    return [f"{value:.3f}" for value in values]
