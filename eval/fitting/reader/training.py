"""Trains a network, by a number of pairs, so that seed and command tell what comes out; what was stopped goes on.

The order of what is shown comes from the seed and the number of the pass, and a checkpoint holds all else, so that a
training which was stopped gives what it would have given. On another kind of processor the last digits are others.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch.nn import functional

from eval.fitting.reader.items import Item, Material, batches, easy_pass, one_pass
from eval.fitting.reader.network import FAST, Network, batch_of
from eval.fitting.reader.pairs import Task

THREADS = 1  # how many add up one sum decides its last digits; and beside other work two take six times the time
TOKENS = 4500  # of a batch
RATE = {"answers": 1e-3, "supports": 6e-4}  # the highest learning rate
WARMING = 6000  # pairs until it is reached; from there it falls to LOWEST of it at the end
LOWEST = 0.02
DECAY = 0.02
LONGEST_STEP = 1.0  # norm of a step's gradient
SPAN_LOSS, PREMISE_LOSS = 0.1, 0.2  # beside that of the judgement
EASY = 0.35  # of all pairs: as long claims are shown by easy passes
EASY_PASS = 8192  # items
TOLD = 60.0  # seconds


@dataclass(frozen=True)
class Training:
    """What is asked of a training: `pairs` to show, and after how many (`every`) it is judged and kept."""

    task: Task
    seed: int
    pairs: int
    every: int


@dataclass
class _Progress:
    """Where a training is: in which pass, after how many batches of it, how many pairs were shown before it, and in
    all."""

    passes: int = 0
    batches: int = 0
    before: int = 0
    seen: int = 0


def train(material: Material, wanted: Training, file: Path, judge: Callable[[Network], None]) -> Network:
    """The trained network. `file` is the checkpoint, from which it goes on if it is there. `judge` is called after
    every so many pairs, and at the end. Raises OSError."""
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(mode=True)
    torch.utils.deterministic.fill_uninitialized_memory = False  # nothing here reads what was not written
    torch.manual_seed(wanted.seed)
    network = Network(material.states.width, material.mean_state())
    optimizer = torch.optim.AdamW(network.parameters(), RATE[wanted.task], weight_decay=DECAY)
    progress = _resumed(network, optimizer, file)
    meter = _Meter(progress.seen)
    for batch in _shown(material, wanted, progress):
        meter.add(_step(network, optimizer, batch, material, wanted, progress.seen), progress.seen)
        before, progress.seen = progress.seen, progress.seen + len(batch)
        progress.batches += 1
        if progress.seen // wanted.every > before // wanted.every:
            _keep(network, optimizer, progress, file)
            judge(network)
    _keep(network, optimizer, progress, file)
    judge(network)
    return network


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


def _shown(material: Material, wanted: Training, progress: _Progress) -> Iterator[list[Item]]:
    """The batches from where the training is; `progress` is counted on by whoever takes them, but for the passes."""
    while progress.seen < wanted.pairs:
        chance = random.Random(f"{wanted.seed} {progress.passes}")
        easy = wanted.task == "supports" and progress.before < EASY * wanted.pairs
        items = easy_pass(material, chance)[:EASY_PASS] if easy else one_pass(material, chance)
        for number, batch in enumerate(batches(items, material.states, TOKENS, chance)):
            if number >= progress.batches and progress.seen < wanted.pairs:
                yield batch
        progress.passes, progress.batches, progress.before = progress.passes + 1, 0, progress.seen


def _step(
    network: Network,
    optimizer: torch.optim.Optimizer,
    items: Sequence[Item],
    material: Material,
    wanted: Training,
    seen: int,
) -> float:
    """Learns from a batch; gives its loss."""
    falling = max(LOWEST, 1 - seen / wanted.pairs)
    for group in optimizer.param_groups:
        group["lr"] = RATE[wanted.task] * min(1.0, (seen + 1) / WARMING) * falling
    with torch.autocast("cpu", FAST, enabled=torch.float32 != FAST):
        judged, spans = network(batch_of(items, material.states))
    loss = loss_of(items, judged, spans, wanted.task)
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), LONGEST_STEP)
    optimizer.step()
    return float(loss.detach())


def loss_of(items: Sequence[Item], judged: torch.Tensor, spans: torch.Tensor, task: Task) -> torch.Tensor:
    """Of the judgement, of where what answers begins and ends, and of whether a premise is false; a mean each, over the
    items of which it is known. `judged` (items, 3), `spans` (items, tokens, 2)."""
    logits = functional.binary_cross_entropy_with_logits
    right = torch.tensor([float(one.right) for one in items])
    loss = logits(judged[:, 0 if task == "answers" else 1], right)
    at = [(row, one.span) for row, one in enumerate(items) if one.span is not None]
    if at:
        rows = [row for row, _ in at]
        for end in (0, 1):
            gold = torch.tensor([span[end] for _, span in at])
            loss = loss + SPAN_LOSS * functional.cross_entropy(spans[rows, :, end], gold)
    premises = [(row, float(one.premise)) for row, one in enumerate(items) if one.premise is not None]
    if premises:
        rows = [row for row, _ in premises]
        loss = loss + PREMISE_LOSS * logits(judged[rows, 2], torch.tensor([premise for _, premise in premises]))
    return loss


def _keep(network: Network, optimizer: torch.optim.Optimizer, progress: _Progress, file: Path) -> None:
    part = file.with_name(f"{file.name}.part")
    state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "chance": torch.get_rng_state()}
    torch.save({**state, "progress": vars(progress)}, part)
    part.replace(file)


def _resumed(network: Network, optimizer: torch.optim.Optimizer, file: Path) -> _Progress:
    """Puts in what the checkpoint holds, if there is one; gives where it was."""
    if not file.exists():
        return _Progress()
    state = torch.load(file, weights_only=True)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    torch.set_rng_state(state["chance"])
    progress = _Progress(**state["progress"])
    print(f"goes on after {progress.seen} pairs", flush=True)
    return progress
