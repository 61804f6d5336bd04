"""What language models take: tokens, what they cost, and what may be spent in a day."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from kamerbrief.clock import Clock, utc_now
from kamerbrief.embedding.tokens import count_tokens
from kamerbrief.errors import BudgetError
from kamerbrief.models.chat import ChatReply, ChatRequest


@dataclass
class Usage:
    """Tokens that a model took, all tries together; estimated where the server does not count them."""

    prompt: int = 0
    completion: int = 0

    @property
    def total(self) -> int:
        return self.prompt + self.completion

    def take(self, other: "Usage") -> None:
        """Adds what another one counted."""
        self.prompt += other.prompt
        self.completion += other.completion

    def add(self, request: ChatRequest, text: str, reply: ChatReply | None) -> None:
        """Adds what one request took, of which `text` came back; `reply` is None where it did not end well."""
        if reply and reply.completion_tokens:
            self.prompt += reply.prompt_tokens
            self.completion += reply.completion_tokens
        elif text:
            self.prompt += count_tokens(request.system + request.user)
            self.completion += count_tokens(text)


@dataclass(frozen=True)
class Prices:
    """Of a million tokens, and what may be spent in a day (UTC), in one currency; 0 a day is no limit."""

    prompt: float = 0.0
    completion: float = 0.0
    a_day: float = 0.0


class Ledger(Protocol):
    """Keeps what was spent on language models, by day (UTC)."""

    def spend(self, day: datetime.date, cost: float) -> None: ...

    def spent(self, day: datetime.date) -> float: ...


class Purse:
    """Pays for models at these prices, and keeps in the ledger how much that was each day of the clock."""

    def __init__(self, ledger: Ledger, prices: Prices = Prices(), clock: Clock = utc_now) -> None:
        self._ledger = ledger
        self._prices = prices
        self._clock = clock

    def cost(self, usage: Usage) -> float:
        return (usage.prompt * self._prices.prompt + usage.completion * self._prices.completion) / 1_000_000

    @contextmanager
    def spending(self, total: Usage) -> Iterator[Usage]:
        """What the block uses is paid for, however it ends, and added to the total. Raises BudgetError."""
        if failure := self.empty():
            raise failure
        spent = Usage()
        try:
            yield spent
        finally:
            self.pay(spent)
            total.take(spent)

    def pay(self, usage: Usage) -> None:
        """Takes it down, if it was anything."""
        if usage.total:
            self._ledger.spend(self._clock().date(), self.cost(usage))

    def empty(self) -> BudgetError | None:
        """Why nothing more may be spent today; None while something may."""
        limit = self._prices.a_day
        if not limit or self._ledger.spent(self._clock().date()) < limit:
            return None
        hint = "raise KAMERBRIEF_COST_A_DAY, or wait until tomorrow (UTC)"
        return BudgetError(f"what may be spent on a model in a day ({limit:g}) is spent", hint)
