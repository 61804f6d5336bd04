"""What the service is made of: handed to `build_app`, and to every request by it."""

from dataclasses import dataclass, field

import anyio
from fastapi import Request

from kamerbrief.http.access import Limits
from kamerbrief.http.metrics import Metrics
from kamerbrief.library import Kamerbrief
from kamerbrief.settings import Settings

DESKS = 3
PHONES = 64


@dataclass(frozen=True)
class State:
    """The library that answers, and what the service knows beside it.

    `loopback` says that only this machine can reach the service; without keys it lets nobody else in.
    """

    kb: Kamerbrief
    loopback: bool = True
    metrics: Metrics = field(init=False)
    limits: Limits = field(init=False)
    # How many answers are worked on at once. Without a model that is work for the processor, and more at once than
    # there are cores make each slower; with one it is mostly waiting.
    desk: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(DESKS))
    phone: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(PHONES))

    def __post_init__(self) -> None:
        object.__setattr__(self, "metrics", Metrics(self.kb))
        object.__setattr__(self, "limits", Limits(self.settings.requests_a_minute, self.settings.tokens_a_day))

    @property
    def settings(self) -> Settings:
        return self.kb.settings


def state_of(request: Request) -> State:
    state: State = request.app.state.kamerbrief
    return state
