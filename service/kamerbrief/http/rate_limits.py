"""How much each key may ask for, and how often keys may be tried."""

import math
import time

from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerMinute
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from kamerbrief.http.problems import ProblemError, problem
from kamerbrief.store.counts import Counts

WRONG_KEYS = RateLimitItemPerMinute(10)  # from one address


class RateLimits:
    """The limits of each key: requests a minute and a model's tokens a day, 0 for no limit; and of each address: keys
    that nobody has. All processes of a service count together. Every method may wait for its database."""

    def __init__(self, counts: Counts, requests: int, tokens: int) -> None:
        self._limiter = FixedWindowRateLimiter(_Counted(counts))
        self._requests = RateLimitItemPerMinute(requests) if requests else None
        self._tokens = RateLimitItemPerDay(tokens) if tokens else None

    def check(self, name: str) -> None:
        """Counts a request. Raises ProblemError (429) when there were too many, or the tokens are used up."""
        if self._requests and not self._limiter.hit(self._requests, "requests", name):
            raise self._over(
                self._requests, "requests", name, f"a key may have {self._requests.amount} requests a minute"
            )
        if self._tokens and not self._limiter.test(self._tokens, "tokens", name):
            raise self._over(self._tokens, "tokens", name, f"a key may have {self._tokens.amount} tokens a day")

    def use(self, name: str, tokens: int) -> None:
        """Counts the tokens of an answer."""
        if self._tokens and tokens:
            self._limiter.hit(self._tokens, "tokens", name, cost=tokens)

    def check_tries(self, address: str) -> None:
        """Raises ProblemError (429) where too many wrong keys came from an address, whatever comes next."""
        if not self._limiter.test(WRONG_KEYS, "wrong-keys", address):
            limit = f"a key may be tried {WRONG_KEYS.amount} times a minute"
            raise self._over(WRONG_KEYS, "wrong-keys", address, limit)

    def count_wrong(self, address: str) -> None:
        """Counts a wrong key."""
        self._limiter.hit(WRONG_KEYS, "wrong-keys", address)

    def _over(self, item: RateLimitItem, what: str, name: str, limit: str) -> ProblemError:
        reset = self._limiter.get_window_stats(item, what, name).reset_time
        wait = max(1, math.ceil(reset - time.time()))
        detail = f"{limit}; ask again in {wait} seconds"
        return problem(429, "Too much was asked for", detail, code=what, headers={"Retry-After": str(wait)})


class _Counted(Storage):
    """The counts as the limiter wants them."""

    STORAGE_SCHEME = None
    base_exceptions = ()

    def __init__(self, counts: Counts) -> None:
        super().__init__()
        self._counts = counts

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        return self._counts.add(key, amount, expiry)

    def get(self, key: str) -> int:
        return self._counts.get(key)[0]

    def get_expiry(self, key: str) -> float:
        return self._counts.get(key)[1]

    def check(self) -> bool:
        return True

    def reset(self) -> None:
        raise NotImplementedError

    def clear(self, key: str) -> None:
        raise NotImplementedError
