"""What clients of MCP send and can read that is not as the protocol would have it, at `/mcp` of a running service."""

import json
from typing import Any

import httpx
import pytest

from tests.http.service import QUESTION, Service

LETTER = "kst-27925-504"
BOTH = "application/json, text/event-stream"
NEW = "2026-07-28"
ABOUT = {
    "io.modelcontextprotocol/protocolVersion": NEW,
    "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
    "io.modelcontextprotocol/clientCapabilities": {},
}


def post(
    service: Service, method: str = "tools/list", *, accept: str | None = BOTH, path: str = "/mcp", new: bool = False,
    **params: Any,
) -> httpx.Response:  # fmt: skip
    """The reply to a call, in the protocol of before 2026 or the new one."""
    headers = {"MCP-Protocol-Version": NEW, "Mcp-Method": method} if new else {}
    asked = {"jsonrpc": "2.0", "id": 1, "method": method, "params": {**params, **({"_meta": ABOUT} if new else {})}}
    request = service.http.build_request("POST", path, json=asked, headers=headers)
    del request.headers["accept"]
    if accept is not None:
        request.headers["accept"] = accept
    return service.http.send(request)


def result(reply: httpx.Response) -> Any:
    text = reply.text
    if reply.headers["content-type"].startswith("text/event-stream"):
        (text,) = [line.removeprefix("data: ") for line in text.splitlines() if line.startswith("data: ")]
    return json.loads(text)["result"]


def call(service: Service, tool: str, **arguments: Any) -> Any:
    return result(post(service, "tools/call", name=tool, arguments=arguments))


@pytest.mark.parametrize("new", [False, True])
@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("application/json", "application/json"),
        ("application/json;q=0.9, text/event-stream;q=0", "application/json"),
        ("application/*", "application/json"),
        ("*/*", "application/json"),
        ("", "application/json"),
        (None, "application/json"),
        ("text/event-stream", "text/event-stream"),
        ("text/*", "text/event-stream"),
    ],
)
def test_a_client_gets_the_form_it_takes(service: Service, accept: str | None, form: str, new: bool) -> None:
    reply = post(service, accept=accept, new=new)
    assert (reply.status_code, reply.headers["content-type"].partition(";")[0]) == (200, form)
    assert result(reply)["tools"] == result(post(service))["tools"]


def test_a_client_that_takes_no_form_of_ours_is_told_which_there_are(service: Service) -> None:
    reply = post(service, accept="text/html")
    assert (reply.status_code, reply.headers["content-type"]) == (406, "application/problem+json")
    assert reply.json()["detail"] == "the replies are application/json or text/event-stream"


def test_a_fault_is_told_in_json_whatever_is_taken(service: Service) -> None:
    for accept in ("application/json", "text/event-stream"):
        reply = post(service, "no/such", accept=accept, new=True)
        assert (reply.status_code, reply.json()["error"]["code"]) == (404, -32601)


def test_a_slash_at_the_end_is_the_same_door(service: Service) -> None:
    assert result(post(service, path="/mcp/")) == result(post(service))
    assert service.http.get("/mcp/").headers["Allow"] == "POST"


def test_arguments_that_are_null_or_empty_are_left_out(service: Service) -> None:
    needed = {"question": QUESTION, "query": "helmen", "letter": LETTER, "number": 9}
    for tool in result(post(service))["tools"]:
        schema = tool["inputSchema"]
        given = {name: needed[name] for name in schema.get("required", [])}
        optional = schema["properties"].keys() - given
        told = call(service, tool["name"], **given)
        assert not told.get("isError")
        for nothing in (None, ""):
            again = call(service, tool["name"], **given, **dict.fromkeys(optional, nothing))
            assert again["content"] == told["content"]
    assert call(service, "ask", question=None)["content"][0]["text"] == "question: Input should be a valid string"


@pytest.mark.parametrize("letters", [f'["{LETTER}"]', f'"{LETTER}"', LETTER, [LETTER]])
def test_a_list_may_be_json_as_text_or_its_one_member(service: Service, letters: object) -> None:
    assert call(service, "search_letters", query="helmen", letters=letters)["structuredContent"]["hits"]
    told = call(service, "search_letters", query="helmen", letters=json.loads(json.dumps(letters).replace("504", "1")))
    assert told["content"][0]["text"].startswith("no letter 'kst-27925-1'")


@pytest.mark.parametrize("earlier", [QUESTION, json.dumps([QUESTION])])
def test_earlier_questions_may_be_one_or_text(service: Service, earlier: str) -> None:
    told = call(service, "ask", question="En hoeveel vesten?", earlier_questions=earlier)
    assert told["structuredContent"]["asked"] == f"En hoeveel vesten? ({QUESTION})"


def test_a_list_as_text_that_is_no_list_is_an_error_as_any_other(service: Service) -> None:
    for letters in ("[1]", '{"a": 1}', "[broken"):
        assert call(service, "search_letters", query="helmen", letters=letters)["isError"]


def test_schemas_stand_on_their_own(service: Service) -> None:
    for tool in result(post(service))["tools"]:
        for schema in (tool["inputSchema"], tool["outputSchema"]):
            assert "$ref" not in json.dumps(schema)
            assert "$defs" not in schema
    (ask,) = [tool for tool in result(post(service))["tools"] if tool["name"] == "ask"]
    citation = ask["outputSchema"]["properties"]["sentences"]["items"]["properties"]["citations"]["items"]
    assert citation["properties"]["quote"]["type"] == "string"


@pytest.mark.parametrize("version", ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2099-01-01"])
def test_a_client_of_any_age_is_greeted_and_served_without_a_session(service: Service, version: str) -> None:
    who = {"name": "test", "version": "1"}
    reply = post(service, "initialize", protocolVersion=version, capabilities={"roots": {}}, clientInfo=who)
    greeted = result(reply)
    assert greeted["protocolVersion"] == (version if version < "2099" else "2025-11-25")
    assert set(greeted["capabilities"]) == {"tools", "resources"}
    assert "Mcp-Session-Id" not in reply.headers
    headers = {"MCP-Protocol-Version": greeted["protocolVersion"], "Mcp-Session-Id": "of before"}
    for asked, status in (
        ({"method": "notifications/initialized"}, 202),
        ({"method": "notifications/cancelled", "params": {"requestId": 1}}, 202),
        ({"method": "ping", "id": "a"}, 200),
        ({"method": "tools/list", "id": 0, "params": {"cursor": None}}, 200),
    ):
        sent = service.http.post("/mcp", json={"jsonrpc": "2.0", **asked}, headers={"Accept": BOTH, **headers})
        assert sent.status_code == status
        assert status == 202 or "result" in sent.text


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("prompts/list", {}),
        ("logging/setLevel", {"level": "info"}),
        ("resources/subscribe", {"uri": "kamerbrief://letters"}),
    ],
)
def test_what_there_is_none_of_is_told_by_the_code_for_it(service: Service, method: str, params: Any) -> None:
    reply = post(service, method, accept="application/json", **params)
    assert (reply.status_code, reply.json()["error"]["code"]) == (200, -32601)
