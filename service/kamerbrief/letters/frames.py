"""What a library and its readers say to each other: frames over a socket, each a kind, a length and its bytes.

Nothing in a frame can run: what a reader says is JSON, which is checked as if a stranger had written it.

the library asks    ASK, JSON with the name and the path of a source, how many bytes it may have and how many seconds of
                    processor each of its letters; or which page of it is wanted; DATA, its bytes
a reader answers    LETTER or ERROR, in JSON, for each letter, with FILE before it where it was a PDF: its bytes
                    or PAGE, in JSON, and PIXELS, behind their width and height, where it was to be drawn; or ERROR
                    then READY, or LEAVING where another should come after it
"""

import socket
import time

from kamerbrief.records.pages import MOST_HIGH, MOST_WIDE, Drawn, PaperPage

ASK, DATA, LETTER, ERROR, READY, LEAVING, FILE, PAGE, PIXELS = (bytes([number]) for number in range(9))
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


def sized(drawn: Drawn) -> bytes:
    """The pixels of a page behind their width and height."""
    return drawn.width.to_bytes(_LENGTH, "big") + drawn.height.to_bytes(_LENGTH, "big") + drawn.pixels


def unsized(page: PaperPage, body: bytes) -> Drawn:
    """A page with its pixels, where there are any. Raises ValueError where they are not as many as they say."""
    width, height = (int.from_bytes(body[start : start + _LENGTH], "big") for start in (0, _LENGTH))
    if body and (not 0 < width <= MOST_WIDE or not 0 < height <= MOST_HIGH):
        raise ValueError("a picture of no size that is asked for")
    if body and len(body) != 2 * _LENGTH + 3 * width * height:
        raise ValueError("a picture that is none")
    return Drawn(page, width, height, body[2 * _LENGTH :])


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
