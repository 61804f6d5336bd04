"""The layers of the reader as an ONNX model, with the fused operators of ONNX Runtime, in 32 bits.

Input `pairs` (1, tokens, wide): each token laid beside what it is aligned with; and `marks` (1, tokens, inner), which
tell of which text it is. Output `states` (1, 1 + tokens, inner), the first of which is of the pair as a whole.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from kamerbrief.embedding import onnx_file
from kamerbrief.embedding.passages import Vectors

HEADS = 4
EPSILON = 1e-5
_FUSED = "com.microsoft"


def build(weights: Mapping[str, Vectors]) -> bytes:
    """The serialised model, under 4 MB; takes some milliseconds. Raises KeyError where a weight is missing."""
    graph = _Graph(weights)
    inner, pair = weights["inp.weight"].shape
    marked = graph.add(graph.linear("inp", "pairs"), "marks")
    graph.constant("cls", weights["cls"].reshape(1, 1, inner))
    state = graph.node("Concat", ["cls", marked], axis=1)
    for number in range(sum(name.endswith(".qkv.weight") for name in weights)):
        state = graph.layer(f"layers.{number}", state, inner)
    graph.norm("norm", state, "states")
    shapes = {"pairs": (1, "tokens", pair), "marks": (1, "tokens", inner)}
    return onnx_file.model(
        "reader",
        graph.nodes,
        graph.constants,
        inputs=[onnx_file.floats(name, shape) for name, shape in shapes.items()],
        outputs=[onnx_file.floats("states", (1, "read", inner))],
        opsets={"": 20, _FUSED: 1},
    )


class _Graph:
    """Gathers nodes; each method adds one part of the network and gives the name of its result."""

    def __init__(self, weights: Mapping[str, Vectors]) -> None:
        self._weights = weights
        self.nodes: list[bytes] = []
        self.constants: list[bytes] = []

    def layer(self, at: str, state: str, inner: int) -> str:
        """Attention, then two linear layers with GELU (its tanh form) between; either reads the normed state and is
        added to it."""
        self.constants.append(onnx_file.constant(f"{at}.thirds", np.full(3, inner, np.int64)))
        parts = [f"{at}.query", f"{at}.key", f"{at}.value"]
        joined = self.linear(f"{at}.qkv", self.norm(f"{at}.n1", state))
        self.nodes.append(onnx_file.node("Split", [joined, f"{at}.thirds"], parts, "", axis=-1))
        attended = self.node("MultiHeadAttention", parts, _FUSED, num_heads=HEADS)
        state = self.add(state, self.linear(f"{at}.o", attended))
        wide = self.node("FastGelu", [self.linear(f"{at}.a", self.norm(f"{at}.n2", state))], _FUSED)
        return self.add(state, self.linear(f"{at}.b", wide))

    def linear(self, name: str, state: str) -> str:
        self.constant(f"{name}.weight", np.ascontiguousarray(self._weights[f"{name}.weight"].T))
        self.constant(f"{name}.bias", self._weights[f"{name}.bias"])
        return self.add(self.node("MatMul", [state, f"{name}.weight"]), f"{name}.bias")

    def norm(self, name: str, state: str, result: str = "") -> str:
        for part in ("weight", "bias"):
            self.constant(f"{name}.{part}", self._weights[f"{name}.{part}"])
        inputs = [state, f"{name}.weight", f"{name}.bias"]
        return self.node("LayerNormalization", inputs, result=result, epsilon=EPSILON)

    def add(self, state: str, added: str) -> str:
        return self.node("Add", [state, added])

    def node(
        self, kind: str, inputs: Sequence[str], domain: str = "", *, result: str = "", **attributes: int | float
    ) -> str:
        result = result or f"{len(self.nodes)}"
        self.nodes.append(onnx_file.node(kind, inputs, [result], domain, **attributes))
        return result

    def constant(self, name: str, value: Vectors) -> None:
        self.constants.append(onnx_file.constant(name, value))
