"""The network of multilingual-e5-small as an ONNX model, with 8-bit weights and the fused operators of ONNX Runtime.

Input `embeddings` (1, tokens, 384), outputs `inner` and `states` of the same shape: what the layer halfway makes of
them, and what the last one does; only what is asked for is computed. One text a run: on two cores a run of one passage
is as quick a token as a batch of any size, needs no padding and no mask, and a text's vector cannot depend on its
neighbours, as it does where a whole batch shares the scale of its activations.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kamerbrief.embedding import onnx_file
from kamerbrief.embedding.e5_weights import Rows, Sizes
from kamerbrief.embedding.passages import Vectors

GRAPH_VERSION = "2"
"""Raise it with every change of this file, so that no model built by other code is loaded."""

INNER = 6  # layers below the states that the reader goes on from

# In each of these layers one inner neuron reaches 30 to 60, where all others stay under 6: a scale that fits it leaves
# the others five of their eight bits. These three left in f32 cost 8 % of the speed and raise the mean cosine to the
# f32 network from .9966 to .9988, the lowest of 128 passages from .9926 to .9981.
_UNQUANTISED = {0, 4, 5}
# Weights use 7 of 8 bits (-63 to 63), for processors without VNNI add pairs of products in 16 bits and would overflow:
# vectors are alike on every machine. Costs .0004 of cosine.
LARGEST_WEIGHT = 63
_FUSED = "com.microsoft"


class LayerWeights(Protocol):
    """Weights by name, as E5Weights has them."""

    sizes: Sizes

    def vector(self, name: str) -> Vectors: ...

    def matrix(self, name: str, columns: int) -> Rows: ...


def build(weights: LayerWeights) -> bytes:
    """The serialised model of the whole network, about 27 MB; takes a third of a second."""
    graph = _Graph(weights)
    state = graph.norm("emb.ln", "embeddings")
    for layer in range(INNER):
        state = graph.layer(layer, state)
    graph.node("Identity", [state], ["inner"])
    for layer in range(INNER, weights.sizes.layers):
        state = graph.layer(layer, state)
    return graph.model("embeddings", state, ["inner"])


def build_upper(weights: LayerWeights) -> bytes:
    """The serialised model of the layers above INNER alone, about 11 MB: input `inner`, output `states`."""
    graph = _Graph(weights)
    state = "inner"
    for layer in range(INNER, weights.sizes.layers):
        state = graph.layer(layer, state)
    return graph.model("inner", state, [])


class _Graph:
    """Gathers nodes; each method adds one part of the network and gives the name of its result."""

    def __init__(self, weights: LayerWeights) -> None:
        self._weights = weights
        self.nodes: list[bytes] = []
        self.constants: list[bytes] = []
        self._thirds = self._constant("thirds", np.full(3, weights.sizes.hidden, np.int64))

    def model(self, taken: str, state: str, besides: Sequence[str]) -> bytes:
        """The network that takes `taken` and gives `state`, named states, and what stands `besides`."""
        self.node("Identity", [state], ["states"])
        shape = (1, "tokens", self._weights.sizes.hidden)
        return onnx_file.model(
            "multilingual-e5-small",
            self.nodes,
            self.constants,
            inputs=[onnx_file.floats(taken, shape)],
            outputs=[onnx_file.floats(name, shape) for name in (*besides, "states")],
            opsets={"": 20, _FUSED: 1},
        )

    def layer(self, number: int, state: str) -> str:
        """Attention, then the two linear layers with GELU between; after either its input is added, and normed."""
        sizes, at = self._weights.sizes, f"l{number}."
        joined = self._linear([at + "q", at + "k", at + "v"], state, sizes.hidden)
        parts = [at + "query", at + "key", at + "value"]
        self.node("Split", [joined, self._thirds], parts, axis=-1)
        self.node("MultiHeadAttention", parts, [at + "attention"], _FUSED, num_heads=sizes.heads)
        attended = self._linear([at + "ao"], at + "attention", sizes.hidden)
        state = self.norm(at + "aln", state, attended)
        inner = self._linear([at + "fi"], state, sizes.hidden)
        self.node("Gelu", [inner], [at + "gelu"])
        outer = self._linear([at + "fo"], at + "gelu", sizes.inner, quantised=number not in _UNQUANTISED)
        return self.norm(at + "oln", state, outer)

    def norm(self, name: str, state: str, added: str | None = None) -> str:
        """Layer norm of the state, or of its sum with `added`."""
        inputs = [state, added] if added else [state]
        inputs += [self._constant(name + part, self._weights.vector(name + part)) for part in (".w", ".b")]
        kind, domain = ("SkipLayerNormalization", _FUSED) if added else ("LayerNormalization", "")
        return self.node(kind, inputs, [name], domain, epsilon=self._weights.sizes.epsilon)

    def node(
        self, kind: str, inputs: Sequence[str], outputs: list[str], domain: str = "", **attributes: int | float
    ) -> str:
        self.nodes.append(onnx_file.node(kind, inputs, outputs, domain, **attributes))
        return outputs[0]

    def _linear(self, names: list[str], state: str, width: int, *, quantised: bool = True) -> str:
        """One linear layer, or several side by side that share their input, which is `width` wide."""
        joined = "+".join(names)
        matrices = [self._weights.matrix(name + ".w", width).rows(slice(None)) for name in names]
        matrix = np.concatenate(matrices).T
        bias = self._constant(joined + ".b", np.concatenate([self._weights.vector(name + ".b") for name in names]))
        if not quantised:
            product = self.node("MatMul", [state, self._constant(joined + ".w", matrix)], [joined + ".product"])
            return self.node("Add", [product, bias], [joined])
        scale = (np.abs(matrix).max(axis=0) / LARGEST_WEIGHT).astype(np.float32)
        inputs = [
            state,
            self._constant(joined + ".w", np.rint(matrix / scale).astype(np.int8)),
            self._constant(joined + ".scale", scale),
            self._constant(joined + ".zero", np.zeros(len(scale), np.int8)),
            bias,
        ]
        return self.node("DynamicQuantizeMatMul", inputs, [joined], _FUSED)

    def _constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.constants.append(onnx_file.constant(name, value))
        return name
