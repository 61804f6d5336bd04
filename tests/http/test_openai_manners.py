"""What chat programs send to the door for them, beside what OpenAI's own package does."""

from typing import Any

import httpx
import pytest

from tests.http.service import QUESTION, Service

IMAGE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}
ASKED = {"role": "user", "content": QUESTION}


def post(service: Service, *messages: Any, path: str = "/openai/v1/chat/completions", **more: Any) -> httpx.Response:
    return service.http.post(path, json={"model": "kamerbrief", "messages": messages, **more})


def said(reply: httpx.Response) -> str:
    return str(reply.raise_for_status().json()["choices"][0]["message"]["content"])


@pytest.mark.parametrize(
    "earlier",
    [
        [{"role": "user", "content": [{"type": "text", "text": "Wat is dit?"}, IMAGE]}],
        [{"role": "assistant", "content": [{"type": "refusal", "refusal": "Dat kan ik niet lezen."}]}],
        [{"role": "assistant", "content": None, "tool_calls": []}, {"role": "tool", "content": [IMAGE]}],
        [{"role": "assistant"}, {"role": "user", "content": []}],
        [{"role": "assistant", "content": "Waarmee kan ik helpen?", "reasoning_content": "…", "annotations": []}],
    ],
)
def test_pictures_and_refusals_of_before_end_no_conversation(service: Service, earlier: list[Any]) -> None:
    assert "1.000 helmen" in said(post(service, *earlier, ASKED))


def test_parts_may_be_bare_texts(service: Service) -> None:
    assert "1.000 helmen" in said(post(service, {"role": "user", "content": [QUESTION]}))


@pytest.mark.parametrize(
    ("message", "param", "told"),
    [
        ({"role": "user", "content": [QUESTION, IMAGE]}, "messages.0.content", "only parts of the type text"),
        ({"role": "user", "content": [{"type": "text"}]}, "messages.0.content", "only parts of the type text"),
        ({"role": "user", "content": 5}, "messages.0.content", "Input should be a valid string"),
        (5, "messages.0", "Input should be an object"),
    ],
)
def test_what_of_the_question_cannot_be_read_is_told(service: Service, message: Any, param: str, told: str) -> None:
    reply = post(service, message)
    assert (reply.status_code, reply.json()["error"]["param"]) == (400, param)
    assert told in reply.json()["error"]["message"]


def test_null_and_what_steers_a_model_are_passed_over(service: Service) -> None:
    nulls = dict.fromkeys(["n", "stop", "tools", "tool_choice", "response_format", "stream", "stream_options", "user"])
    steering = {
        "max_completion_tokens": 1,
        "max_tokens": 1,
        "n": 1,
        "tools": [],
        "modalities": ["text"],
        "logprobs": True,
    }
    answers = {said(post(service, ASKED, **more)) for more in ({}, nulls, steering)}
    assert len(answers) == 1


def test_a_slash_at_the_end_is_the_same_path(service: Service) -> None:
    assert service.http.get("/openai/v1/models/").json() == service.http.get("/openai/v1/models").json()
    assert "1.000 helmen" in said(post(service, ASKED, path="/openai/v1/chat/completions/"))
