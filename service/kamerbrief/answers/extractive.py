"""The writer that needs no language model: it answers with sentences of the letters, word for word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kamerbrief.answers.evidence import focus_of
from kamerbrief.answers.features import (
    Evidence,
    Features,
    confidence_features,
    gather_evidence,
    read_features,
    topic_features,
)
from kamerbrief.answers.positions import with_positions
from kamerbrief.answers.question import Question
from kamerbrief.answers.weights import topic_weights, writer_weights
from kamerbrief.answers.windows import ReadWindows, windows_of
from kamerbrief.embedding.reader import TogetherReader
from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.linear import Linear
from kamerbrief.proof.sources import Sources, SourceSentence
from kamerbrief.records.answers import Draft, DraftSentence
from kamerbrief.records.letters import Key, Paragraph

Array = NDArray[np.float64]

# How much is said, chosen on the calibration questions: see docs/answers.md.
SENTENCES = 3  # of the best paragraph
BESIDE = 2  # of a second one
MARGIN = 2.5  # log odds behind the best sentence of a paragraph, within which another of it is said as well
PARAGRAPHS = 2
CLOSE = 0.4  # the share of the best paragraph's probability from which on a second one is said as well
ITEMS = 8  # of a list that a sentence opens


@dataclass(frozen=True)
class Proposal:
    """A draft, and the calibrated probability that it answers the question (0 to 1). `shares` are the probabilities of
    the paragraphs that were looked at closely, best first: that they hold the answer if one does. `parts` are those
    that it was put together from, one for each part of the question."""

    draft: Draft
    confidence: float
    shares: Mapping[Key, float] = field(default_factory=dict)
    parts: tuple["Proposal", ...] = ()


@dataclass(frozen=True)
class Look:
    """The evidence, the places of what would be said of it, best first, and the probabilities of the paragraphs; and
    what tells whether that answers, and whether it is on the topic at all."""

    evidence: Evidence
    chosen: list[int]
    shares: Mapping[Key, float]
    confidence: Features
    topic: Features


class ExtractiveWriter:
    """Finds the paragraph that answers best and says its best sentences, if the evidence is strong enough.

    `reader` reads the question together with passages. Nothing is said that is less probably right than the
    `threshold`. Where the question names (`named`) the letter that it is put to, that is what it is about.
    """

    name = "extractive"

    def __init__(self, reader: TogetherReader, threshold: float, *, named: bool = False) -> None:
        self._reader = reader
        self._threshold = threshold
        self._named = named

    def write(self, question: Question, sources: Sources, rarity: Mapping[str, float]) -> Proposal:
        """`rarity` holds the question's terms with their inverse document frequency (`Words.rarity`)."""
        looked = self.look(question, sources, rarity)
        if looked is None:
            return Proposal(Draft(), 0.0)
        fitted, of_topic = writer_weights(), topic_weights()
        confidence = probability(fitted.confidence, looked.confidence)
        on_topic = probability(of_topic.topic, looked.topic)
        sure = confidence >= self._threshold
        if on_topic < of_topic.threshold and not self._named:
            return Proposal(Draft(), min(confidence, on_topic) if sure else confidence)
        if not sure:
            return Proposal(Draft(), confidence, looked.shares)
        evidence = looked.evidence
        said = [(one.lead, evidence.sentences[one.place]) for one in with_positions(evidence, looked.chosen)]
        sentences = tuple(_draft(question, lead, one) for lead, one in said)
        return Proposal(Draft(sentences=sentences), confidence, looked.shares)

    def look(self, question: Question, sources: Sources, rarity: Mapping[str, float]) -> Look | None:
        """What would be said, and by what it is told whether it is; None where there is nothing to be said."""
        evidence = gather_evidence(question, sources, rarity)
        if not evidence.sentences:
            return None
        fitted = writer_weights()
        first = fitted.ranking.log_odds(evidence.ranking)
        read = read_closely(evidence, first, self._reader)
        second = fitted.reranking.log_odds(read_features(evidence, read))
        shares = paragraph_shares(read, second)
        chosen = choose(evidence, first, dict(zip(read.places, second.tolist(), strict=True)), shares)
        confidence = confidence_features(evidence, read, shares, chosen[0])
        return Look(evidence, chosen, shares, confidence, topic_features(evidence, confidence))


def read_closely(evidence: Evidence, scores: Array, reader: TogetherReader) -> ReadWindows:
    """Reads windows of the paragraphs that are best by the scores of all sentences."""
    windows = windows_of(evidence.sentences, evidence.paragraphs, scores)
    return ReadWindows(windows, reader.read(evidence.question.text, [(one.context, one.text) for one in windows]))


def _draft(question: Question, lead: str, one: SourceSentence) -> DraftSentence:
    words = focus_of(question.kind, one.text, lexicon_of(one.passage.head.language), question.text)
    focus = words and (len(lead) + words[0], len(lead) + words[1])
    return DraftSentence(text=lead + one.text, labels=(one.label,), focus=focus)


def probability(model: Linear, features: Features) -> float:
    """What a fitted model makes of features, 0 to 1."""
    return float(1 / (1 + np.exp(-model.log_odds([features])[0])))


def paragraph_shares(read: ReadWindows, scores: Array) -> dict[Key, float]:
    """The probability of each paragraph that was read, best first: that of its sentences together."""
    chances = np.exp(scores - scores.max())
    chances /= chances.sum()
    shares = {key: float(chances[rows].sum()) for key, rows in read.rows.items()}
    return dict(sorted(shares.items(), key=lambda share: -share[1]))


def choose(evidence: Evidence, first: Array, second: Mapping[int, float], shares: Mapping[Key, float]) -> list[int]:
    """The sentences to say, the best one of the best paragraph first.

    In a paragraph those that were read with the question come first, by that (`second`), the others by the `first`
    ranking. `shares` are the paragraphs' probabilities, best first.
    """
    chosen: list[int] = []
    most = next(iter(shares.values()))
    for place, (key, share) in enumerate(shares.items()):
        if place == PARAGRAPHS or share < CLOSE * most:
            break
        order = sorted(evidence.paragraphs[key], key=lambda i: (i not in second, -second.get(i, float(first[i]))))
        behind = [second[order[0]] - second[i] if i in second else first[order[0]] - first[i] for i in order]
        near = [i for i, by in zip(order, behind, strict=True) if by <= MARGIN]
        chosen += near[: BESIDE if place else SENTENCES]
    return chosen + items_of(evidence, chosen)


def items_of(evidence: Evidence, chosen: Sequence[int]) -> list[int]:
    """The items of a list that a chosen sentence opens ("vier tussendoelen:"), as far as the sources hold them."""
    found: list[int] = []
    for i in chosen:
        unit = evidence.sentences[i].passage.unit
        if not isinstance(unit, Paragraph) or not evidence.sentences[i].text.endswith(":"):
            continue
        letter, number = evidence.sentences[i].key.letter, unit.number
        while (here := evidence.paragraphs.get(Key(letter, number := number + 1))) and len(found) < ITEMS:
            item = evidence.sentences[here[0]].passage.unit
            if not isinstance(item, Paragraph) or item.kind == "text":
                break
            found.append(here[0])
    return [i for i in found if i not in chosen]
