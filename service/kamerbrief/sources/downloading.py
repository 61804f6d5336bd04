"""The best file of a record that a source has, with the metadata record to lie beside it."""

import hashlib
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from kamerbrief.errors import MissingError
from kamerbrief.letters.metadata_record import TOLD
from kamerbrief.records.fetching import FetchNote
from kamerbrief.sources.landing import file_linked
from kamerbrief.sources.source import File, Form, Listed
from kamerbrief.sources.web import Got, Validators, Web

_XML = ("application/xml", "text/xml")
_HTML = ("text/html", "application/xhtml+xml")
_TYPES: dict[Form, tuple[str, ...]] = {
    "xml": _XML,
    "html": _HTML,
    "page": _HTML,
    "pdf": ("application/pdf",),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
}


@dataclass(frozen=True)
class Download:
    """A file that is new or changed: its bytes, what is noted of it, and its metadata record, where there is one."""

    data: bytes
    note: FetchNote
    metadata: bytes | None


def download(web: Web, listed: Listed, note: FetchNote | None, letter: str | None) -> Download | None:
    """The record's best file that is there; None where it is the one of the note, which was added. An attachment's is
    attached to the letter with this id.

    Raises MissingError where none is there, and FetchError.
    """
    for listed_file in listed.files:
        try:
            file, got = _got(web, listed_file, note)
        except MissingError:
            continue
        digest = hashlib.sha256(got.data).hexdigest() if got else ""
        if got is None or (note and note.state != "downloaded" and note.sha256 == digest):
            return None
        return Download(got.data, _noted(listed, file, got, digest), _metadata(web, listed, letter))
    raise MissingError("no file of it is there")


def _got(web: Web, file: File, note: FetchNote | None) -> tuple[File, Got | None]:
    """The file, or the one that is linked on the page that it is, with what lies there."""
    got = web.get(file.address, _TYPES[file.form], _validators(note, file))
    if file.form == "page" and got is not None:
        linked = file_linked(got.data, file.address)
        if linked is None:
            return File("html", file.address), got
        return linked, web.get(linked.address, _TYPES[linked.form], _validators(note, linked))
    return file, got


def _validators(note: FetchNote | None, file: File) -> Validators | None:
    if note is None or note.state == "downloaded" or note.address != file.address:
        return None
    return Validators(note.etag, note.last_modified)


def _noted(listed: Listed, file: File, got: Got, digest: str) -> FetchNote:
    return FetchNote(
        stamp=listed.stamp,
        state="downloaded",
        form=file.form,
        address=file.address,
        etag=got.validators.etag,
        last_modified=got.validators.last_modified,
        sha256=digest,
    )


def _metadata(web: Web, listed: Listed, letter: str | None) -> bytes | None:
    if listed.metadata is None:
        return _made(listed, letter) if letter or listed.references else None
    try:
        return web.read(listed.metadata, _XML)
    except MissingError:
        return None


def _made(listed: Listed, letter: str | None) -> bytes:
    """A metadata record of what a source tells, in the form that official ones have; of an attachment to a letter with
    that."""
    root = Element("metadata_gegevens")
    for name, value in (
        ("DC.identifier", listed.id),
        ("DC.title", listed.title),
        ("DCTERMS.available", str(listed.date or "")),
        ("OVERHEIDop.hoofddocument", letter or ""),
        *((TOLD, one.model_dump_json()) for one in listed.references),
    ):
        SubElement(root, "metadata", name=name, content="".join(filter(str.isprintable, value)))
    record: bytes = tostring(root, encoding="utf-8")
    return record
