"""The records of the index, as the store gives them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kamerbrief.records.letters import Chunk, Key, LetterHead, Unit, key_of

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class EmbeddedChunk:
    """A chunk with its vector, shape (dimension,), and its sentences' vectors, shape (sentences, dimension)."""

    chunk: Chunk
    vector: Vectors
    sentence_vectors: Vectors


@dataclass(frozen=True)
class StoredChunk:
    """A chunk as the catalog holds it; `id` names it in all three stores, `letter` is the row of its letter."""

    id: int
    letter: int
    letter_id: str
    embedded: EmbeddedChunk


@dataclass(frozen=True)
class Passage:
    """A paragraph or a note in its place: its letter's head, its section's heading."""

    head: LetterHead
    heading: str | None
    unit: Unit

    @property
    def key(self) -> Key:
        """Its name."""
        return key_of(self.head.id, self.unit)
