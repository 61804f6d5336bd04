"""Search: the chunks that may answer a question, by meaning (vectors) and by words (BM25) together.

Both name candidates; each candidate then gets all its scores exactly, and one sum of them orders the hits. In it the
letter counts as well: a letter of which several chunks fit is more likely the one that is asked about.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from kamerbrief.index.chunks import sentence_positions
from kamerbrief.index.following import led_to
from kamerbrief.letters.labels import label
from kamerbrief.records.answers import Hit, Scores, Via
from kamerbrief.records.letters import Chunk, Filters, Key
from kamerbrief.store.generation import Generation
from kamerbrief.store.stored import Passage, StoredChunk

Vector = NDArray[np.float32]

CANDIDATES = 50  # taken from each of the two, before they are scored together
BESIDE = 25  # looked at besides, for the notes that come among them take no paragraph's place
SHARE = 3  # one of so many places is for what a reference led to: see docs/retrieval.md
FOLLOWED = 5  # of the best hits, whose letters' references are followed
LETTER_CHUNKS = 2  # the best ones, which count for their letter
# With a filter: the vectors of few letters are all compared (3 µs a chunk); of many, the nearest chunks of the whole
# store are sifted, ever more of them until enough have passed, or so many that comparing all is cheaper after all.
FEW_LETTERS = 200
WIDER = 4
MOST_SIFTED = 800


@dataclass(frozen=True)
class Ranking:
    """The weights of search, all measured in docs/retrieval.md.

    `dense` is that of the cosine, `lexical` of the BM25 share; `asking` goes off a chunk that only asks, in part off
    one that asks in part; `letter` is that of the mean of the letter's best chunks, beside the chunk's own score;
    `note` goes off a note after all that, for notes name papers and addresses more often than they tell.
    """

    dense: float = 1.0
    lexical: float = 0.12
    asking: float = 0.05
    letter: float = 1.0
    note: float = 0.01


SHIPPED = Ranking()


@dataclass(frozen=True)
class Found:
    """A chunk found for a question. `sentence_scores` are the cosines of the question to each of its sentences."""

    stored: StoredChunk
    scores: Scores
    sentence_scores: Vector
    via: Via | None = None


class Search:
    """Finds chunks in a generation of the stores. Reads only; the stores may change meanwhile."""

    def __init__(self, ranking: Ranking = SHIPPED) -> None:
        self._ranking = ranking

    def find(
        self, store: Generation, question: str, vector: Vector, filters: Filters, k: int, *, follow: bool = False
    ) -> list[Found]:
        """The k best chunks of the letters that pass the filters, best first; `vector` is the question's own.

        To `follow` lets in the letters one reference away: from the letters that the filters name, as if they named
        these too; else from those of the best hits, in some of the k places.
        """
        candidates = _named(store, question, vector, filters, k)
        ranked = self._ranked(store, question, vector, candidates, max(k, FOLLOWED))
        if not follow or not ranked:
            return ranked[:k]
        ways = led_to(store.catalog, filters.letters or [one.stored.letter_id for one in ranked[:FOLLOWED]])
        if not ways:
            return ranked[:k]
        also = _named(store, question, vector, Filters(letters=tuple(ways)), k)
        all_of_them = {one.id: one for one in (*candidates, *also)}
        both = [
            replace(one, via=ways.get(one.stored.letter_id))
            for one in self._ranked(store, question, vector, list(all_of_them.values()), len(all_of_them))
        ]
        return both[:k] if filters.letters else _with_room(ranked, both, k)

    def _ranked(
        self, store: Generation, question: str, vector: Vector, candidates: Sequence[StoredChunk], most: int
    ) -> list[Found]:
        """So many of the candidates at most, best first."""
        if not candidates:
            return []
        shares = store.words.scores(question, [stored.id for stored in candidates])
        lexical = np.array([shares.get(stored.id, 0.0) for stored in candidates])
        dense = np.array([stored.embedded.vector @ vector for stored in candidates])
        asking = np.array([asking_share(stored.embedded.chunk) for stored in candidates])
        letters = np.array([stored.letter for stored in candidates])
        weights = self._ranking
        scores = weights.dense * dense + weights.lexical * lexical - weights.asking * asking
        notes = np.array([_is_note(stored) for stored in candidates])
        fused = with_letters(scores, letters, weights.letter) - weights.note * notes
        return [
            _found(candidates[best], vector, float(fused[best]), float(dense[best]), float(lexical[best]))
            for best in np.argsort(-fused, kind="stable")[:most]
        ]

    def hits(
        self, store: Generation, question: str, vector: Vector, filters: Filters, k: int, *, follow: bool = False
    ) -> list[Hit]:
        """As `find`, as records."""
        found = self.find(store, question, vector, filters, k, follow=follow)
        passages = store.catalog.passages([one.stored for one in found])
        return [hit_of(one, passages) for one in found]


def _named(store: Generation, question: str, vector: Vector, filters: Filters, k: int) -> list[StoredChunk]:
    """The chunks that meaning or words name, of the letters that pass the filters."""
    rows = None if filters == Filters() else store.catalog.visible_rows(filters)
    if k < 1 or rows == []:
        return []
    wanted = max(CANDIDATES, k)
    near = _nearest(store, vector, wanted + BESIDE, rows)
    worded = [chunk for chunk, _ in store.words.search(question, wanted + BESIDE, rows)]
    return _candidates(store.catalog.chunks(list(dict.fromkeys([*near, *worded]))), (near, worded), wanted)


def _with_room(first: Sequence[Found], both: Sequence[Found], k: int) -> list[Found]:
    """The k best of `first`, but in the place of the last of them as many of those that a reference led to as make up
    its share; in the order of `both`, which holds all."""
    best = [one.stored.id for one in first[:k]]
    followed = [one.stored.id for one in both if one.via]
    room = max(k // SHARE - sum(one in best for one in followed), k - len(best))
    let_in = [one for one in followed if one not in best][:room]
    chosen = {*best[: k - len(let_in)], *let_in}
    return [replace(one, via=None if one.stored.id in best else one.via) for one in both if one.stored.id in chosen]


def _candidates(stored: Sequence[StoredChunk], ranked: Iterable[Sequence[int]], wanted: int) -> list[StoredChunk]:
    """What each list of ids names up to its `wanted` best chunks that are no notes, with the notes among these."""
    notes = {one.id for one in stored if _is_note(one)}
    named: set[int] = set()
    for ids in ranked:
        telling = accumulate(ids, lambda count, one: count + (one not in notes), initial=0)
        named.update(one for one, before in zip(ids, telling, strict=False) if before < wanted)
    return [one for one in stored if one.id in named]


def _is_note(stored: StoredChunk) -> bool:
    return stored.embedded.chunk.spans[0].footnote is not None


def _nearest(store: Generation, vector: Vector, wanted: int, rows: Sequence[int] | None) -> list[int]:
    """The ids of the chunks nearest to the question, of the letters in `rows` if these are given."""
    if rows is None:
        return [chunk for chunk, _ in store.vectors.nearest(vector, wanted)]
    allowed, size = set(rows), wanted
    while len(rows) > FEW_LETTERS and (size := WIDER * size) <= MOST_SIFTED:
        nearest = [chunk for chunk, _ in store.vectors.nearest(vector, size)]
        letters = store.catalog.letters_of(nearest)
        passed = [chunk for chunk in nearest if letters.get(chunk) in allowed]
        if len(passed) >= wanted or len(nearest) < size:
            return passed[:wanted]
    ids, vectors = store.catalog.vectors_of(rows)
    return [ids[best] for best in np.argsort(-(vectors @ vector))[:wanted]] if ids else []


def asking_share(chunk: Chunk) -> float:
    """Which share of a chunk's sentences are questions: what only asks does not answer, but reads like the question."""
    if "?" not in chunk.text:
        return 0.0
    asked = [chunk.text[start:end].rstrip("\"'”’»)]").endswith("?") for start, end in sentence_positions(chunk)]
    return sum(asked) / len(asked)


