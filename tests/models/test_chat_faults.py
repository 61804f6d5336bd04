"""Chat models over real HTTP: what becomes of each way in which a server can misbehave."""

import json
import logging
import traceback
from collections.abc import Iterator
from typing import Any

import pytest

from kamerbrief.errors import (
    ContextTooLongError,
    ModelError,
    ModelRefusedError,
    ModelRejectedError,
    ModelUnavailableError,
)
from kamerbrief.models.openai_client import OpenAIClient
from tests.asking import BOTH_WAYS, DONE, GOOD, KEY, REQUEST, Asking, in_pieces, refusal, whole
from tests.servers import Reply, piece, says, scripted_server, streams

BROKEN = "broke its reply off"
SENSELESS = "no reply of the OpenAI interface"
HTML = Reply(200, b'<html>\n<a href="https://wifi.example">Welkom</a>', {"Content-Type": "text/html"})
TOO_LONG = [
    refusal("too many", code="context_length_exceeded"),
    refusal("request (20030 tokens) exceeds it", type="exceed_context_size_error", code=400),
    refusal("the request exceeds the available context size, try increasing it", 500),
    refusal("This model's maximum context length is 8192 tokens. However, you requested 9000 tokens"),
    Reply(
        400, {"object": "error", "message": "The decoder prompt (length 9000) is longer than the maximum model length"}
    ),
    Reply(
        422, {"error": "`inputs` tokens + `max_new_tokens` must be <= 4096. Given: 9000", "error_type": "validation"}
    ),
    refusal("prompt is too long: 9000 tokens > 8000 maximum"),
]
MISBEHAVING = [
    pytest.param(Reply(body=says("ja"), delay=0.4), ModelUnavailableError, "in time", id="slow"),
    pytest.param(refusal(KEY, 500), ModelUnavailableError, "kept answering 500", id="500"),
    pytest.param(Reply(502, b"<html>Bad gateway"), ModelUnavailableError, "answering 502: try", id="502 of a proxy"),
    pytest.param(Reply(0), ModelUnavailableError, "breaks the connection off", id="dropped"),
    pytest.param(refusal(f"bad key {KEY}", 401), ModelRejectedError, "API key", id="401"),
    pytest.param(refusal(f"bad key {KEY}", 403), ModelRejectedError, "API key", id="403"),
    pytest.param(refusal("no such model", 404), ModelRejectedError, "'some-model'", id="404"),
    pytest.param(refusal(f"{KEY}\n\x1b[2Jno", 418), ModelRejectedError, "(418, … [2Jno)", id="418"),
    pytest.param(
        refusal(f"filtered {KEY}", code="content_filter"), ModelRefusedError, "filtered …", id="Azure's filter"
    ),
    pytest.param(HTML, ModelUnavailableError, SENSELESS, id="HTML"),
    *[pytest.param(no, ContextTooLongError, "too long", id=f"too long {n}") for n, no in enumerate(TOO_LONG)],
]


def shown(error: ModelError, client: OpenAIClient, caplog: pytest.LogCaptureFixture) -> str:
    return "".join(traceback.format_exception(error)) + caplog.text + repr(client)


