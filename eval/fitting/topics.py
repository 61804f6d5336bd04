"""Fits what tells that a question is off topic, so that nothing is said of it however near a sentence comes.

Fitted on the questions of calibration and golden/dev that the shipped weights answer rightly, against far-off ones:
those of `far.jsonl`, of the same sets and of far-off/dev. Each is put to all letters, and to few: a right one to its
own letters, a far-off one to three by chance. The threshold is where one in a hundred of the right answers would be
lost. The figures are cross-validated over five folds by question.
"""

import hashlib
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from eval.fitting.answers import FOLDS, HITS, calibration_cases
from eval.fitting.models import Array, auc, logistic
from eval.fitting.weights import rounded
from eval.paths import SETS
from eval.sets.cases import Case, gold_keys, load
from eval.sets.corpus import documents, read_documents
from eval.sets.questions import OffTopic
from kamerbrief.answers.extractive import ExtractiveWriter, probability
from kamerbrief.answers.features import Features
from kamerbrief.answers.question import ask_about
from kamerbrief.answers.question_parts import aim, search
from kamerbrief.answers.weights import TopicWeights, topic_weights, writer_weights
from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.embedding.reader import PairReader
from kamerbrief.index.chunks import VERSION as CHUNKING
from kamerbrief.index.search import Search
from kamerbrief.library import Kamerbrief
from kamerbrief.linear import Linear
from kamerbrief.records.letters import Filters, Key
from kamerbrief.store.generation import Generation
from kamerbrief.store.store import Store

FAR = Path(__file__).parent / "far.jsonl"
FEW = 3  # letters that a far-off question is put to, one by one
LOST = 0.01  # of the right answers
L2 = 1.0


@dataclass(frozen=True)
class Asked:
    """A part of a question, put to letters: whether it is `far`, and `said`, as its confidence has it."""

    question: str
    far: bool
    said: bool
    features: Features

    @property
    def fold(self) -> int:
        return int(hashlib.sha256(self.question.encode()).hexdigest()[-8:], 16) % FOLDS


class Reader:
    """Looks for answers in a store with the shipped weights."""

    def __init__(self, store: Generation, embedder: E5Embedder) -> None:
        self._store, self._embedder, self._reader = store, embedder, PairReader(embedder)

    def asked(self, question: str, filters: Filters, gold: dict[Key, int] | None = None) -> Iterator[Asked]:
        """Its parts; of one that has an answer, those whose best paragraph is gold and said."""
        aims = aim(ask_about(question), self._embedder)
        searched = search(self._store, aims, Search(), filters, HITS)
        fitted = writer_weights()
        writer = ExtractiveWriter(self._reader, fitted.threshold)
        for part, sources in zip(searched.parts, searched.of_parts, strict=True):
            looked = writer.look(part, sources, self._store.words.rarity(part.text))
            if looked is None:
                continue
            said = probability(fitted.confidence, looked.confidence) >= fitted.threshold
            right = said and looked.evidence.sentences[looked.chosen[0]].key in (gold or ())
            if gold is None or right:
                yield Asked(question, gold is None, said, looked.topic)


def fit_topics(data: Path) -> TopicWeights:
    """Fits the weights, printing the held-out figures. A paragraph that is not as a set says raises EvalError."""
    embedder = E5Embedder()
    with tempfile.TemporaryDirectory() as folder:
        with Kamerbrief(folder) as kb:
            for outcome in kb.add_all(documents(data)):
                if isinstance(outcome, Exception):
                    raise outcome
        with Store(Path(folder), embedder.name, CHUNKING) as opened, opened.reading() as store:
            asked = list(_all_asked(data, Reader(store, embedder)))
    scores = _held_out(asked)
    far = np.array([one.far for one in asked])
    threshold = float(np.quantile(scores[~far], LOST))
    let_by = sum(one.far and one.said and score >= threshold for one, score in zip(asked, scores, strict=True))
    print(
        f"{int((~far).sum())} right, {int(far.sum())} far off, of which {sum(a.far and a.said for a in asked)} are said"
    )
    print(f"AUC {auc(scores[~far], scores[far]):.4f}; with {LOST:.0%} of the right lost, {let_by} far off are said")
    model = rounded(_fitted(asked, far))
    return TopicWeights(
        version=topic_weights().version + 1,
        command="python -m eval fit topics --write",
        date=datetime.now(UTC).date(),
        fitted_on="right answers of calibration and golden/dev, far-off questions of far.jsonl and of dev halves",
        topic=model,
        threshold=round(float(1 / (1 + np.exp(-threshold))), 2),
    )


def _all_asked(data: Path, reader: Reader) -> Iterator[Asked]:
    letters = read_documents(data)
    for case in calibration_cases(letters):
        if case.answerable:
            gold = gold_keys(case, letters)
            own = Filters(letters=tuple(letters[name].id for name in case.letters))
            for filters in (Filters(), own):
                yield from reader.asked(case.question, filters, gold)
    ids = sorted(letter.id for letter in letters.values())
    for question in far_questions(calibration_cases(letters)):
        some = random.Random(question).sample(ids, FEW)
        for filters in (Filters(), *(Filters(letters=(one,)) for one in some)):
            yield from reader.asked(question, filters)


def far_questions(cases: Sequence[Case]) -> list[str]:
    """What is far off topic and may be looked at."""
    own = [json.loads(line)["question"] for line in FAR.read_text("utf-8").splitlines()]
    in_set = [one.question for one in load(SETS / "far-off.jsonl", OffTopic).cases if one.split == "dev"]
    return list(dict.fromkeys([*own, *in_set, *(one.question for one in cases if one.unanswerable_kind == "far")]))


def _fitted(asked: Sequence[Asked], far: Array, left_out: int = FOLDS) -> Linear:
    kept = [i for i, one in enumerate(asked) if one.fold != left_out]
    weights = np.where(far, 1 / far.mean(), 1 / (1 - far.mean()))
    return logistic([asked[i].features for i in kept], 1.0 - far[kept], L2, weights[kept])


def _held_out(asked: Sequence[Asked]) -> Array:
    far = np.array([one.far for one in asked])
    models = [_fitted(asked, far, fold) for fold in range(FOLDS)]
    return np.array([models[one.fold].log_odds([one.features])[0] for one in asked])
