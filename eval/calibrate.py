"""Fits the extractive writer: which sentences answer, and whether they are to be said at all.

    python -m eval.calibrate [--data ../shared/data] [--write]

Two logistic regressions (L2, Newton's method), fitted on the calibration set and the dev half of the golden set, each
question once among all letters and once among its own letters alone, so that the weights hold for small and large
collections. The ranking learns which source sentence holds the gold quote. The confidence learns whether the chosen
sentences cite a gold paragraph of an answerable question; it sees ranking scores of folds that did not fit them. The
questions are weighted as if three of four had an answer in the letters, so that a confidence above one half means: more
likely right than wrong, for somebody who mostly asks what the letters hold. Prints the figures, cross-validated over
five folds, and the values of service/kamerbrief/answers/calibration.py; with --write, writes them there.
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.cases import DATA, SETS, Case, askable, documents, gold_paragraphs, load, plain, read_documents
from kamerbrief.answers import calibration
from kamerbrief.answers.calibration import Linear
from kamerbrief.answers.extractive import apply, choose
from kamerbrief.answers.features import Evidence, Features, confidence_features, gather_evidence
from kamerbrief.answers.material import gather
from kamerbrief.answers.question import ask_about
from kamerbrief.index.e5 import E5Embedder
from kamerbrief.index.search import Search
from kamerbrief.index.store import Store
from kamerbrief.library import Kamerbrief
from kamerbrief.records import Filters

FOLDS = 5
HITS = 10
RANKING_L2 = 5.0
CONFIDENCE_L2 = 3.0
ANSWERABLE = 0.75  # the share of questions that have an answer in the letters, assumed
THRESHOLD = 0.5
SHOWN = (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Trial:
    """A question put to a collection of letters: the evidence, and which of its sentences are gold."""

    case: Case
    evidence: Evidence
    exact: Array  # 1 where the sentence holds the gold quote
    gold: Array  # 1 where its paragraph is a gold one


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--write", action="store_true", help="write the values into the service")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        trials = list(all_trials(options.data, Path(folder)))
    ranking, held_out = fit_ranking(trials)
    confidence, probabilities, right = fit_confidence(trials, held_out)
    report(trials, probabilities, right)
    text = module(ranking, confidence, THRESHOLD)
    print(text)
    if options.write:
        Path(calibration.__file__).write_text(text)


def all_trials(data: Path, folder: Path) -> Iterator[Trial]:
    letters = read_documents(data)
    with Kamerbrief(folder) as kb:
        for outcome in kb.add_all(documents(data)):
            if isinstance(outcome, Exception):
                raise outcome
    embedder = E5Embedder()
    with Store(folder, embedder.name) as store:
        search = Search(store)
        for case in askable(calibration_cases(), letters):
            question = ask_about(case.question)
            vector = embedder.questions([question.text])[0]
            gold = gold_paragraphs(case, letters)
            own = tuple(letters[name].id for name in case.letters) or ("kst-27925-504",)
            for filters in (Filters(), Filters(letters=own)):
                found = search.find(question.text, vector, filters, HITS)
                material = gather(found, store.catalog.passages([one.stored for one in found]))
                evidence = gather_evidence(question, material, store.words.rarity(question.text))
                yield _trial(case, evidence, gold)


def calibration_cases() -> list[Case]:
    """What may be looked at when fitting: the calibration set and the dev half of the golden one."""
    golden = [case for case in load(SETS / "golden.jsonl") if case.split == "dev"]
    return [*load(SETS / "calibration.jsonl"), *golden]


def _trial(case: Case, evidence: Evidence, gold: set[tuple[str, int]]) -> Trial:
    quotes = [plain(one.quote) for one in case.gold]
    here = [one.key in gold for one in evidence.sentences]
    exact = [
        at_gold and any(quote in plain(one.text) or plain(one.text) in quote for quote in quotes)
        for one, at_gold in zip(evidence.sentences, here, strict=True)
    ]
    return Trial(case, evidence, np.array(exact, float), np.array(here, float))


def fit_ranking(trials: Sequence[Trial]) -> tuple[Linear, list[Array]]:
    """The ranking model, and each trial's scores by a model that did not see its question."""
    answerable = [trial for trial in trials if trial.case.answerable]

    def fit(some: Sequence[Trial]) -> Linear:
        rows = [row for trial in some for row in trial.evidence.ranking]
        return logistic(rows, np.concatenate([trial.exact for trial in some]), RANKING_L2)

    held_out: list[Array] = [np.array([])] * len(trials)
    for fold in range(FOLDS):
        model = fit([trial for trial in answerable if _fold(trial) != fold])
        for place, trial in enumerate(trials):
            if _fold(trial) == fold:
                held_out[place] = apply(model, trial.evidence.ranking)
    return fit(answerable), held_out


