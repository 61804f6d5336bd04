"""A few passages with a question over each, and states that no model was asked for."""

import numpy as np
import pytest

from eval.fitting.reader.pairs import HELD, Pairs, Passage
from eval.fitting.reader.public import Pair
from eval.fitting.reader.states import WIDTH, Read, States, Text, keep_states
from kamerbrief.embedding.passages import TokenStates, unit


def states_of_words(text: Text) -> Read:
    """A token a word, its state drawn by chance out of the text, and no finer than 16 bits tell."""
    starts = [at for at in range(len(text.text)) if at == 0 or text.text[at - 1] == " "]
    chance = np.random.default_rng(sum(text.text.encode()))
    vectors = (chance.normal(size=(len(starts), WIDTH)) * 16).round().astype(np.float32) / np.float32(16)
    return Read(TokenStates(vectors, starts), unit(vectors.mean(axis=0)))


@pytest.fixture(scope="session")
def small() -> Pairs:
    """Six passages, of which two are held out."""
    passages = {
        f"{batch}-{number}": Passage("", f"Brief {number} van {batch} zegt het woord van {number * 'x '}hier.", batch)
        for batch in ("r0", "r1", "r2")
        for number in (1, 2)
    }
    asked = [
        Pair(f"Wat zegt {name}?", "", at.text, True, "reading", at.batch, span=(6, 7), passage=name)
        for name, at in passages.items()
    ]
    held = [one for one in asked if one.batch in HELD]
    return Pairs([one for one in asked if one not in held], held, passages)


@pytest.fixture(scope="session")
def states(small: Pairs, tmp_path_factory: pytest.TempPathFactory) -> States:
    texts = [Text(pair.asked) for pair in (*small.train, *small.held)]
    texts += [Text(passage.text, context) for passage in small.passages.values() for context in ("", None)]
    return keep_states(texts, tmp_path_factory.mktemp("states"), states_of_words)
