"""The reader: layers of E5 that read two texts together.

E5 reads each text by itself up to its sixth layer, where the states of both are laid behind one another; the six layers
above, trained anew, read them as one text. Of what comes out a judgement of the pair is made. The weights are fitted by
`eval/fitting/reader` and shipped in 8 bits (`reader.npz`), with a card: docs/reader.md.
"""

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from kamerbrief.embedding.e5_graph import GRAPH_VERSION, build_upper
from kamerbrief.embedding.e5_weights import Sizes
from kamerbrief.embedding.onnx_session import load_built
from kamerbrief.embedding.passages import TokenStates, Vectors, unit
from kamerbrief.errors import WeightsError

if TYPE_CHECKING:
    from kamerbrief.embedding.e5 import E5Embedder

ASKED, TOLD, CONTEXT = 48, 128, 24  # tokens that are read, as in training: of the context, the last ones
_HEADS = ("h1.w", "h1.b", "h2.w", "h2.b", "cls", "seg", "mu")
_LEVEL, _SPREAD = 0.85, 10.0  # E5's cosines lie around .85
_SIZES = Sizes(hidden=384, layers=12, heads=12, inner=1536, words=0, positions=512, token_types=2, epsilon=1e-12)


@dataclass(frozen=True)
class Judgement:
    """Log odds: that the second text `answers` the first one, or `supports` it; that it does not for a `premise` of
    the question is false."""

    answers: float
    supports: float
    premise: float


@dataclass(frozen=True)
class Reading:
    """What was `asked`, what it was read with (`told`), token by token, and a judgement of each."""

    asked: TokenStates
    told: Sequence[TokenStates]
    judgements: Sequence[Judgement]


class Reader:
    """The network. Safe to share between threads: it holds nothing but its weights.

    It is built once and kept in `cache_dir` (11 MB; default: the user's cache directory).
    """

    def __init__(self, file: Traversable, cache_dir: Path | None = None) -> None:
        """Raises WeightsError where the file cannot be read as weights."""
        try:
            data = file.read_bytes()
            self.hash = hashlib.sha256(data).hexdigest()[:12]
            path = (cache_dir or user_cache_path("kamerbrief")) / f"reader-{self.hash}-{GRAPH_VERSION}.onnx"
            with np.load(io.BytesIO(data), allow_pickle=False) as kept:  # what is asked for is unpacked, and no more
                weights = _Weights(kept)
                self._upper = load_built(path, lambda: build_upper(weights))
                self._heads = {name: weights.vector(name) for name in _HEADS}
        except (OSError, ValueError, KeyError) as error:
            raise WeightsError(f"{file} cannot be read as weights: {error}", "install the package anew") from None

    def judge(self, asked: TokenStates, told: TokenStates) -> Judgement:
        """Reads a question or claim together with a text; what is longer than ASKED and TOLD tokens is not read."""
        w = self._heads
        text = int(np.searchsorted(told.starts, 0))
        read = slice(max(0, text - CONTEXT), text + TOLD)
        x, y = asked.inner[:ASKED], told.inner[read]
        if not len(x) or not len(y):
            return Judgement(-np.inf, -np.inf, -np.inf)
        both = np.concatenate([w["cls"][None], x + w["seg"][0], y + w["seg"][1]])
        state = np.asarray(self._upper.run(["states"], {"inner": both[None]})[0][0])
        first, second = state[1 : 1 + len(x)], state[1 + len(x) :]
        nearness = float(unit(asked.mean) @ unit(told.mean))
        known = known_of_pair(asked.vectors[:ASKED] - w["mu"], told.vectors[read] - w["mu"], nearness)
        pooled = np.concatenate([state[0], first.mean(axis=0), second.mean(axis=0), second.max(axis=0), known])
        inner = _gelu(w["h1.w"] @ pooled + w["h1.b"])
        return Judgement(*(w["h2.w"] @ inner + w["h2.b"]).tolist())


def known_of_pair(asked: Vectors, told: Vectors, nearness: float) -> Vectors:
    """What E5's last layer tells of a pair, shape (6,): how near the tokens of each text, their states less the mean
    one, shape (tokens, 384), have a like in the other; the cosine of both as wholes; and how long they are."""
    cosines = unit(asked) @ unit(told).T
    best, of_told = cosines.max(axis=1), cosines.max(axis=0)
    whole = (nearness - _LEVEL) * _SPREAD
    known = [best.mean(), best.min(), whole, np.log(len(told)) / 5, of_told.mean(), np.log(len(asked))]
    return np.array(known, np.float32)


class TogetherReader(Protocol):
    """Reads a question together with passages: the stage of an answer that another model can take the place of.

    `hash` names its weights.
    """

    hash: str

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> Reading:
        """The question and the passages, each a context and a text, token by token, and a judgement of each pair."""
        ...


class PairReader:
    """Reads questions together with passages: E5 each by itself, then the reader both.

    Safe to share between threads. Raises WeightsError where the reader's weights cannot be read.
    """

    def __init__(self, embedder: "E5Embedder", cache_dir: Path | None = None) -> None:
        self._embedder = embedder
        self._reader = Reader(files("kamerbrief.embedding") / "reader.npz", cache_dir)
        self.hash = self._reader.hash

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> Reading:
        """The question and the passages, each a context and a text, token by token, and a judgement of each pair."""
        (asked,) = self._embedder.tokens([question])
        told = self._embedder.passage_tokens(passages)
        return Reading(asked, told, [self._reader.judge(asked, one) for one in told])


class _Matrix(NamedTuple):
    values: Vectors

    def rows(self, which: NDArray[np.intp] | slice) -> Vectors:
        rows: Vectors = self.values[which]
        return rows


class _Weights:
    """The file's weights as the graph asks for them: those in 8 bits times the scales of their rows."""

    sizes = _SIZES

    def __init__(self, kept: Mapping[str, NDArray[np.generic]]) -> None:
        self._kept = kept

    def vector(self, name: str) -> Vectors:
        """Raises KeyError."""
        if name in self._kept:
            return self._kept[name].astype(np.float32)
        scale = self._kept[f"{name}.scale"].astype(np.float32)
        return self._kept[f"{name}.int8"].astype(np.float32) * scale[:, None]

    def matrix(self, name: str, columns: int) -> _Matrix:
        return _Matrix(self.vector(name).reshape(-1, columns))


def _gelu(x: Vectors) -> Vectors:
    """The tanh form (Hendrycks and Gimpel, 2016)."""
    smooth: Vectors = 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi).astype(np.float32) * (x + 0.044715 * x**3)))
    return smooth
