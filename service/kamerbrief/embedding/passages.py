"""What an embedder takes and gives for a passage."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Rows of unit length, float32; a single vector is one such row."""


@dataclass(frozen=True)
class PassageText:
    """A passage to embed.

    `context` is put in front of the text ("subject — heading", or ""); `sentences` are character spans in `text`, end
    exclusive, in reading order.
    """

    context: str
    text: str
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Embedded:
    """A passage's vector, shape (dimension,), and its sentences' vectors, shape (number of sentences, dimension)."""

    vector: Vectors
    sentences: Vectors


@dataclass(frozen=True)
class TokenStates:
    """What the embedded model makes of the tokens of a text: a row each, and where each starts in the text (before 0
    what stands before it)."""

    vectors: Vectors
    starts: Sequence[int]


def unit(rows: Vectors) -> Vectors:
    """The rows scaled to length 1; a row of zeros stays one."""
    lengths: Vectors = np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), np.float32(1e-12))
    return rows / lengths
