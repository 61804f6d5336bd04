"""The metadata record that the official repository keeps beside a publication's XML."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from kamerbrief.language.characters import readable
from kamerbrief.language.dates import parse_date
from kamerbrief.language.lexicon import lexicons
from kamerbrief.letters.lines import Facts
from kamerbrief.letters.papers import OFFICIAL_ID

_PLACES = (
    "metadata.xml",
    "../metadata/metadata.xml",
    "metadata_owms.xml",
    "../metadataowms/metadata_owms.xml",
)
_MAX_BYTES = 1_000_000
_NAMELESS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
"""How the Tweede Kamer numbers its documents: no id of a paper."""
_GOVERNMENT = re.compile(r"https?://www\.rijksoverheid\.nl/")


def facts_beside(path: Path) -> Facts:
    """What the record of the publication at `path` says; nothing when there is none, or it is another publication's."""
    record = record_beside(path)
    return _facts(_fields(fromstring(record, forbid_dtd=True))) if record is not None else Facts()


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
    OpenDocument, <meta:user-defined meta:name="DC.title">…</meta:user-defined>."""
    fields: dict[str, str] = {}
    for element in root.iter():
        name = element.get("name") or element.get("meta.name") or element.tag
        value = element.get("content") or element.text or ""
        fields.setdefault(re.split(r"[.}:]", name)[-1], readable(value).strip())
    return fields


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
    )
