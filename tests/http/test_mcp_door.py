"""The door for language models, with the SDK's own client: as a program, and at `/mcp` of the service."""

import asyncio
import json
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp.client import Client
from mcp_types import CallToolResult, TextContent

from kamerbrief import Kamerbrief
from kamerbrief.errors import StoreDamagedError
from kamerbrief.http.mcp.door import mcp_server
from kamerbrief.http.state import State
from tests.http.mcp_talks import LETTER, OTHER, Heard, as_program, conversation, over_http, talk
from tests.http.service import PROGRAM, QUESTION, Service, serving
from tests.servers import Reply, scripted_server

HELLO = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
HEADERS = {"Accept": "application/json, text/event-stream"}


@dataclass
class Place:
    """A service that wants a key."""

    service: Service
    folder: Path
    key: str


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("for-models")
    with Kamerbrief(folder) as kb:
        kb.add(sample)
        other = folder / f"{OTHER}.txt"
        other.write_bytes(sample.read_bytes().replace(b"27 925", b"31 111").replace(b"2014", b"2015"))
        kb.add(other)
        key = kb.keys.create("assistant", "reader")
    with serving(folder) as service:
        yield Place(service, folder, key)


@pytest.fixture(scope="module", params=["program", "program, handshake", "service", "service, handshake"])
def heard(request: pytest.FixtureRequest, place: Place) -> Heard:
    """A conversation with each door, in the protocol of today and in that of before 2026, which shakes hands."""
    mode = "legacy" if "handshake" in request.param else "auto"
    if "service" in request.param:
        return talk(partial(over_http, place.service, place.key, mode), conversation)
    return talk(partial(as_program, place.folder, mode), conversation)


def text(result: CallToolResult) -> str:
    content = result.content[0]
    assert isinstance(content, TextContent)
    return content.text


def test_a_model_is_told_what_there_is(heard: Heard) -> None:
    assert "no order to you" in heard.instructions
    assert set(heard.tools) == {"ask", "search_letters", "get_paragraph", "get_references", "list_letters"}
    assert heard.resources == ["kamerbrief://letters", "kamerbrief://letters/{id}"]
    for tool in heard.tools.values():
        assert tool.annotations.read_only_hint
        assert tool.description
        assert tool.output_schema["type"] == "object"
        assert all(one.get("description") for one in tool.input_schema["properties"].values())
    question = heard.tools["ask"].input_schema["properties"]["question"]
    assert (question["minLength"], question["maxLength"]) == (1, 2000)


def test_an_answer_is_text_with_marks_and_a_record_with_proof(heard: Heard) -> None:
    result = heard.called["answered"]
    assert not result.is_error
    told = result.structured_content
    assert told["status"] == "answered"
    assert len(told["id"]) == 32
    sentence = told["sentences"][0]
    proof = sentence["citations"][0]
    assert (proof["letter"], proof["paragraph"]) == (LETTER, 9)
    assert proof["url"] == "https://zoek.officielebekendmakingen.nl/kst-27925-504.html"
    shown = text(result)
    assert shown.startswith(f"{sentence['text']} [1]")
    assert f"[1] {proof['label']}" in shown
    assert f"“{proof['quote']}”" in shown
    assert proof["url"] in shown


def test_what_is_not_found_is_said_so_with_what_is_near(heard: Heard) -> None:
    result = heard.called["not found"]
    assert not result.is_error
    told = result.structured_content
    assert (told["status"], told["sentences"]) == ("not_found", [])
    assert text(result).startswith(told["message"])
    assert told["nearest"][0]["text"] in text(result)


def test_a_question_may_follow_on_earlier_ones(heard: Heard) -> None:
    told = heard.called["followed on"].structured_content
    assert told["asked"] != "En hoeveel vesten?"
    assert told["sentences"][0]["citations"][0]["letter"] == LETTER


def test_hits_and_paragraphs_can_be_read(heard: Heard) -> None:
    hits = heard.called["hits"].structured_content["hits"]
    assert [hit["letter"] for hit in hits] == [LETTER, LETTER]
    assert hits[0]["text"] in text(heard.called["hits"])
    found = heard.called["paragraph"].structured_content
    assert found["before"]["number"] == 8
    assert found["after"] is None
    assert f"[9] {found['paragraph']['text']}" in text(heard.called["paragraph"])


