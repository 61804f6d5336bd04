"""The repository of official publications, asked by SRU 2.0 (Search/Retrieve via URL, of OASIS) in CQL 1.2."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from kamerbrief.errors import UnusableError
from kamerbrief.records.fetching import PublicationsQuery
from kamerbrief.records.letters import LetterKind
from kamerbrief.sources.source import File, Form, Listed, Page, day_of
from kamerbrief.sources.web import Web

PAGE = 100  # records in one answer; the repository gives 1,000 at most
XML_TYPES = ("application/xml", "text/xml", "application/sru+xml")
_FORMS: tuple[Form, ...] = ("xml", "html", "pdf")  # the best first
_LETTER = '(w.subrubriek=="Brief" or w.subrubriek=="Brief regering")'
_KINDS: dict[LetterKind | None, str] = {
    "letter": f'(w.publicatienaam=="Kamerstuk" and {_LETTER})',
    "answers": 'w.publicatienaam=="Kamervragen (Aanhangsel)"',
    "other": f'(w.publicatienaam=="Kamerstuk" not {_LETTER})',
}
_KINDS[None] = f"({_KINDS['letter']} or {_KINDS['answers']})"


ASKED_TOGETHER = 20
"""Papers whose attachments are asked for at once: their ids must fit into an address."""


class _Found(NamedTuple):
    listed: tuple[Listed, ...]
    total: int


@dataclass(frozen=True)
class Publications:
    """The repository at an address, asked for some of its publications."""

    address: str
    wanted: PublicationsQuery
    name: str = "publications"

    @property
    def query(self) -> str:
        """In CQL, and whether attachments come along: one that was followed without them was not followed for them."""
        return f"{self._papers}{' with attachments' if self.wanted.attachments else ''}"

    @property
    def _papers(self) -> str:
        wanted = self.wanted
        clauses = [
            'c.product-area=="officielepublicaties"',
            _KINDS[wanted.kind],
            wanted.dossier and f"w.dossiernummer=={_quoted(wanted.dossier)}",
            wanted.ministry and _of_ministry(wanted.ministry),
            wanted.since and f'dt.date>="{wanted.since}"',
            wanted.until and f'dt.date<="{wanted.until}"',
            wanted.about and f"cql.textAndIndexes={_quoted(wanted.about)}",
        ]
        return " and ".join(clause for clause in clauses if clause)

    def pages(self, web: Web, since: datetime.date | None) -> Iterator[Page]:
        """In the order of their dates, which do not change when a publication does: so none is passed over because
        another one moved meanwhile. The attachments of the papers of a page come after it."""
        changed = f' and dt.modified>="{since}"' if since else ""
        attached = 0
        for page in self._found(web, f"{self._papers}{changed}"):
            yield Page(page.listed, page.total + attached)
            if self.wanted.attachments:
                for attachments in self._attached(web, [one.id for one in page.listed]):
                    attached += len(attachments.listed)
                    yield Page(attachments.listed, page.total + attached)

    def _attached(self, web: Web, papers: Sequence[str]) -> Iterator[_Found]:
        """The attachments of these papers."""
        for start in range(0, len(papers), ASKED_TOGETHER):
            of = " or ".join(f"w.hoofddocument=={_quoted(one)}" for one in papers[start : start + ASKED_TOGETHER])
            yield from self._found(web, f'c.product-area=="officielepublicaties" and dt.type=="Bijlage" and ({of})')

    def _found(self, web: Web, query: str) -> Iterator[_Found]:
        """What is found for a query, page by page."""
        asked = {
            "operation": "searchRetrieve",
            "version": "2.0",
            "query": f"{query} sortBy dt.date/sort.ascending",
            "maximumRecords": str(PAGE),
        }
        start = 1
        while start:
            address = f"{self.address}?{urlencode({**asked, 'startRecord': str(start)})}"
            answer = _parsed(web.read(address, XML_TYPES), self.address)
            records = [_listed(one) for one in answer.iterfind(".//{*}records/{*}record")]
            yield _Found(tuple(one for one in records if one), int(_text(answer, "numberOfRecords") or 0))
            after = int(_text(answer, "nextRecordPosition") or 0)
            start = after if records and after > start else 0


def _of_ministry(name: str) -> str:
    offices = (f"{office} van {name}" for office in ("minister", "staatssecretaris", "ministerie"))
    return f"({' or '.join(f'cql.textAndIndexes={_quoted(office)}' for office in offices)})"


def _quoted(text: str) -> str:
    escaped = " ".join(text.split()).replace("\\", r"\\").replace('"', r"\"")
    return f'"{escaped}"'


def _parsed(data: bytes, address: str) -> Element:
    """The answer. Raises UnusableError for what is none, and with what the repository complains of."""
    try:
        answer: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise UnusableError(f"the answer of {address} is no whole XML", str(error)) from error
    if faults := [" ".join("".join(one.itertext()).split()) for one in answer.iterfind(".//{*}diagnostic")]:
        raise UnusableError(f"{address} does not take the query", "; ".join(faults))
    if _text(answer, "numberOfRecords") is None:
        raise UnusableError(f"{address} does not answer as SRU does", "check KAMERBRIEF_PUBLICATIONS_URL")
    return answer


def _listed(record: Element) -> Listed | None:
    """None for a record without an id, of which nothing can be noted."""
    if not (identifier := _text(record, "identifier")):
        return None
    places = {one.get("manifestation"): (one.text or "").strip() for one in record.iterfind(".//{*}itemUrl")}
    changed = _text(record, "modified") or ""
    return Listed(
        id=identifier,
        # The day alone would not tell of two changes within it.
        stamp=_text(record, "timestamp") or _text(record, "datumTijdstipWijzigingExpression") or changed,
        changed=day_of(changed),
        files=tuple(File(form, places[form]) for form in _FORMS if places.get(form)),
        metadata=places.get("metadata") or places.get("metadataowms"),
        attached_to=_text(record, "hoofddocument"),
    )


def _text(within: Element, name: str) -> str | None:
    return (within.findtext(f".//{{*}}{name}") or "").strip() or None
