"""How search orders what it finds, and other orders beside it: on real questions of members to ministers.

Right is the minister's answer, all paragraphs of it, ranked by its best chunk. The questions are not in the index: a
chunk has the letter's subject and "Antwoord 3" in front of it (the context "question" puts the question there too; then
the measure leaks and says nothing). The documents are halved by the hash of their ids: what was chosen was chosen on
dev, and test shows whether it holds.
"""

import hashlib
import itertools
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.checked import EvalError
from eval.sets.ministers import pairs, question_text
from eval.sets.passages import Context, VectorCache, answer_letters, embed, pages
from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.index.chunks import VERSION as CHUNKING
from kamerbrief.index.search import SHIPPED, Search, asking_share, with_letters
from kamerbrief.records.letters import Filters, Letter
from kamerbrief.store.generation import Generation
from kamerbrief.store.store import Store
from kamerbrief.store.stored import StoredChunk

DEPTH = 100  # hits asked of the search as it ships
MISSED = 1_000_000  # the rank of what was not found
AS_SHIPPED = "as shipped"
RRF = 60  # Cormack, Clarke and Büttcher 2009

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class MemberQuestion:
    """A question, the letter it was asked in, and the sections that answer it."""

    question: str
    letter: str
    answers: frozenset[int]

    @property
    def dev(self) -> bool:
        return int(hashlib.sha256(self.letter.encode()).hexdigest()[0], 16) % 2 == 0


@dataclass(frozen=True)
class Evidence:
    """All scores of all chunks for all questions: matrices of shape (questions, chunks)."""

    chunks: Sequence[StoredChunk]
    dense: Matrix
    sentence: Matrix
    lexical: Matrix
    asking: Matrix
    letters: NDArray[np.int64]


def member_questions(letters: Iterable[Letter], subject: bool = False) -> list[MemberQuestion]:
    """The questions that have an answer, on request each with its document's subject in front of it; one answer may
    serve several ("Antwoord 5 en 6")."""
    return [
        MemberQuestion(
            (f"{letter.title}: " if subject and letter.title else "") + question_text(letter, asked),
            letter.id,
            frozenset(section.number for section in answers),
        )
        for letter in letters
        for asked, answers in pairs(letter)
    ]


def weigh(store: Generation, questions: Sequence[str], vectors: NDArray[np.float32]) -> Evidence:
    """Scores every chunk of the store for every question."""
    chunks = list(store.catalog.all_chunks())
    place = {stored.id: number for number, stored in enumerate(chunks)}
    lexical = np.zeros((len(questions), len(chunks)))
    for row, question in enumerate(questions):
        for chunk, score in store.words.search(question, len(chunks)):
            lexical[row, place[chunk]] = score
    starts = np.cumsum([0] + [len(stored.embedded.sentence_vectors) for stored in chunks])[:-1]
    sentences = np.concatenate([stored.embedded.sentence_vectors for stored in chunks])
    return Evidence(
        chunks=chunks,
        dense=vectors.astype(np.float64) @ np.stack([stored.embedded.vector for stored in chunks]).T,
        sentence=np.stack([np.maximum.reduceat(sentences @ vector, starts) for vector in vectors]),
        lexical=lexical,
        asking=np.array([[asking_share(stored.embedded.chunk) for stored in chunks]]),
        letters=np.array([stored.letter for stored in chunks]),
    )


def reciprocal(evidence: Evidence) -> Matrix:
    """Reciprocal rank fusion of the dense and the lexical order."""
    orders = (np.argsort(np.argsort(-scores, axis=1), axis=1) for scores in (evidence.dense, evidence.lexical))
    return np.asarray(sum(1 / (RRF + 1 + order) for order in orders))


def standard(scores: Matrix) -> Matrix:
    """Each row with mean 0 and deviation 1."""
    return np.asarray((scores - scores.mean(1, keepdims=True)) / scores.std(1, keepdims=True))


def summed(
    evidence: Evidence, *, lexical: float = SHIPPED.lexical, asking: float = 0.0, sentence: float = 0.0
) -> Matrix:
    """The sum of scores that search orders by, with other weights."""
    dense = (evidence.dense + sentence * evidence.sentence) / (1 + sentence)
    return np.asarray(dense + lexical * evidence.lexical - asking * evidence.asking)


