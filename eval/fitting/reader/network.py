"""The network in PyTorch, as it is trained; kamerbrief/embedding/reader.py is the same, as it is used.

The names of its parts are those of the weights in the shipped file.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from eval.fitting.reader.items import Item
from eval.fitting.reader.states import WIDTH, Half, States
from kamerbrief.embedding.passages import Vectors
from kamerbrief.embedding.reader import ASKED
from kamerbrief.embedding.reader_graph import HEADS

ALIGNED = 160  # numbers of each token that are laid beside those of the other text
INNER = 192  # numbers of each token in the layers
WIDE = 512  # between the two linear layers of each
LAYERS = 2
POOLED = 128
DROPPED = 0.1
NEAREST = 3  # cosines of each token
LEVEL, SPREAD = 0.85, 10.0  # E5's cosines lie around .85
FAR = -1e4  # the score of what is padding
FAST = torch.bfloat16 if torch.ops.mkldnn._is_mkldnn_bf16_supported() else torch.float32
"""What states are multiplied in: a processor that has no bfloat16 takes sixty times as long for it."""


class Batch(NamedTuple):
    """Items padded to the longest: states of `asked` (items, ASKED at most, width) and `told` (items, TOLD at most,
    width), masks that are true where a token is, and the cosine of both texts, scaled, with the length of the second,
    shape (items, 2)."""

    asked: torch.Tensor
    asked_mask: torch.Tensor
    told: torch.Tensor
    told_mask: torch.Tensor
    known: torch.Tensor


def batch_of(items: Sequence[Item], states: States) -> Batch:
    """The items as the network reads them, states in FAST."""
    asked, asked_mask = _padded([states.tokens(one.asked)[:ASKED] for one in items])
    told, told_mask = _padded([states.tokens(one.told)[one.begin : one.end] for one in items])
    cosines = [float(states.means[one.asked] @ states.means[one.told]) for one in items]
    known = np.stack([(np.array(cosines) - LEVEL) * SPREAD, np.log(told_mask.sum(axis=1)) / 5], axis=1)
    return Batch(
        torch.from_numpy(asked).to(FAST),
        torch.from_numpy(asked_mask),
        torch.from_numpy(told).to(FAST),
        torch.from_numpy(told_mask),
        torch.from_numpy(known.astype(np.float32)),
    )


def _padded(texts: Sequence[Half]) -> tuple[Half, NDArray[np.bool_]]:
    """The states of texts in one array, (texts, longest, width), and where there are any, (texts, longest)."""
    longest, width = max(len(one) for one in texts), texts[0].shape[1]
    states, mask = np.zeros((len(texts), longest, width), np.float16), np.zeros((len(texts), longest), bool)
    for row, one in enumerate(texts):
        states[row, : len(one)], mask[row, : len(one)] = one, True
    return states, mask


class Layer(nn.Module):
    """Attention, then two linear layers with GELU between; either reads the normed state and is added to it."""

    def __init__(self) -> None:
        super().__init__()
        self.n1, self.n2 = nn.LayerNorm(INNER), nn.LayerNorm(INNER)
        self.qkv, self.o = nn.Linear(INNER, 3 * INNER), nn.Linear(INNER, INNER)
        self.a, self.b = nn.Linear(INNER, WIDE), nn.Linear(WIDE, INNER)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, state: torch.Tensor, padding: torch.Tensor) -> torch.Tensor:
        """`state` (items, tokens, INNER); `padding` is added to the scores, (items, 1, 1, tokens)."""
        items, tokens, width = state.shape
        joined = self.qkv(self.n1(state)).view(items, tokens, 3, HEADS, width // HEADS)
        q, k, v = joined.permute(2, 0, 3, 1, 4)
        scores = torch.matmul(q * (width // HEADS) ** -0.5, k.transpose(-1, -2)) + padding.to(q.dtype)
        attended = torch.matmul(torch.softmax(scores, -1, dtype=q.dtype), v)
        state = state + self.drop(self.o(attended.transpose(1, 2).reshape(items, tokens, width)))
        return state + self.drop(self.b(_gelu(self.a(self.n2(state)))))


class Network(nn.Module):
    """Reads states `width` wide; the cosines are those of their first WIDTH numbers, less the mean state `mu`."""

    def __init__(self, width: int, mu: Vectors) -> None:
        super().__init__()
        self.register_buffer("mu", torch.tensor(mu[:WIDTH]))
        self.temp = nn.Parameter(torch.tensor(12.0))
        self.proj, self.inp = nn.Linear(width, ALIGNED), nn.Linear(4 * ALIGNED + NEAREST + 1, INNER)
        self.seg = nn.Parameter(torch.zeros(2, INNER))
        self.cls = nn.Parameter(torch.randn(1, 1, INNER) * 0.02)
        self.drop = nn.Dropout(DROPPED)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.norm = nn.LayerNorm(INNER)
        self.h1, self.h2 = nn.Linear(3 * INNER + 6, POOLED), nn.Linear(POOLED, 3)
        self.span = nn.Linear(INNER, 2)

    def forward(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """Log odds that it answers, supports, and has a false premise, (items, 3); and scores of each token told that
        what answers begins or ends there, (items, tokens, 2)."""
        asked, asked_mask, told, told_mask, known = batch
        cosines = torch.bmm(self._centred(asked), self._centred(told).transpose(1, 2)).float()
        cosines = cosines.masked_fill(~asked_mask[:, :, None] | ~told_mask[:, None, :], -1.0)
        x, y = self.proj(asked), self.proj(told)
        first = self._side(x, y, cosines) + self.seg[0]
        second = self._side(y, x, cosines.transpose(1, 2)) + self.seg[1]
        state = torch.cat([self.cls.expand(len(asked), 1, -1), first, second], 1)
        mask = torch.cat([torch.ones(len(asked), 1, dtype=torch.bool), asked_mask, told_mask], 1)
        padding = torch.zeros(mask.shape).masked_fill(~mask, FAR)[:, None, None]
        state = self.drop(state)
        for layer in self.layers:
            state = layer(state, padding)
        state = self.norm(state)
        first, second = state[:, 1 : 1 + asked.shape[1]], state[:, 1 + asked.shape[1] :]
        stats = _stats(cosines, asked_mask, told_mask, known).to(state.dtype)
        pooled = torch.cat([state[:, 0], _mean(first, asked_mask), _mean(second, told_mask), stats], 1)
        judged = self.h2(self.drop(_gelu(self.h1(pooled))))
        return judged.float(), self.span(second).float().masked_fill(~told_mask[..., None], FAR)

    def _centred(self, states: torch.Tensor) -> torch.Tensor:
        return functional.normalize(states[..., :WIDTH] - self.mu, dim=-1)

    def _side(self, these: torch.Tensor, others: torch.Tensor, cosines: torch.Tensor) -> torch.Tensor:
        """The tokens of one text with what they are aligned with in the other, (items, tokens, INNER)."""
        aligned = torch.bmm(torch.softmax(cosines * self.temp, -1).to(others.dtype), others)
        nearest = cosines.topk(min(NEAREST, cosines.shape[-1]), -1).values
        nearest = functional.pad(nearest, (0, NEAREST - nearest.shape[-1])).to(these.dtype)
        product = these * aligned
        parts = [these, aligned, product, (these - aligned).abs(), nearest, product.sum(-1, keepdim=True) / 50]
        return self.inp(torch.cat(parts, -1))


def _stats(
    cosines: torch.Tensor, asked_mask: torch.Tensor, told_mask: torch.Tensor, known: torch.Tensor
) -> torch.Tensor:
    """What is known of a pair as a whole, (items, 6)."""
    best, of_told = cosines.max(-1).values, cosines.max(1).values
    lowest = best.masked_fill(~asked_mask, 2).min(1).values
    lengths = asked_mask.sum(1)
    return torch.stack(
        [
            (best * asked_mask).sum(1) / lengths,
            lowest,
            known[:, 0],
            known[:, 1],
            (of_told * told_mask).sum(1) / told_mask.sum(1),
            lengths.float().log(),
        ],
        1,
    )


def _mean(state: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    return (state * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)


def _gelu(x: torch.Tensor) -> torch.Tensor:
    return functional.gelu(x, approximate="tanh")
