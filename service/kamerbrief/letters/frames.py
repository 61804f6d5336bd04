"""What a library and its readers say to each other: frames over a socket, each a kind, a length and its bytes.

Nothing in a frame can run: what a reader says is JSON, which is checked as if a stranger had written it.

the library asks    ASK, JSON with the name and the path of a source, how many bytes it may have and how many seconds of
                    processor each of its letters; DATA, its bytes
a reader answers    LETTER or ERROR, in JSON, for each letter; then READY, or LEAVING where another should come after it
"""

import socket
import time

ASK, DATA, LETTER, ERROR, READY, LEAVING = (bytes([number]) for number in range(6))
OUT_OF_MEMORY = 77
"""The exit code of a reader that had too little of it."""
_LENGTH = 8  # bytes
_MOST = 250_000_000
"""Bytes of a frame. A letter of plain text, as large as one may be, takes three times its own."""


def send(channel: socket.socket, kind: bytes, body: bytes = b"") -> None:
    """Raises OSError when the other side is gone, or takes longer than the channel's timeout."""
    channel.sendall(kind + len(body).to_bytes(_LENGTH, "big"))
    channel.sendall(body)


def receive(channel: socket.socket, seconds: float | None = None) -> tuple[bytes, bytearray]:
    """The next frame. Raises EOFError when the other side is gone, TimeoutError when the frame is not whole after so
    many seconds, OSError."""
    deadline = None if seconds is None else time.monotonic() + seconds
    head = _exactly(channel, 1 + _LENGTH, deadline)
    length = int.from_bytes(head[1:], "big")
    if length > _MOST:
        raise EOFError("a frame that nobody sends")
    return bytes(head[:1]), _exactly(channel, length, deadline)


def _exactly(channel: socket.socket, length: int, deadline: float | None) -> bytearray:
    found = bytearray(length)
    rest = memoryview(found)
    while rest:
        if deadline is not None:
            channel.settimeout(max(0.001, deadline - time.monotonic()))
        got = channel.recv_into(rest)
        if not got:
            raise EOFError
        rest = rest[got:]
    return found
