"""An e-mail (.eml): what it says about itself, its text, and what is attached to it."""

import datetime
import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import MIMEPart
from email.policy import default
from email.utils import parsedate_to_datetime

from kamerbrief.errors import BrokenSourceError, TooLargeError
from kamerbrief.language.characters import readable
from kamerbrief.letters.archive import check_inner, shown
from kamerbrief.letters.markup import one_line

MAX_ATTACHED = 100
MAX_PARTS = 10_000
"""Lines that may begin a part; ten thousand are parsed in a second or two."""
MAX_DEPTH = 50
"""Messages within messages, and parts within parts."""

_HEADER = re.compile(rb"[!-9;-~]+:|[ \t]")
_HEAD = 65_536  # bytes within which the headers end
_TELLING = {b"message-id", b"mime-version", b"received", b"return-path", b"date", b"subject", b"to"}
_ENOUGH = 2
_FORWARDED = re.compile(r"^(?:(?:fwd?|re|antw|doorst|vs|wg)\s*:\s*)+", re.IGNORECASE)
_DAMAGE = (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError)
"""What the standard library's parser raises for headers and parts that break its rules."""
_NO_LETTERS = (
    "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "text/calendar",
)  # fmt: skip


@dataclass(frozen=True)
class Mail:
    """A message. `body` is UTF-8 text or a web page, empty where there is none; of each attachment a name, and its
    bytes."""

    subject: str | None
    date: datetime.date | None
    body: bytes
    attached: tuple[tuple[str, bytes], ...]


def is_mail(data: bytes) -> bool:
    """Whether it begins as a message does: with nothing but headers, and those that a message has."""
    head = re.split(rb"\r?\n[ \t]*\r?\n", data[:_HEAD], maxsplit=1)[0]
    lines = head.splitlines()
    names = {line.partition(b":")[0].lower() for line in lines}
    return b"from" in names and len(names & _TELLING) >= _ENOUGH and all(map(_HEADER.match, lines))


def read_mail(data: bytes, name: str) -> Mail:
    """The message in a file. Raises BrokenSourceError, TooLargeError (too many parts), UnsafeArchiveError (one
    whose name points elsewhere)."""
    if data.count(b"\n--") > MAX_PARTS:
        raise TooLargeError(f"{name} has more than {MAX_PARTS} parts", "save and add what is attached")
    try:
        message = email.message_from_bytes(data, policy=default)
        body = message.get_body(("plain", "html"))
        parts = list(_parts(message, body)) or ([] if body is message else [message])
        attached = [_attachment(part, number) for number, part in enumerate(parts, 1)]
        text = _text(body) if body is not None else ""
        subject, date = message.get("subject"), _date(message)
    except _DAMAGE as error:
        raise BrokenSourceError(f"{name} is a damaged e-mail", "save the message again") from error
    if len(attached) > MAX_ATTACHED:
        raise TooLargeError(f"{name} has {len(attached)} attachments, the limit is {MAX_ATTACHED}", "save and add them")
    for file, _ in attached:
        check_inner(name, file)
    told = _FORWARDED.sub("", one_line(readable(str(subject or "")))).strip()
    return Mail(told or None, date, text.encode("utf-8-sig") if text.strip() else b"", tuple(attached))


def _parts(message: MIMEPart, body: MIMEPart | None, depth: int = 0) -> Iterator[MIMEPart]:
    """What is attached: all but the text, in whichever of its forms, its pictures, and what signs it."""
    if depth > MAX_DEPTH:
        raise ValueError("parts within parts")
    for part in message.iter_parts():
        kind = part.get_content_type()
        inline = part.get_content_disposition() != "attachment"
        picture = part.get_content_maintype() == "image" and (inline or part["Content-ID"])
        if part is body or kind in _NO_LETTERS or picture:
            continue
        if part.is_multipart() and kind != "message/rfc822":
            yield from _parts(part, body, depth + 1)
        elif not inline or part.get_filename() or kind == "message/rfc822":
            yield part


def _attachment(part: MIMEPart, number: int) -> tuple[str, bytes]:
    if part.get_content_type() == "message/rfc822":
        [message] = part.iter_parts()
        return shown(part.get_filename() or f"message {number}.eml"), message.as_bytes()
    content = part.get_payload(decode=True)
    return shown(part.get_filename() or f"attachment {number}"), content if isinstance(content, bytes) else b""


def _text(body: MIMEPart) -> str:
    content = body.get_payload(decode=True)
    assert isinstance(content, bytes)
    try:
        text = content.decode(body.get_content_charset("utf-8"))
    except (LookupError, UnicodeDecodeError):
        text = content.decode("cp1252", "replace")
    bare = body.get_content_subtype() == "html" and not re.match(r"\s*<(?:!doctype|html)\b", text, re.IGNORECASE)
    return f"<html>{text}" if bare and text.strip() else text


def _date(message: MIMEPart) -> datetime.date | None:
    try:
        header = message.get("date")  # which reads it, and fails at a year that no clock knows
        return parsedate_to_datetime(str(header)).date() if header else None
    except (ValueError, TypeError, OverflowError):
        return None
