"""What the service is made of: handed to `build_app`, and to every request by it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import anyio
from fastapi import Request

from kamerbrief.http.fetch_runner import FetchRunner
from kamerbrief.http.job_runner import JobRunner
from kamerbrief.http.metrics import Metrics
from kamerbrief.http.rate_limits import RateLimits
from kamerbrief.library import Kamerbrief

ON_PROCESSOR = 3
WITH_MODEL = 64


class State:
    """The library that answers, and what the service knows beside it.

    `loopback` says that only this machine can reach the service; without keys it lets nobody else in. `writer` is the
    socket of the process that changes the letters and makes the briefings, once it is known to be another one.
    """

    def __init__(self, kb: Kamerbrief, *, loopback: bool = True) -> None:
        self.kb = kb
        self.writer: Path | None = None
        self.settings = kb.settings
        self.loopback = loopback
        self.metrics = Metrics(kb)
        self.rate_limits = RateLimits(kb.keys.counts, self.settings.requests_a_minute, self.settings.tokens_a_day)
        self.fetcher = FetchRunner(kb)
        self.runner = JobRunner(kb, self.metrics, self.rate_limits)
        # How many answers are worked on at once. Without a model that is work for the processor, and more at once than
        # there are cores make each slower; with one it is mostly waiting.
        self.processor_limiter = anyio.CapacityLimiter(ON_PROCESSOR)
        self.model_limiter = anyio.CapacityLimiter(WITH_MODEL)

    @contextmanager
    def working(self) -> Iterator[None]:
        """Works off the jobs of the data folder while the block runs, unless another process does."""
        if self.writer:
            yield
            return
        with self.runner.working(), self.fetcher.working():
            yield


def state_of(request: Request) -> State:
    state: State = request.app.state.kamerbrief
    return state
