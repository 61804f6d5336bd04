"""Which words of a claim answer to which words of its sources, within one language or across two.

A word is matched by its stem or by the nearness of what E5 makes of it in its sentence (late interaction): "fishermen"
finds "vissers".
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from kamerbrief.embedding.passages import TokenStates, Vectors, unit
from kamerbrief.language.sentences import sentences
from kamerbrief.language.terms import terms
from kamerbrief.proof.cues import Languages, any_of, vocabulary

WORD = re.compile(r"[^\W_]+(?:[’'\-.][^\W_]+)*(?:’s|'s)?")
_DIGIT = re.compile(r"\d")
_SAME_STEM = np.float32(0.97)
"""What a word of the same stem counts for, however it is meant in its sentence."""


@dataclass(frozen=True)
class Word:
    """A word of a text, in which paragraph, sentence and clause, and the languages these may be in; `weighs` says that
    it must be supported."""

    text: str
    start: int
    end: int
    stem: str
    paragraph: int
    sentence: int
    clause: int
    languages: Languages
    weighs: bool

    @property
    def lower(self) -> str:
        return self.text.lower()


@dataclass(frozen=True)
class Words:
    """The words of one text or of several, each with its vector of unit length."""

    words: tuple[Word, ...]
    vectors: Vectors


@dataclass(frozen=True)
class Alignment:
    """A claim against its sources. `cosines` has a row for each word of the claim, a column for each of the sources;
    in `near` words of one stem count as near besides."""

    claim: tuple[Word, ...]
    sources: tuple[Word, ...]
    cosines: NDArray[np.float32]

    @cached_property
    def near(self) -> NDArray[np.float32]:
        stems = np.array([word.stem for word in self.sources])
        same = np.array([(stems == word.stem) & bool(word.stem) for word in self.claim], bool)
        return np.where(same.reshape(self.cosines.shape), np.maximum(self.cosines, _SAME_STEM), self.cosines)

    @cached_property
    def weighing(self) -> list[int]:
        """The places of the claim's words that must be supported; all of them where none weighs."""
        return [i for i, word in enumerate(self.claim) if word.weighs] or list(range(len(self.claim)))


def read_words(texts: Sequence[tuple[str, Languages]], states: Sequence[TokenStates]) -> Words:
    """The words of texts with their vectors. Sentences and clauses are numbered through."""
    words: list[Word] = []
    rows: list[Vectors] = []
    for number, ((text, languages), read) in enumerate(zip(texts, states, strict=True)):
        sentence, clause = (words[-1].sentence + 1, words[-1].clause + 1) if words else (0, 0)
        found = list(_words(text, languages, number, sentence, clause))
        words += found
        rows.append(_pooled(found, read))
    return Words(tuple(words), unit(np.concatenate(rows)))


def align(claim: Words, sources: Words) -> Alignment:
    """Every word of the claim against every word of the sources."""
    return Alignment(claim.words, sources.words, claim.vectors @ sources.vectors.T)


def span_of(words: Sequence[Word], places: Iterable[int]) -> tuple[int, int]:
    """The characters of a text from the first of these words to the last; the words are those of one text."""
    chosen = [words[place] for place in places]
    return min(word.start for word in chosen), max(word.end for word in chosen)


def _words(text: str, languages: Languages, paragraph: int, sentence: int, clause: int) -> Iterator[Word]:
    breaks = [match.start() for match in _break(languages).finditer(text)]
    ends = [end for _, end in sentences(text, languages[0])]
    weightless = _weightless(languages)
    for match in WORD.finditer(text):
        yield Word(
            text=match[0],
            start=match.start(),
            end=match.end(),
            stem=_stem(match[0]),
            paragraph=paragraph,
            sentence=sentence + bisect_right(ends, match.start()),
            clause=clause + bisect_right(breaks, match.start()),
            languages=languages,
            weighs=len(match[0]) > 1 and match[0].lower() not in weightless and not _DIGIT.search(match[0]),
        )


def _pooled(words: Sequence[Word], read: TokenStates) -> Vectors:
    """The mean of each word's tokens. A word that shares its token with the one before it gets that token."""
    bounds = np.searchsorted(read.starts, [(word.start, word.end) for word in words] or [(0, 0)])
    first = np.minimum(bounds[:, 0], len(read.starts) - 1)
    last = np.maximum(bounds[:, 1], first + 1)
    sums = np.concatenate([np.zeros((1, read.vectors.shape[1]), np.float32), np.cumsum(read.vectors, axis=0)])
    pooled: Vectors = (sums[last] - sums[first]) / (last - first)[:, None].astype(np.float32)
    return pooled if words else pooled[:0]


@cache
def _weightless(languages: Languages) -> frozenset[str]:
    """Words that need not find their like: they say how the others go together, how they are meant, or who speaks."""
    keys = ("proof.words.function", "proof.words.cues", "proof.words.speakers")
    return frozenset().union(*(vocabulary(languages, key) for key in keys))


@cache
def _break(languages: Languages) -> re.Pattern[str]:
    """Where a clause ends, or the next one begins."""
    return re.compile(rf"[,.](?!\d)|[;:–—!?\n]|\b(?:{any_of(languages, 'proof.words.clause')})\b", re.IGNORECASE)


@lru_cache(50_000)
def _stem(word: str) -> str:
    """The stem as it is indexed; "" for a stop word."""
    return next((term for term in terms(word) if not term.startswith("#")), "")
