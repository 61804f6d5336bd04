"""The letters behind OpenAI's interface, asked with OpenAI's own package."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openai
import pytest
from openai import OpenAI
from openai.types.chat import ChatCompletion

from kamerbrief import Kamerbrief
from tests.http.service import QUESTION, Service, serving
from tests.servers import USAGE, Reply, Scripted, piece, says, scripted_server, streams
from tests.test_model_answers import label_of

UNKNOWN = "Hoeveel kost een brood in Parijs?"
OFFICIAL = "https://zoek.officielebekendmakingen.nl/kst-27925-504.html"
LABEL = "Kamerstuk 27 925, nr. 504, 10 september 2014, alinea"
BOTH = "Hoeveel helmen en vesten heeft Nederland geleverd aan de Koerden?"
WROTE = (
    "Nederland heeft 1.000 helmen geleverd aan de Koerdische Regionale Autoriteiten.",
    "Nederland heeft 1.000 kogelwerende vesten geleverd aan de Koerdische Regionale Autoriteiten.",
)


def client_of(service: Service, key: str = "none") -> OpenAI:
    return OpenAI(base_url=f"{service.url}/openai/v1", api_key=key, max_retries=0, timeout=60)


@pytest.fixture
def client(service: Service) -> Iterator[OpenAI]:
    with client_of(service) as client:
        yield client


def ask(client: OpenAI, *said: str, model: str = "kamerbrief", **more: Any) -> ChatCompletion:
    """A reply to a conversation: the user and the assistant by turns, and the user last."""
    reply = client.chat.completions.create(model=model, messages=conversation(*said), **more)
    assert isinstance(reply, ChatCompletion)
    return reply


def conversation(*said: str) -> Any:
    return [{"role": "assistant" if at % 2 else "user", "content": text} for at, text in enumerate(said)]


def told(reply: ChatCompletion) -> str:
    return reply.choices[0].message.content or ""


def annotations(reply: ChatCompletion) -> list[dict[str, Any]]:
    return [one.model_dump() for one in reply.choices[0].message.annotations or []]


def error_of(caught: pytest.ExceptionInfo[openai.APIStatusError]) -> dict[str, Any]:
    """The error's object, which has OpenAI's four fields and no more."""
    error: dict[str, Any] = caught.value.response.json()["error"]
    assert set(error) == {"message", "type", "param", "code"}
    return error


def test_the_answer_is_the_services_own_with_marks_and_sources(client: OpenAI, service: Service) -> None:
    answer = service.http.post("/v1/questions", json={"question": QUESTION}).json()
    reply = ask(client, QUESTION)
    (sentence,) = answer["sentences"]
    assert told(reply) == f"{sentence['text']} [1]\n\nBronnen:\n[1] {LABEL} 9 — {OFFICIAL}"
    assert (reply.object, reply.model, reply.choices[0].finish_reason) == ("chat.completion", "kamerbrief", "stop")
    logged = service.http.get(f"/v1/questions/{reply.id.removeprefix('chatcmpl-')}").json()
    assert logged["sentences"] == answer["sentences"]


def test_annotations_stand_at_the_marks_and_hold_the_citations(client: OpenAI) -> None:
    reply = ask(client, "Wie leidt de nieuwe Iraakse regering, en hoeveel helmen heeft Nederland geleverd?")
    found = annotations(reply)
    assert len({one["citation"]["paragraph"] for one in found}) == 2
    for number, one in enumerate(found, 1):
        page, citation = one["url_citation"], one["citation"]
        assert told(reply)[page["start_index"] : page["end_index"]] == f"[{number}]"
        assert (page["url"], page["title"]) == (OFFICIAL, f"{LABEL} {citation['paragraph']}")
        assert citation["text"][citation["start"] : citation["end"]] == citation["quote"]


@pytest.mark.parametrize("question", [QUESTION, UNKNOWN, "How many helmets did the Netherlands deliver to the Kurds?"])
def test_a_stream_says_the_same(client: OpenAI, question: str) -> None:
    whole = ask(client, question)
    text, finish, usages = "", [], []
    found: list[dict[str, Any]] = []
    with client.chat.completions.create(
        model="kamerbrief", messages=conversation(question), stream=True, stream_options={"include_usage": True}
    ) as stream:
        for chunk in stream:
            assert (chunk.object, chunk.model) == ("chat.completion.chunk", "kamerbrief")
            usages.append(chunk.usage)
            for choice in chunk.choices:
                text += choice.delta.content or ""
                found += getattr(choice.delta, "annotations", [])
                finish.append(choice.finish_reason)
    assert text == told(whole)
    assert found == annotations(whole)
    assert finish == [None] * (len(finish) - 1) + ["stop"]
    assert usages == [None] * len(finish) + [whole.usage]


def test_the_stream_is_in_openais_form(service: Service) -> None:
    asked = {"model": "kamerbrief", "messages": conversation(QUESTION), "stream": True}
    reply = service.http.post("/openai/v1/chat/completions", json=asked)
    *events, done, after = reply.text.split("\n\n")
    assert (done, after) == ("data: [DONE]", "")
    deltas = [json.loads(event.removeprefix("data: "))["choices"][0]["delta"] for event in events]
    assert [list(delta) for delta in deltas] == [["role", "content"], ["content"], ["content", "annotations"], []]


def test_what_the_letters_do_not_say_is_not_found(client: OpenAI) -> None:
    reply = ask(client, UNKNOWN)
    message, blank, head, *nearest = told(reply).split("\n")
    assert (message, blank, head) == ("Dit staat niet in de brieven.", "", "Dichtstbijzijnde alinea's:")
    assert 1 <= len(nearest) <= 3
    for line in nearest:
        assert re.fullmatch(rf"- Kamerstuk 27 925, nr\. 504, alinea [\d, ]+ — {re.escape(OFFICIAL)}", line)
    assert annotations(reply) == []


def test_a_question_follows_on_the_ones_before(client: OpenAI, service: Service) -> None:
    first = ask(client, QUESTION)
    reply = ask(client, QUESTION, told(first), "En hoeveel vesten?")
    assert "1.000 kogelwerende vesten" in told(reply)
    answer = service.http.get(f"/v1/questions/{reply.id.removeprefix('chatcmpl-')}").json()
    assert answer["question"] == "En hoeveel vesten?"
    assert answer["asked"] == f"En hoeveel vesten? ({QUESTION})"


def test_what_steers_a_model_is_accepted_and_ignored(client: OpenAI) -> None:
    parts = [{"type": "text", "text": QUESTION}]
    messages = [{"role": "system", "content": "Answer 42."}, {"role": "user", "content": parts}]
    asked = {"model": "kamerbrief-extractive", "messages": messages, "n": 1, "max_tokens": 1, "tools": [], "chat_id": 7}
    assert told(client.post("/chat/completions", body=asked, cast_to=ChatCompletion)) == told(ask(client, QUESTION))


def test_an_english_question_has_english_headings(client: OpenAI) -> None:
    assert "\n\nSources:\n[1] " in told(ask(client, "How many helmets did the Netherlands deliver to the Kurds?"))
    not_found = "The letters do not say this.\n\nNearest paragraphs:\n- "
    assert told(ask(client, "What does a bread cost in Paris?")).startswith(not_found)


def test_the_models_are_the_writers_and_no_others(client: OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["kamerbrief", "kamerbrief-extractive"]
    assert client.models.retrieve("kamerbrief").owned_by == "kamerbrief"
    for call in (lambda: ask(client, QUESTION, model="gpt-5"), lambda: client.models.retrieve("gpt-5")):
        with pytest.raises(openai.NotFoundError) as caught:
            call()
        assert (error_of(caught)["code"], error_of(caught)["param"]) == ("model_not_found", "model")


IMAGE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}


@pytest.mark.parametrize(
    ("changed", "param", "message"),
    [
        ({"messages": []}, "messages", "a message of the user is missing"),
        ({"messages": [{"role": "system", "content": "Be kind."}]}, "messages", "a message of the user is missing"),
        ({"messages": [{"role": "user", "content": [IMAGE]}]}, "messages.0.content", "only parts of the type text"),
        ({"messages": [{"role": "king", "content": "Hoe?"}]}, "messages.0.role", "Input should be 'system'"),
        ({"messages": [{"role": "user", "content": " "}]}, None, "the question is empty"),
        ({"messages": [{"role": "user", "content": "hoe " * 501}]}, None, "the question has 2,003 characters"),
        ({"n": 2}, "n", "Input should be 1"),
        ({"tools": [], "tool_choice": "required"}, "tool_choice", "no tools are called here"),
        ({"tool_choice": {"type": "function", "function": {"name": "f"}}}, "tool_choice", "no tools are called here"),
        ({"function_call": {"name": "f"}}, "function_call", "no functions are called here"),
        ({"model": None}, "model", "Input should be a valid string"),
    ],
)
def test_a_request_that_is_not_valid_is_told_why(
    client: OpenAI, changed: dict[str, Any], param: str | None, message: str
) -> None:
    asked = {"model": "kamerbrief", "messages": conversation(QUESTION), **changed}
    for stream in (False, True):
        with pytest.raises(openai.BadRequestError) as caught:
            client.post("/chat/completions", body={**asked, "stream": stream}, cast_to=object)
        error = error_of(caught)
        assert (error["type"], error["param"]) == ("invalid_request_error", param)
        assert message in error["message"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/chat/completions", b"", 405),
        ("GET", "/embeddings", b"", 404),
        ("POST", "/chat/completions", b"{", 400),
        ("POST", "/chat/completions", b" " * 1_000_001, 413),
    ],
)
def test_every_error_is_in_openais_form(service: Service, method: str, path: str, body: bytes, status: int) -> None:
    reply = service.http.request(method, f"/openai/v1{path}", content=body)
    assert (reply.status_code, reply.headers["content-type"]) == (status, "application/json")
    assert set(reply.json()["error"]) == {"message", "type", "param", "code"}
    assert reply.headers["X-Request-ID"]


def test_who_has_no_key_is_turned_away_and_who_has_one_asks_so_much(tmp_path: Path) -> None:
    with Kamerbrief(tmp_path / "data") as kb:
        kb.add(b"Den Haag, 3 mei 2024\n\nHet kabinet plant 4.000 bomen in Drenthe.", name="without an official id")
        (letter,) = kb.letters()
        key = kb.keys.create("open-webui", "reader")
    with serving(tmp_path / "data", requests_a_minute="2") as service:
        with client_of(service, "wrong") as client:
            for call in (client.models.list, lambda: ask(client, QUESTION)):
                with pytest.raises(openai.AuthenticationError) as caught:
                    call()
                assert error_of(caught)["code"] == "invalid_api_key"
                assert caught.value.response.headers["WWW-Authenticate"] == "Bearer"
        with client_of(service, key) as client:
            here = f"{service.url}/v1/letters/{letter.id}/paragraphs/"
            reply = ask(client, "Hoeveel bomen plant het kabinet in Drenthe?")
            (found,) = annotations(reply)
            assert found["url_citation"]["url"] == f"{here}{found['citation']['paragraph']}"
            assert told(reply).endswith(f" — {here}{found['citation']['paragraph']}")
            assert f" — {here}" in told(ask(client, UNKNOWN))
            with pytest.raises(openai.RateLimitError) as limited:
                ask(client, QUESTION)
            assert error_of(limited)["type"] == "rate_limit_error"
            assert int(limited.value.response.headers["Retry-After"]) > 0


@pytest.fixture(scope="module")
def written(folder: Path) -> Iterator[tuple[Service, Scripted]]:
    """A service with a model, which writes two sentences of one paragraph; but asked for vests alone it writes nothing,
    asked for helmets alone one sentence, and then it is silent."""

    def reply(request: Any) -> Reply:
        if not request.get("stream"):
            return Reply(body=says(json.dumps({"question": f"{BOTH[:-1]} in Noord-Irak?"})))
        prompt = request["messages"][1]["content"]
        if "Hoeveel vesten?" in prompt:
            return streams(missing=1, stalls=True)
        label = label_of(request, "1.000 helmen")
        first, second = [json.dumps({"sources": [label], "text": text}, ensure_ascii=False) for text in WROTE]
        if "helmen en vesten" not in prompt:
            return streams(piece(f'{{"sentences": [{first},'), missing=1, stalls=True)
        return streams(piece(f'{{"sentences": [{first}, {second}]}}'), piece(finish_reason="stop"), USAGE, b"[DONE]")

    copy = folder.with_name(f"{folder.name}-written")
    with scripted_server(reply) as server:
        shutil.copytree(folder, copy)
        model = {"chat_model": "some-model", "chat_base_url": server.url, "stand_in": "false"}
        with serving(copy, **model, request_timeout="10") as service:
            yield service, server


def test_a_paragraph_that_is_cited_twice_has_one_number(written: tuple[Service, Scripted]) -> None:
    with client_of(written[0]) as client:
        reply = ask(client, BOTH)
    assert told(reply) == f"{WROTE[0]} [1] {WROTE[1]} [1]\n\nBronnen:\n[1] {LABEL} 9 — {OFFICIAL}"
    first, second = [one["url_citation"] for one in annotations(reply)]
    assert told(reply)[: first["start_index"]] == f"{WROTE[0]} "
    assert told(reply)[: second["start_index"]] == f"{WROTE[0]} [1] {WROTE[1]} "
    assert reply.usage
    assert reply.usage.total_tokens == 13


def test_a_model_sees_earlier_replies_without_marks_and_sources(written: tuple[Service, Scripted]) -> None:
    service, server = written
    with client_of(service) as client:
        first = ask(client, BOTH)
        server.requests.clear()
        ask(client, "Wie helpt?", "Goedendag. [1] [2][3]\n\nSources:\n[1] x — y", BOTH, told(first), "En daar?")
        seen = server.requests[0]["messages"][1]["content"]
        assert "Goedendag." in seen
        assert " ".join(WROTE) in seen
        assert not re.search(r"\[\d\]|Bronnen|Sources", seen)
        server.requests.clear()
        ask(client, BOTH, model="kamerbrief-extractive")
        assert server.requests == []


@pytest.mark.slow
def test_an_answer_that_takes_too_long_ends_in_an_error(written: tuple[Service, Scripted]) -> None:
    with client_of(written[0]) as client:
        with pytest.raises(openai.InternalServerError) as caught:
            ask(client, "Hoeveel vesten?", stream=True)
        assert (caught.value.status_code, error_of(caught)["type"]) == (504, "server_error")
        with client.chat.completions.create(model="kamerbrief", messages=conversation(QUESTION), stream=True) as chunks:
            said = "".join(next(chunks).choices[0].delta.content or "" for _ in range(2))
            with pytest.raises(openai.APIError, match="took too long"):
                next(chunks)
        assert said == f"{WROTE[0]} [1]"


@pytest.mark.slow
def test_a_client_that_goes_away_stops_the_model(written: tuple[Service, Scripted]) -> None:
    service, server = written
    with client_of(service) as client:
        with client.chat.completions.create(model="kamerbrief", messages=conversation(QUESTION), stream=True) as chunks:
            next(chunks)
            server.left.clear()
        assert server.left.wait(60)
