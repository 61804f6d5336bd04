"""An answer as server-sent events: `sentence`, its `citation`s, and `done` with the whole record; or `problem`.

An event's id is that of the answer and its number ("3f0c…:4"), so that a client which lost the connection can say how
far it came, and gets the rest out of the log.
"""

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import aclosing

from fastapi.responses import StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from pydantic import Field

from kamerbrief.http.problems import respond
from kamerbrief.records.answers import Answer, Citation, Focus, Sentence, WriterName
from kamerbrief.records.base import Record

EVENT_STREAM = "text/event-stream"
PING_SECONDS = 10.0  # of silence, after which proxies may take a connection for dead
_ID = re.compile(r"([0-9a-f]{32}):([0-9]{1,6})")


class SentenceEvent(Record):
    """A proven sentence; `number` counts from 1."""

    number: int = Field(ge=1)
    text: str
    writer: WriterName
    focus: Focus | None


class CitationEvent(Record):
    """A citation of the sentence with this number."""

    sentence: int = Field(ge=1)
    citation: Citation


def place_of(last_event_id: str) -> tuple[str, int] | None:
    """The answer and the number of the event that a client had last."""
    found = _ID.fullmatch(last_event_id)
    return (found[1], int(found[2])) if found else None


class Events:
    """The events of one answer, numbered."""

    def __init__(self, answer_id: str) -> None:
        self._answer = answer_id
        self._number = 0
        self._sentences = 0

    def of(self, one: Sentence | Answer) -> Iterator[tuple[int, bytes]]:
        """The events that tell of this, with their numbers."""
        if isinstance(one, Answer):
            yield self._event("done", one)
            return
        self._sentences += 1
        told = SentenceEvent(number=self._sentences, text=one.text, writer=one.writer, focus=one.focus)
        yield self._event("sentence", told)
        for citation in one.citations:
            yield self._event("citation", CitationEvent(sentence=self._sentences, citation=citation))

    def _event(self, name: str, record: Record) -> tuple[int, bytes]:
        self._number += 1
        data = record.model_dump_json(by_alias=True)
        return self._number, format_sse_event(data_str=data, event=name, id=f"{self._answer}:{self._number}")


def replay(answer: Answer, after: int) -> StreamingResponse:
    """The events of an answer in the log, from the one after this number."""

    async def text() -> AsyncIterator[bytes]:
        events = Events(answer.id)
        told: list[Sentence | Answer] = [*answer.sentences, answer]
        for one in told:
            for number, event in events.of(one):
                if number > after:
                    yield event

    return StreamingResponse(text(), media_type=EVENT_STREAM)


def live(
    answer_id: str, first: Sentence | Answer, rest: AsyncGenerator[Sentence | Answer, None], request_id: str
) -> StreamingResponse:
    """The events of an answer in the making, of which the first thing is there already."""
    events = Events(answer_id)

    async def told(one: Sentence | Answer) -> AsyncIterator[bytes]:
        for _, event in events.of(one):
            yield event

    def failed(error: Exception) -> bytes:
        return problem_event(error, request_id)

    return streamed(first, rest, told, failed)


def problem_event(error: Exception, request_id: str) -> bytes:
    """The event of an error half way."""
    return format_sse_event(data_str=bytes(respond(error, request_id).body).decode(), event="problem")


def streamed(
    first: Sentence | Answer,
    rest: AsyncGenerator[Sentence | Answer, None],
    told: Callable[[Sentence | Answer], AsyncIterator[bytes]],
    failed: Callable[[Exception], bytes],
) -> StreamingResponse:
    """An answer in the making as events: `told` gives those of a step, `failed` the one of an error half way."""

    async def text() -> AsyncIterator[bytes]:
        async with aclosing(rest):
            try:
                async for event in told(first):
                    yield event
                async for one in _with_pauses(rest):
                    if one is None:
                        yield KEEPALIVE_COMMENT
                        continue
                    async for event in told(one):
                        yield event
            except Exception as error:
                yield failed(error)

    return StreamingResponse(text(), media_type=EVENT_STREAM)


async def _with_pauses(
    steps: AsyncGenerator[Sentence | Answer, None],
) -> AsyncIterator[Sentence | Answer | None]:
    """What comes, and None for every while in which nothing does."""
    coming: asyncio.Future[Sentence | Answer | None] = asyncio.ensure_future(anext(steps, None))
    try:
        while True:
            await asyncio.wait({coming}, timeout=PING_SECONDS)
            if not coming.done():
                yield None
                continue
            one = coming.result()
            if one is None:
                return
            yield one
            coming = asyncio.ensure_future(anext(steps, None))
    finally:
        coming.cancel()
        await asyncio.gather(coming, return_exceptions=True)
