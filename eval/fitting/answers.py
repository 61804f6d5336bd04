"""Fits the extractive writer: which paragraph and sentences answer, and whether they are to be said at all.

Fitted on the calibration set and the dev half of the golden set, each question once among all letters and once among
its own letters alone, so that the weights hold for small and large collections; a question of two parts counts as two.
Two listwise models rank the sentences, the second one knowing what the reader makes of the best paragraphs. They
learn which sentence holds the gold quote, or opens the list that does. The confidence, a logistic regression, learns
whether the best paragraph is a gold one of an answerable question; it sees scores of folds that did not fit them. There
the questions are weighted as if three of four had an answer in the letters: somebody mostly asks what the letters hold.
The figures are cross-validated over five folds.
"""

import hashlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import numpy as np

from eval.fitting.models import Array, auc, calibration_error, listwise, logistic
from eval.fitting.thresholds import Outcome, Part, curve
from eval.fitting.weights import rounded
from eval.paths import SETS
from eval.sets.cases import Case, gold_keys, gold_quotes, load, load_golden, plain
from eval.sets.corpus import documents, read_documents
from kamerbrief.answers.extractive import choose, items_of, paragraph_shares, read_closely
from kamerbrief.answers.features import Evidence, Features, confidence_features, gather_evidence, read_features
from kamerbrief.answers.question import ask_about, parts_of
from kamerbrief.answers.question_parts import aimed
from kamerbrief.answers.weights import WriterWeights, writer_weights
from kamerbrief.answers.windows import ReadWindows
from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.embedding.reader import Judgement, PairReader, TogetherReader
from kamerbrief.index.chunks import VERSION as CHUNKING
from kamerbrief.index.search import Search
from kamerbrief.library import Kamerbrief
from kamerbrief.linear import Linear
from kamerbrief.proof.sources import gather
from kamerbrief.records.letters import Filters, Key, Letter
from kamerbrief.store.store import Store

FOLDS = 5
HITS = 10
RANKING_L2 = 5.0
CONFIDENCE_L2 = 3.0
ANSWERABLE = 0.75  # the share of questions that have an answer in the letters, assumed
THRESHOLD = 0.4  # as much gold is cited as was before anything was read together, and more is refused rightly


@dataclass
class Trial:
    """A question, or a part of one, put to a collection of letters: the evidence, and which of its sentences are gold.

    The rest is filled in as the models are fitted, always by ones that did not see the question.
    """

    case: Case
    among_all: bool  # all letters, not its own alone
    keys: dict[Key, int]  # the gold paragraphs with the part that each answers
    evidence: Evidence
    exact: Array  # 1 where the sentence holds the gold quote, or opens the list that does
    gold: Array  # 1 where its paragraph is a gold one
    first: Array = field(default_factory=lambda: np.zeros(0))
    read: ReadWindows | None = None
    chosen: list[int] = field(default_factory=list)
    confidence: float = 0.0

    @property
    def fold(self) -> int:
        """By question, so that all trials of one are in the same fold."""
        return int(hashlib.sha256(self.case.id.encode()).hexdigest()[-8:], 16) % FOLDS

    @property
    def right(self) -> float:
        """Whether the best paragraph is gold, or the list that it opens."""
        key = self.evidence.sentences[self.chosen[0]].key
        best = [i for i in self.chosen if self.evidence.sentences[i].key == key]
        return float(self.case.answerable and self.gold[[*best, *items_of(self.evidence, best)]].any())


def fit_answers(data: Path) -> WriterWeights:
    """Fits the weights, printing the held-out figures. A paragraph that is not as a set says raises EvalError."""
    embedder = E5Embedder()
    with tempfile.TemporaryDirectory() as folder:
        trials = list(all_trials(data, Path(folder), embedder))
    ranking, reranking, confidence = (rounded(model) for model in fit(trials, _Remembering(PairReader(embedder))))
    report(trials)
    return WriterWeights(
        version=writer_weights().version + 1,
        command="python -m eval fit answers --write",
        date=datetime.now(UTC).date(),
        fitted_on=f"{len({trial.case.id for trial in trials})} questions of calibration and of the dev half of golden",
        ranking=ranking,
        reranking=reranking,
        confidence=confidence,
        threshold=THRESHOLD,
    )


def all_trials(data: Path, folder: Path, embedder: E5Embedder) -> Iterator[Trial]:
    letters = read_documents(data)
    with Kamerbrief(folder) as kb:
        for outcome in kb.add_all(documents(data)):
            if isinstance(outcome, Exception):
                raise outcome
    with Store(folder, embedder.name, CHUNKING) as opened, opened.reading() as store:
        search = Search()
        for case in calibration_cases(letters):
            asked = ask_about(case.question)
            own = tuple(letters[name].id for name in case.letters) or ("kst-27925-504",)
            parts = parts_of(asked)
            texts = dict.fromkeys([asked.text, *(part.text for part in parts)])
            vectors = aimed(embedder.questions(list(texts)))
            for filters in (Filters(), Filters(letters=own)):
                for number, (part, vector) in enumerate(zip(parts, vectors, strict=True), 1):
                    found = search.find(store, part.text, vector, filters, HITS)
                    sources = gather(found, store.catalog.passages([one.stored for one in found]))
                    evidence = gather_evidence(part, sources, store.words.rarity(part.text))
                    yield _trial(case, filters == Filters(), number, len(parts), evidence, letters)


def calibration_cases(letters: Mapping[str, Letter]) -> list[Case]:
    """What may be looked at when fitting: the calibration set and the dev half of the golden one."""
    return [*load(SETS / "calibration.jsonl", Case).askable(letters), *load_golden().askable(letters, "dev")]


