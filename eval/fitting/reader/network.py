"""The network in PyTorch, as it is trained; kamerbrief/embedding/reader.py is the same, as it is used.

It begins from E5's own upper layers. They are kept in bfloat16, with which a processor that knows it reckons five times
as fast; the training adds up in 32 bits.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from eval.fitting.reader.items import Shown
from eval.fitting.reader.states import BOTH, WIDTH, Half, States
from kamerbrief.embedding.e5_graph import INNER, LayerWeights
from kamerbrief.embedding.passages import Vectors
from kamerbrief.embedding.reader import ASKED, known_of_pair

FAST = torch.bfloat16
POOLED = 256
KNOWN = 6  # figures of the pair by E5's last layer
DROPPED = 0.1
FAR = -1e4  # the score of what is padding


class Batch(NamedTuple):
    """Items padded to the longest: states of `asked` (items, ASKED at most, WIDTH) and `told` (items, tokens, WIDTH),
    masks that are true where a token is, and what is `known` of each pair, (items, KNOWN); all but masks in FAST."""

    asked: torch.Tensor
    asked_mask: torch.Tensor
    told: torch.Tensor
    told_mask: torch.Tensor
    known: torch.Tensor


def batch_of(shown: Sequence[Shown], states: States, mean: Vectors) -> Batch:
    """The items as the network reads them; `mean` is the mean state of a token, shape (BOTH,)."""
    asked = [states.tokens(one.item.asked)[:ASKED] for one in shown]
    told = [states.tokens(one.item.told)[one.tokens] for one in shown]
    cosines = [float(states.means[one.item.asked] @ states.means[one.item.told]) for one in shown]
    known = [_known(x, y, near, mean) for x, y, near in zip(asked, told, cosines, strict=True)]
    inner, mask = _padded(asked)
    other, other_mask = _padded(told)
    return Batch(inner, mask, other, other_mask, torch.from_numpy(np.stack(known)).to(FAST))


def _known(asked: Half, told: Half, nearness: float, mean: Vectors) -> Vectors:
    x, y = (text[:, :WIDTH].astype(np.float32) - mean[:WIDTH] for text in (asked, told))
    return known_of_pair(x, y, nearness)


def _padded(texts: Sequence[Half]) -> tuple[torch.Tensor, torch.Tensor]:
    """The inner states of texts in one tensor, (texts, longest, WIDTH), and where there are any, (texts, longest)."""
    longest = max(len(one) for one in texts)
    states, mask = np.zeros((len(texts), longest, WIDTH), np.float16), np.zeros((len(texts), longest), bool)
    for row, one in enumerate(texts):
        states[row, : len(one)], mask[row, : len(one)] = one[:, WIDTH:], True
    return torch.from_numpy(states).to(FAST), torch.from_numpy(mask)


class Layer(nn.Module):
    """E5's: attention, then two linear layers with GELU between; after either its input is added, and normed. Its parts
    have the names that E5's weights have."""

    def __init__(self, weights: LayerWeights, number: int) -> None:
        super().__init__()
        sizes, at = weights.sizes, f"l{number}."
        self._heads = sizes.heads
        self.qkv = _linear(weights, [at + "q", at + "k", at + "v"], sizes.hidden)
        self.ao, self.aln = _linear(weights, [at + "ao"], sizes.hidden), _norm(weights, at + "aln")
        self.fi, self.fo = _linear(weights, [at + "fi"], sizes.hidden), _linear(weights, [at + "fo"], sizes.inner)
        self.oln = _norm(weights, at + "oln")

    def forward(self, state: torch.Tensor, padding: torch.Tensor) -> torch.Tensor:
        """`state` (items, tokens, width); `padding` is added to the scores, (items, 1, 1, tokens)."""
        items, tokens, width = state.shape
        each = width // self._heads
        q, k, v = self.qkv(state).view(items, tokens, 3, self._heads, each).permute(2, 0, 3, 1, 4)
        # Not torch's own attention, whose way back takes four times as long on a processor.
        shares = torch.softmax(torch.matmul(q * each**-0.5, k.transpose(-1, -2)) + padding, -1)
        attended = torch.matmul(shares, v).transpose(1, 2).reshape(items, tokens, width)
        state = self.aln(state + self.ao(attended))
        summed: torch.Tensor = self.oln(state + self.fo(functional.gelu(self.fi(state))))
        return summed


class Network(nn.Module):
    """E5's layers above INNER, from which it begins with `weights`, over both texts behind a token of its own, which
    begins as the mean state of a token, `mean`, shape (BOTH,)."""

    def __init__(self, weights: LayerWeights, mean: Vectors) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(weights, number) for number in range(INNER, weights.sizes.layers))
        self.cls = nn.Parameter(torch.tensor(mean[WIDTH:BOTH]))
        self.seg = nn.Parameter(torch.zeros(2, WIDTH))
        self.h1, self.h2 = nn.Linear(4 * WIDTH + KNOWN, POOLED), nn.Linear(POOLED, 3)
        self.span = nn.Linear(WIDTH, 2)

    def forward(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """Log odds that it answers, supports, and has a false premise, (items, 3); and scores of each token told that
        what answers begins or ends there, (items, tokens, 2)."""
        asked, asked_mask, told, told_mask, known = batch
        begin = self.cls.expand(len(asked), 1, -1)
        state = torch.cat([begin, asked + self.seg[0], told + self.seg[1]], 1)
        mask = torch.cat([torch.ones(len(asked), 1, dtype=torch.bool), asked_mask, told_mask], 1)
        padding = torch.zeros(mask.shape, dtype=state.dtype).masked_fill(~mask, FAR)[:, None, None]
        for layer in self.layers:
            state = layer(state, padding)
        first, second = state[:, 1 : 1 + asked.shape[1]], state[:, 1 + asked.shape[1] :]
        most = second.masked_fill(~told_mask[..., None], FAR).amax(1)
        pooled = torch.cat([state[:, 0], _mean(first, asked_mask), _mean(second, told_mask), most, known], 1)
        judged = self.h2(functional.dropout(functional.gelu(self.h1(pooled)), DROPPED, self.training))
        return judged.float(), self.span(second).float().masked_fill(~told_mask[..., None], FAR)


def _linear(weights: LayerWeights, names: Sequence[str], width: int) -> nn.Linear:
    """One linear layer of E5, or several side by side that share their input, which is `width` wide."""
    matrix = np.concatenate([weights.matrix(f"{name}.w", width).rows(slice(None)) for name in names])
    made = nn.Linear(width, len(matrix))
    _set(made, matrix, np.concatenate([weights.vector(f"{name}.b") for name in names]))
    return made


def _norm(weights: LayerWeights, name: str) -> nn.LayerNorm:
    made = nn.LayerNorm(weights.sizes.hidden, weights.sizes.epsilon)
    _set(made, weights.vector(f"{name}.w"), weights.vector(f"{name}.b"))
    return made


def _set(made: nn.Linear | nn.LayerNorm, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> None:
    with torch.no_grad():
        made.weight.copy_(torch.tensor(weight))
        made.bias.copy_(torch.tensor(bias))


def _mean(state: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    return (state * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
