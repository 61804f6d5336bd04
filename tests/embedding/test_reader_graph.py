"""The reader's layers against the same written out in NumPy, with weights by chance."""

import numpy as np
import pytest

from kamerbrief.embedding.onnx_session import load
from kamerbrief.embedding.passages import Vectors
from kamerbrief.embedding.reader_graph import EPSILON, HEADS, build

PAIR, INNER, WIDE = 20, 16, 24


@pytest.fixture(scope="module")
def weights() -> dict[str, Vectors]:
    chance = np.random.default_rng(1)
    shapes = {"cls": (1, 1, INNER), "norm.weight": (INNER,), "norm.bias": (INNER,)}
    linear = {"inp": (INNER, PAIR)}
    for number in range(2):
        at = f"layers.{number}"
        linear |= {f"{at}.qkv": (3 * INNER, INNER), f"{at}.o": (INNER, INNER)}
        linear |= {f"{at}.a": (WIDE, INNER), f"{at}.b": (INNER, WIDE)}
        shapes |= {f"{at}.{norm}.{part}": (INNER,) for norm in ("n1", "n2") for part in ("weight", "bias")}
    for name, (rows, columns) in linear.items():
        shapes |= {f"{name}.weight": (rows, columns), f"{name}.bias": (rows,)}
    return {name: chance.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}


@pytest.mark.parametrize("tokens", [1, 7, 200])
def test_the_layers_are_those_that_are_written_out(weights: dict[str, Vectors], tokens: int) -> None:
    chance = np.random.default_rng(tokens)
    pairs = chance.normal(size=(tokens, PAIR)).astype(np.float32)
    marks = chance.normal(size=(tokens, INNER)).astype(np.float32)
    (states,) = load(build(weights)).run(["states"], {"pairs": pairs[None], "marks": marks[None]})
    np.testing.assert_allclose(states[0], _written_out(weights, pairs, marks), atol=2e-3)


def _written_out(weights: dict[str, Vectors], pairs: Vectors, marks: Vectors) -> Vectors:
    def linear(name: str, state: Vectors) -> Vectors:
        result: Vectors = state @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
        return result

    def norm(name: str, state: Vectors) -> Vectors:
        centred = state - state.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + EPSILON)
        result: Vectors = centred / spread * weights[f"{name}.weight"] + weights[f"{name}.bias"]
        return result

    def attended(joined: Vectors) -> Vectors:
        heads = joined.reshape(len(joined), 3, HEADS, INNER // HEADS).transpose(1, 2, 0, 3)
        scores = heads[0] @ heads[1].transpose(0, 2, 1) / np.sqrt(INNER // HEADS)
        powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
        read: Vectors = powers / powers.sum(axis=-1, keepdims=True) @ heads[2]
        return read.transpose(1, 0, 2).reshape(len(joined), INNER)

    def gelu(x: Vectors) -> Vectors:
        result: Vectors = 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
        return result

    state = np.concatenate([weights["cls"][0], linear("inp", pairs) + marks])
    for number in range(2):
        at = f"layers.{number}"
        state = state + linear(f"{at}.o", attended(linear(f"{at}.qkv", norm(f"{at}.n1", state))))
        state = state + linear(f"{at}.b", gelu(linear(f"{at}.a", norm(f"{at}.n2", state))))
    return norm("norm", state)
