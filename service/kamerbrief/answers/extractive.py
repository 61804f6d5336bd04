"""The writer that needs no language model: it answers with sentences of the letters, word for word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kamerbrief.answers.calibration import CONFIDENCE, RANKING, THRESHOLD, Linear
from kamerbrief.answers.features import Evidence, Features, confidence_features, gather_evidence
from kamerbrief.answers.material import Material, SourceSentence
from kamerbrief.answers.question import Question
from kamerbrief.records import Draft, DraftSentence

MOST_SENTENCES = 3
MARGIN = 1.0  # of the ranking score (log odds) behind the best, within which a sentence is said as well


@dataclass(frozen=True)
class Proposal:
    """A draft, and the calibrated probability that it answers the question (0 to 1)."""

    draft: Draft
    confidence: float


class ExtractiveWriter:
    """Picks the one to three sentences that answer best, if their evidence is strong enough."""

    name = "extractive"

    def write(self, question: Question, material: Material, rarity: Mapping[str, float]) -> Proposal:
        """`rarity` holds the question's terms with their inverse document frequency (`Words.rarity`)."""
        evidence = gather_evidence(question, material, rarity)
        if not evidence.sentences:
            return Proposal(Draft(), 0.0)
        scores = apply(RANKING, evidence.ranking)
        chosen = choose(evidence, scores)
        confidence = float(1 / (1 + np.exp(-apply(CONFIDENCE, [confidence_features(evidence, chosen)])[0])))
        if confidence < THRESHOLD:
            return Proposal(Draft(), confidence)
        said = [evidence.sentences[i] for i in in_reading_order(evidence.sentences, chosen)]
        return Proposal(
            Draft(sentences=tuple(DraftSentence(text=one.text, labels=(one.label,)) for one in said)), confidence
        )


def apply(model: Linear, rows: Sequence[Features]) -> NDArray[np.float64]:
    """The model's log odds for each row of features."""
    return np.array([model.bias + sum(weight * row[name] for name, weight in model.weights.items()) for row in rows])


def choose(evidence: Evidence, scores: NDArray[np.float64]) -> list[int]:
    """The best sentence and those that come close to it, best first."""
    order = [int(i) for i in np.argsort(-scores, kind="stable")]
    return [i for i in order[:MOST_SENTENCES] if scores[order[0]] - scores[i] <= MARGIN]


def in_reading_order(sentences: Sequence[SourceSentence], chosen: Sequence[int]) -> list[int]:
    """Paragraphs in the order of their best sentence, sentences of one paragraph in the order of its text."""
    first = {sentences[i].key: place for place, i in reversed(list(enumerate(chosen)))}
    return sorted(chosen, key=lambda i: (first[sentences[i].key], sentences[i].start))
