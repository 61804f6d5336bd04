"""Which sentences speak of one thing: those that share words that few others have."""

import math
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kamerbrief.language.detection import language_of
from kamerbrief.language.lexicon import lexicons
from kamerbrief.language.memory import per_sentence
from kamerbrief.language.numbers import find_quantities
from kamerbrief.language.terms import terms

LATEST = 50  # sentences that a stem is remembered of
LIKELY = 5  # sentences that one is held against
PART = 0.25  # what a part of a long word counts for beside a word

T = TypeVar("T")


@dataclass(frozen=True)
class Sentence(Generic[T]):
    """A text, and what it is `of`."""

    text: str
    of: T


class Remembered(Generic[T]):
    """The sentences that were read already, by their words."""

    def __init__(self) -> None:
        self._sentences: list[Sentence[T]] = []
        self._of_stem: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=LATEST))
        self._counts: Counter[str] = Counter()

    def read(self, sentences: Sequence[Sentence[T]]) -> None:
        for one in sentences:
            for term in words(one.text):
                self._counts[term] += 1
                if not term.startswith("#"):
                    self._of_stem[term].append(len(self._sentences))
            self._sentences.append(one)

    def nearest(self, later: Sequence[Sentence[T]]) -> Iterator[tuple[Sentence[T], list[tuple[float, T]]]]:
        """For each sentence of a letter those read before that share most words with it, the nearest first and of as
        near ones the latest, with how near they are (0 to 1)."""
        counts = self._counts + Counter(term for one in later for term in words(one.text))
        total = len(self._sentences) + len(later)

        def weight(term: str) -> float:
            return math.log(1 + total / counts[term]) * (PART if term.startswith("#") else 1)

        def size(text: str) -> float:
            return 1 + sum(map(weight, words(text)))

        for one in later:
            shared: dict[int, float] = defaultdict(float)
            for term in words(one.text):
                for place in self._of_stem.get(term, ()):
                    shared[place] += weight(term)
            likely = sorted(shared, key=lambda place: (shared[place], place), reverse=True)[:LIKELY]
            texts = [(place, self._sentences[place].text) for place in likely]
            near = [
                (sum(map(weight, words(one.text) & words(it))) / math.sqrt(size(one.text) * size(it)), place)
                for place, it in texts
            ]
            latest_first = sorted(((round(alike, 6), place) for alike, place in near), reverse=True)
            yield one, [(alike, self._sentences[place].of) for alike, place in latest_first]


@per_sentence
def words(text: str) -> frozenset[str]:
    """The terms of a sentence, without those of its numbers."""
    numbers = find_quantities(text, language_of(text, lexicons()))
    counted = {term for one in numbers for term in terms(text[one.start : one.end])}
    return frozenset(one for one in terms(text) if one not in counted and not one.lstrip("#").isdigit())
