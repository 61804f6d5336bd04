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
_LIKE = "met"  # what tells each token how near it has a like
_BESIDES = ("h1.w", "h1.b", "h2.w", "h2.b", "cls", "seg", "mu", _LIKE)  # the layers
MET = 0.35  # how near a token has a like, in the mean
_SIZES = Sizes(hidden=384, layers=12, heads=12, inner=1536, words=0, positions=512, token_types=2, epsilon=1e-12)


@dataclass(frozen=True)
class Judgement:
    """Log odds: that the second text `answers` the first one, and that it does not for a `premise` of the question is
    false."""

    answers: float
    premise: float


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
                weights = ReaderWeights(kept)
                self._upper = load_built(path, lambda: build_upper(weights))
                self._besides = {name: weights.vector(name) for name in _BESIDES}
        except (OSError, ValueError, KeyError) as error:
            raise WeightsError(f"{file} cannot be read as weights: {error}", "install the package anew") from None

    def judge(self, asked: TokenStates, told: TokenStates) -> Judgement:
        """Reads a question or claim together with a text, of which these are the states halfway up E5; what is longer
        than ASKED and TOLD tokens is not read."""
        w = self._besides
        text = int(np.searchsorted(told.starts, 0))
        read = slice(max(0, text - CONTEXT), text + TOLD)
        x, y = asked.vectors[:ASKED], told.vectors[read]
        if not len(x) or not len(y):
            return Judgement(-np.inf, -np.inf)
        x_known, y_known = x - w["mu"], y - w["mu"]
        met = met_tokens(x_known, y_known)
        near = [(of_text - MET)[:, None] * of for of_text, of in zip(met, w[_LIKE], strict=True)]
        both = np.concatenate([w["cls"][None], x + w["seg"][0] + near[0], y + w["seg"][1] + near[1]])
        state = np.asarray(self._upper.run(["states"], {"inner": both[None]})[0][0])
        first, second = state[1 : 1 + len(x)], state[1 + len(x) :]
        known = known_of_pair(x_known, y_known, met)
        pooled = np.concatenate([state[0], first.mean(axis=0), second.mean(axis=0), second.max(axis=0), known])
        inner = _gelu(w["h1.w"] @ pooled + w["h1.b"])
        answers, _, premise = (w["h2.w"] @ inner + w["h2.b"]).tolist()  # the second is only trained along
        return Judgement(answers, premise)


def met_tokens(asked: Vectors, told: Vectors) -> tuple[Vectors, Vectors]:
    """How near each token of two texts has a like in the other: the highest cosine of their states less the mean one,
    shapes (tokens, 384)."""
    cosines = unit(asked) @ unit(told).T
    return cosines.max(axis=1), cosines.max(axis=0)


def known_of_pair(asked: Vectors, told: Vectors, met: tuple[Vectors, Vectors]) -> Vectors:
    """What the states of two texts tell before they are read together, shape (6,): how near the tokens of each have a
    like in the other (`met_tokens`), the cosine of both as wholes, and how long they are."""
    of_asked, of_told = met
    nearness = float(unit(asked.mean(axis=0)) @ unit(told.mean(axis=0)))
    known = [of_asked.mean(), of_asked.min(), nearness, np.log(len(told)) / 5, of_told.mean(), np.log(len(asked))]
    return np.array(known, np.float32)


class TogetherReader(Protocol):
    """Reads a question together with passages: the stage of an answer that another model can take the place of.

    `hash` names its weights.
    """

    hash: str

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[Judgement]:
        """A judgement of the question with each passage, a context and a text."""
        ...


class PairReader:
    """Reads questions together with passages: E5's lower half each by itself, then the reader both.

    Safe to share between threads. Raises WeightsError where the reader's weights cannot be read.
    """

    def __init__(self, embedder: "E5Embedder", cache_dir: Path | None = None) -> None:
        self._embedder = embedder
        self._reader = Reader(files("kamerbrief.embedding") / "reader.npz", cache_dir)
        self.hash = self._reader.hash

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[Judgement]:
        """A judgement of the question with each passage, a context and a text."""
        asked = self._embedder.question_halfway(question)
        return [self._reader.judge(asked, one) for one in self._embedder.passages_halfway(passages)]


class _Matrix(NamedTuple):
    values: Vectors

    def rows(self, which: NDArray[np.intp] | slice) -> Vectors:
        rows: Vectors = self.values[which]
        return rows


class ReaderWeights:
    """The weights of a file, as the graph asks for them: those in 8 bits times the scales of their rows."""

    sizes = _SIZES

    def __init__(self, kept: Mapping[str, NDArray[np.generic]]) -> None:
        self._kept = kept

    def __contains__(self, name: str) -> bool:
        return name in self._kept or f"{name}.int8" in self._kept

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