def with_letters(scores: NDArray[np.float64], letters: NDArray[np.int64], weight: float) -> NDArray[np.float64]:
    """The scores of chunks, shape (n,), mixed with that of their letters: the mean of a letter's best chunks.

    A letter with fewer chunks among them is taken to have others that score as the worst one here.
    """
    worst = float(scores.min())
    mixed = np.empty_like(scores)
    for letter in np.unique(letters):
        here = letters == letter
        best = np.sort(scores[here])[::-1][:LETTER_CHUNKS]
        mixed[here] = (best.sum() + worst * (LETTER_CHUNKS - len(best))) / LETTER_CHUNKS
    return (scores + weight * mixed) / (1 + weight)


def _found(stored: StoredChunk, vector: Vector, fused: float, dense: float, lexical: float) -> Found:
    sentences = stored.embedded.sentence_vectors @ vector
    scores = Scores(fused=fused, dense=dense, sentence=float(sentences.max()), lexical=lexical)
    return Found(stored, scores, sentences)


def hit_of(found: Found, passages: Mapping[Key, Passage]) -> Hit:
    """The record of what was found. `passages` holds what it is made of."""
    stored = found.stored
    spans = stored.embedded.chunk.spans
    passage = passages[spans[0].key(stored.letter_id)]
    return Hit(
        letter=stored.letter_id,
        label=label(passage.head),
        date=passage.head.date,
        heading=passage.heading,
        paragraphs=tuple(span.paragraph for span in spans if span.paragraph is not None),
        footnote=spans[0].footnote,
        text=stored.embedded.chunk.text,
        scores=found.scores,
        via=found.via,
        recognised=any(passages[span.key(stored.letter_id)].unit.recognised for span in spans),
    )
