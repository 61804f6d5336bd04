"""OpenAI's package for Python."""
# needs: openai==3.57.0

import asyncio

from openai import AsyncOpenAI, AuthenticationError, BadRequestError, NotFoundError, OpenAI
from pydantic import BaseModel
from telling import FOUND, KEY, OPENAI, QUESTION, Trying

ASKED = [{"role": "user", "content": QUESTION}]
TOOL = {"type": "function", "function": {"name": "add", "parameters": {"type": "object", "properties": {}}}}


class Reply(BaseModel):
    answer: str
    sources: list[str]


trying = Trying("openai", "openai (Python)")
client = OpenAI(base_url=OPENAI, api_key=KEY)
make = client.chat.completions.create

with trying.works("text"):
    reply = make(model="kamerbrief", messages=ASKED)
    assert FOUND in reply.choices[0].message.content
    assert reply.choices[0].message.annotations[0].url_citation.title.startswith("Kamerstuk 27 925")
    assert reply._request_id
with trying.works("stream"):
    chunks = list(make(model="kamerbrief", messages=ASKED, stream=True, stream_options={"include_usage": True}))
    assert FOUND in "".join(one.choices[0].delta.content or "" for one in chunks if one.choices)
    assert chunks[-1].usage.total_tokens == 0
with (
    trying.works("`chat.completions.stream`"),
    client.chat.completions.stream(model="kamerbrief", messages=ASKED) as all_of,
):
    assert FOUND in all_of.get_final_completion().choices[0].message.content
with trying.works("parts, roles and parameters"):
    messages = [
        {"role": "developer", "content": "Be brief."},
        {"role": "user", "content": "Hoeveel vesten?", "name": "someone"},
        {"role": "assistant", "content": None, "tool_calls": []},
        {"role": "user", "content": [{"type": "text", "text": QUESTION}]},
    ]
    more = {"temperature": 0, "max_completion_tokens": 9, "n": 1, "seed": 1, "reasoning_effort": "low", "store": False}
    assert (
        FOUND
        in make(model="kamerbrief", messages=messages, user="someone", tools=[TOOL], **more).choices[0].message.content
    )
with trying.works("`parse` with a class"):
    parsed = client.chat.completions.parse(model="kamerbrief", messages=ASKED, response_format=Reply)
    assert FOUND in parsed.choices[0].message.parsed.answer
with trying.works("models"):
    assert "kamerbrief" in [one.id for one in client.models.list()]
    assert client.models.retrieve("kamerbrief-extractive").owned_by == "kamerbrief"
with trying.works("errors"):
    for error, key, model, messages in (
        (AuthenticationError, "kb_wrong", "kamerbrief", ASKED),
        (NotFoundError, KEY, "gpt-6", ASKED),
        (BadRequestError, KEY, "kamerbrief", []),
    ):
        try:
            OpenAI(base_url=OPENAI, api_key=key).chat.completions.create(model=model, messages=messages)
        except error:
            continue
        raise AssertionError(error.__name__)


async def at_once() -> None:
    async with AsyncOpenAI(base_url=OPENAI, api_key=KEY) as other:
        asking = (other.chat.completions.create(model="kamerbrief", messages=ASKED) for _ in range(3))
        assert all(FOUND in one.choices[0].message.content for one in await asyncio.gather(*asking))


with trying.works("async"):
    asyncio.run(at_once())
with trying.refused('`tool_choice="required"` of a tool that takes no answer', "no tools are called"):
    make(model="kamerbrief", messages=ASKED, tools=[TOOL], tool_choice="required")
with trying.refused("`responses`", "Not Found"):
    client.responses.create(model="kamerbrief", input=QUESTION)
trying.tell()
