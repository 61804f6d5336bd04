"""What a network is shown: the pairs by the places of their states, and beside each of them passages that are wrong."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from eval.fitting.reader.pairs import HELD, Pairs, Task
from eval.fitting.reader.public import Pair, Span
from eval.fitting.reader.states import States, Text
from kamerbrief.embedding.passages import Vectors
from kamerbrief.embedding.reader import ASKED, TOLD

CROP = 160  # tokens of a passage, some 700 characters: what there is time to read of one when answering
NEAREST = 8  # wrong passages that one is drawn from

SHOWN = {
    "reading": 3.0,
    "members": 0.5,
    "squad": 0.6,
    "xquad": 0.5,
    "clapnq": 1.0,
    "claims": 3.0,
    "twins": 3.0,
    "swaps": 1.5,
    "sick": 0.25,
    "counterfactual": 0.4,
    "breaking": 0.25,
    "fever": 0.7,
    "fooled": 0.7,
    "summaries": 0.5,
}
"""How often the pairs of a source are shown in a pass over all; a fraction is that share of them, drawn anew."""

WRONG = {"reading": 2.0, "claims": 0.5, "twins": 0.5}
"""With how many wrong passages a question or claim is shown in a pass."""


class Item(NamedTuple):
    """A pair by the places of its states; `span` are the first and the last token that answer. `premise`: whether a
    premise of the question is false, None where that is not known. `begin` and `end`: which tokens told are read."""

    asked: int
    told: int
    right: bool
    source: str
    span: Span | None = None
    premise: bool | None = None
    begin: int = 0
    end: int = TOLD

    def length(self, states: States) -> int:
        """Tokens that are read."""
        told = min(self.end, int(states.lengths[self.told])) - self.begin
        return min(ASKED, int(states.lengths[self.asked])) + told


class Judged(NamedTuple):
    """An item to judge on, with the pair it was made of."""

    item: Item
    pair: Pair


@dataclass(frozen=True)
class Material:
    """Items to train on, each with the wrong passages it may be shown with; those held out, with their own passage and
    with `wrong` ones; and the states of all."""

    train: Sequence[tuple[Item, Sequence[int]]]
    held: Sequence[Judged]
    wrong: Sequence[Judged]
    states: States

    def mean_state(self) -> Vectors:
        """The mean of the tokens' states of every hundredth text told in training, shape (width,)."""
        some = sorted({item.told for item, _ in self.train})[::100]
        tokens = np.concatenate([self.states.tokens(place) for place in some])
        mean: Vectors = tokens.mean(axis=0, dtype=np.float32)
        return mean


def texts_of(pair: Pair, task: Task) -> tuple[Text, Text]:
    """How E5 reads both texts: a claim and its source as equals, a question and a passage as such."""
    return Text(pair.asked), told_text(pair.told, pair.context, task)


def told_text(text: str, context: str, task: Task) -> Text:
    """How E5 reads a text that is told: of claims by itself, without the context."""
    return Text(text, context if task == "answers" else None)


def all_texts(pairs: Pairs, task: Task) -> Iterator[Text]:
    """The texts whose states are wanted."""
    for pair in (*pairs.train, *pairs.held):
        yield from texts_of(pair, task)
    for passage in pairs.passages.values():
        yield told_text(passage.text, passage.context, task)


def gather_material(pairs: Pairs, task: Task, states: States, share: float, seed: int) -> Material:
    """The items of the pairs. `share` of those to train on are taken, at random by the seed."""
    taken = pairs.train
    if share < 1:
        taken = random.Random(seed).sample(pairs.train, round(len(pairs.train) * share))
    others = _Others(pairs, task, states)
    train = [(item_of(pair, task, states), others.nearest(pair) if pair.source in WRONG else ()) for pair in taken]
    held = [Judged(item_of(pair, task, states), pair) for pair in pairs.held]
    chance = random.Random(0)
    wrong = [Judged(wrong_item(one.item, chance.choice(others.nearest(one.pair))), one.pair) for one in held]
    return Material(train, held, wrong, states)


def item_of(pair: Pair, task: Task, states: States) -> Item:
    """The pair by the places of its states. Raises KeyError where these are not kept."""
    asked, told = (states.place(text) for text in texts_of(pair, task))
    premise = pair.kind == "false_premise" if pair.source == "reading" else None
    return Item(asked, told, pair.right, pair.source, tokens_of(pair.span, told, states), premise)