def fit_confidence(trials: Sequence[Trial], scores: Sequence[Array]) -> tuple[Linear, Array, Array]:
    """The confidence model; each trial's probability by a model that did not see it; whether its answer was right."""
    chosen = [choose(trial.evidence, score) for trial, score in zip(trials, scores, strict=True)]
    rows = [confidence_features(t.evidence, c) for t, c in zip(trials, chosen, strict=True)]
    right = np.array([t.case.answerable and bool(t.gold[c].max()) for t, c in zip(trials, chosen, strict=True)], float)
    folds = np.array([_fold(trial) for trial in trials])
    answerable = np.array([trial.case.answerable for trial in trials])
    weights = np.where(answerable, ANSWERABLE / answerable.mean(), (1 - ANSWERABLE) / (1 - answerable.mean()))
    probabilities = np.zeros(len(trials))
    for fold in range(FOLDS):
        kept = [row for row, f in zip(rows, folds, strict=True) if f != fold]
        model = logistic(kept, right[folds != fold], CONFIDENCE_L2, weights[folds != fold])
        held = [row for row, f in zip(rows, folds, strict=True) if f == fold]
        probabilities[folds == fold] = 1 / (1 + np.exp(-apply(model, held)))
    return logistic(rows, right, CONFIDENCE_L2, weights), probabilities, right


def logistic(rows: Sequence[Features], target: Array, l2: float, weights: Array | None = None) -> Linear:
    """Logistic regression with an L2 penalty on the standardised weights; the bias is free. `weights` are the rows'."""
    names = sorted(rows[0])
    raw = np.array([[row[name] for name in names] for row in rows])
    mean, spread = raw.mean(axis=0), raw.std(axis=0) + 1e-9
    x = np.column_stack([(raw - mean) / spread, np.ones(len(raw))])
    counts = np.ones(len(raw)) if weights is None else weights
    penalty = np.diag([l2] * len(names) + [1e-6])
    found = np.zeros(x.shape[1])
    for _ in range(100):
        p = 1 / (1 + np.exp(-x @ found))
        curve = (x * (counts * p * (1 - p))[:, None]).T @ x + penalty
        step = np.linalg.solve(curve, x.T @ (counts * (p - target)) + penalty @ found)
        found -= step
        if np.abs(step).max() < 1e-8:
            break
    scaled = found[:-1] / spread
    return Linear(float(found[-1] - scaled @ mean), dict(zip(names, scaled.tolist(), strict=True)))


def report(trials: Sequence[Trial], probabilities: Array, right: Array) -> None:
    """Held-out figures: who is answered at which threshold, and how well the two are told apart."""
    kinds = np.array([trial.case.unanswerable_kind or "answerable" for trial in trials])
    answerable = kinds == "answerable"
    print(f"{len(trials)} trials; area under the curve (AUC) of answerable against …")
    for kind in ("far", "near", "premise"):
        print(f"  {kind:8} {auc(probabilities[answerable], probabilities[kinds == kind]):.3f}")
    print(f"  all      {auc(probabilities[answerable], probabilities[~answerable]):.3f}")
    print(f"  right against not right {auc(probabilities[right == 1], probabilities[right == 0]):.3f}")
    print("threshold  answered: right  answerable  far  near  premise")
    for threshold in SHOWN:
        said = probabilities >= threshold
        shares = [float(said[kinds == kind].mean()) for kind in ("answerable", "far", "near", "premise")]
        print(f"  {threshold:.2f}     {right[said].mean():14.2f}" + "".join(f"{share:9.2f}" for share in shares))


def auc(good: Array, bad: Array) -> float:
    """The probability that a good one has the higher score; a tie counts half (Mann–Whitney)."""
    return float((good[:, None] > bad).mean() + 0.5 * (good[:, None] == bad).mean())


def module(ranking: Linear, confidence: Linear, threshold: float) -> str:
    """The source of calibration.py with these values."""
    source = Path(calibration.__file__).read_text()
    head = source[: source.index("RANKING = ")]
    return f"{head}RANKING = {_source(ranking)}\nCONFIDENCE = {_source(confidence)}\nTHRESHOLD = {threshold}\n"


def _source(model: Linear) -> str:
    weights = "".join(f'        "{name}": {weight:.4g},\n' for name, weight in model.weights.items())
    return f"Linear(\n    bias={model.bias:.4g},\n    weights={{\n{weights}    }},\n)"


def _fold(trial: Trial) -> int:
    """By question, so that both trials of one are in the same fold."""
    return sum(trial.case.id.encode()) % FOLDS


if __name__ == "__main__":
    main()
