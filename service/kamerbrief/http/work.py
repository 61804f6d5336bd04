"""The synchronous core at work for asynchronous requests: in threads, watched, and stopped when nobody waits."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from functools import partial
from typing import TypeVar

import anyio
import anyio.to_thread
from fastapi import Request

from kamerbrief.http.state import State
from kamerbrief.models.calls import current
from kamerbrief.records.answers import Answer, Sentence, Turn, WriterName
from kamerbrief.records.letters import Filters
from kamerbrief.streams import Stream

_T = TypeVar("_T")


async def in_thread(function: Callable[..., _T], *arguments: object) -> _T:
    """The result of a function that may block."""
    return await anyio.to_thread.run_sync(function, *arguments)


async def while_awaited(request: Request, work: Awaitable[_T], seconds: float) -> _T | None:
    """The work's result; None when the client has gone away, and the work was stopped. Raises TimeoutError."""
    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({task, gone}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        if gone.done():
            return None
        raise TimeoutError
    finally:
        for one in (task, gone):
            one.cancel()
        await asyncio.gather(task, gone, return_exceptions=True)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


class Answering:
    """Kamerbrief.stream at work for a key, whose tokens are counted. Whoever closes or cancels it stops the model.

    Its methods raise what that raises, and TimeoutError when it takes longer than a request may.
    """

    def __init__(
        self,
        state: State,
        key: str,
        question: str,
        *,
        filters: Filters | None = None,
        k: int = 10,
        turns: Sequence[Turn] = (),
        writer: WriterName | None = None,
        answer_id: str | None = None,
    ) -> None:
        stream = state.kb.stream
        self._start = partial(stream, question, filters=filters, k=k, turns=turns, writer=writer, answer_id=answer_id)
        self._state = state
        self._key = key
        self._with_model = bool(state.settings.chat_model) and writer != "extractive"

    async def steps(self) -> AsyncGenerator[Sentence | Answer, None]:
        """What there is to tell of it, as it comes: the sentences, and the answer."""
        stream = self._start()
        async with aclosing(self._sentences(stream)) as sentences:
            async for one in sentences:
                yield one
        yield self._counted(stream.result)

    async def answer(self) -> Answer:
        """The whole answer."""
        stream = self._start()
        async with aclosing(self._sentences(stream)) as sentences:
            async for _ in sentences:
                pass
        return self._counted(stream.result)

    async def _sentences(self, stream: Stream[Sentence, Answer]) -> AsyncGenerator[Sentence, None]:
        deadline = time.monotonic() + self._state.settings.request_timeout
        limiter = self._state.model_limiter if self._with_model else self._state.processor_limiter
        call, done = current(), False
        try:
            while True:
                with anyio.fail_after(deadline - time.monotonic()):
                    one = await anyio.to_thread.run_sync(next, stream, None, abandon_on_cancel=True, limiter=limiter)
                if one is None:
                    break
                yield one
            done = True
        finally:
            if call is not None and not done:
                call.stop()

    def _counted(self, answer: Answer) -> Answer:
        self._state.metrics.count_answer(answer)
        self._state.rate_limits.use(self._key, answer.tokens)
        return answer
