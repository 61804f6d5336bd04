"""The parts that the settings ask for, made when they are first wanted: each brings a heavy package along."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kamerbrief.embedding.embedders import Embedder, OpenAIEmbedder, embedder_name
from kamerbrief.embedding.passages import TokenStates
from kamerbrief.index.chunks import VERSION as CHUNKING
from kamerbrief.settings import Settings

if TYPE_CHECKING:
    from kamerbrief.store.doctor import Finding


def make_embedder(settings: Settings) -> Embedder:
    """The embedder of the settings, ready to work: the embedded model, or a server's when a model is named.

    Raises ModelUnavailableError when the embedded model's weights are missing.
    """
    # Each needs a heavy package that the other does without.
    if not settings.embedding_model:
        from kamerbrief.embedding.e5 import E5Embedder

        return E5Embedder(settings.cache_dir)
    from kamerbrief.models.openai_client import OpenAIClient

    client = OpenAIClient(
        settings.embedding_base_url, settings.embedding_api_key.get_secret_value(), timeout=settings.embedding_timeout
    )
    return OpenAIEmbedder(client, settings.embedding_model)


def doctor(settings: Settings, use: str | None) -> "list[Finding]":
    """What the data folder is like, once all is mended that can be; `use` names the generation to use from now on."""
    from kamerbrief.store.doctor import treat  # only this command wants it

    return treat(settings.data_dir, embedder_name(settings), CHUNKING, use)


def make_reader(settings: Settings, embedder: Embedder) -> Callable[[Sequence[str]], list[TokenStates]]:
    """What reads texts token by token: always the embedded model, whatever embeds for the search.

    Raises ModelUnavailableError when the embedded model's weights are missing.
    """
    from kamerbrief.embedding.e5 import E5Embedder

    return (embedder if isinstance(embedder, E5Embedder) else E5Embedder(settings.cache_dir)).tokens
