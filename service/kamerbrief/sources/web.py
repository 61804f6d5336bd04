"""Files and pages of one host, asked for politely: one at a time, with a pause, as often and as long as is decent."""

import datetime
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import Self
from urllib.parse import urlsplit

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_exponential

from kamerbrief.errors import MissingError, UnreachableError, UnusableError

ATTEMPTS = 4
LONGEST_WAIT = 600.0
"""Seconds that are waited at most because a server asks for it; one that asks for more is told of instead."""
_LONGEST_BACKOFF = 60.0
_MOST_REDIRECTS = 5
_SILENCE = 30.0  # seconds without a byte
_PASSING = frozenset((408, 425, 429, 500, 502, 503, 504))
_MISSING = frozenset((404, 410))
_UNTOLD = frozenset(("", "application/octet-stream"))  # content types that say nothing


@dataclass(frozen=True)
class Manners:
    """How a host is asked: who asks, seconds of pause between two requests, seconds that one may take in all, and how
    large an answer may be."""

    contact: str
    pause: float
    seconds: float
    max_bytes: int


@dataclass(frozen=True)
class Validators:
    """What a server said of a file, by which it tells whether that has changed since."""

    etag: str = ""
    last_modified: str = ""

    def headers(self) -> dict[str, str]:
        said = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True)
class Got:
    data: bytes
    validators: Validators


class Web:
    """Asks these hosts ("example.org", "localhost:8000"), and no other, whoever points there. Close it when done."""

    def __init__(self, hosts: Collection[str], manners: Manners, sleep: Callable[[float], None] = time.sleep) -> None:
        self._hosts = hosts
        self._manners = manners
        self._sleep = sleep
        self._asked = False
        self._backoff = wait_exponential(multiplier=manners.pause, max=_LONGEST_BACKOFF)
        self._client = httpx.Client(
            headers={"User-Agent": f"kamerbrief/{version('kamerbrief')} (+{manners.contact})"},
            timeout=min(_SILENCE, manners.seconds),
            follow_redirects=True,
            max_redirects=_MOST_REDIRECTS,
            event_hooks={"request": [self._check_host]},
        )

    def close(self) -> None:
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(self, address: str, types: Collection[str], known: Validators | None = None) -> Got | None:
        """What lies at an address, of one of these content types; None where that is what is `known`.

        Asks again, after a growing pause or the one that the server asks for, where it is not reached, breaks off,
        takes too long or has too much to do. Raises UnreachableError then in the end, MissingError, UnusableError.
        """
        retrying = Retrying(
            stop=stop_after_attempt(ATTEMPTS),
            wait=self._wait,
            retry=retry_if_exception(_may_pass),
            sleep=self._sleep,
            reraise=True,
        )
        return retrying(self._get, address, types, (known or Validators()).headers())

    def read(self, address: str, types: Collection[str]) -> bytes:
        """What lies at an address of which nothing is known before. Raises as `get`."""
        got = self.get(address, types)
        assert got is not None  # only what is known is left out
        return got.data

    def _get(self, address: str, types: Collection[str], headers: dict[str, str]) -> Got | None:
        if self._asked:
            self._sleep(self._manners.pause)
        self._asked = True
        seconds = self._manners.seconds
        deadline = time.monotonic() + seconds
        try:
            with self._client.stream("GET", address, headers=headers) as response:
                if response.status_code == httpx.codes.NOT_MODIFIED:
                    return None
                _check(response, address, types)
                assert isinstance(response.stream, httpx.SyncByteStream)
                response.stream = _Timed(response.stream, deadline, f"{address} takes longer than {seconds:.0f} s")
                data = self._whole(response, address)
        except (httpx.UnsupportedProtocol, httpx.TooManyRedirects, httpx.DecodingError, httpx.InvalidURL) as error:
            raise UnusableError(f"{address} cannot be used", str(error)) from error
        except httpx.TransportError as error:
            raise UnreachableError(f"{address} was not reached", _told(error)) from error
        named = response.headers
        return Got(data, Validators(named.get("ETag", ""), named.get("Last-Modified", "")))

    def _whole(self, response: httpx.Response, address: str) -> bytes:
        data, most = bytearray(), self._manners.max_bytes
        for piece in response.iter_bytes():
            data += piece
            if len(data) > most:
                raise UnusableError(
                    f"{address} is larger than {most / 1e6:.0f} MB", "raise KAMERBRIEF_MAX_SOURCE_BYTES if it is right"
                )
        return bytes(data)

    def _check_host(self, request: httpx.Request) -> None:
        """Called before each request, those of redirects among them."""
        if (host := urlsplit(str(request.url)).netloc) not in self._hosts:
            hint = f"add {host} to KAMERBRIEF_FETCH_HOSTS if the source's files lie there"
            raise UnusableError(f"{request.url} is on another host", hint)

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        told = error.retry_after if isinstance(error, UnreachableError) else None
        return self._backoff(state) if told is None else told


class _Timed(httpx.SyncByteStream):
    """What comes until a deadline: looked at as it comes, for what is packed may take for ever to become a byte."""

    def __init__(self, stream: httpx.SyncByteStream, deadline: float, told: str) -> None:
        self._stream, self._deadline, self._told = stream, deadline, told

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._stream:
            if time.monotonic() > self._deadline:
                raise UnreachableError(self._told, "try again, or raise KAMERBRIEF_FETCH_TIMEOUT")
            yield piece

    def close(self) -> None:
        self._stream.close()


def _check(response: httpx.Response, address: str, types: Collection[str]) -> None:
    status = response.status_code
    told = f"{address} answers {status} {response.reason_phrase}".strip()
    if status in _MISSING:
        raise MissingError(told)
    if status in _PASSING:
        raise UnreachableError(told, "try again later", _retry_after(response))
    if status != httpx.codes.OK:
        raise UnusableError(told)
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind not in types and kind not in _UNTOLD:
        raise UnusableError(f"{address} is {kind}", f"{' or '.join(sorted(types))} was to be there")


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds, or a date, as RFC 9110 has it; None where the server names neither."""
    told = response.headers.get("Retry-After", "").strip()
    if told.isascii() and told.isdigit():
        return float(told)
    try:
        until = parsedate_to_datetime(told)
    except ValueError:
        return None
    now = datetime.datetime.now(until.tzinfo)
    return max(0.0, (until - now).total_seconds())


def wants_peace(error: BaseException) -> bool:
    """Whether a server asks for a longer pause than is waited for."""
    return isinstance(error, UnreachableError) and (error.retry_after or 0) > LONGEST_WAIT


def _may_pass(error: BaseException) -> bool:
    return isinstance(error, UnreachableError) and not wants_peace(error)


def _told(error: Exception) -> str:
    return str(error) or type(error).__name__
