"""Fits the weights by which a briefing knows promises, and tells how well they tell sentences that they did not see.

The sentences of `statements.jsonl` were labelled by hand, in letters of the dev half of the set briefings, in answers
to members that are not in its test half, and in old letters of the sgd pages. Those of `promises.jsonl`, in further
answers to members, and of the dev half of the set promises were labelled for promises alone. Each is judged by weights
that were fitted without its letter; of the one long letter, without the fifth of it around the sentence.
"""

import gzip
import json
from collections.abc import Sequence, Sized
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, precision_recall_curve

from eval.checked import Checked, EvalError
from eval.fitting.kinds import KINDS, load_kinds
from eval.fitting.models import Array
from eval.fitting.worded import Worded
from eval.paths import SETS
from eval.sets.briefs import Brief, Stated
from eval.sets.cases import load
from eval.sets.corpus import read_documents, read_further
from kamerbrief.briefings.choose.worth import LABELS, WorthWeights, features, phrases, worth_weights
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


class Known(NamedTuple):
    """Statements with their features, shape (statements, features), and phrases, the fold of each, and whether
    each is a promise (1 or 0)."""

    x: Array
    said: Sequence[frozenset[str]]
    folds: NDArray[np.int64]
    target: Array


def fit_briefings(data: Path) -> WorthWeights:
    """Fits the weights of promises, printing the held-out figures; those of the other labels, and what standardises,
    stay as they are. Raises EvalError when a letter is read otherwise than it was."""
    known = [_labelled(data), _promised(data), _kinds(data)]
    standing = worth_weights()
    x = (np.concatenate([one.x for one in known]) - standing.mean) / standing.spread
    said = [sentence for one in known for sentence in one.said]
    folds, target = np.concatenate([one.folds for one in known]), np.concatenate([one.target for one in known])
    print("| sentences | average precision | best F1 | precision, recall there |\n|---|---|---|---|")
    print(f"| {target.sum():.0f} of {len(target)} | {told(held_out(x, said, target, folds), target)} |")
    fitted = Worded.fit(x, said, target, L2)
    weights, bias, place = list(standing.weights), list(standing.bias), LABELS.index(PROMISE)
    weights[place], bias[place] = _rounded(fitted.weights), fitted.bias
    return WorthWeights(
        version=standing.version + 1,
        command="python -m eval fit briefings --write",
        date=datetime.now(UTC).date(),
        fitted_on=f"promises on {len(target)} sentences of letters and answers; the others as in version 1, on 2,144",
        mean=standing.mean,
        spread=standing.spread,
        weights=tuple(weights),
        bias=_rounded(np.array(bias)),
        words={PROMISE: fitted.words},
    )


def held_out(x: Array, said: Sequence[frozenset[str]], target: Array, folds: NDArray[np.int64]) -> Array:
    """The log odds of each statement by weights that were fitted without its fold."""
    scores = np.zeros(len(target))
    for held in range(FOLDS):
        others, these = np.flatnonzero(folds != held), np.flatnonzero(folds == held)
        fitted = Worded.fit(x[others], [said[at] for at in others.tolist()], target[others], L2)
        scores[these] = fitted.log_odds(x[these], [said[at] for at in these.tolist()])
    return scores


def _labelled(data: Path) -> Known:
    """The statements labelled for all that briefings tell."""
    labelled = [Labelled.model_validate_json(line) for line in SENTENCES.read_text().splitlines()]
    names = list(dict.fromkeys(one.letter for one in labelled))
    letters, embedder = _letters(names, data), E5Embedder()
    rows, said, folds = [], [], []
    for place, name in enumerate(names):
        of_letter = embedded(letters[name], embedder)
        found = features(of_letter)
        said += [phrases(one.text) for one in of_letter]
        _same_length(SENTENCES, name, found, sum(one.letter == name for one in labelled))
        rows.append(found)
        blocks = np.arange(len(found)) * FOLDS // len(found)
        folds.append(blocks if len(found) > LONG else np.full(len(found), place % FOLDS))
    target = np.array([PROMISE in one.labels for one in labelled], float)
    return Known(np.concatenate(rows), said, np.concatenate(folds), target)


def _promised(data: Path) -> Known:
    """The statements labelled for promises alone."""
    labelled = [Promised.model_validate_json(line) for line in PROMISES.read_text().splitlines()]
    cases = [case for case in load(SETS / "promises.jsonl", Brief).cases if case.split == "dev"]
    names = list(dict.fromkeys([one.letter for one in labelled] + [case.letters[0] for case in cases]))
    letters, embedder = read_further(names, data), E5Embedder()
    rows, said, target, folds = [], [], [], []
    for place, name in enumerate(names):
        of_letter = embedded(letters[name], embedder)
        known = {one.number: one.promise for one in labelled if one.letter == name}
        for case in cases:
            if name in case.letters:
                known |= {one.number: any(_states(one, gold) for gold in case.promises) for one in of_letter}
        if known and max(known) >= len(of_letter):
            raise EvalError(f"{PROMISES.name}: {name} has {len(of_letter)} statements now")
        rows.append(features(of_letter)[sorted(known)])
        said += [phrases(of_letter[number].text) for number in sorted(known)]
        target += [known[number] for number in sorted(known)]
        folds += [place % FOLDS] * len(known)
    return Known(np.concatenate(rows), said, np.array(folds), np.array(target, float))


def _kinds(data: Path) -> Known:
    """The statements labelled by their kind."""
    kinds = load_kinds()
    letters, embedder = read_further(kinds, data), E5Embedder()
    rows, said, folds = [], [], []
    for place, (name, labelled) in enumerate(kinds.items()):
        of_letter = embedded(letters[name], embedder)
        found = features(of_letter)
        said += [phrases(one.text) for one in of_letter]
        _same_length(KINDS, name, found, len(labelled))
        rows.append(found)
        folds += [place % FOLDS] * len(found)
    target = np.array([one.promise for labelled in kinds.values() for one in labelled], float)
    return Known(np.concatenate(rows), said, np.array(folds), target)


def _same_length(file: Path, letter: str, found: Sized, labelled: int) -> None:
    if len(found) != labelled:
        raise EvalError(f"{file.name}: {letter} has {len(found)} statements now")


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
