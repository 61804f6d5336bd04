"""What changes something is done by one process of the service: the others pass such requests on to it, as they are."""

from collections.abc import AsyncIterator, Iterable

import httpx
from fastapi import Request
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send

from kamerbrief.http.problems import RETRY_SECONDS, Handler, problem
from kamerbrief.http.state import State
from kamerbrief.once import Once

CHANGING = ("/v1/letters", "/v1/briefings", "/v1/fetches", "/letters", "/briefings")
"""Where whatever does more than read changes the letters, or gives work to those who make briefings and fetch."""

READY = "/health/ready"  # whether the stores agree, only the writer knows while it changes them
_READING = ("GET", "HEAD", "OPTIONS")
_OF_A_CONNECTION = {b"connection", b"keep-alive", b"transfer-encoding", b"upgrade", b"te", b"trailer", b"date"}
_CUT_OFF = problem(
    503,
    "The change was cut off",
    "the process that makes changes ended before it was done with this; send it again",
    code="cut_off",
    headers={"Retry-After": str(RETRY_SECONDS)},
)


def is_for_writer(method: str, path: str) -> bool:
    """Whether only the process that makes changes can answer this."""
    if method in _READING:
        return path == READY
    return any(path == one or path.startswith(f"{one}/") for one in CHANGING)


class PassOn:
    """ASGI middleware. A request waits for the state's writer while that is started anew. `handle` tells of one over
    which it died."""

    def __init__(self, app: ASGIApp, state: State, handle: Handler) -> None:
        self._app = app
        self._state = state
        # Not a client, which would keep cookies of one for the next.
        self._writer = Once(lambda: httpx.AsyncHTTPTransport(uds=str(state.writer)))
        self._handle = handle

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        here = self._state.writer is None or scope["type"] != "http"
        if here or not is_for_writer(scope["method"], scope["path"]):
            await self._app(scope, receive, send)
            return
        try:
            response = await self._writer().handle_async_request(_request(scope, receive))
        except ClientDisconnect:
            return
        except httpx.TransportError:
            await self._handle(Request(scope), _CUT_OFF)(scope, receive, send)
            return
        assert isinstance(response.stream, httpx.AsyncByteStream)
        try:
            headers = _kept(response.headers.raw)
            await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
            async for part in response.stream:
                await send({"type": "http.response.body", "body": part, "more_body": True})
            await send({"type": "http.response.body"})
        finally:
            await response.stream.aclose()


def _request(scope: Scope, receive: Receive) -> httpx.Request:
    query = b"?" + scope["query_string"] if scope["query_string"] else b""
    address = b"http://writer" + scope["raw_path"] + query
    headers = _kept(scope["headers"])
    return httpx.Request(scope["method"], address.decode("latin-1"), headers=headers, content=_body(receive))


async def _body(receive: Receive) -> AsyncIterator[bytes]:
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        more = message.get("more_body", False)
        yield message.get("body", b"")


def _kept(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """All but those that are about a connection, of which there are two."""
    return [(name, value) for name, value in headers if name.lower() not in _OF_A_CONNECTION]