@BOTH_WAYS
@pytest.mark.parametrize(("reply", "kind", "says"), MISBEHAVING)
def test_an_error_is_one_line_that_helps_and_never_shows_the_key(
    reply: Reply, kind: type[ModelError], says: str, ask: Asking, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with scripted_server(reply) as server:
        client = OpenAIClient(server.url, KEY, timeout=0.2, max_retries=0)
        with pytest.raises(ModelError) as raised:
            ask(client)

    assert type(raised.value) is kind
    assert says in str(raised.value)
    assert str(raised.value).isprintable()
    assert KEY not in shown(raised.value, client, caplog)
    assert len(server.requests) == 1


def test_a_refusal_is_not_lost_and_not_trusted(caplog: pytest.LogCaptureFixture) -> None:
    words = f"Dat zeg ik niet.\n\x1b[31m{KEY} " + "Nee! " * 100
    replies = [
        Reply(body=says(None, refusal=words)),
        streams(piece(refusal=words[:30]), piece(None, "stop", refusal=words[30:]), DONE),
    ]
    for reply, ask in zip(replies, (whole, in_pieces), strict=True):
        with scripted_server(reply) as server:
            client = OpenAIClient(server.url, KEY)
            with pytest.raises(ModelRefusedError, match=r"“Dat zeg ik niet\. \[31m… Nee!") as raised:
                ask(client)
        assert str(raised.value).isprintable()
        assert str(raised.value).count("Nee!") < 40
        assert KEY not in shown(raised.value, client, caplog)


ODD: list[Any] = [
    {"hello": "world"},
    [1],
    "ja",
    None,
    {"choices": "ja"},
    {"choices": [7]},
    {"choices": [{"index": 0}]},
    {"choices": [{"message": "ja", "delta": "ja"}]},
    {"choices": [{"message": {"content": 12}, "delta": {"content": 12}}]},
    {"choices": [{"message": {"content": ["ja"]}, "delta": {"content": ["ja"]}}]},
    {"choices": [{"message": {"refusal": {}, "content": None}, "delta": {"refusal": {}, "content": None}}]},
    b'{"choices": [',
    b"\xff\xfe",
    b"[" * 100_000,
]


@BOTH_WAYS
@pytest.mark.parametrize("body", ODD, ids=range(len(ODD)))
def test_a_reply_of_another_shape_is_told_as_such(body: Any, ask: Asking) -> None:
    with (
        scripted_server(Reply(body=body) if ask is whole else streams(body)) as server,
        pytest.raises(ModelUnavailableError, match=SENSELESS),
    ):
        ask(OpenAIClient(server.url))


WHOLE = [
    pytest.param(Reply(body=says("ja"), missing=9), ModelUnavailableError, "breaks the connection off", id="cut"),
    pytest.param(Reply(body={**says(""), "choices": []}), ModelUnavailableError, "empty answer", id="no choices"),
    pytest.param(Reply(body=says(None)), ModelUnavailableError, "empty answer", id="null"),
    pytest.param(Reply(body=says("")), ModelUnavailableError, "empty answer", id="empty"),
    pytest.param(Reply(body=says("half", "content_filter")), ModelRefusedError, "content filter", id="filter"),
]
IN_PIECES = [
    pytest.param(streams(piece("ja")), ModelUnavailableError, BROKEN, id="no end"),
    pytest.param(streams(piece("ja"), missing=9), ModelUnavailableError, "breaks the connection off", id="cut"),
    pytest.param(streams(piece("ja"), b"{kapot"), ModelUnavailableError, SENSELESS, id="malformed"),
    pytest.param(streams(piece("ja"), {"error": {"message": KEY}}), ModelUnavailableError, f"{BROKEN}, …", id="error"),
    pytest.param(
        streams(piece("ja"), {"error": {"type": "exceed_context_size_error"}}),
        ContextTooLongError,
        "too long",
        id="too long",
    ),
    pytest.param(streams(DONE), ModelUnavailableError, SENSELESS, id="nothing"),
    pytest.param(streams(piece(None, "stop"), DONE), ModelUnavailableError, "empty answer", id="empty"),
    pytest.param(streams(piece("ja"), piece(None, "content_filter")), ModelRefusedError, "content filter", id="filter"),
]


@pytest.mark.parametrize(
    ("ask", "reply", "kind", "says"),
    [
        pytest.param(ask, *case.values, id=case.id)
        for ask, cases in ((whole, WHOLE), (in_pieces, IN_PIECES))
        for case in cases
    ],
)
def test_a_reply_without_a_whole_answer_is_an_error(
    ask: Asking, reply: Reply, kind: type[ModelError], says: str
) -> None:
    with scripted_server(reply) as server, pytest.raises(ModelError) as raised:
        ask(OpenAIClient(server.url, KEY, max_retries=0))
    assert type(raised.value) is kind
    assert says in str(raised.value)


def test_what_came_before_a_stream_broke_is_not_lost() -> None:
    got: list[str] = []
    with scripted_server(streams(piece("een "), piece("twee"), missing=9)) as server:
        stream = OpenAIClient(server.url).stream(REQUEST)
        with pytest.raises(ModelUnavailableError):
            got.extend(stream)
    assert len(server.requests) == 1
    assert got == ["een ", "twee"]


def test_a_stream_that_stalls_is_not_waited_for() -> None:
    def stalling() -> Iterator[bytes]:
        yield b"data: %s\n\n" % json.dumps(piece("een ")).encode()
        server.left.wait(0.4)

    with scripted_server(Reply(body=stalling())) as server:
        stream = OpenAIClient(server.url, timeout=0.2).stream(REQUEST)
        assert next(stream) == "een "
        with pytest.raises(ModelUnavailableError, match="in time"):
            next(stream)


@BOTH_WAYS
def test_errors_that_pass_are_tried_again(ask: Asking) -> None:
    passing = [Reply(500, {}, {"Retry-After-Ms": "1"}), Reply(429, {}, {"Retry-After": "0.2"})]
    good = GOOD if ask is whole else streams(piece("{}"), piece(None, "stop"), DONE)
    with scripted_server(*passing, good) as server:
        assert ask(OpenAIClient(server.url)).mode == "schema"
    assert server.times[2] - server.times[1] >= 0.2


def test_a_reply_cut_half_way_is_asked_for_again() -> None:
    with scripted_server(Reply(body=says("ja"), missing=9), GOOD) as server:
        assert OpenAIClient(server.url).chat(REQUEST).text == '{"dam": "12 meter"}'


@pytest.mark.parametrize(
    ("wait", "says"), [("3600", "after 3600 seconds"), ("Wed, 21 Oct 2099 07:28:00 GMT", "after Wed, 21 Oct 2099")]
)
def test_an_hour_is_not_waited_for(wait: str, says: str) -> None:
    with (
        scripted_server(Reply(429, {"error": {"message": "quota"}}, {"Retry-After": wait})) as server,
        pytest.raises(ModelUnavailableError, match=f"429, quota: try again {says}"),
    ):
        OpenAIClient(server.url).chat(REQUEST)
    assert len(server.requests) == 1


@BOTH_WAYS
def test_no_server_at_all(ask: Asking) -> None:
    with pytest.raises(ModelUnavailableError, match=r"127\.0\.0\.1:9 cannot be reached"):
        ask(OpenAIClient("http://127.0.0.1:9/v1", max_retries=0))