def lettered(evidence: Evidence) -> Matrix:
    """As search orders, letters and all, but over all chunks instead of its candidates."""
    scores = summed(evidence, asking=SHIPPED.asking)
    _, letters = np.unique(evidence.letters, return_inverse=True)
    return np.stack([_with_letters(row, letters) for row in scores])


def _with_letters(scores: NDArray[np.float64], letters: NDArray[np.int64]) -> NDArray[np.float64]:
    top = np.argsort(-scores)[:2000]  # beyond these ranks nothing matters, and letters are many
    mixed: NDArray[np.float64] = (scores + SHIPPED.letter * scores.min()) / (1 + SHIPPED.letter)
    mixed[top] = with_letters(scores[top], letters[top], SHIPPED.letter)
    return mixed


VARIANTS: dict[str, Callable[[Evidence], Matrix]] = {
    "dense": lambda e: e.dense,
    "best sentence": lambda e: e.sentence,
    "BM25": lambda e: e.lexical,
    "reciprocal ranks": reciprocal,
    "standard scores, lexical 0.2": lambda e: standard(e.dense) + 0.2 * standard(e.lexical),
    "sum": summed,
    "sum, lexical halved": partial(summed, lexical=SHIPPED.lexical / 2),
    "sum, lexical doubled": partial(summed, lexical=SHIPPED.lexical * 2),
    "sum, best sentence mixed in (1 : 4)": partial(summed, sentence=0.25),
    "sum less asking": partial(summed, asking=SHIPPED.asking),
    "sum less asking, with letters": lettered,
}


def ranks(asked: Sequence[MemberQuestion], chunks: Sequence[StoredChunk], scores: Matrix) -> list[int]:
    """The rank of the best right passage for each question, by each passage's best chunk."""
    names = [_passage(stored) for stored in chunks]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    of_chunk = np.array([numbers[name] for name in names])
    found = []
    for case, row in zip(asked, scores, strict=True):
        best = np.full(len(numbers), -np.inf)
        np.maximum.at(best, of_chunk, row)
        right = [numbers[name] for name in ((case.letter, a) for a in case.answers) if name in numbers]
        found.append(1 + int((best > best[right].max()).sum()) if right else MISSED)
    return found


def ranks_as_shipped(asked: Sequence[MemberQuestion], store: Generation, vectors: NDArray[np.float32]) -> list[int]:
    """The same of the search itself."""
    search, found = Search(), []
    for case, vector in zip(asked, vectors, strict=True):
        hits = search.find(store, case.question, vector, Filters(), DEPTH)
        names = list(dict.fromkeys(_passage(hit.stored) for hit in hits))
        places = [names.index((case.letter, a)) for a in case.answers if (case.letter, a) in names]
        found.append(1 + min(places) if places else MISSED)
    return found


def _passage(stored: StoredChunk) -> tuple[str, int]:
    """What a chunk is part of: the answer; of other papers each chunk is a passage by itself."""
    chunk = stored.embedded.chunk
    return stored.letter_id, chunk.section if stored.letter_id.startswith("ah-tk-") else -chunk.number


def ranked(
    data: Path, pages_beside: int, cache: Path | None, context: Context, subject: bool, variants: Sequence[str]
) -> tuple[list[MemberQuestion], dict[str, list[int]], int]:
    """The questions, the ranks of each variant, and how many chunks there are. Raises EvalError without the data."""
    if not data.is_dir():
        raise EvalError(f"{data} is not there: give the folder of real documents with --data")
    embedder, letters = E5Embedder(), answer_letters(data)
    asked = member_questions(letters, subject)
    vectors = embedder.questions([one.question for one in asked])
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder), embedder.name, CHUNKING) as store:
        everything = itertools.chain(letters, pages(data, pages_beside))
        for group in embed(everything, context, VectorCache(embedder, cache)):
            store.put(group)
        found: dict[str, list[int]] = {}
        with store.reading() as now:
            if set(variants) & set(VARIANTS):
                evidence = weigh(now, [one.question for one in asked], vectors)
                found = {n: ranks(asked, evidence.chunks, VARIANTS[n](evidence)) for n in variants if n in VARIANTS}
            if AS_SHIPPED in variants:
                found[AS_SHIPPED] = ranks_as_shipped(asked, now, vectors)
            return asked, found, now.catalog.counts()["chunks"]
