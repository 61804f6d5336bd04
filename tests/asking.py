"""What the tests of chat models share: a request, both ways to ask it, and a refusal."""

from collections.abc import Callable
from typing import Any

import pytest

from kamerbrief.models.chat import ChatReply, ChatRequest
from kamerbrief.models.openai_client import OpenAIClient
from tests.servers import Reply, says

KEY = "sk-geheim-1234567890"
SCHEMA = {
    "type": "object",
    "properties": {"dam": {"type": "string"}},
    "required": ["dam"],
    "additionalProperties": False,
}
REQUEST = ChatRequest("some-model", "Antwoord kort.", "Hoe hoog is de dam?", SCHEMA, max_tokens=100)
GOOD = Reply(body=says('{"dam": "12 meter"}'))
DONE = b"[DONE]"


def refusal(message: str, status: int = 400, **error: Any) -> Reply:
    return Reply(status, {"error": {"message": message, **error}})


def whole(client: OpenAIClient, request: ChatRequest = REQUEST) -> ChatReply:
    return client.chat(request)


def in_pieces(client: OpenAIClient, request: ChatRequest = REQUEST) -> ChatReply:
    with client.stream(request) as stream:
        text = "".join(stream)
    assert stream.result.text == text
    return stream.result


Asking = Callable[[OpenAIClient], ChatReply]
BOTH_WAYS = pytest.mark.parametrize("ask", [whole, in_pieces])
