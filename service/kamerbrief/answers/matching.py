"""How well each word of a question is met in a sentence, whatever words the sentence uses: late interaction.

E5 gives each token a vector that knows its surroundings. A word of the question is met by the token of the sentence
that comes nearest to it ("vissers" by "fishermen"), and a sentence by how its words are met, each by its rarity.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kamerbrief.answers.question import Question
from kamerbrief.embedding.passages import TokenStates, unit
from kamerbrief.language.terms import terms
from kamerbrief.proof.sources import SourceSentence

Array = NDArray[np.float64]
Read = Callable[[Sequence[str]], Sequence[TokenStates]]


@dataclass(frozen=True)
class Match:
    """`met`, shape (sentences, words): the cosine (-1 to 1) of each word of the question to the nearest token of each
    sentence; `weights`, shape (words,): what the words count for."""

    met: Array
    weights: Array

    def total(self, rows: Sequence[int]) -> float:
        """How well the question's words are met in these sentences taken together."""
        return float(self.met[list(rows)].max(axis=0) @ self.weights / self.weights.sum())


def match(question: Question, sentences: Sequence[SourceSentence], rarity: Mapping[str, float], read: Read) -> Match:
    """Holds the question against each sentence, read with its letter's subject in front; `read` gives token states.

    All vectors lose what they share: the mean over the sentences' tokens, which in E5 is most of any vector.
    """
    fronts = [one.passage.head.title or one.passage.head.dossier_name or "" for one in sentences]
    fronts = [f"{front}\n" if front else "" for front in fronts]
    asked, *states = read([question.text, *(front + one.text for front, one in zip(fronts, sentences, strict=True))])
    said = [
        state.vectors[np.searchsorted(state.starts, len(front)) :] for state, front in zip(states, fronts, strict=True)
    ]
    shared = np.concatenate(said).mean(axis=0)
    words = _words(question, rarity)
    # A word may begin within the last token: what follows a character that makes one token with it.
    places = [np.searchsorted(asked.starts, (start, end)).clip(max=len(asked.starts) - 1) for start, end, _ in words]
    tokens = unit(asked.vectors - shared)
    best = [(tokens @ unit(vectors - shared).T).max(axis=1) for vectors in said]
    met = [[float(row[first : max(last, first + 1)].mean()) for first, last in places] for row in best]
    return Match(np.array(met), np.array([weight for *_, weight in words]))


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
