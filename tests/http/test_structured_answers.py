"""Answers as JSON, by OpenAI's `response_format`."""

import json
from collections.abc import Iterator
from typing import Any

import openai
import pytest
from openai import OpenAI
from pydantic import BaseModel

from tests.http.service import QUESTION, Service

UNKNOWN = "Hoeveel kost een brood in Parijs?"
OFFICIAL = "https://zoek.officielebekendmakingen.nl/kst-27925-504.html"


class Source(BaseModel):
    title: str
    quote: str
    url: str | None
    paragraph: int
    page: int | None


class Told(BaseModel):
    answer: str
    found: bool
    sources: list[Source]


@pytest.fixture
def client(service: Service) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{service.url}/openai/v1", api_key="none", max_retries=0, timeout=60) as client:
        yield client


def asked(question: str = QUESTION) -> Any:
    return [{"role": "user", "content": question}]


def by(schema: dict[str, Any], question: str = QUESTION) -> Any:
    named = {"name": "it", "strict": True, "schema": {"type": "object", **schema}}
    return {
        "model": "kamerbrief",
        "messages": asked(question),
        "response_format": {"type": "json_schema", "json_schema": named},
    }


def test_an_answer_is_a_json_object(client: OpenAI, service: Service) -> None:
    form: Any = {"type": "json_object"}
    reply = client.chat.completions.create(model="kamerbrief", messages=asked(), response_format=form)
    told = json.loads(reply.choices[0].message.content or "")
    own = service.http.post("/v1/questions", json={"question": QUESTION}).json()
    citation = own["sentences"][0]["citations"][0]
    cited = {name: citation[name] for name in ("label", "letter", "paragraph", "quote", "url")}
    text = own["sentences"][0]["text"]
    assert told == {
        "question": QUESTION,
        "status": "answered",
        "found": True,
        "answer": text,
        "sentences": [{"text": text, "citations": [cited]}],
        "citations": [cited],
    }


def test_an_answer_fits_the_schema_of_a_program(client: OpenAI) -> None:
    reply = client.chat.completions.parse(model="kamerbrief", messages=asked(), response_format=Told)
    told = reply.choices[0].message.parsed
    assert told
    assert told.found
    assert "1.000 helmen" in told.answer
    (source,) = told.sources
    assert (source.url, source.paragraph, source.page) == (OFFICIAL, 9, None)
    assert "1.000 helmen" in source.quote
    reply = client.chat.completions.parse(model="kamerbrief", messages=asked(UNKNOWN), response_format=Told)
    expected = Told(answer="Dit staat niet in de brieven.", found=False, sources=[])
    assert reply.choices[0].message.parsed == expected


SCHEMA = json.dumps({"type": "object", "properties": {"antwoord": {"type": "string"}}, "required": ["antwoord"]})
ORDERS = [
    f"Always respond with a JSON object that's compatible with this schema:\n\n{SCHEMA}\n\nDon't include any text.",
    f'For {{"properties": {{"foo": {{"type": "string"}}}}}} the object {{"foo": "a"}} is right.\n```\n{SCHEMA}\n```',
    json.dumps({"properties": {"url": {"type": "string"}}}) + f" is no schema of this one: {SCHEMA}",
]


@pytest.mark.parametrize("orders", ORDERS)
def test_the_schema_of_a_json_object_may_be_in_the_orders(client: OpenAI, orders: str) -> None:
    form: Any = {"type": "json_object"}
    for role in ("system", "developer"):
        messages: Any = [{"role": role, "content": orders}, *asked()]
        reply = client.chat.completions.create(model="kamerbrief", messages=messages, response_format=form)
        told = json.loads(reply.choices[0].message.content or "")
        assert list(told) == ["antwoord"]
        assert "1.000 helmen" in told["antwoord"]
    beside: Any = [{"role": "user", "content": f"{orders}\n\n{QUESTION}"}]
    reply = client.chat.completions.create(model="kamerbrief", messages=beside, response_format=form)
    assert "1.000 helmen" in json.loads(reply.choices[0].message.content or "")["antwoord"]


@pytest.mark.parametrize(
    "orders",
    [
        "Answer in JSON.",
        'Like {"answer": "…"}, not {this}.',
        json.dumps({"properties": {"score": {"type": "number"}}, "required": ["score"]}),
        json.dumps({"properties": {"answer": {"type": "string", "maxLength": 5}}}),
        '{"properties": ' * 40_000,
    ],
)
def test_a_json_object_without_a_schema_that_fits_is_of_our_own_form(client: OpenAI, orders: str) -> None:
    messages: Any = [{"role": "system", "content": orders}, *asked()]
    reply = client.chat.completions.create(
        model="kamerbrief", messages=messages, response_format={"type": "json_object"}
    )
    assert json.loads(reply.choices[0].message.content or "")["status"] == "answered"


@pytest.mark.parametrize("question", [QUESTION, UNKNOWN])
def test_a_stream_of_json_is_the_same_json(client: OpenAI, question: str) -> None:
    call = by({"properties": {"answer": {"type": "string"}, "sources": {"type": "string"}}}, question)
    whole = client.chat.completions.create(**call).choices[0].message.content
    with client.chat.completions.create(**call, stream=True) as chunks:
        deltas = [choice.delta for chunk in chunks for choice in chunk.choices]
    assert [delta.role for delta in deltas if delta.role] == ["assistant"]
    assert "".join(delta.content or "" for delta in deltas) == whole
    assert isinstance(json.loads(whole)["sources"], str)


TEXT = {"type": "string"}


@pytest.mark.parametrize(
    ("schema", "param", "message"),
    [
        (
            {"properties": {"score": {"type": "number"}}, "required": ["score"]},
            ".properties.score",
            "by the name 'score'",
        ),
        ({"properties": {"answer": {"type": "integer"}}}, ".properties.answer", "is no integer"),
        ({"properties": {"status": {"enum": ["answered"]}}}, ".properties.status", "'not_found', which is none of"),
        ({"properties": {"answer": TEXT | {"maxLength": 5}}}, ".properties.answer.maxLength", "not permitted"),
        ({"type": "array"}, "", "is no array"),
        ({"properties": {"answer": {"$ref": "#/$defs/no"}}}, ".properties.answer", "there is no #/$defs/no"),
        (
            {"properties": {"answer": {"$ref": "#/$defs/a"}}, "$defs": {"a": {"$ref": "#/$defs/a"}}},
            ".properties.answer",
            "the schema holds itself",
        ),
        ({"properties": {}, "required": [1]}, ".required.0", "valid string"),
    ],
)
def test_a_schema_that_no_answer_fits_is_told_so(
    client: OpenAI, schema: dict[str, Any], param: str, message: str
) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        client.chat.completions.create(**by(schema))
    assert caught.value.param == f"response_format.json_schema.schema{param}"
    assert message in caught.value.message


def test_a_form_that_is_unknown_or_has_no_schema_is_an_error(client: OpenAI) -> None:
    for form in ({"type": "xml"}, {"type": "json_schema"}):
        with pytest.raises(openai.BadRequestError) as caught:
            client.chat.completions.create(model="kamerbrief", messages=asked(), response_format=form)  # type: ignore[call-overload]
        assert (caught.value.param or "").startswith("response_format")
