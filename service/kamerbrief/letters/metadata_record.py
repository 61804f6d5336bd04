"""The metadata record that the official repository keeps beside a publication's XML."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from pydantic import ValidationError

from kamerbrief.language.characters import readable
from kamerbrief.language.dates import parse_date
from kamerbrief.language.lexicon import lexicons
from kamerbrief.letters.lines import Facts
from kamerbrief.letters.papers import OFFICIAL_ID
from kamerbrief.records.letters import Reference

_PLACES = (
    "metadata.xml",
    "../metadata/metadata.xml",
    "metadata_owms.xml",
    "../metadataowms/metadata_owms.xml",
)
_MAX_BYTES = 1_000_000
_NAMELESS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
"""How the Tweede Kamer numbers its documents: no id of a paper."""
TOLD = "kamerbriefReference"
"""The name under which a source writes down a Reference, as JSON."""
_MOST_TOLD = 100
_BELONGS = {
    "vraagnummer": Reference(text="Schriftelijke vragen {}", kind="answers", paper="question"),
    "aanhangsel": Reference(text="Antwoord {}", kind="relates", paper="answer"),
    "bijlage": Reference(text="Bijlage {}", kind="relates", paper="attachment"),
}
_GOVERNMENT = re.compile(r"https?://www\.rijksoverheid\.nl/")


def facts_beside(path: Path) -> Facts:
    """What the record of the publication at `path` says; nothing when there is none, or it is another publication's."""
    record = record_beside(path)
    return _facts(_fields(fromstring(record, forbid_dtd=True))) if record is not None else Facts()


def is_record(path: Path | str) -> bool:
    """Whether by its name a file is such a record, and no letter."""
    return Path(path).name in ("metadata.xml", "metadata_owms.xml")


def record_beside(path: Path) -> bytes | None:
    """The record of the publication at `path`; None when there is none, or it is another publication's."""
    for place in _PLACES:
        file = path.parent / place
        try:
            if not file.is_file() or file.stat().st_size > _MAX_BYTES:
                continue
            record = file.read_bytes()
            fields = _fields(fromstring(record, forbid_dtd=True))
        except (OSError, ParseError, DefusedXmlException, ValueError):
            continue
        if fields.get("identifier") == path.stem:
            return record
    return None


def facts_within(root: Element) -> Facts:
    """What the record within an official publication, or a page of rijksoverheid.nl, says; nothing where it is
    neither."""
    fields = _fields(root)
    identifier = fields.get("identifier", "")
    if re.fullmatch(OFFICIAL_ID, identifier):
        return _facts(fields)
    return replace(_facts(fields), id=None) if _GOVERNMENT.match(identifier) else Facts()


def _fields(root: Element) -> dict[str, str]:
    """All shapes of record: <metadata name="DC.title" content="…"/>, <dcterms:title>…</dcterms:title> and, within an
    OpenDocument, <meta:user-defined meta:name="DC.title">…</meta:user-defined>. Of what stands several times the first
    counts, but for what it belongs to, which is put together."""
    fields: dict[str, str] = {}
    for element in root.iter():
        name = re.split(r"[.}:]|^(?:dc|meta)_", element.get("name") or element.get("meta_name") or element.tag)[-1]
        value = readable(element.get("content") or element.text or "").strip()
        if name in {*_BELONGS, TOLD} and name in fields:
            fields[name] += f"\n{value}"
        fields.setdefault(name, value)
    return fields


def _references(fields: dict[str, str]) -> Iterator[Reference]:
    """What it belongs to: questions by their numbers, papers by their ids; and what a source has told of it."""
    for name, told in _BELONGS.items():
        for value in re.split(r"[\n;,]\s*", fields.get(name, "")):
            paper = f"kv-tk-{value}" if name == "vraagnummer" else value
            if re.fullmatch(OFFICIAL_ID, paper):
                yield told.model_copy(update={"text": told.text.format(value), "id": paper})
    for line in fields.get(TOLD, "").splitlines()[:_MOST_TOLD]:
        with suppress(ValidationError):
            yield Reference.model_validate_json(line)


def _facts(fields: dict[str, str]) -> Facts:
    title = fields.get("documenttitel") or fields.get("title")
    about = re.match(r"Antwoord op vragen .*? over (?P<title>.+)$", title or "")
    attached_to = fields.get("hoofddocument") or None
    # An attachment is not issued, and the number that its record tells is its letter's.
    day = fields.get("issued") or (fields.get("available", "") if attached_to else "")
    number = None if attached_to else fields.get("ondernummer") or fields.get("aanhangselNummer")
    identifier = fields.get("identifier")
    return Facts(
        id=None if identifier and _NAMELESS.fullmatch(identifier) else identifier,
        title=about["title"] if about else title,
        date=parse_date(day[:10], lexicons()),
        dossier=fields.get("dossiernummer", "").replace(";", "-") or None,
        dossier_name=fields.get("dossiertitel") or None,
        number=number or None,
        session_year=fields.get("vergaderjaar") or None,
        language=fields.get("language", "")[:2] or None,
        attached_to=attached_to,
        references=tuple(_references(fields)),
    )