def wrong_item(item: Item, told: int) -> Item:
    """The same question or claim with a passage that it was not written over, and that says nothing of its premise."""
    return Item(item.asked, told, False, item.source, None, None if item.premise is None else False)


def tokens_of(span: Span | None, told: int, states: States) -> Span | None:
    """The first and the last token in which these characters of the text stand, if they are read."""
    if span is None:
        return None
    starts = states.starts(told)[:TOLD]
    first = int(np.searchsorted(starts, span[0], "right")) - 1
    last = int(np.searchsorted(starts, span[1], "left")) - 1
    whole = last + 1 < len(starts) or len(starts) < TOLD  # else it may go on behind what is read
    return (max(first, 0), last) if first <= last and whole else None


class _Others:
    """The passages that a search among them would find for a question or claim and that are not its own; those that are
    held out are found for those that are held out alone."""

    def __init__(self, pairs: Pairs, task: Task, states: States) -> None:
        self._task, self._states = task, states
        self._ids = list(pairs.passages)
        self._texts = [one.text for one in pairs.passages.values()]
        told = [told_text(one.text, one.context, task) for one in pairs.passages.values()]
        self._places = [states.place(text) for text in told]
        self._means = states.means[self._places]
        self._held = np.array([one.batch in HELD for one in pairs.passages.values()])

    def nearest(self, pair: Pair) -> list[int]:
        """The places of the NEAREST of them."""
        cosines = self._means @ self._states.means[self._states.place(Text(pair.asked))]
        side = self._held == (pair.batch in HELD)
        order = np.argsort(np.where(side, -cosines, np.inf))[: min(2 * NEAREST, int(side.sum()))].tolist()
        others = [i for i in order if self._ids[i] != pair.passage and self._texts[i] != pair.told]
        return [self._places[i] for i in others[:NEAREST]]


def cropped(item: Item, states: States, chance: random.Random) -> Item:
    """The same with CROP tokens of a longer passage, somewhere in it, and with what answers; of texts in which that is
    not known, all."""
    length = min(TOLD, int(states.lengths[item.told]))
    if length <= CROP or (item.right and item.span is None):
        return item
    lowest, highest = 0, length - CROP
    if item.span:
        highest = min(item.span[0], highest)
        lowest = min(max(0, item.span[1] - CROP + 1), highest)
    begin = chance.randint(lowest, highest)
    span = (item.span[0] - begin, min(item.span[1] - begin, CROP - 1)) if item.span else None
    return item._replace(span=span, begin=begin, end=begin + CROP)


def one_pass(material: Material, chance: random.Random) -> list[Item]:
    """A pass over all in an order of chance, each as often as SHOWN says, with wrong passages as WRONG says; questions
    with CROP tokens of a passage."""
    shown: list[Item] = []
    for item, others in material.train:
        times = _times(SHOWN[item.source], chance)
        shown += [item] * times
        if times and others:
            shown += [wrong_item(item, chance.choice(others)) for _ in range(_times(WRONG[item.source], chance))]
    chance.shuffle(shown)
    return [cropped(item, material.states, chance) if item.source == "reading" else item for item in shown]


def easy_pass(material: Material, chance: random.Random) -> list[Item]:
    """A pass to begin claims with, since minimal pairs alone do not start a network: true claims with their own and
    with wrong passages, and the public sets twice as often as later."""
    shown: list[Item] = []
    for item, others in material.train:
        if others and item.right:
            shown += [item, wrong_item(item, chance.choice(others))]
        elif not others and item.source != "swaps":
            shown += [item] * _times(2 * SHOWN[item.source], chance)
    chance.shuffle(shown)
    return shown


def batches(items: Sequence[Item], states: States, tokens: int, chance: random.Random) -> Iterator[list[Item]]:
    """Batches of items of like length, so that little is padded, of at most so many tokens; in an order of chance."""
    sorted_at_once = 4096
    for begin in range(0, len(items), sorted_at_once):
        found: list[list[Item]] = [[]]
        for item in sorted(items[begin : begin + sorted_at_once], key=lambda one: one.length(states)):
            if found[-1] and (len(found[-1]) + 1) * item.length(states) > tokens:
                found.append([])
            found[-1].append(item)
        chance.shuffle(found)
        yield from found


def _times(mean: float, chance: random.Random) -> int:
    return int(mean) + (chance.random() < mean % 1)
