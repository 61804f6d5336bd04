"""Work that may block, for asynchronous requests: in threads, and stopped when nobody waits for it any more."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import anyio.to_thread
from fastapi import Request

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
