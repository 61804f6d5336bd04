"""Fits the weights by which a briefing chooses its lines, and tells how well they tell sentences that they did not see.

The sentences of `statements.jsonl` were labelled by hand, in letters of the dev half of the set briefings, in answers
to members that are not in its test half, and in old letters of the sgd pages. Each is judged by weights that were
fitted without its letter; of the one long letter, without the fifth of it around the sentence.
"""

import gzip
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, precision_recall_curve

from eval.checked import Checked, EvalError
from eval.fitting.models import Array, logistic_weights
from eval.sets.corpus import read_documents
from kamerbrief.briefings.choose.worth import LABELS, VECTOR_SHARE, WorthWeights, features, worth_weights
from kamerbrief.briefings.find.statements import Statement, statements
from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.embedding.passages import PassageText
from kamerbrief.index.chunks import chunk, sentence_positions
from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Letter
from kamerbrief.store.stored import EmbeddedChunk, StoredChunk

SENTENCES = Path(__file__).parent / "statements.jsonl"
L2 = 30.0
FOLDS = 5
LONG = 200  # statements: beyond that a letter is a fold by parts
OLD = "sgd-letter-"


class Labelled(Checked):
    """A statement of a letter by its number, and what it is."""

    letter: str
    number: int
    labels: tuple[str, ...]


def fit_briefings(data: Path) -> WorthWeights:
    """Fits the weights, printing the held-out figures. Raises EvalError when a letter is read otherwise than it was."""
    labelled = [Labelled.model_validate_json(line) for line in SENTENCES.read_text().splitlines()]
    x, folds = _rows(labelled, data)
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
    spread[-384:] /= VECTOR_SHARE
    x = (x - mean) / spread
    weights, bias = [], []
    print("| label | sentences | average precision | best F1 | precision, recall there |\n|---|---|---|---|---|")
    for label in LABELS:
        target = np.array([label in one.labels for one in labelled], float)
        scores = np.zeros(len(target))
        for held in range(FOLDS):
            w, b = logistic_weights(x[folds != held], target[folds != held], L2)
            scores[folds == held] = x[folds == held] @ w + b
        print(f"| {label} | {target.sum():.0f} of {len(target)} | {told(scores, target)} |")
        w, b = logistic_weights(x, target, L2)
        weights.append(w)
        bias.append(b)
    return WorthWeights(
        version=worth_weights().version + 1,
        command="python -m eval fit briefings --write",
        date=datetime.now(UTC).date(),
        fitted_on=f"{len(labelled)} sentences of {len({one.letter for one in labelled})} letters",
        mean=_rounded(mean),
        spread=_rounded(spread),
        weights=tuple(map(_rounded, weights)),
        bias=_rounded(np.array(bias)),
    )


def _rows(labelled: Sequence[Labelled], data: Path) -> tuple[Array, NDArray[np.int64]]:
    """The features of all statements, shape (statements, features), and the fold of each."""
    names = list(dict.fromkeys(one.letter for one in labelled))
    letters, embedder = _letters(names, data), E5Embedder()
    rows, folds = [], []
    for place, name in enumerate(names):
        found = features(embedded(letters[name], embedder))
        if len(found) != sum(one.letter == name for one in labelled):
            raise EvalError(f"{SENTENCES.name}: {name} has {len(found)} statements now")
        rows.append(found)
        blocks = np.arange(len(found)) * FOLDS // len(found)
        folds.append(blocks if len(found) > LONG else np.full(len(found), place % FOLDS))
    return np.concatenate(rows), np.concatenate(folds)


def _rounded(numbers: Array) -> tuple[float, ...]:
    return tuple(np.round(numbers, 5).tolist())


def embedded(letter: Letter, embedder: E5Embedder) -> list[Statement]:
    """The statements of a letter that is in no store."""
    chunks = chunk(letter)
    texts = [PassageText(one.context, one.text, sentence_positions(one)) for one in chunks]
    vectors = embedder.passages(texts)
    stored = [
        StoredChunk(at, 0, letter.id, EmbeddedChunk(one, v.vector, v.sentences))
        for at, (one, v) in enumerate(zip(chunks, vectors, strict=True))
    ]
    return statements(letter, stored)


def told(scores: Array, target: Array) -> str:
    """Average precision, and the best F1 with its precision and recall."""
    precision, recall, _ = precision_recall_curve(target, scores)
    f1 = 2 * precision * recall / (precision + recall + 1e-9)
    best = int(f1.argmax())
    average = average_precision_score(target, scores)
    return f"{average:.3f} | {f1[best]:.3f} | {precision[best]:.2f}, {recall[best]:.2f}"


def _letters(names: Sequence[str], data: Path) -> dict[str, Letter]:
    found = dict(read_documents(data))
    with gzip.open(data / "sgd" / "letters.jsonl.gz", "rt") as lines:
        for number, line in enumerate(lines):
            if f"{OLD}{number}" in names:
                found[f"{OLD}{number}"] = read_letter(json.loads(line)["text"].encode(), name=f"{OLD}{number}.txt")
    found |= {path.stem: read_letter(path) for path in (data / "koop").rglob("ah-tk-*.pdf")}
    return {name: found[name] for name in names}
