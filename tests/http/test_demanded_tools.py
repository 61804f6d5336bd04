"""Tools that a program demands: the one that takes an answer is called with it, and no other."""

import json
from typing import Any

import httpx
import pytest

from tests.http.service import QUESTION, Service

TEXT = {"type": "string"}
REPLY = {"type": "object", "properties": {"answer": TEXT, "sources": {"type": "array", "items": TEXT}}}
REQUIRED = {**REPLY, "required": ["answer", "sources"], "additionalProperties": False}


def tool(name: str, parameters: Any = REQUIRED) -> Any:
    return {
        "type": "function",
        "function": {"name": name, "description": "…", "strict": True, "parameters": parameters},
    }


def named(name: str) -> Any:
    return {"type": "function", "function": {"name": name}}


def post(service: Service, tools: list[Any], choice: Any, question: str = QUESTION, **more: Any) -> httpx.Response:
    asked = {"messages": [{"role": "user", "content": question}], "tools": tools, "tool_choice": choice, **more}
    return service.http.post("/openai/v1/chat/completions", json={"model": "kamerbrief", **asked})


OTHER = tool("send", {"type": "object", "properties": {"to": TEXT}, "required": ["to"]})


@pytest.mark.parametrize(
    ("tools", "choice"),
    [
        ([tool("reply")], "required"),
        ([tool("reply")], named("reply")),
        ([OTHER, tool("reply"), {"type": "web_search"}], named("reply")),
        ([tool("reply", {"$ref": "#/$defs/R", "$defs": {"R": REQUIRED}})], "required"),
    ],
)
def test_a_demanded_tool_that_takes_an_answer_is_called_with_it(
    service: Service, tools: list[Any], choice: Any
) -> None:
    reply = post(service, tools, choice)
    (found,) = reply.raise_for_status().json()["choices"]
    assert (found["finish_reason"], found["message"]["content"]) == ("tool_calls", None)
    (call,) = found["message"]["tool_calls"]
    assert (call["type"], call["function"]["name"]) == ("function", "reply")
    told = json.loads(call["function"]["arguments"])
    assert "1.000 helmen" in told["answer"]
    assert "alinea 9" in told["sources"][0]


@pytest.mark.parametrize("choice", [None, "auto", "none"])
def test_a_tool_that_is_not_demanded_is_passed_over(service: Service, choice: Any) -> None:
    (found,) = post(service, [tool("reply")], choice).json()["choices"]
    assert (found["finish_reason"], "1.000 helmen" in found["message"]["content"]) == ("stop", True)


def test_a_stream_calls_it_with_the_same(service: Service) -> None:
    whole = post(service, [tool("reply")], "required").json()["choices"][0]["message"]["tool_calls"][0]
    lines = post(service, [tool("reply")], "required", stream=True).text.splitlines()
    chunks = [json.loads(line[6:]) for line in lines if line.startswith("data: {")]
    choices = [chunk["choices"][0] for chunk in chunks]
    (call,) = [call for one in choices for call in one["delta"].get("tool_calls", [])]
    assert (call["index"], call["function"]) == (0, whole["function"])
    assert choices[-1]["finish_reason"] == "tool_calls"
    assert "".join(one["delta"].get("content") or "" for one in choices) == ""


def test_what_is_not_found_is_told_to_the_tool_too(service: Service) -> None:
    reply = post(service, [tool("reply")], "required", "Wat kost een kop koffie in Parijs?")
    told = json.loads(reply.json()["choices"][0]["message"]["tool_calls"][0]["function"]["arguments"])
    assert told == {"answer": "Dit staat niet in de brieven.", "sources": []}


@pytest.mark.parametrize(
    ("tools", "choice"),
    [
        ([], "required"),
        ([tool("reply"), tool("other")], "required"),
        ([tool("reply")], named("other")),
        ([tool("reply")], "any"),
        ([tool("reply")], {"type": "allowed_tools"}),
        ([OTHER], "required"),
        ([tool("add", {"type": "object", "properties": {}})], "required"),
        ([tool("cite", {"type": "object", "properties": {"question": TEXT, "sources": TEXT}})], "required"),
        ([tool("reply", {"properties": {"answer": {"type": "string", "maxLength": 5}}})], "required"),
        ([tool("reply", None)], "required"),
        ([5], "required"),
    ],
)
def test_no_other_tool_is_called(service: Service, tools: list[Any], choice: Any) -> None:
    for stream in (False, True):
        reply = post(service, tools, choice, stream=stream)
        error = reply.json()["error"]
        assert (reply.status_code, error["param"], error["code"]) == (400, "tool_choice", "no_tools")
        assert "no tools are called here but a single one that takes an answer" in error["message"]
