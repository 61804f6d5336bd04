"""A question at work for a request: in a thread of the few that may run at once, timed and counted."""

import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from functools import partial

import anyio
import anyio.to_thread

from kamerbrief.http.state import State
from kamerbrief.http.threads import in_thread
from kamerbrief.models.calls import current
from kamerbrief.records.answers import Answer, Sentence, Turn, WriterName
from kamerbrief.records.letters import Filters
from kamerbrief.streams import Stream


class Asking:
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
        follow: bool = False,
        answer_id: str | None = None,
    ) -> None:
        stream = state.kb.stream
        self._start = partial(
            stream,
            question,
            filters=filters,
            k=k,
            turns=turns,
            writer=writer,
            follow=follow,
            answer_id=answer_id,
        )
        self._state = state
        self._key = key
        self._with_model = bool(state.settings.chat_model) and writer != "extractive"

    async def steps(self) -> AsyncGenerator[Sentence | Answer, None]:
        """What there is to tell of it, as it comes: the sentences, and the answer."""
        stream = self._start()
        async with aclosing(self._sentences(stream)) as sentences:
            async for one in sentences:
                yield one
        yield await self._counted(stream.result)

    async def answer(self) -> Answer:
        """The whole answer."""
        stream = self._start()
        async with aclosing(self._sentences(stream)) as sentences:
            async for _ in sentences:
                pass
        return await self._counted(stream.result)

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

    async def _counted(self, answer: Answer) -> Answer:
        self._state.metrics.count_answer(answer)
        if answer.tokens:
            await in_thread(self._state.rate_limits.use, self._key, answer.tokens)
        return answer
