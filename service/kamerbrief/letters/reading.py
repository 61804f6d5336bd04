"""A source becomes a Letter: the format's reader, then what all formats share."""

import hashlib

from kamerbrief.errors import UnknownFormatError
from kamerbrief.letters.assemble import assemble
from kamerbrief.letters.docx import read_docx
from kamerbrief.letters.flow import make_blocks
from kamerbrief.letters.furniture import facts_of_furniture, facts_of_margin
from kamerbrief.letters.html import read_html
from kamerbrief.letters.layout import lay_out
from kamerbrief.letters.letterhead import facts_of_head, split_head
from kamerbrief.letters.lines import Facts, Reading
from kamerbrief.letters.metadata_record import facts_beside
from kamerbrief.letters.odt import read_odt
from kamerbrief.letters.pdf import read_pages
from kamerbrief.letters.publication import read_publication
from kamerbrief.letters.recognised import evened
from kamerbrief.letters.report import around_pages
from kamerbrief.letters.sources import MAX_BYTES, RawSource, SourceLike, open_source
from kamerbrief.letters.text import read_text
from kamerbrief.letters.warnings import warnings_of
from kamerbrief.records.letters import Letter, Source


def read_letter(source: SourceLike, *, name: str | None = None, max_bytes: int = MAX_BYTES) -> Letter:
    """The letter in a file, bytes or a stream: plain text, PDF, Word, OpenDocument, HTML or the official XML, told
    from the content.

    Raises LetterError, always with the source's name and what to do about it; for what holds several letters
    (containers.py reads these) as well.
    """
    return letter_in(open_source(source, name=name, max_bytes=max_bytes))


def letter_in(raw: RawSource, otherwise: Facts | None = None) -> Letter:
    """The letter that these bytes are. Its subject and date are those of `otherwise` where it tells none itself.

    Raises LetterError.
    """
    if raw.format == "zip" or raw.format == "mail" or raw.format == "exported":
        raise UnknownFormatError(f"{raw.name} holds letters and is none", "add it, or the letters in it")
    found = read(raw)
    if otherwise is not None:
        told = facts_of_head(split_head(found.blocks)[0])
        told.take(otherwise)
        found.facts.take(Facts(title=told.title, date=told.date))
    digest = hashlib.sha256(raw.data).hexdigest()
    warnings = warnings_of(found.remarks)
    source = Source(
        name=raw.name,
        format=raw.format,
        sha256=digest,
        size=len(raw.data),
        warnings=warnings,
        recognised=bool(found.recognised),
    )
    return assemble(found, source)


def read(raw: RawSource) -> Reading:
    """What the reader of the source's format finds in it."""
    if raw.format == "pdf":
        return _read_pdf(raw)
    if raw.format == "xml":
        return read_publication(raw.data, raw.name, raw.path)
    if raw.format == "html":
        return read_html(raw.data, raw.name)
    if raw.format == "odt":
        return read_odt(raw.data, raw.name)
    if raw.format == "docx":
        found = read_docx(raw.data, raw.name)
        if raw.path:
            found.facts = _first(facts_beside(raw.path), found.facts)
        return found
    return read_text(raw.data, raw.name)


def _first(record: Facts, read: Facts) -> Facts:
    record.take(read)
    return record


def _read_pdf(raw: RawSource) -> Reading:
    pages = evened(read_pages(raw.data, raw.name))
    layout = lay_out(pages)
    facts = facts_beside(raw.path) if raw.path else Facts()
    facts.take(facts_of_furniture([one.text() for one in layout.furniture]))
    facts.take(facts_of_margin(layout.margin))
    remarks = [remark for page in pages for remark in page.remarks]
    return Reading(make_blocks(layout.lines), layout.notes, facts, around_pages(layout, pages), remarks)