def _trial(
    case: Case, among_all: bool, part: int, parts: int, evidence: Evidence, letters: Mapping[str, Letter]
) -> Trial:
    keys, quotes = gold_keys(case, letters), [plain(quote) for quote in gold_quotes(case, letters)]
    parted = parts > 1 and set(keys.values()) == set(range(1, parts + 1))
    gold = {key for key, of_part in keys.items() if not parted or of_part == part}
    here = [one.key in gold for one in evidence.sentences]
    exact = [
        at_gold and any(quote in plain(one.text) or plain(one.text) in quote for quote in quotes)
        for one, at_gold in zip(evidence.sentences, here, strict=True)
    ]
    opens = [any(exact[item] for item in items_of(evidence, [place])) for place in range(len(exact))]
    right = [float(one or opening) for one, opening in zip(exact, opens, strict=True)]
    return Trial(case, among_all, keys, evidence, np.array(right), np.array(here, float))


class _Remembering:
    """Reads each question with each passages once."""

    def __init__(self, reader: TogetherReader) -> None:
        self.hash = reader.hash
        self._read = cache(reader.read)

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[Judgement]:
        return self._read(question, tuple(passages))


def fit(trials: Sequence[Trial], reader: TogetherReader) -> tuple[Linear, Linear, Linear]:
    """The models; and in the trials, what models that did not see their question make of them."""
    ranking, first = held_out_ranking([trial.evidence.ranking for trial in trials], trials, None)
    for trial, scores in zip(trials, first, strict=True):
        trial.first, trial.read = scores, read_closely(trial.evidence, scores, reader)
    read = [(trial.evidence, trial.read) for trial in trials if trial.read]
    features = [read_features(*one) for one in read]
    reranking, second = held_out_ranking(features, trials, [one.places for _, one in read])
    rows = [choose_for(trial, scores) for trial, scores in zip(trials, second, strict=True)]
    return ranking, reranking, held_out_confidence(rows, trials)


def held_out_ranking(
    groups: Sequence[Sequence[Features]], trials: Sequence[Trial], places: Sequence[Sequence[int]] | None
) -> tuple[Linear, list[Array]]:
    """A ranking model, and each group's scores by one that did not see its question; `places` of the sentences."""
    targets = [t.exact if places is None else t.exact[list(places[i])] for i, t in enumerate(trials)]

    def fitted(left_out: int) -> Linear:
        kept = [i for i, trial in enumerate(trials) if trial.fold != left_out and targets[i].any()]
        return listwise([groups[i] for i in kept], [targets[i] for i in kept], RANKING_L2)

    models = [fitted(fold) for fold in range(FOLDS)]
    return fitted(FOLDS), [models[t.fold].log_odds(group) for t, group in zip(trials, groups, strict=True)]


def choose_for(trial: Trial, second: Array) -> Features:
    """Chooses what the trial would say; gives what its confidence is told from."""
    assert trial.read
    shares = paragraph_shares(trial.read, second)
    places = zip(trial.read.places, second.tolist(), strict=True)
    trial.chosen = choose(trial.evidence, trial.first, dict(places), shares)
    return confidence_features(trial.evidence, trial.read, shares, trial.chosen[0])


def held_out_confidence(rows: Sequence[Features], trials: Sequence[Trial]) -> Linear:
    """The confidence model; sets each trial's confidence by one that did not see it."""
    right = np.array([trial.right for trial in trials])
    folds = np.array([trial.fold for trial in trials])
    answerable = np.array([trial.case.answerable for trial in trials])
    weights = np.where(answerable, ANSWERABLE / answerable.mean(), (1 - ANSWERABLE) / (1 - answerable.mean()))

    def fitted(left_out: int) -> Linear:
        kept = folds != left_out
        some = [row for row, one in zip(rows, kept, strict=True) if one]
        return logistic(some, right[kept], CONFIDENCE_L2, weights[kept])

    models = [fitted(fold) for fold in range(FOLDS)]
    for trial, row in zip(trials, rows, strict=True):
        trial.confidence = float(1 / (1 + np.exp(-models[trial.fold].log_odds([row])[0])))
    return fitted(FOLDS)


def report(trials: Sequence[Trial]) -> None:
    """Held-out figures: how well the answerable are told from the others, and what is said at which threshold."""
    confidence = np.array([trial.confidence for trial in trials])
    kinds = np.array([trial.case.unanswerable_kind or "answerable" for trial in trials])
    right = np.array([trial.right for trial in trials])
    print(f"{len(trials)} trials; area under the curve (AUC) of answerable against …")
    for kind in ("far", "near", "premise"):
        print(f"  {kind:8} {auc(confidence[kinds == 'answerable'], confidence[kinds == kind]):.3f}")
    print(f"  right against not right {auc(confidence[right == 1], confidence[right == 0]):.3f}")
    print(f"expected calibration error {calibration_error(confidence, right):.3f}")
    golden = {case.id for case in load_golden().cases}
    for name, some in (
        ("among all letters", [t for t in trials if t.among_all]),
        ("golden/dev among them", [t for t in trials if t.among_all and t.case.id in golden]),
        ("among their own letters", [t for t in trials if not t.among_all]),
    ):
        print(f"\n{name}\n{curve(outcomes(some))}")


def outcomes(trials: Sequence[Trial]) -> list[Outcome]:
    """The trials' parts brought together by question."""
    parts: dict[str, list[Trial]] = {}
    for trial in trials:
        parts.setdefault(trial.case.id, []).append(trial)
    return [Outcome(of_one[0].case, of_one[0].keys, tuple(map(_part, of_one))) for of_one in parts.values()]


def _part(trial: Trial) -> Part:
    said = [trial.evidence.sentences[i] for i in trial.chosen]
    return Part(tuple(one.text for one in said), tuple(one.key for one in said), trial.confidence)
