"""Which words of a claim answer to which words of its sources, within one language or across two.

A word is matched by its stem or by the nearness of what E5 makes of it in its sentence (late interaction): "fishermen"
finds "vissers".
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from kamerbrief.embedding.passages import TokenStates, Vectors, unit
from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.language.sentences import sentences
from kamerbrief.language.terms import terms

WORD = re.compile(r"[^\W_]+(?:[’'\-.][^\W_]+)*(?:’s|'s)?")
_BREAK = re.compile(
    r"[,.](?!\d)|[;:–—!?\n]|\b(?:maar|omdat|doordat|zodat|waardoor|terwijl|hoewel|indien|als|wanneer|tenzij|behalve|want|mits|dan|"
    r"but|because|while|although|though|if|when|unless|except|provided|whereas|whether|dat|that|die|which|who|dus|so|"
    r"waarvoor|waarbij|waarin|waarmee|waarvan|en|and)\b",
    re.IGNORECASE,
)
FUNCTION_WORDS = frozenset(
    re.findall(
        r"\S+",
        """
    de het een en van in op te dat die is zijn was waren wordt worden werd werden geworden geweest voor met aan om er
    naar hoe wat wie waar wanneer heeft hebben had hadden gaat bij deze dit uit door over tot als dan ook nog ik wij
    we u uw ons onze mijn hij zij ze hun haar zich daar hier waarbij waarin waarop waarmee waardoor waarvoor waarvan
    daarbij daarin daarop daarmee daarvoor daarover hierbij hierover hierin hiervoor ben bent of maar want omdat zodat
    terwijl namelijk dus zo zoals onder na per sinds tegen tussen via volgens wel om af toe heen zelf ander andere
    ervan daarvan the a an and of to in on that which is are was were be been being for with at by from how what who
    where when has have had do does did as than also about it its this these those they their them he his she her we
    our us i you your there or but so such into through under over after before during between since while whether if
    because own other up out one s including included inclusief incl per cent procent percent ja nee yes no
    """,
    )
)
# Judged by rules of their own: modals and negations say how the rest is meant.
CUE_WORDS = frozenset(
    re.findall(
        r"\S+",
        """
    niet geen nooit niets niemand zonder noch alleen slechts enkel uitsluitend pas minstens minimaal tenminste
    maximaal hooguit kan kunnen kon konden zou zouden mogelijk misschien wellicht wil willen zal zullen mag mogen moet
    moeten dient dienen hoeft hoeven meer minder not no never nobody nothing without nor only just least most can
    could may might would should will must shall cannot more less
    """,
    )
)
_SPEAKERS = frozenset(
    re.findall(
        r"\S+",
        """
    minister ministers staatssecretaris bewindspersoon kabinet kamer secretary state house representatives cabinet
    government brief letter kamerbrief
    """,
    )
)
_SAME_STEM = np.float32(0.97)
"""What a word of the same stem counts for, however it is meant in its sentence."""


@dataclass(frozen=True)
class Word:
    """A word of a text, in which paragraph, sentence and clause; `weighs` says that it must be supported."""

    text: str
    start: int
    end: int
    stem: str
    paragraph: int
    sentence: int
    clause: int
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


def read_words(texts: Sequence[str], states: Sequence[TokenStates]) -> Words:
    """The words of texts with their vectors. Sentences and clauses are numbered through."""
    words: list[Word] = []
    rows: list[Vectors] = []
    for number, (text, read) in enumerate(zip(texts, states, strict=True)):
        found = list(_words(text, number, words[-1].sentence + 1 if words else 0, words[-1].clause + 1 if words else 0))
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


def _words(text: str, paragraph: int, sentence: int, clause: int) -> Iterator[Word]:
    breaks = [match.start() for match in _BREAK.finditer(text)]
    ends = [end for _, end in sentences(text, lexicon_of(None))]
    for match in WORD.finditer(text):
        yield Word(
            text=match[0],
            start=match.start(),
            end=match.end(),
            stem=_stem(match[0]),
            paragraph=paragraph,
            sentence=sentence + bisect_right(ends, match.start()),
            clause=clause + bisect_right(breaks, match.start()),
            weighs=_weighs(match[0].lower()),
        )


def _pooled(words: Sequence[Word], read: TokenStates) -> Vectors:
    """The mean of each word's tokens. A word that shares its token with the one before it gets that token."""
    bounds = np.searchsorted(read.starts, [(word.start, word.end) for word in words] or [(0, 0)])
    first = np.minimum(bounds[:, 0], len(read.starts) - 1)
    last = np.maximum(bounds[:, 1], first + 1)
    sums = np.concatenate([np.zeros((1, read.vectors.shape[1]), np.float32), np.cumsum(read.vectors, axis=0)])
    pooled: Vectors = (sums[last] - sums[first]) / (last - first)[:, None].astype(np.float32)
    return pooled if words else pooled[:0]


def _weighs(word: str) -> bool:
    return (
        len(word) > 1
        and word not in FUNCTION_WORDS
        and word not in CUE_WORDS
        and word not in _SPEAKERS
        and (not any(character.isdigit() for character in word))
    )


@lru_cache(50_000)
def _stem(word: str) -> str:
    """The stem as it is indexed; "" for a stop word."""
    return next((term for term in terms(word) if not term.startswith("#")), "")
