"""Fits the weights by which a briefing chooses its lines, and tells how well they tell sentences that they did not see.

    python -m eval.fitting.briefings [--write]

The sentences of `statements.jsonl` were labelled by hand, in letters of the dev half of the set briefings, in answers
to members that are not in its test half, and in old letters of the sgd pages. Each is judged by weights that were
fitted without its letter; of the one long letter, without the fifth of it around the sentence. With `--write` the
weights of all become those of the package.
"""

import argparse
import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.fitting.logistic import logistic_weights
from eval.sets.cases import Checked, EvalError
from eval.sets.corpus import DATA, read_documents
from kamerbrief.briefings.choose.worth import LABELS, VECTOR_SHARE, features
from kamerbrief.briefings.find.statements import Statement, statements
from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.embedding.passages import PassageText
from kamerbrief.index.chunks import chunk, sentence_positions
from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Letter
from kamerbrief.store.stored import EmbeddedChunk, StoredChunk

Array = NDArray[np.float64]
SENTENCES = Path(__file__).parent / "statements.jsonl"
WEIGHTS = Path(__file__).parents[2] / "service" / "kamerbrief" / "briefings" / "choose" / "weights.json"
L2 = 30.0
FOLDS = 5
OLD = "sgd-letter-"


class Labelled(Checked):
    """A statement of a letter by its number, and what it is."""

    letter: str
    number: int
    labels: tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="put the weights into the package")
    write = parser.parse_args().write
    labelled = [Labelled.model_validate_json(line) for line in SENTENCES.read_text().splitlines()]
    names = list(dict.fromkeys(one.letter for one in labelled))
    letters = _letters(names)
    rows, folds = [], []
    for place, name in enumerate(names):
        found = features(embedded(letters[name]))
        if len(found) != sum(one.letter == name for one in labelled):
            raise EvalError(f"statements.jsonl: {name} has {len(found)} statements now")
        rows.append(found)
        blocks = np.arange(len(found)) * FOLDS // len(found)
        folds.append(blocks if len(found) > 200 else np.full(len(found), place % FOLDS))
    x, fold = np.concatenate(rows), np.concatenate(folds)
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
    spread[-384:] /= VECTOR_SHARE
    x = (x - mean) / spread
    weights, bias = [], []
    print("| label | sentences | average precision | best F1 | precision, recall there |\n|---|---|---|---|---|")
    for label in LABELS:
        target = np.array([label in one.labels for one in labelled], float)
        scores = np.zeros(len(target))
        for held in range(FOLDS):
            w, b = logistic_weights(x[fold != held], target[fold != held], L2)
            scores[fold == held] = x[fold == held] @ w + b
        print(f"| {label} | {target.sum():.0f} of {len(target)} | {told(scores, target)} |")
        w, b = logistic_weights(x, target, L2)
        weights.append(w)
        bias.append(b)
    if write:
        model = {"mean": mean, "spread": spread, "weights": np.array(weights), "bias": np.array(bias)}
        text = json.dumps({name: np.round(values, 5).tolist() for name, values in model.items()})
        WEIGHTS.write_text(text + "\n")


def embedded(letter: Letter) -> list[Statement]:
    """The statements of a letter that is in no store."""
    chunks = chunk(letter)
    texts = [PassageText(one.context, one.text, sentence_positions(one)) for one in chunks]
    vectors = _embedder.passages(texts)
    stored = [
        StoredChunk(at, 0, letter.id, EmbeddedChunk(one, v.vector, v.sentences))
        for at, (one, v) in enumerate(zip(chunks, vectors, strict=True))
    ]
    return statements(letter, stored)


def told(scores: Array, target: Array) -> str:
    """Average precision, and the best F1 with its precision and recall."""
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(target[order])
    precision, recall = right / np.arange(1, len(order) + 1), right / target.sum()
    f1 = 2 * precision * recall / (precision + recall + 1e-9)
    best = int(f1.argmax())
    average = float((precision * target[order]).sum() / target.sum())
    return f"{average:.3f} | {f1[best]:.3f} | {precision[best]:.2f}, {recall[best]:.2f}"


def _letters(names: Sequence[str]) -> dict[str, Letter]:
    found = dict(read_documents(DATA))
    with gzip.open(DATA / "sgd" / "letters.jsonl.gz", "rt") as lines:
        for number, line in enumerate(lines):
            if f"{OLD}{number}" in names:
                found[f"{OLD}{number}"] = read_letter(json.loads(line)["text"].encode(), name=f"{OLD}{number}.txt")
    found |= {path.stem: read_letter(path) for path in (DATA / "koop").rglob("ah-tk-*.pdf")}
    return {name: found[name] for name in names}


_embedder = E5Embedder()

if __name__ == "__main__":
    main()
