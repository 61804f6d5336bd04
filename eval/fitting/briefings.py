"""Fits the weights by which a briefing knows promises, and tells how well they tell sentences that they did not see.

The sentences of `statements.jsonl` were labelled by hand, in letters of the dev half of the set briefings, in answers
to members that are not in its test half, and in old letters of the sgd pages. Those of `promises.jsonl`, in further
answers to members, and of the dev half of the set promises were labelled for promises alone. Each is judged by weights
that were fitted without its letter; of the one long letter, without the fifth of it around the sentence.
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
from eval.paths import SETS
from eval.sets.briefs import Brief, Stated
from eval.sets.cases import load
from eval.sets.corpus import read_documents, read_further
from kamerbrief.briefings.choose.worth import LABELS, WorthWeights, features, worth_weights
from kamerbrief.briefings.find.statements import Statement, statements
from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.embedding.passages import PassageText
from kamerbrief.index.chunks import chunk, sentence_positions
from kamerbrief.letters.reading import read_letter
from kamerbrief.records.briefings import NoteKind
from kamerbrief.records.letters import Letter
from kamerbrief.store.stored import EmbeddedChunk, StoredChunk

SENTENCES = Path(__file__).parent / "statements.jsonl"
PROMISES = Path(__file__).parent / "promises.jsonl"
PROMISE: NoteKind = "promise"
L2 = 30.0
FOLDS = 5
LONG = 200  # statements: beyond that a letter is a fold by parts
OLD = "sgd-letter-"


class Labelled(Checked):
    """A statement of a letter by its number, and what it is."""

    letter: str
    number: int
    labels: tuple[str, ...]


class Promised(Checked):
    """A statement of an answer by its number, and whether it is a promise."""

    letter: str
    number: int
    promise: bool


def fit_briefings(data: Path) -> WorthWeights:
    """Fits the weights of promises, printing the held-out figures; those of the other labels, and what standardises,
    stay as they are. Raises EvalError when a letter is read otherwise than it was."""
    labelled = [Labelled.model_validate_json(line) for line in SENTENCES.read_text().splitlines()]
    rows, folds = _rows(labelled, data)
    promised, is_promise, further_folds = _promised(data)
    x, folds = np.concatenate([rows, promised]), np.concatenate([folds, further_folds])
    target = np.concatenate([np.array([PROMISE in one.labels for one in labelled], float), is_promise])
    standing = worth_weights()
    more = x[:, len(standing.mean) :]  # features that the standing weights do not know; only promises weigh them
    mean = np.concatenate([standing.mean, more.mean(axis=0)])
    spread = np.concatenate([standing.spread, more.std(axis=0) + 1e-9])
    x = (x - mean) / spread
    scores = np.zeros(len(target))
    for held in range(FOLDS):
        w, b = logistic_weights(x[folds != held], target[folds != held], L2)
        scores[folds == held] = x[folds == held] @ w + b
    print("| sentences | average precision | best F1 | precision, recall there |\n|---|---|---|---|")
    print(f"| {target.sum():.0f} of {len(target)} | {told(scores, target)} |")
    weights = [np.concatenate([row, np.zeros(more.shape[1])]) for row in standing.weights]
    bias = list(standing.bias)
    place = LABELS.index(PROMISE)
    weights[place], bias[place] = logistic_weights(x, target, L2)
    return WorthWeights(
        version=standing.version + 1,
        command="python -m eval fit briefings --write",
        date=datetime.now(UTC).date(),
        fitted_on=f"promises on {len(target)} sentences of letters and answers; the others as in version 1, on 2,144",
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


def _promised(data: Path) -> tuple[Array, Array, NDArray[np.int64]]:
    """The features of the statements labelled for promises alone, whether each is one, and its fold."""
    labelled = [Promised.model_validate_json(line) for line in PROMISES.read_text().splitlines()]
    cases = [case for case in load(SETS / "promises.jsonl", Brief).cases if case.split == "dev"]
    names = list(dict.fromkeys([one.letter for one in labelled] + [case.letters[0] for case in cases]))
    letters, embedder = read_further(names, data), E5Embedder()
    rows, target, folds = [], [], []
    for place, name in enumerate(names):
        of_letter = embedded(letters[name], embedder)
        known = {one.number: one.promise for one in labelled if one.letter == name}
        for case in cases:
            if name in case.letters:
                known |= {one.number: any(_states(one, gold) for gold in case.promises) for one in of_letter}
        if known and max(known) >= len(of_letter):
            raise EvalError(f"{PROMISES.name}: {name} has {len(of_letter)} statements now")
        rows.append(features(of_letter)[sorted(known)])
        target += [known[number] for number in sorted(known)]
        folds += [place % FOLDS] * len(known)
    return np.concatenate(rows), np.array(target, float), np.array(folds)


def _states(one: Statement, gold: Stated) -> bool:
    place = gold.place
    return place.paragraph == one.paragraph.number and place.start < one.end and one.start < place.end


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
