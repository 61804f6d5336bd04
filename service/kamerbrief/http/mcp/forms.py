"""In which form a reply of the MCP door goes: as JSON, or as server-sent events.

The SDK serves those alone that take both, as the protocol wants of them, and chooses. Many a client takes but one, or
does not say.
"""

from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Message, Scope, Send

from kamerbrief.http.accept_header import preferred
from kamerbrief.http.events import EVENT_STREAM
from kamerbrief.http.problems import problem

JSON = "application/json"


def in_form(scope: Scope, send: Send) -> tuple[Scope, Send]:
    """The request as the SDK wants it, and a `send` that sends its reply in a form that the client takes. Who does not
    name events gets JSON. Raises ProblemError (406)."""
    accept = ", ".join(Headers(scope=scope).getlist("accept"))
    takes_json = preferred(accept, [JSON]) is not None
    takes_events = "text/" in accept.lower() and preferred(accept, [EVENT_STREAM]) is not None
    if not takes_json and not takes_events:
        raise problem(406, "There is no such form", f"the replies are {JSON} or {EVENT_STREAM}")
    others = [(name, value) for name, value in scope["headers"] if name != b"accept"]
    both = {**scope, "headers": [*others, (b"accept", f"{JSON}, {EVENT_STREAM}".encode())]}
    if takes_json and takes_events:
        return both, send
    return both, _Turned(send, JSON if takes_json else EVENT_STREAM).send


@dataclass
class _Turned:
    """A reply that is sent in the wanted form, once it is whole. One that is in it already, or no success, goes as it
    is."""

    onward: Send
    wanted: str
    start: Message | None = None
    body: bytearray = field(default_factory=bytearray)

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            given = Headers(raw=message["headers"]).get("content-type", "").partition(";")[0]
            if message["status"] == 200 and given in {JSON, EVENT_STREAM} and given != self.wanted:
                self.start = message
                return
        if self.start is None:
            await self.onward(message)
            return
        self.body += message.get("body", b"")
        if message.get("more_body"):
            return
        body = self._as_event() if self.wanted == EVENT_STREAM else self._last_event()
        headers = MutableHeaders(scope=self.start)
        headers["content-type"], headers["content-length"] = self.wanted, str(len(body))
        await self.onward(self.start)
        await self.onward({**message, "body": body})

    def _as_event(self) -> bytes:
        return b"event: message\ndata: " + bytes(self.body) + b"\n\n"

    def _last_event(self) -> bytes:
        """The reply itself: what comes before it are no more than signs of life."""
        data = [line.removeprefix(b"data: ") for line in self.body.splitlines() if line.startswith(b"data: ")]
        return bytes(data[-1]) if data else b""
