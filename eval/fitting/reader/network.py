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
from eval.fitting.reader.states import WIDTH, Half, States
from kamerbrief.embedding.e5_graph import INNER, LayerWeights
from kamerbrief.embedding.passages import Vectors
from kamerbrief.embedding.reader import ASKED, MET, ReaderWeights, known_of_pair, met_tokens

FAST = torch.bfloat16
POOLED = 256
KNOWN = 6  # figures of the pair that its states tell before it is read together
DROPPED = 0.1
FAR = -1e4  # the score of what is padding


class Batch(NamedTuple):
    """Items padded to the longest: states of `asked` (items, ASKED at most, WIDTH) and `told` (items, tokens, WIDTH),
    masks that are true where a token is, how near each token has a like in the other text (`met`, of both behind one
    another, (items, tokens)), and what is `known` of each pair, (items, KNOWN); all but masks in FAST."""

    asked: torch.Tensor
    asked_mask: torch.Tensor
    told: torch.Tensor
    told_mask: torch.Tensor
    met: torch.Tensor
    known: torch.Tensor


def batch_of(shown: Sequence[Shown], states: States, mean: Vectors) -> Batch:
    """The items as the network reads them; `mean` is the mean state of a token, shape (WIDTH,)."""
    asked = [states.tokens(one.item.asked)[:ASKED] for one in shown]
    told = [states.tokens(one.item.told)[one.tokens] for one in shown]
    inner, mask = _padded(asked)
    other, other_mask = _padded(told)
    met, known = np.zeros((len(shown), mask.shape[1] + other_mask.shape[1]), np.float32), []
    for row, texts in enumerate(zip(asked, told, strict=True)):
        x, y = (text.astype(np.float32) - mean for text in texts)
        of_both = met_tokens(x, y)
        met[row, : len(x)], met[row, mask.shape[1] : mask.shape[1] + len(y)] = of_both
        known.append(known_of_pair(x, y, of_both))
    near, of_pair = (torch.from_numpy(one).to(FAST) for one in (met, np.stack(known)))
    return Batch(inner, mask, other, other_mask, near, of_pair)


def _padded(texts: Sequence[Half]) -> tuple[torch.Tensor, torch.Tensor]:
    """The states of texts in one tensor, (texts, longest, WIDTH), and where there are any, (texts, longest)."""
    longest = max(len(one) for one in texts)
    states, mask = np.zeros((len(texts), longest, WIDTH), np.float16), np.zeros((len(texts), longest), bool)
    for row, one in enumerate(texts):
        states[row, : len(one)], mask[row, : len(one)] = one, True
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
    """E5's layers above INNER over both texts behind a token of its own. It begins with E5's `weights` and the mean
    state of a token, `mean`, shape (WIDTH,); or with the weights of a network that was trained before."""

    def __init__(self, weights: LayerWeights, mean: Vectors) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(weights, number) for number in range(INNER, weights.sizes.layers))
        self.cls = nn.Parameter(torch.tensor(mean))
        self.seg, self.met = nn.Parameter(torch.zeros(2, WIDTH)), nn.Parameter(torch.zeros(2, WIDTH))
        self.h1, self.h2 = nn.Linear(4 * WIDTH + KNOWN, POOLED), nn.Linear(POOLED, 3)
        self.span = nn.Linear(WIDTH, 2)
        if isinstance(weights, ReaderWeights):
            self._go_on(weights)

    def _go_on(self, weights: ReaderWeights) -> None:
        """Begins with all else that was trained before, but for what its file does not hold."""
        with torch.no_grad():
            for name, values in self.named_parameters():
                kept = name.replace(".weight", ".w").replace(".bias", ".b")
                if kept in weights:
                    values.copy_(torch.tensor(weights.vector(kept)))

    def forward(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """Log odds that it answers, supports, and has a false premise, (items, 3); and scores of each token told that
        what answers begins or ends there, (items, tokens, 2)."""
        asked, asked_mask, told, told_mask, met, known = batch
        begin = self.cls.expand(len(asked), 1, -1)
        near = (met[..., None] - MET).split([asked.shape[1], told.shape[1]], 1)
        both = [text + self.seg[at] + near[at] * self.met[at] for at, text in enumerate((asked, told))]
        state = torch.cat([begin, *both], 1)
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
