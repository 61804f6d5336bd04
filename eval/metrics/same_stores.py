"""Whether two data folders hold the same: read out of the catalog, the vectors and the words of each."""

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from kamerbrief.embedding.embedders import embedder_name
from kamerbrief.index.chunks import VERSION as CHUNKING
from kamerbrief.library import Kamerbrief
from kamerbrief.settings import load
from kamerbrief.store.store import Store
from kamerbrief.store.stored import StoredChunk, Vectors
from kamerbrief.store.vectors import Vectors as VectorIndex

_FOUND = 0.999  # the cosine of a vector with itself, which the catalog keeps in 16 bits


class Held(NamedTuple):
    """What a folder holds. `chunks` are told by letter and record; `vectors` are theirs, shape (chunks, dimension), and
    `sentences` those of their sentences; `agree` tells whether catalog, vectors and words hold the same chunks, `near`
    how many are found by their own vectors; `hits` are what is found for each question, and `scores` theirs."""

    letters: tuple[str, ...]
    paragraphs: int
    exported: str
    references: str
    chunks: tuple[str, ...]
    vectors: Vectors
    sentences: Vectors
    whole: bool
    agree: bool
    near: int
    hits: tuple[tuple[str, ...], ...]
    scores: tuple[float, ...]


def held(folder: Path, questions: Sequence[str]) -> Held:
    """Reads all of it. Raises StoreError."""
    with Kamerbrief(folder) as kb:
        heads, status = kb.letters(), kb.status()
        with tempfile.TemporaryDirectory() as place:
            kb.export(Path(place, "letters.jsonl"))
            exported = hashlib.sha256(Path(place, "letters.jsonl").read_bytes()).hexdigest()
        named = hashlib.sha256()
        for head in heads:
            named.update(kb.references(head.id).model_dump_json().encode())
        found = [kb.search(question) for question in questions]
    with Store(folder, embedder_name(load()), CHUNKING) as store:
        catalog, vectors, words = store.ids()
        with store.reading() as now:
            chunks = sorted(now.catalog.all_chunks(), key=lambda one: (one.letter_id, one.embedded.chunk.number))
        near = sum(_nearest(store.folder / "vectors", chunks))
    return Held(
        letters=tuple(head.model_dump_json() for head in heads),
        paragraphs=status.paragraphs,
        exported=exported,
        references=named.hexdigest(),
        chunks=tuple(f"{one.letter_id} {one.embedded.chunk.model_dump_json()}" for one in chunks),
        vectors=np.stack([one.embedded.vector for one in chunks]),
        sentences=np.concatenate([one.embedded.sentence_vectors for one in chunks]),
        whole=status.whole,
        agree=catalog == vectors == words == {one.id for one in chunks},
        near=near,
        hits=tuple(tuple(f"{hit.letter} {hit.paragraphs} {hit.text}" for hit in hits) for hits in found),
        scores=tuple(hit.scores.fused for hits in found for hit in hits),
    )


def differences(one: Held, other: Held) -> Iterator[str]:
    """What is not the same, or not whole; nothing where all is."""
    for name, held in (("first", one), ("second", other)):
        if not held.whole or not held.agree:
            yield f"the stores of the {name} do not hold the same chunks"
        if held.near < len(held.chunks):
            yield f"{len(held.chunks) - held.near} chunks of the {name} are not found by their own vectors"
    for what in ("letters", "paragraphs", "exported", "references", "chunks"):
        if getattr(one, what) != getattr(other, what):
            yield f"{what} are not the same"


def alike(one: Held, other: Held) -> str:
    """For how many questions the same is found. Scores of words may differ in the third decimal, and with them what
    stands close together: how long texts are on average, the word index estimates where chunks had been removed."""
    pairs = list(zip(one.hits, other.hits, strict=True))
    same, ordered = sum(set(a) == set(b) for a, b in pairs), sum(a == b for a, b in pairs)
    return f"of {len(pairs)} questions {same} find the same, {ordered} in the same order"


def furthest(one: Vectors, other: Vectors) -> float:
    """The largest difference of a value; infinite where there are more of one than of the other."""
    return float(np.abs(one - other).max(initial=0)) if one.shape == other.shape else float("inf")


def _nearest(folder: Path, chunks: Sequence[StoredChunk]) -> Iterator[bool]:
    index = VectorIndex(folder)
    try:
        for one in chunks:
            ((_, cosine),) = index.nearest(one.embedded.vector, 1)
            yield cosine > _FOUND
    finally:
        index.close()
