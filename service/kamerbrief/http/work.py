"""The synchronous core at work for asynchronous requests: in threads, watched, and stopped when nobody waits."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from typing import TypeVar

import anyio
import anyio.to_thread
from fastapi import Request

from kamerbrief.http.state import State
from kamerbrief.models.calls import current
from kamerbrief.records.answers import Answer, Sentence, Turn, WriterName
from kamerbrief.records.letters import Filters

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


async def answering(
    state: State,
    key: str,
    question: str,
    *,
    filters: Filters | None = None,
    k: int = 10,
    turns: Sequence[Turn] = (),
    writer: WriterName | None = None,
    answer_id: str | None = None,
) -> AsyncGenerator[Sentence | Answer, None]:
    """As Kamerbrief.stream, counted for a key. Closing or cancelling it stops the model as well.

    Raises TimeoutError when it takes longer than a request may.
    """
    deadline = time.monotonic() + state.settings.request_timeout
    call = current()
    with_model = bool(state.settings.chat_model) and writer != "extractive"
    limiter = state.phone if with_model else state.desk
    steps = state.kb.stream(question, filters=filters, k=k, turns=turns, writer=writer, answer_id=answer_id)
    done = False
    try:
        while True:
            with anyio.fail_after(deadline - time.monotonic()):
                one = await anyio.to_thread.run_sync(next, steps, None, abandon_on_cancel=True, limiter=limiter)
            if one is None:
                break
            if isinstance(one, Answer):
                state.metrics.count_answer(one)
                state.limits.use(key, one.tokens)
            yield one
        done = True
    finally:
        if call is not None and not done:
            call.stop()


async def answer_of(steps: AsyncGenerator[Sentence | Answer, None]) -> Answer:
    """The whole answer, which comes last."""
    async with aclosing(steps):
        async for one in steps:
            if isinstance(one, Answer):
                return one
    raise AssertionError("an answer comes last")
