"""What an embedder is, and which one the settings ask for."""

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np

from kamerbrief.embedding.e5_weights import MODEL as E5
from kamerbrief.embedding.passages import Embedded, PassageText, Vectors, unit
from kamerbrief.embedding.tokens import count_tokens, split_tokens
from kamerbrief.settings import Settings

OPENAI_TOKENS = 8000
"""The longest text sent whole: OpenAI's models take 8,192, and a cut piece may come out a little longer."""


class Embedder(Protocol):
    """Turns texts into vectors of unit length. `name` tells whose: vectors of different names cannot be compared."""

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def passages(self, texts: Sequence[PassageText]) -> list[Embedded]: ...

    def questions(self, texts: Sequence[str]) -> Vectors: ...


class EmbeddingClient(Protocol):
    """A server's embedding models, as `OpenAIClient` reaches them."""

    def embed(self, model: str, texts: Sequence[str]) -> Vectors: ...


class OpenAIEmbedder:
    """Vectors of a model on an OpenAI-compatible server. Methods raise ModelError.

    A sentence is embedded by itself, without the context, in the same requests as the passages. A text over
    `max_tokens` (cl100k_base) goes in pieces, and its vector is the mean of theirs, weighted by tokens: nothing is cut
    off. A blank text, which servers refuse, is not sent; it says nothing, and its vector is zero.
    """

    def __init__(self, client: EmbeddingClient, model: str, max_tokens: int = OPENAI_TOKENS) -> None:
        self.name = openai_name(model)
        self._client = client
        self._model = model
        self._max_tokens = max_tokens
        self._dimension = 0

    @property
    def dimension(self) -> int:
        """Learnt from the first reply; before that one word is embedded to learn it."""
        if not self._dimension:
            self._dimension = self._client.embed(self._model, ["brief"]).shape[1]
        return self._dimension

    def passages(self, texts: Sequence[PassageText]) -> list[Embedded]:
        """Each passage's vector and its sentences'."""
        flat: list[str] = []
        for passage in texts:
            flat.append(f"{passage.context}\n{passage.text}" if passage.context else passage.text)
            flat += [passage.text[start:end] for start, end in passage.sentences]
        vectors = self._embed(flat)
        ends = np.cumsum([1 + len(passage.sentences) for passage in texts], dtype=int)
        return [Embedded(rows[0], rows[1:]) for rows in np.split(vectors, ends)[:-1]]

    def questions(self, texts: Sequence[str]) -> Vectors:
        """The questions' vectors, shape (number of texts, dimension)."""
        return self._embed(texts)

    def _embed(self, texts: Iterable[str]) -> Vectors:
        pieces = [split_tokens(text, self._max_tokens) if text.strip() else [] for text in texts]
        sent = [piece for of_text in pieces for piece in of_text]
        if not sent:
            return np.zeros((len(pieces), self.dimension), np.float32)
        received = unit(self._client.embed(self._model, sent))
        self._dimension = received.shape[1]
        vectors = np.zeros((len(pieces), self._dimension), np.float32)
        rows = iter(received)
        for vector, of_text in zip(vectors, pieces, strict=True):
            for piece in of_text:
                vector += next(rows) * (count_tokens(piece) if len(of_text) > 1 else 1)
        return unit(vectors)


def embedder_name(settings: Settings) -> str:
    """The name of the embedder that `make_embedder` gives, without loading it."""
    return openai_name(settings.embedding_model) if settings.embedding_model else E5


def openai_name(model: str) -> str:
    """What vectors of an OpenAI-compatible model are called."""
    return f"openai:{model}"
