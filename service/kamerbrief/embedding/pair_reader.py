"""What reads questions together with passages: E5 each by itself, then the reader both."""

from collections.abc import Sequence
from importlib.resources import files

from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.embedding.reader import Reader, Reading


class PairReader:
    """Safe to share between threads. Raises WeightsError where the reader's weights cannot be read."""

    def __init__(self, embedder: E5Embedder) -> None:
        self._embedder = embedder
        self._reader = Reader(files("kamerbrief.embedding") / "reader.npz")
        self.hash = self._reader.hash

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> Reading:
        """The question and the passages, each a context and a text, token by token, and a judgement of each pair."""
        (asked,) = self._embedder.tokens([question])
        told = self._embedder.passage_tokens(passages)
        return Reading(asked, told, [self._reader.judge(asked, one) for one in told])
