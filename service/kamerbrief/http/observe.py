"""What is done around every request: its id, its line in the log, its count, and the headers of every response."""

import logging
import re
import time
import uuid

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kamerbrief.http.metrics import Metrics
from kamerbrief.http.problems import Handler, problem
from kamerbrief.models.calls import Call, calling

REQUEST_ID = "X-Request-ID"
_ID = re.compile(r"[\w.:-]{1,100}", re.ASCII)
_access = logging.getLogger("kamerbrief.access")
_log = logging.getLogger(__name__)
TOO_LARGE = problem(413, "This is too much at once", "send less in one request")
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Observe:
    """ASGI middleware. The log names routes and not paths, for there may be questions in these. `handle` tells of what
    goes wrong outside the app."""

    def __init__(self, app: ASGIApp, metrics: Metrics, api_version: str, handle: Handler) -> None:
        self._app = app
        self._metrics = metrics
        self._version = api_version
        self._handle = handle

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] == "HEAD":  # a GET without the body, which the server leaves out
            scope = {**scope, "method": "GET"}
        given = Headers(scope=scope).get(REQUEST_ID, "")
        request_id = given if _ID.fullmatch(given) else str(uuid.uuid4())
        scope["kamerbrief.request_id"] = request_id
        status, start = 0, time.perf_counter()
        replaced = False

        async def sending(message: Message) -> None:
            nonlocal status, replaced
            if message["type"] == "http.response.start":
                status, headers = message["status"], MutableHeaders(scope=message)
                if status == 413 and headers.get("Content-Type", "").startswith("text/plain"):  # the framework's own
                    await self._handle(Request(scope), TOO_LARGE)(scope, receive, sending)
                    replaced = True
                    return
                self._dress(headers, scope, request_id)
            elif replaced:
                return
            await send(message)

        with calling(Call(request_id)):
            try:
                await self._app(scope, receive, sending)
            except Exception as error:
                if status:  # half way in a response there is nobody to tell
                    _log.error("not foreseen", exc_info=error)
                else:
                    await self._handle(Request(scope), error)(scope, receive, sending)
            finally:
                self._note(scope, status, time.perf_counter() - start)

    def _dress(self, headers: MutableHeaders, scope: Scope, request_id: str) -> None:
        headers[REQUEST_ID] = request_id
        for name, value in _HEADERS.items():
            headers.setdefault(name, value)
        if scope["path"].startswith("/v1"):
            headers["API-Version"] = self._version
        if scope["scheme"] == "https":
            headers["Strict-Transport-Security"] = "max-age=31536000"

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = route_of(scope)
        self._metrics.count_request(scope["method"], route, status, seconds)
        _access.info(
            "request",
            extra={
                "method": scope["method"],
                "route": route,
                "status": status or "client gone",
                "milliseconds": round(seconds * 1000, 1),
                "key": scope.get("kamerbrief.key"),
            },
        )


def route_of(scope: Scope) -> str:
    """The pattern of the path ("/v1/letters/{id}"), without anything that a client chose."""
    route = getattr(scope.get("route"), "path", None)
    return f"{scope.get('root_path', '')}{route}" if route is not None else "none"
