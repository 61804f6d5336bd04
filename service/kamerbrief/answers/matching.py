"""How well each word of a question is met in a sentence, whatever words the sentence uses: late interaction.

E5 gives each token a vector that knows its surroundings. A word of the question is met by the token of the sentence
that comes nearest to it ("vissers" by "fishermen"), and a sentence by how its words are met, each by its rarity.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kamerbrief.answers.question import Question
from kamerbrief.answers.windows import ReadWindow
from kamerbrief.embedding.passages import TokenStates, unit
from kamerbrief.language.terms import terms
from kamerbrief.records.letters import Key

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Match:
    """The windows that were read; `met`, shape (sentences, words): the cosine (-1 to 1) of each word of the question to
    the nearest token of each of their sentences, in their order; `weights`, shape (words,): what the words count for.
    """

    windows: Sequence[ReadWindow]
    met: Array
    weights: Array

    @property
    def places(self) -> list[int]:
        """Those of the rows' sentences among all."""
        return [place for one in self.windows for place in one.window.places]

    @property
    def rows(self) -> dict[Key, list[int]]:
        """The rows of each paragraph."""
        ends = np.cumsum([len(one.window.places) for one in self.windows]).tolist()
        return {
            one.window.key: list(range(end - len(one.window.places), end))
            for one, end in zip(self.windows, ends, strict=True)
        }

    def total(self, rows: Sequence[int]) -> float:
        """How well the question's words are met in these sentences taken together."""
        return float(self.met[list(rows)].max(axis=0) @ self.weights / self.weights.sum())


def match(question: Question, asked: TokenStates, windows: Sequence[ReadWindow], rarity: Mapping[str, float]) -> Match:
    """Holds the question, of which `asked` are the states, against each sentence of the windows, in their order.

    All vectors lose what they share: the mean over the sentences' tokens, which in E5 is most of any vector.
    """
    said = [one.states.vectors[one.tokens(number)] for one in windows for number in range(len(one.window.spans))]
    shared = np.concatenate(said).mean(axis=0)
    words = _words(question, rarity)
    # A word may begin within the last token: what follows a character that makes one token with it.
    places = [np.searchsorted(asked.starts, (start, end)).clip(max=len(asked.starts) - 1) for start, end, _ in words]
    tokens = unit(asked.vectors - shared)
    best = [(tokens @ unit(vectors - shared).T).max(axis=1) for vectors in said]
    met = [[float(row[first : max(last, first + 1)].mean()) for first, last in places] for row in best]
    return Match(windows, np.array(met), np.array([weight for *_, weight in words]))


def _words(question: Question, rarity: Mapping[str, float]) -> list[tuple[int, int, float]]:
    """Start, end and rarity of the words that say what is asked about; of all words if none does."""
    common = question.lexicon.pattern("terms.too_common")
    found = [(word.start(), word.end(), word.group()) for word in re.finditer(r"\w+", question.text)]
    weighed = [
        (start, end, max((rarity.get(term, 0.0) for term in terms(word)), default=0.0))
        for start, end, word in found
        if not common.fullmatch(word)
    ]
    return [word for word in weighed if word[2] > 0] or [(start, end, 1.0) for start, end, _ in found]