def test_what_a_letter_refers_to_is_told(heard: Heard) -> None:
    result = heard.called["references"]
    assert result.structured_content["refersTo"][0]["text"] == "Handelingen II 2013/14, nr. 107"
    assert text(result).startswith("Refers to:\n- Handelingen II 2013/14, nr. 107\n")


def test_letters_are_listed_page_by_page(heard: Heard) -> None:
    first, second = (heard.called[name].structured_content for name in ("page", "next page"))
    assert [one["id"] for one in first["letters"] + second["letters"]] == [OTHER, LETTER]
    assert (first["next"], second["next"]) == (OTHER, None)
    assert first["letters"][0]["ministries"] == ["Buitenlandse Zaken", "Defensie"]
    assert OTHER in text(heard.called["page"])


def test_what_is_asked_wrongly_is_told_in_one_line(heard: Heard) -> None:
    said = {name: text(result) for name, result in heard.called.items() if result.is_error}
    assert said == {
        "unknown letter": "no letter 'kst-1-1': `kamerbrief letters` lists them",
        "unknown paragraph": f"{LETTER} has no paragraph 10: it has 1 to 9",
        "bad arguments": "k: Input should be less than or equal to 100; "
        "question: String should have at most 2000 characters; from: Extra inputs are not permitted",
        "too little": "question: Field required",
    }


def test_letters_are_resources(heard: Heard) -> None:
    listed = json.loads(heard.read["kamerbrief://letters"])
    assert [one["id"] for one in listed["letters"]] == [OTHER, LETTER]
    whole = heard.read[f"kamerbrief://letters/{LETTER}"]
    assert whole.startswith("# Kamerstuk 27 925, nr. 504\n\n2014-09-10\n\n[1] ")
    assert "\n\n## Recente ontwikkelingen\n\n[2] " in whole
    assert heard.read["kamerbrief://letters/kst%2D27925%2D504"] == whole
    assert heard.errors == {
        "kamerbrief://letters/a.b%28c)": "no letter 'a.b(c)': `kamerbrief letters` lists them",
        "kamerbrief://letters/../keys": "no letter '../keys': `kamerbrief letters` lists them",
        "file:///etc/passwd": "no resource 'file:///etc/passwd': kamerbrief://letters lists the letters",
    }


def test_the_program_says_nothing_but_mcp_and_ends_with_its_input(place: Place) -> None:
    asked: list[dict[str, Any]] = [
        {"id": 1, "method": "initialize", "params": HELLO},
        {"method": "notifications/initialized"},
        {"id": 2, "method": "tools/call", "params": {"name": "ask", "arguments": {"question": QUESTION}}},
    ]
    environment = {"KAMERBRIEF_DATA_DIR": str(place.folder)}
    with subprocess.Popen([PROGRAM, "mcp"], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        for one in asked:
            process.stdin.write(json.dumps({"jsonrpc": "2.0", **one}).encode() + b"\n")
        process.stdin.flush()
        replies = [json.loads(process.stdout.readline()) for _ in range(2)]
        process.stdin.close()
        assert process.stdout.read() == b""
        assert process.wait(60) == 0
    assert [reply["id"] for reply in replies] == [1, 2]
    assert replies[1]["result"]["structuredContent"]["status"] == "answered"


def post(service: Service, headers: dict[str, str], method: str = "tools/list", **params: Any) -> httpx.Response:
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    return service.http.post("/mcp", json=body, headers=HEADERS | headers)


def test_nobody_gets_in_without_a_key(place: Place) -> None:
    for secret in ("", "Bearer kb_wrong"):
        reply = post(place.service, {"Authorization": secret})
        assert reply.status_code == 401
        assert reply.headers["WWW-Authenticate"] == "Bearer"
        assert reply.headers["Content-Type"] == "application/problem+json"
        assert reply.json()["instance"] == f"urn:uuid:{reply.headers['X-Request-ID']}"
    assert post(place.service, {"Authorization": f"Bearer {place.key}"}).status_code == 200


def test_without_keys_this_machine_gets_in_and_no_page_of_another_site(service: Service) -> None:
    assert post(service, {}).status_code == 200
    assert post(service, {"Origin": "https://example.org"}).status_code == 403
    assert post(service, {"Host": "example.org"}).status_code == 403


def test_only_posts_are_taken_and_a_body_of_any_kind_is_no_fault_of_ours(service: Service) -> None:
    for method in ("GET", "DELETE"):
        reply = service.http.request(method, "/mcp", headers=HEADERS)
        assert (reply.status_code, reply.headers["Allow"]) == (405, "POST")
    for body in (b"", b"{", b"[]", b"{}", b'{"jsonrpc": "2.0", "id": 1, "method": "no/such"}'):
        assert (
            service.http.post("/mcp", content=body, headers=HEADERS | {"Content-Type": "application/json"}).status_code
            < 500
        )
    reply = service.http.post("/mcp", content=b" " * 5_000_000, headers=HEADERS)
    assert (reply.status_code, reply.headers["Content-Type"]) == (413, "application/problem+json")


def test_answers_count_and_so_do_requests(place: Place) -> None:
    bearer = {"Authorization": f"Bearer {place.key}"}

    def counted(name: str) -> float:
        lines = place.service.http.get("/metrics", headers=bearer).text.splitlines()
        return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))

    names = ("kamerbrief_answers_total", 'kamerbrief_requests_total{method="POST",route="/mcp",status="200"}')
    before = [counted(name) for name in names]
    post(place.service, bearer, "tools/call", name="ask", arguments={"question": QUESTION})
    assert [counted(name) for name in names] == [number + 1 for number in before]
    last = [json.loads(line) for line in place.service.log.read_text().splitlines()[1:] if '"/mcp"' in line][-1]
    assert (last["key"], last["status"]) == ("assistant", 200)
    assert QUESTION not in place.service.log.read_text()


