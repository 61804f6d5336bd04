"""The reader: a small network that reads two texts together, on top of E5's states of their tokens.

Each token is laid beside what it is aligned with in the other text: the softmax of its cosines to all tokens there. Of
both, their product and their difference two transformer layers over the tokens of both texts make a judgement of the
pair, and of each token of the second text whether what answers begins or ends there. The weights are fitted by
`eval/fitting/reader` and shipped in 8 bits (`<name>.npz`), with a card: docs/reader.md.
"""

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from kamerbrief.embedding.onnx_session import load
from kamerbrief.embedding.passages import TokenStates, Vectors, unit
from kamerbrief.embedding.reader_graph import build
from kamerbrief.errors import WeightsError

if TYPE_CHECKING:
    from kamerbrief.embedding.e5 import E5Embedder

ASKED, TOLD = 96, 320  # tokens of either text that are read, as in training
_NEAREST = 3  # cosines of each token that are told
_LEVEL, _SPREAD = 0.85, 10.0  # E5's cosines lie around .85; as in training


@dataclass(frozen=True)
class Judgement:
    """Log odds: that the second text `answers` the first one, or `supports` it; that it does not for a `premise` of
    the question is false. `begins` and `ends`: of each token of the second text that was read, shape (tokens,)."""

    answers: float
    supports: float
    premise: float
    begins: NDArray[np.float32]
    ends: NDArray[np.float32]


@dataclass(frozen=True)
class Reading:
    """What was `asked`, what it was read with (`told`), token by token, and a judgement of each."""

    asked: TokenStates
    told: Sequence[TokenStates]
    judgements: Sequence[Judgement]


class Reader:
    """The network. Safe to share between threads: it holds nothing but its weights."""

    def __init__(self, file: Traversable) -> None:
        """Raises WeightsError where the file cannot be read as weights."""
        try:
            data = file.read_bytes()
            with np.load(io.BytesIO(data), allow_pickle=False) as kept:
                self._weights = _whole({name: kept[name] for name in kept.files})
            self._layers = load(build(self._weights))
            self._temperature = float(self._weights["temp"])
        except (OSError, ValueError, KeyError) as error:
            raise WeightsError(f"{file} cannot be read as weights: {error}", "install the package anew") from None
        self.hash = hashlib.sha256(data).hexdigest()[:12]

    def judge(self, asked: TokenStates, told: TokenStates) -> Judgement:
        """Reads a question or claim together with a text; what is longer than ASKED and TOLD tokens is not read."""
        w = self._weights
        x, y = asked.vectors[:ASKED], told.vectors[:TOLD]
        if not len(x) or not len(y):
            return Judgement(-np.inf, -np.inf, -np.inf, np.zeros(0, np.float32), np.zeros(0, np.float32))
        cosines = unit(x - w["mu"]) @ unit(y - w["mu"]).T
        inner_x, inner_y = self._linear("proj", x), self._linear("proj", y)
        pairs = np.concatenate([self._side(inner_x, inner_y, cosines), self._side(inner_y, inner_x, cosines.T)])
        marks = w["seg"].repeat([len(x), len(y)], axis=0)
        state = np.asarray(self._layers.run(["states"], {"pairs": pairs[None], "marks": marks[None]})[0][0])
        first, second = state[1 : 1 + len(x)], state[1 + len(x) :]
        best, of_told = cosines.max(axis=1), cosines.max(axis=0)
        nearness = (float(unit(asked.mean) @ unit(told.mean)) - _LEVEL) * _SPREAD
        stats = [best.mean(), best.min(), nearness, np.log(len(y)) / 5, of_told.mean(), np.log(len(x))]
        pooled = np.concatenate([state[0], first.mean(axis=0), second.mean(axis=0), np.array(stats, np.float32)])
        answers, supports, premise = self._linear("h2", _gelu(self._linear("h1", pooled)))
        spans = self._linear("span", second)
        return Judgement(float(answers), float(supports), float(premise), spans[:, 0], spans[:, 1])

    def _side(self, these: Vectors, others: Vectors, cosines: Vectors) -> Vectors:
        """The tokens of one text laid beside what they are aligned with in the other, shape (tokens, 4 * width + 4)."""
        aligned = _softmax(cosines * self._temperature) @ others
        nearest = -np.sort(-cosines, axis=1)[:, :_NEAREST]
        nearest = np.pad(nearest, ((0, 0), (0, _NEAREST - nearest.shape[1])))
        product = these * aligned
        parts = [these, aligned, product, np.abs(these - aligned), nearest, product.sum(axis=1, keepdims=True) / 50]
        laid: Vectors = np.concatenate(parts, axis=1)
        return laid

    def _linear(self, name: str, state: Vectors) -> Vectors:
        result: Vectors = state @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return result


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

    def __init__(self, embedder: "E5Embedder") -> None:
        self._embedder = embedder
        self._reader = Reader(files("kamerbrief.embedding") / "reader.npz")
        self.hash = self._reader.hash

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> Reading:
        """The question and the passages, each a context and a text, token by token, and a judgement of each pair."""
        (asked,) = self._embedder.tokens([question])
        told = self._embedder.passage_tokens(passages)
        return Reading(asked, told, [self._reader.judge(asked, one) for one in told])


def _whole(kept: Mapping[str, NDArray[np.generic]]) -> dict[str, Vectors]:
    """The weights as they are used: those in 8 bits times the scales of their rows."""
    found = {name: value.astype(np.float32) for name, value in kept.items()}
    for name in [name for name in found if name.endswith(".int8")]:
        plain = name.removesuffix(".int8")
        found[plain] = found.pop(name) * found.pop(f"{plain}.scale")[:, None]
    return found


def _softmax(scores: Vectors) -> Vectors:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Vectors = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def _gelu(x: Vectors) -> Vectors:
    """The tanh form (Hendrycks and Gimpel, 2016)."""
    smooth: Vectors = 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi).astype(np.float32) * (x + 0.044715 * x**3)))
    return smooth
