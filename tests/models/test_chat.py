"""Chat models over real HTTP: how a server is asked, and what becomes of its replies."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from kamerbrief.errors import (
    ModelRejectedError,
)
from kamerbrief.models.chat import CHARACTERS_PER_TOKEN, ChatReply
from kamerbrief.models.openai_client import OpenAIClient
from tests.asking import BOTH_WAYS, DONE, GOOD, KEY, REQUEST, SCHEMA, Asking, in_pieces, refusal, whole
from tests.servers import USAGE, Reply, Scripted, piece, says, scripted_server, streams


def modes(server: Scripted) -> list[str]:
    return [request.get("response_format", {}).get("type", "text") for request in server.requests]


def test_a_reply_is_held_to_the_schema_and_to_the_token_limit() -> None:
    with scripted_server(GOOD) as server:
        client = OpenAIClient(server.url, KEY)
        reply = client.chat(REQUEST)

    assert reply == ChatReply('{"dam": "12 meter"}', "stop", "schema", prompt_tokens=9, completion_tokens=4)
    assert client.tokens_used == 13
    asked = server.requests[0]
    assert [message["content"] for message in asked["messages"]] == ["Antwoord kort.", "Hoe hoog is de dam?"]
    assert asked["response_format"]["json_schema"] == {"name": "reply", "strict": True, "schema": SCHEMA}
    assert (asked["max_tokens"], asked["temperature"]) == (100, 0)


def test_a_stream_gives_the_pieces_as_they_come_and_the_reply_at_the_end() -> None:
    chunks = [piece("", role="assistant"), piece('{"dam": '), piece('"12'), piece(' meter"}'), piece(None, "stop")]
    with scripted_server(streams(*chunks, USAGE, DONE)) as server:
        client = OpenAIClient(server.url)
        stream = client.stream(REQUEST)
        first = next(stream)
        with pytest.raises(ValueError, match="to its end"):
            _ = stream.result
        rest = list(stream)

    assert [first, *rest] == ['{"dam": ', '"12', ' meter"}']
    assert stream.result == ChatReply('{"dam": "12 meter"}', "stop", "schema", prompt_tokens=9, completion_tokens=4)
    assert client.tokens_used == 13
    assert server.requests[0]["stream_options"] == {"include_usage": True}
    assert list(stream) == []
    assert stream.result.finished == "stop"


def test_closing_a_stream_tells_the_server_to_stop() -> None:
    def endless() -> Iterator[bytes]:
        while not server.left.wait(0.01):
            yield b"data: %s\n\n" % json.dumps(piece("water ")).encode()

    with scripted_server(Reply(body=endless())) as server:
        with OpenAIClient(server.url).stream(REQUEST) as stream:
            assert next(stream) == "water "
        assert server.left.wait(60)
    with pytest.raises(ValueError, match="to its end"):
        _ = stream.result


CUT_OFF = [
    (whole, Reply(body=says('{"dam": "12', "length"))),
    (in_pieces, streams(piece('{"dam": "12'), piece(None, "length"), USAGE, DONE)),
]


@pytest.mark.parametrize(("ask", "reply"), CUT_OFF)
def test_a_text_cut_off_by_the_limit_is_given_as_far_as_it_goes(ask: Asking, reply: Reply) -> None:
    with scripted_server(reply) as server:
        got = ask(OpenAIClient(server.url))
    assert (got.text, got.finished) == ('{"dam": "12', "length")


def test_a_model_that_spent_its_tokens_on_thinking_ran_out_of_them() -> None:
    with scripted_server(Reply(body=says(None, "length"))) as server:
        assert OpenAIClient(server.url).chat(REQUEST).finished == "length"


def forever(chunk: dict[str, Any]) -> Iterator[bytes]:
    while True:
        yield b"data: %s\n\n" % json.dumps(chunk).encode()


ENDLESS = [
    pytest.param(in_pieces, lambda: Reply(body=forever(piece("water " * 9))), id="text"),
    pytest.param(in_pieces, lambda: Reply(body=forever(piece(""))), id="empty pieces"),
    pytest.param(in_pieces, lambda: Reply(body=forever(piece(None, reasoning_content="hm "))), id="thoughts"),
    pytest.param(in_pieces, lambda: Reply(body=forever(piece("a", "stop"))), id="after its end"),
    pytest.param(whole, lambda: Reply(body=says("water " * 9_000)), id="whole"),
]


@pytest.mark.parametrize(("ask", "reply"), ENDLESS)
def test_a_server_that_does_not_heed_the_limit_is_cut_off(ask: Asking, reply: Callable[[], Reply]) -> None:
    with scripted_server(reply()) as server:
        got = ask(OpenAIClient(server.url))
        assert ask is whole or server.left.wait(60)
    assert got.finished == "length"
    assert len(got.text) <= REQUEST.max_tokens * CHARACTERS_PER_TOKEN + 1024


@BOTH_WAYS
def test_a_server_that_does_not_count_leaves_that_to_others(ask: Asking) -> None:
    uncounted = {**says("ja"), "usage": {"prompt_tokens": "veel", "completion_tokens": -3}}
    reply = Reply(body=uncounted) if ask is whole else streams(piece("ja"), piece(None, "stop"), DONE)
    with scripted_server(reply) as server:
        client = OpenAIClient(server.url)
        got = ask(client)
    assert (got.prompt_tokens, got.completion_tokens, client.tokens_used) == (0, 0, 0)


def test_half_a_surrogate_pair_can_be_written_down() -> None:
    with scripted_server(Reply(body=says("dam \ud83d"))) as server:
        got = OpenAIClient(server.url).chat(replace(REQUEST, user="dam \udc00"))
    assert got.text == "dam ?"
    assert server.requests[0]["messages"][1]["content"] == "dam ?"


# Servers that differ.

SCHEMA_REFUSALS = [
    refusal("'response_format' of type 'json_schema' is not supported"),
    refusal("Bad request"),
    refusal("Unable to generate parser: JSON schema error at #: unrecognized type"),
    Reply(422, {"detail": [{"loc": ["body", "response_format", "type"], "msg": "Input should be 'json_object'"}]}),
    refusal("response_format is unknown", 404),
    refusal("grammar not implemented", 501),
]


@BOTH_WAYS
@pytest.mark.parametrize("no", SCHEMA_REFUSALS)
def test_a_server_without_schemas_gets_json_mode_and_is_not_asked_twice(no: Reply, ask: Asking) -> None:
    good = GOOD if ask is whole else streams(piece("{}"), piece(None, "stop"), USAGE, DONE)
    with scripted_server(no, good) as server:
        client = OpenAIClient(server.url, max_retries=0)
        replies = [ask(client), ask(client)]

    assert [reply.mode for reply in replies] == ["json", "json"]
    assert modes(server) == ["json_schema", "json_object", "json_object"]
    told = server.requests[1]["messages"][0]["content"]
    assert told.startswith("Antwoord kort.")
    assert json.dumps(SCHEMA) in told


def test_a_server_without_json_mode_gets_words_alone_and_other_models_are_asked_anew() -> None:
    no = refusal("response_format is not supported")
    with scripted_server(no, no, GOOD) as server:
        client = OpenAIClient(server.url)
        reply = client.chat(REQUEST)
        client.chat(replace(REQUEST, model="another"))

    assert reply.mode == "text"
    assert modes(server) == ["json_schema", "json_object", "text", "json_schema"]
    assert json.dumps(SCHEMA) in server.requests[2]["messages"][0]["content"]


def test_what_never_worked_is_not_remembered() -> None:
    no = refusal("Bad request")
    with scripted_server(no, no, no, GOOD) as server:
        client = OpenAIClient(server.url)
        with pytest.raises(ModelRejectedError, match=r"400, Bad request.*chat model"):
            client.chat(REQUEST)
        assert client.chat(REQUEST).mode == "schema"
    assert len(server.requests) == 4


def test_where_schemas_worked_a_refusal_that_does_not_speak_of_them_is_final() -> None:
    with scripted_server(GOOD, refusal("Bad request")) as server:
        client = OpenAIClient(server.url)
        client.chat(REQUEST)
        with pytest.raises(ModelRejectedError):
            client.chat(REQUEST)
    assert len(server.requests) == 2


def test_where_schemas_worked_one_that_is_refused_does_not_lower_the_others() -> None:
    with scripted_server(GOOD, refusal("invalid schema"), GOOD) as server:
        client = OpenAIClient(server.url)
        assert [client.chat(REQUEST).mode for _ in range(3)] == ["schema", "json", "schema"]


DIALECTS = [
    pytest.param(
        "'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        {"max_completion_tokens": 100},
        "max_tokens",
        id="limit",
    ),
    pytest.param("'temperature' does not support 0 with this model.", {"max_tokens": 100}, "temperature", id="warmth"),
    pytest.param("Unknown field: stream_options", {"temperature": 0}, "stream_options", id="usage"),
]


@pytest.mark.parametrize(("message", "sent", "left_out"), DIALECTS)
def test_a_parameter_that_is_refused_is_left_out_from_then_on(
    message: str, sent: dict[str, Any], left_out: str
) -> None:
    good = streams(piece("{}"), piece(None, "stop"), DONE)
    with scripted_server(refusal(message), good) as server:
        client = OpenAIClient(server.url)
        replies = [in_pieces(client), in_pieces(client)]

    assert [reply.mode for reply in replies] == ["schema", "schema"]
    assert left_out in server.requests[0]
    assert len(server.requests) == 3
    for request in server.requests[1:]:
        assert left_out not in request
        assert sent.items() <= request.items()


def test_one_client_serves_many_threads() -> None:
    def without_schemas(request: Any) -> Reply:
        return refusal("no") if request["response_format"]["type"] == "json_schema" else GOOD

    with scripted_server(without_schemas) as server, ThreadPoolExecutor(8) as threads:
        client = OpenAIClient(server.url)
        replies = list(threads.map(client.chat, [REQUEST] * 40))
        before = len(server.requests)
        client.chat(REQUEST)

    assert {reply.mode for reply in replies} == {"json"}
    assert len(server.requests) == before + 1
    assert client.tokens_used == 41 * 13
