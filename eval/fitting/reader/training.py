"""Trains the network, by a number of pairs, so that seed and command tell what comes out; what was stopped goes on.

The order of what is shown comes from the seed and the number of the pass, and a checkpoint holds all else, so that a
training which was stopped gives what it would have given. On another kind of processor the last digits are others.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from eval.fitting.reader.items import Material, Shown, batches, one_pass, shown_span
from eval.fitting.reader.network import FAST, Network, batch_of
from eval.fitting.reader.public import Task
from kamerbrief.embedding.e5_weights import E5Weights
from kamerbrief.embedding.reader import ReaderWeights

THREADS = 1  # how many add up one sum decides its last digits; and beside other work two take six times the time
TOKENS = 4500  # of a batch
RATE, NEW_RATE = 1.5e-4, 1e-3  # the highest learning rates: of E5's layers, and of what is new
NEW = ("cls", "seg", "met", "h1", "h2", "span")
WARMING = 8000  # pairs until they are reached; from there they fall to LOWEST of them at the end
LOWEST = 0.02
ONWARD = 0.6  # of the highest rates, for what was trained before
DECAY = 0.01
LONGEST_STEP = 1.0  # norm of a step's gradient
SPAN_LOSS, PREMISE_LOSS = 0.2, 0.2  # beside that of the judgement
HEAD: dict[Task, int] = {"answers": 0, "supports": 1}  # of what the network gives
PREMISE = 2
EASY_FROM = 60_000  # pairs: a training as long as that begins with an easy pass
TOLD = 60.0  # seconds


@dataclass(frozen=True)
class Training:
    """What is asked of a training: `pairs` to show, and after how many (`every`) it is judged and kept. `onward`: the
    file of a network that was trained before, which it begins with in the place of E5's own layers."""

    seed: int
    pairs: int
    every: int
    onward: Path | None = None


@dataclass
class _Progress:
    """Where a training is: in which pass, after how many batches of it, and how many pairs were shown."""

    passes: int = 0
    batches: int = 0
    seen: int = 0


class _Learner:
    """The network in FAST, and its weights in 32 bits, in which they are added to."""

    def __init__(self, material: Material, onward: Path | None) -> None:
        network = Network(_kept(onward) if onward else E5Weights(), material.mean)
        self.weights = {name: values.detach().clone() for name, values in network.named_parameters()}
        self.network = network.to(FAST)
        new = [values for name, values in self.weights.items() if name.startswith(NEW)]
        old = [values for name, values in self.weights.items() if not name.startswith(NEW)]
        groups = [{"params": new, "lr": NEW_RATE}, {"params": old, "lr": RATE}]
        self.optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, weight_decay=DECAY, foreach=True)

    def put(self) -> None:
        """Rounds the weights into the network."""
        with torch.no_grad():
            for name, values in self.network.named_parameters():
                values.copy_(self.weights[name])

    def step(self, loss: torch.Tensor, share: float) -> float:
        """Learns from a batch, at a `share` of the highest rates; gives its loss."""
        for group, rate in zip(self.optimizer.param_groups, (NEW_RATE, RATE), strict=True):
            group["lr"] = rate * share
        loss.backward()
        for name, values in self.network.named_parameters():
            self.weights[name].grad = None if values.grad is None else values.grad.float()
            values.grad = None
        torch.nn.utils.clip_grad_norm_(self.weights.values(), LONGEST_STEP, foreach=True)
        self.optimizer.step()
        self.put()
        return float(loss.detach())


def _kept(file: Path) -> ReaderWeights:
    with np.load(file, allow_pickle=False) as kept:
        return ReaderWeights({name: kept[name] for name in kept.files})


