"""A file, bytes or a stream, with the format told from its content."""

import io
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from kamerbrief.errors import (
    BrokenSourceError,
    EmptySourceError,
    LetterError,
    TooLargeError,
    UnknownFormatError,
)
from kamerbrief.letters.exported import is_exported
from kamerbrief.letters.mail import is_mail
from kamerbrief.records.letters import SourceFormat

MAX_BYTES = 50_000_000
"""The default limit; the largest official PDF in the sample documents is 1 MB."""

_BINARY = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\xd0\xcf\x11\xe0": "an old Word file, or one behind a password",
    b"{\\rtf": "an RTF file",
    b"\x1f\x8b": "a gzip archive",
    b"Rar!": "an archive",
    b"7z\xbc\xaf": "an archive",
    b"\x7fELF": "a program",
}
_ZIPPED: dict[SourceFormat, tuple[bytes, bytes]] = {
    "odt": (b"mimetypeapplication/vnd.oasis.opendocument.text", b"content.xml"),
    "docx": (b"", b"word/"),
}
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|style|div|p|h[1-6]|span)\b",
    re.IGNORECASE | re.DOTALL,
)
"""A page, or a piece of one as e-mails hold it; XML may stand for XHTML."""
_XML = re.compile(rb"^\s*<(?:\?xml|!DOCTYPE|!--|officiele-publicatie|[a-zA-Z][\w.:-]*[\s>/])")


SourceLike = str | os.PathLike[str] | bytes | BinaryIO
"""A path, bytes, or a stream opened in binary mode."""

Form = SourceFormat | Literal["zip", "mail", "exported"]
"""What bytes may be: a letter in one of its formats, or what holds letters."""


@dataclass(frozen=True)
class Content:
    """The bytes of one source, of which nothing is known yet; `path` is where it lies, when it is a file: records may
    lie beside it."""

    name: str
    data: bytes
    path: Path | None = None


@dataclass(frozen=True, kw_only=True)
class RawSource(Content):
    """The bytes of one source, and what they are."""

    format: Form


def export_at(source: SourceLike) -> Path | None:
    """The path of a file that begins as exported letters do; None for any other source, and for what cannot be read, or
    only once, as a pipe."""
    if isinstance(source, str | os.PathLike):
        with suppress(OSError, ValueError):
            path = Path(source)
            if path.is_file():
                with path.open("rb") as file:
                    return path if is_exported(file.read(100)) else None
    return None


def open_source(source: SourceLike, *, name: str | None = None, max_bytes: int = MAX_BYTES) -> RawSource:
    """Read a source of at most `max_bytes` and tell its format.

    Raises as `content_of` does, and UnknownFormatError (old Word files, archives, pictures) or BrokenSourceError.
    """
    return told(content_of(source, name=name, max_bytes=max_bytes))


def told(content: Content) -> RawSource:
    """The same bytes with their format. Raises UnknownFormatError or BrokenSourceError."""
    return RawSource(content.name, content.data, content.path, format=_format(content.data, content.name))


def content_of(source: SourceLike, *, name: str | None = None, max_bytes: int = MAX_BYTES) -> Content:
    """The bytes of a source, at most `max_bytes`.

    Raises LetterError (not there, a folder, not readable), TooLargeError before reading it whole, or EmptySourceError.
    """
    path = None
    if isinstance(source, bytes):
        name = name or "the given bytes"
        data = source[: max_bytes + 1]
    elif isinstance(source, str | os.PathLike):
        path = Path(source)
        name = name or path.name
        data = _read_file(path, name, max_bytes)
    else:
        name = name or str(getattr(source, "name", "the given stream"))
        data = _read_stream(source, name, max_bytes)
    if len(data) > max_bytes:
        raise _too_large(name, None, max_bytes)
    if not data.strip(b"\x00 \t\r\n\f\xef\xbb\xbf\xff\xfe"):
        raise EmptySourceError(f"{name} is empty", "give a file with the text of a letter")
    return Content(name, data, path)


def _read_file(path: Path, name: str, max_bytes: int) -> bytes:
    try:
        if path.is_dir():
            raise LetterError(f"{name} is a folder", "give the files in it")
        size = path.stat().st_size
        if size > max_bytes:
            raise _too_large(name, size, max_bytes)
        with path.open("rb") as file:
            return file.read(max_bytes + 1)
    except FileNotFoundError as error:
        raise LetterError(f"{name} is not there", "check the path") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise LetterError(f"{name} cannot be read", f"{reason}; check the path and its permissions") from error


def _read_stream(stream: BinaryIO, name: str, max_bytes: int) -> bytes:
    if isinstance(stream, io.TextIOBase):
        raise LetterError(f"{name} is a text stream", "open it in binary mode")
    try:
        data = stream.read(max_bytes + 1)
    except OSError as error:
        raise LetterError(f"{name} cannot be read", error.strerror or str(error)) from error
    return data


def _too_large(name: str, size: int | None, max_bytes: int) -> TooLargeError:
    found = f"{size / 1e6:.0f} MB" if size is not None else "too large"
    return TooLargeError(
        f"{name} is {found}, the limit is {max_bytes / 1e6:.0f} MB", "split the document or raise the limit"
    )


def _format(data: bytes, name: str) -> Form:
    head = data[:1024]
    if head.startswith(b"PK\x03\x04"):  # before a PDF, which may lie in it as it is
        return _format_of_zip(data, name)
    if b"%PDF-" in head:
        return "pdf"
    for magic, kind in _BINARY.items():
        if head.startswith(magic):
            raise _unknown(name, kind)
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        plain = head[2:].replace(b"\x00", b"")
    if _HTML.match(plain):
        return "html"
    if _XML.match(plain):
        return "xml"
    if is_exported(data):
        return "exported"
    if is_mail(data.removeprefix(b"\xef\xbb\xbf")):
        return "mail"
    if name.lower().endswith(".pdf"):
        raise BrokenSourceError(f"{name} is called a PDF but is not one", "download it again")
    return "text"


def _unknown(name: str, kind: str) -> UnknownFormatError:
    hint = "unpack it and add the letters in it" if kind.endswith("archive") else "save it as .docx, PDF or plain text"
    return UnknownFormatError(f"{name} is {kind}", hint)


def _format_of_zip(data: bytes, name: str) -> Form:
    """Office documents are ZIPs: an OpenDocument begins with its media type, a file of Microsoft's names the types of
    its parts."""
    for kind, (begin, mark) in _ZIPPED.items():
        if begin in data[:200] and mark in data:
            return kind
    if b"opendocument" in data[:200] or b"[Content_Types].xml" in data:
        raise UnknownFormatError(f"{name} is a spreadsheet or another office file", "save it as PDF")
    return "zip"
