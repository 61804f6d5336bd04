"""What a network is shown: the pairs by the places of their states, and beside each of them passages that are wrong."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from eval.fitting.reader.pairs import CUT, HELD, Pairs
from eval.fitting.reader.public import Pair, Span, Task
from eval.fitting.reader.states import States, Text
from kamerbrief.embedding.passages import Vectors, unit
from kamerbrief.embedding.reader import ASKED, CONTEXT, TOLD

CROPS = (36, 96)  # tokens of a passage that are shown with a question: service windows have some sixty
SOURCE = 110  # of one that is shown with a claim
TRIES = 3  # crops that one is taken of: that in which the question's words have the nearest like
NEAREST = 8  # wrong passages that one is drawn from
SOUGHT = 14  # of the nearest ones, of which the pair's own is left out

SHOWN = {
    "reading": 1.0,
    "members": 0.5,
    "squad": 0.5,
    "xquad": 0.5,
    "clapnq": 1.0,
    "claims": 1.0,
    "twins": 1.0,
    "swaps": 1.0,
    "sick": 0.2,
    "counterfactual": 0.4,
    "breaking": 0.2,
    "fever": 0.7,
    "fooled": 0.7,
    "summaries": 0.5,
}
"""The share of a source's pairs that is shown in a pass, drawn anew in each."""

CUTS = {"reading": 1.0, "squad": 0.35, "xquad": 0.35}
"""The same of passages without the sentence that answers."""

WRONG: dict[Task, float] = {"answers": 0.6, "supports": 0.25}
"""How often what was written over a passage is shown with a wrong one too."""

EASY, EASY_WRONG = 1.5, 0.7
"""In the first pass, since minimal pairs alone do not start a network: how much oftener public claims are shown, and
how often true claims with wrong passages; changed ones and their twins are not."""


class Item(NamedTuple):
    """A pair by the places of its states; `span` are the characters that answer. `premise`: whether a premise of the
    question is false, None where that is not known."""

    asked: int
    told: int
    right: bool
    task: Task
    source: str
    kind: str = ""
    span: Span | None = None
    premise: bool | None = None


class Shown(NamedTuple):
    """An item with the tokens of its text that are read."""

    item: Item
    tokens: NDArray[np.intp]


class Judged(NamedTuple):
    """An item to judge on, with the pair it was made of."""

    item: Item
    pair: Pair


@dataclass(frozen=True)
class Material:
    """Items to train on, each with the wrong passages it may be shown with; those held out, with their own passage and
    with `wrong` ones; the states of all, and the mean state of a token, shape (WIDTH,)."""

    train: Sequence[tuple[Item, Sequence[int]]]
    held: Sequence[Judged]
    wrong: Sequence[Judged]
    states: States
    mean: Vectors


def texts_of(pair: Pair) -> tuple[Text, Text]:
    """How E5 reads both texts: a claim and its source as equals, a question and a passage as such."""
    return Text(pair.asked), told_text(pair.told, pair.context, pair.task)


def told_text(text: str, context: str, task: Task) -> Text:
    """How E5 reads a text that is told: of claims by itself, without the context."""
    return Text(text, context if task == "answers" else None)


def all_texts(pairs: Pairs) -> Iterator[Text]:
    """The texts whose states are wanted."""
    for pair in (*pairs.train, *pairs.held):
        yield from texts_of(pair)
    for passage in pairs.passages.values():
        yield told_text(passage.text, passage.context, "answers")
        yield told_text(passage.text, passage.context, "supports")


def gather_material(pairs: Pairs, states: States, share: float, seed: int) -> Material:
    """The items of the pairs. `share` of those to train on are taken, at random by the seed."""
    taken = pairs.train
    if share < 1:
        kept = set(random.Random(seed).sample(range(len(taken)), round(len(taken) * share)))
        taken = [pair for row, pair in enumerate(taken) if row in kept]
    others = _Others(pairs, states)
    train = [
        (item_of(pair, states), others.nearest(pair) if pair.passage and pair.kind != CUT else ()) for pair in taken
    ]
    held = [Judged(item_of(pair, states), pair) for pair in pairs.held]
    chance = random.Random(0)
    shown = [one for one in held if one.pair.kind != CUT]
    wrong = [Judged(wrong_item(one.item, chance.choice(others.nearest(one.pair))), one.pair) for one in shown]
    return Material(train, held, wrong, states, _mean([item for item, _ in train], states))


def _mean(items: Sequence[Item], states: States) -> Vectors:
    """The mean of the tokens' states of every hundredth text told of questions."""
    some = sorted({item.told for item in items if item.task == "answers" and item.kind != CUT})[::100]
    mean: Vectors = np.concatenate([states.tokens(place) for place in some]).astype(np.float32).mean(axis=0)
    return mean


def item_of(pair: Pair, states: States) -> Item:
    """The pair by the places of its states. Raises KeyError where these are not kept."""
    asked, told = (states.place(text) for text in texts_of(pair))
    premise = pair.kind == "false_premise" if pair.source == "reading" else None
    return Item(asked, told, pair.right, pair.task, pair.source, pair.kind, pair.span, premise)


def wrong_item(item: Item, told: int) -> Item:
    """The same question or claim with a passage that it was not written over, and that says nothing of its premise."""
    return item._replace(told=told, right=False, span=None, premise=None if item.premise is None else False)


