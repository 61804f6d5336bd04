"""Letters that come together: in a ZIP, attached to an e-mail, or exported.

Each is a letter of its own, with a name of its own: "file.zip/letter.pdf". A ZIP in a ZIP is refused, wherever it is,
and so is what is packed more than three times.
"""

import io
from collections.abc import Iterator

from kamerbrief.errors import EmptySourceError, LetterError, UnknownFormatError
from kamerbrief.letters.archive import Archive
from kamerbrief.letters.exported import letters_of, letters_of_file
from kamerbrief.letters.lines import Facts
from kamerbrief.letters.mail import read_mail
from kamerbrief.letters.metadata_record import is_record
from kamerbrief.letters.reading import letter_in
from kamerbrief.letters.sources import (
    MAX_BYTES,
    Content,
    Form,
    RawSource,
    SourceLike,
    content_of,
    export_at,
    open_source,
    told,
)
from kamerbrief.records.letters import Letter

_MOST_AROUND = 3
_Inside = tuple[Form, ...]


def read_letters(
    source: SourceLike, *, name: str | None = None, max_bytes: int = MAX_BYTES
) -> Iterator[Letter | LetterError]:
    """Each letter in a file, bytes or a stream, or why it is none: of a ZIP, an e-mail or an export those in it, else
    the one. A file of exported letters may be of any size, each of them of `max_bytes`.

    An e-mail's letters are its attachments. Its own text is one where no attachment can be read, or where it reads as
    a letter and none of them does. At least one outcome is given.
    """
    if (path := export_at(source)) is not None:
        yield from letters_of_file(path, name or path.name, max_bytes)
    else:
        yield from _opened(source, name, max_bytes, ())


def _opened(source: SourceLike, name: str | None, max_bytes: int, inside: _Inside) -> Iterator[Letter | LetterError]:
    try:
        content = content_of(source, name=name, max_bytes=max_bytes)
    except LetterError as error:
        yield _of(name, error)
    else:
        yield from letters_in(content, max_bytes, inside)


def letters_in(content: Content, max_bytes: int, inside: _Inside = ()) -> Iterator[Letter | LetterError]:
    """Each letter in these bytes, or why it is none; see `read_letters`. They are in what is of the forms `inside`."""
    try:
        raw = told(content)
        if raw.format == "exported":
            yield from letters_of(io.BytesIO(raw.data), raw.name, max_bytes)
        elif raw.format not in ("zip", "mail"):
            letter = letter_in(raw)
            yield letter.with_file(raw.data) if raw.format == "pdf" else letter
        elif len(inside) == _MOST_AROUND or (raw.format == "zip" and "zip" in inside):
            within = "a ZIP in a ZIP" if raw.format == "zip" else "packed too deep"
            raise UnknownFormatError(f"{raw.name} is {within}", "unpack it and add the letters in it")
        else:
            inner = _of_zip if raw.format == "zip" else _of_mail
            yield from inner(raw, max_bytes, (*inside, raw.format))
    except LetterError as error:
        yield _of(content.name, error)


def _of(name: str | None, error: LetterError) -> LetterError:
    error.source = error.source or name or ""
    return error


def _of_zip(raw: RawSource, max_bytes: int, inside: _Inside) -> Iterator[Letter | LetterError]:
    archive = Archive(raw.data, raw.name)
    names = [name for name in archive.names() if not _is_hidden(name) and not is_record(name)]
    if not names:
        raise EmptySourceError(f"{raw.name} holds no files", "give one with letters in it")
    for name in names:
        try:
            content = archive.read(name, max_bytes)
        except LetterError as error:
            yield _of(f"{raw.name}/{name}", error)
        else:
            yield from _opened(content, f"{raw.name}/{name}", max_bytes, inside)


def _of_mail(raw: RawSource, max_bytes: int, inside: _Inside) -> Iterator[Letter | LetterError]:
    mail = read_mail(raw.data, raw.name)
    found = [one for name, data in mail.attached for one in _opened(data, f"{raw.name}/{name}", max_bytes, inside)]
    yield from found
    letters = [one for one in found if isinstance(one, Letter)]
    if any(letter.kind != "other" for letter in letters):
        return
    try:
        text = open_source(mail.body, name=raw.name, max_bytes=max_bytes)
        letter = letter_in(text, Facts(title=mail.subject, date=mail.date))
        if not letters or letter.kind != "other":
            yield letter
    except LetterError as error:
        if not found:
            raise EmptySourceError(f"{raw.name} is an e-mail without a letter", "add the letter itself") from error


def _is_hidden(name: str) -> bool:
    """What systems put into a ZIP beside the files that were meant."""
    return any(part != "." and part.startswith((".", "__MACOSX")) for part in name.split("/"))