def train(
    material: Material, wanted: Training, file: Path, judge: Callable[[Network], None]
) -> dict[str, torch.Tensor]:
    """The trained weights by name. `file` is the checkpoint, from which it goes on if it is there. `judge` is called
    after every so many pairs, and at the end. Raises OSError."""
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(mode=True)
    torch.utils.deterministic.fill_uninitialized_memory = False  # nothing here reads what was not written
    torch.manual_seed(wanted.seed)
    learner = _Learner(material, wanted.onward)
    progress = _resumed(learner, file)
    meter, highest = _Meter(progress.seen), ONWARD if wanted.onward else 1.0
    for batch in _shown(material, wanted, progress):
        judged, spans = learner.network(batch_of(batch, material.states, material.mean))
        warmed = min(1.0, (progress.seen + 1) / WARMING)
        share = warmed * highest * max(LOWEST, 1 - progress.seen / wanted.pairs)
        meter.add(learner.step(loss_of(batch, material, judged, spans), share), progress.seen)
        before, progress.seen = progress.seen, progress.seen + len(batch)
        progress.batches += 1
        if progress.seen // wanted.every > before // wanted.every:
            _keep(learner, progress, file)
            judge(learner.network)
    _keep(learner, progress, file)
    judge(learner.network)
    return learner.weights


class _Meter:
    """Tells once a minute how it goes."""

    def __init__(self, seen: int) -> None:
        self._seen, self._told, self._losses = seen, time.monotonic(), list[float]()

    def add(self, loss: float, seen: int) -> None:
        self._losses.append(loss)
        if (passed := time.monotonic() - self._told) > TOLD:
            mean, speed = sum(self._losses) / len(self._losses), (seen - self._seen) / passed
            print(f"{seen} pairs, loss {mean:.4f}, {speed:.0f} pairs a second", flush=True)
            self._seen, self._told, self._losses = seen, time.monotonic(), []


def _shown(material: Material, wanted: Training, progress: _Progress) -> Iterator[list[Shown]]:
    """The batches from where the training is; `progress` is counted on by whoever takes them, but for the passes."""
    while progress.seen < wanted.pairs:
        chance = random.Random(f"{wanted.seed} {progress.passes}")
        items = one_pass(material, chance, easy=progress.passes == 0 and _starts(wanted))
        for number, batch in enumerate(batches(material, items, TOKENS, chance)):
            if number >= progress.batches and progress.seen < wanted.pairs:
                yield batch
        progress.passes, progress.batches = progress.passes + 1, 0


def _starts(wanted: Training) -> bool:
    """Whether it begins from nothing that reads pairs, and is long."""
    return wanted.onward is None and wanted.pairs > EASY_FROM


def loss_of(batch: Sequence[Shown], material: Material, judged: torch.Tensor, spans: torch.Tensor) -> torch.Tensor:
    """Of the judgement, of where what answers begins and ends, and of whether a premise is false; means over the items.
    `judged` (items, 3), `spans` (items, tokens, 2)."""
    logits = functional.binary_cross_entropy_with_logits
    right = torch.tensor([float(shown.item.right) for shown in batch])
    head = torch.tensor([HEAD[shown.item.task] for shown in batch])
    loss = logits(judged[torch.arange(len(batch)), head], right)
    premises = [(row, one.item.premise) for row, one in enumerate(batch) if one.item.premise is not None]
    if premises:
        rows, false = zip(*premises, strict=True)
        share = PREMISE_LOSS * len(rows) / len(batch)
        loss = loss + share * logits(judged[list(rows), PREMISE], torch.tensor(false, dtype=torch.float32))
    found = [(row, span) for row, one in enumerate(batch) if (span := shown_span(one, material.states))]
    if found:
        at, gold = [row for row, _ in found], torch.tensor([span for _, span in found])
        for end in (0, 1):
            off = functional.cross_entropy(spans[at, :, end], gold[:, end])
            loss = loss + SPAN_LOSS * len(at) / len(batch) * off
    return loss


def _keep(learner: _Learner, progress: _Progress, file: Path) -> None:
    part = file.with_name(f"{file.name}.part")
    state = {"weights": learner.weights, "optimizer": learner.optimizer.state_dict(), "chance": torch.get_rng_state()}
    torch.save({**state, "progress": vars(progress)}, part)
    part.replace(file)


def _resumed(learner: _Learner, file: Path) -> _Progress:
    """Puts in what the checkpoint holds, if there is one; gives where it was."""
    if not file.exists():
        return _Progress()
    state = torch.load(file, weights_only=True)
    for name, values in learner.weights.items():
        values.copy_(state["weights"][name])
    learner.optimizer.load_state_dict(state["optimizer"])
    learner.put()
    torch.set_rng_state(state["chance"])
    progress = _Progress(**state["progress"])
    print(f"goes on after {progress.seen} pairs", flush=True)
    return progress