class _Others:
    """The passages that a search among them would find for a question or claim and that are not its own; those that are
    held out are found for those that are held out alone."""

    def __init__(self, pairs: Pairs, states: States) -> None:
        self._states, self._numbers = states, {name: number for number, name in enumerate(pairs.passages)}
        passages = list(pairs.passages.values())
        self._held = np.array([one.batch in HELD for one in passages])
        tasks: tuple[Task, ...] = ("answers", "supports")
        self._places = {
            task: [states.place(told_text(one.text, one.context, task)) for one in passages] for task in tasks
        }
        self._vectors = {task: states.vectors[places] for task, places in self._places.items()}

    def nearest(self, pair: Pair) -> list[int]:
        """The places of the NEAREST of them."""
        cosines = self._vectors[pair.task] @ self._states.vectors[self._states.place(Text(pair.asked))]
        side = self._held == (pair.batch in HELD)
        order = np.argsort(np.where(side, -cosines, np.inf))[: min(SOUGHT, int(side.sum()))].tolist()
        others = [at for at in order if at != self._numbers.get(pair.passage)]
        return [self._places[pair.task][at] for at in others[:NEAREST]]


def whole(item: Item, states: States) -> Shown:
    """As the service reads it: what it reads of a long text, from the beginning."""
    context, length = _lengths(item, states)
    return Shown(item, _tokens(context, length, 0, TOLD))


def cropped(item: Item, states: States, mean: Vectors, chance: random.Random) -> Shown:
    """With some of its text: where that is known, with what answers."""
    context, length = _lengths(item, states)
    size = chance.randint(*CROPS) if item.task == "answers" else SOURCE
    if length <= size:
        return Shown(item, _tokens(context, length, 0, size))
    lowest, highest = 0, length - size
    if item.span:
        first, last = _span(item.span, item.told, states)
        highest = max(0, min(first - context, highest))
        lowest = min(max(0, last - context - size + 1), highest)
        begin = chance.randint(lowest, highest)
    elif item.task == "answers":
        asked = unit(states.tokens(item.asked)[:ASKED].astype(np.float32) - mean)
        told = unit(states.tokens(item.told)[context : context + length].astype(np.float32) - mean)
        near = np.concatenate([[0], np.cumsum((asked @ told.T).max(axis=0))])
        begin = max((chance.randint(lowest, highest) for _ in range(TRIES)), key=lambda at: near[at + size] - near[at])
    else:
        begin = chance.randint(lowest, highest)
    return Shown(item, _tokens(context, length, begin, size))


def _lengths(item: Item, states: States) -> tuple[int, int]:
    """How many tokens the context has, and the text."""
    context = int(np.searchsorted(states.starts(item.told), 0))
    return context, int(states.lengths[item.told]) - context


def _tokens(context: int, length: int, begin: int, size: int) -> NDArray[np.intp]:
    """The last CONTEXT tokens of the context, and `size` of the text."""
    text = np.arange(context + begin, context + min(length, begin + size))
    return np.concatenate([np.arange(max(0, context - CONTEXT), context), text])


def shown_span(shown: Shown, states: States) -> Span | None:
    """The first and the last of the tokens that are read in which what answers stands, if all of it is read."""
    if shown.item.span is None or not shown.item.right:
        return None
    ends = _span(shown.item.span, shown.item.told, states)
    first, last = np.searchsorted(shown.tokens, ends).tolist()
    read = [at < len(shown.tokens) and shown.tokens[at] == end for at, end in zip((first, last), ends, strict=True)]
    return (first, last) if all(read) else None


def _span(span: Span, told: int, states: States) -> Span:
    """The first and the last token in which these characters stand."""
    starts = states.starts(told)
    return int(np.searchsorted(starts, span[0], "right")) - 1, int(np.searchsorted(starts, span[1], "left")) - 1


def one_pass(material: Material, chance: random.Random, *, easy: bool) -> list[Item]:
    """A pass over all in an order of chance, each as often as SHOWN and CUTS say, with wrong passages as WRONG does."""
    shown: list[Item] = []
    for item, others in material.train:
        if item.kind == CUT:
            shown += [item] * _drawn(CUTS[item.source], chance)
        elif easy and item.task == "supports" and others:
            if item.right:
                shown.append(item)
                shown += [wrong_item(item, chance.choice(others)) for _ in range(_drawn(EASY_WRONG, chance))]
        elif _drawn(SHOWN[item.source] * (EASY if easy and item.task == "supports" else 1), chance):
            shown.append(item)
            if others and _drawn(WRONG[item.task], chance):
                shown.append(wrong_item(item, chance.choice(others)))
    chance.shuffle(shown)
    return shown


def batches(material: Material, items: Sequence[Item], tokens: int, chance: random.Random) -> Iterator[list[Shown]]:
    """Batches of items of like length, so that little is padded, of at most so many tokens; in an order of chance."""
    sorted_at_once, states = 4096, material.states
    for begin in range(0, len(items), sorted_at_once):
        found: list[list[Shown]] = [[]]
        some = [cropped(item, states, material.mean, chance) for item in items[begin : begin + sorted_at_once]]
        for one in sorted(some, key=lambda one: length_of(one, states)):
            if found[-1] and (len(found[-1]) + 1) * length_of(one, states) > tokens:
                found.append([])
            found[-1].append(one)
        chance.shuffle(found)
        yield from found


def length_of(shown: Shown, states: States) -> int:
    """Tokens that are read."""
    return min(ASKED, int(states.lengths[shown.item.asked])) + len(shown.tokens)


def _drawn(share: float, chance: random.Random) -> int:
    """1 in this share of cases, else 0."""
    return int(chance.random() < share)