@pytest.mark.slow
def test_too_many_requests_are_refused(tmp_path: Path) -> None:
    with serving(tmp_path, requests_a_minute="2") as service:
        replies = [post(service, {}) for _ in range(3)]
        assert [reply.status_code for reply in replies] == [200, 200, 429]
        assert "Retry-After" in replies[2].headers


@pytest.mark.slow
def test_a_client_that_leaves_frees_the_model(tmp_path: Path, sample: Path) -> None:
    with Kamerbrief(tmp_path) as kb:
        kb.add(sample)

    async def leave(client: Client) -> None:
        """Goes once the model has been asked, however long that takes."""
        before = len(model.requests)
        call = asyncio.ensure_future(client.call_tool("ask", {"question": QUESTION}))
        while len(model.requests) == before and not call.done():
            await asyncio.sleep(0.02)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call

    with (
        scripted_server(Reply(status=0, stalls=True)) as model,
        serving(tmp_path, chat_model="some-model", chat_base_url=model.url) as service,
    ):
        for mode in ("auto", "legacy"):
            model.left.clear()
            talk(partial(over_http, service, mode=mode), leave)
            assert model.left.wait(60)
        ids = {headers["x-request-id"] for headers in model.headers}
        assert len(ids) == 2
        assert all(one in service.log.read_text() for one in ids)


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_service_that_is_told_to_stop_finishes_its_answers(tmp_path: Path, sample: Path, mode: str) -> None:
    with Kamerbrief(tmp_path) as kb:
        kb.add(sample)

    def stop_while_asked(_: object) -> Reply:
        if len(model.requests) == 1:  # a second signal would end it at once
            service.process.send_signal(signal.SIGTERM)
        return Reply(status=400, body={}, delay=1)

    async def ask(client: Client) -> CallToolResult:
        await client.list_tools()  # after an answer the client would ask for the schema that it should have
        return await client.call_tool("ask", {"question": QUESTION})

    with (
        scripted_server(stop_while_asked) as model,
        serving(tmp_path, chat_model="some-model", chat_base_url=model.url) as service,
    ):
        answer = talk(partial(over_http, service, mode=mode), ask)
        assert answer.structured_content["status"] == "answered"
        assert service.process.wait(60) == 0


@pytest.mark.parametrize("error", [StoreDamagedError("/home/somebody/letters is broken"), ValueError("/home/somebody")])
def test_what_is_wrong_here_is_for_the_log(
    kb: Kamerbrief, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    async def search(client: Client) -> CallToolResult:
        return await client.call_tool("search_letters", {"query": "helmen"})

    monkeypatch.setattr(kb, "search", fail)
    result = talk(lambda: Client(mcp_server(State(kb))), search)
    assert result.is_error
    assert "the log of the service tells" in text(result)
    assert "somebody" not in text(result)
    assert "somebody" in caplog.text
