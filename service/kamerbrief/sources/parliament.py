"""The Tweede Kamer's own documents, asked by OData v4: letters are there on the day that they are sent."""

import datetime
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode, urljoin

from kamerbrief.errors import FilterError, MissingError, UnusableError
from kamerbrief.records.fetching import ParliamentQuery
from kamerbrief.records.letters import LetterKind, Reference
from kamerbrief.sources.belonging import BELONGING, ID, promised, promises_kept_by, references_of
from kamerbrief.sources.source import File, Form, Listed, Page, day_of
from kamerbrief.sources.web import Web

JSON_TYPES = ("application/json",)
ASKED_TOGETHER = 20
"""Documents whose promises are asked for at once: their ids must fit into an address."""
_FIELDS = "Id,ContentType,ContentLength,ApiGewijzigdOp,Verwijderd"
_KINDS: dict[LetterKind | None, str] = {
    "letter": "Soort eq 'Brief regering'",
    "answers": "startswith(Soort,'Antwoord schriftelijke vragen')",
    "other": "startswith(Soort,'Motie')",
}
_KINDS[None] = f"({_KINDS['letter']} or {_KINDS['answers']})"
_FORMS: dict[str, Form] = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}


@dataclass(frozen=True)
class Parliament:
    """The service at an address, asked for some of its documents."""

    address: str
    wanted: ParliamentQuery
    name: str = "parliament"

    @property
    def query(self) -> str:
        """As a filter of OData, and whether attachments come along: one that was followed without them was not followed
        for them."""
        return f"{self._documents}{' with attachments' if self.wanted.attachments else ''}"

    @property
    def _documents(self) -> str:
        wanted = self.wanted
        clauses = [
            _KINDS[wanted.kind],
            wanted.dossier and _of_dossier(wanted.dossier),
            wanted.ministry and f"DocumentActor/any(a: contains(a/Functie,{_quoted(f'van {wanted.ministry}')}))",
            wanted.since and f"Datum ge {wanted.since}",
            wanted.until and f"Datum lt {wanted.until + datetime.timedelta(1)}",  # it is a moment, at midnight or later
            wanted.about and f"contains(Onderwerp,{_quoted(wanted.about)})",
        ]
        return " and ".join(clause for clause in clauses if clause)

    def pages(self, web: Web, since: datetime.date | None) -> Iterator[Page]:
        """The documents in the order of their dates; then what was withdrawn since, of which nothing is told but the
        id."""
        changed = f" and ApiGewijzigdOp ge {since}T00:00:00Z" if since else ""
        yield from self._pages(web, f"Verwijderd eq false and {self._documents}{changed}", "Datum,Id")
        if since:
            yield from self._pages(web, f"Verwijderd eq true{changed}", "ApiGewijzigdOp,Id")

    def _pages(self, web: Web, wanted: str, order: str) -> Iterator[Page]:
        expand = [BELONGING]
        if self.wanted.attachments:
            expand.append(f"BijlageDocument($filter=Verwijderd eq false;$select={_FIELDS},Onderwerp,Datum)")
        asked = {
            "$filter": wanted, "$orderby": order, "$select": _FIELDS, "$expand": ",".join(expand), "$count": "true",
        }  # fmt: skip
        address: str | None = f"{self.address}/Document?{urlencode(asked)}"
        seen: set[str] = set()
        total, attached = None, 0
        while address and address not in seen:  # a service that leads in a circle is left
            seen.add(address)
            answer = _parsed(web.read(address, JSON_TYPES), self.address)
            total = answer.get("@odata.count", total)
            documents = [one for one in answer["value"] if one.get("Id")]
            promises = self._promises(web, [one["Id"] for one in documents if not one.get("Verwijderd")])
            attachments = [listed for one in documents for listed in self._attached(one)]
            attached += len(attachments)
            listed = [self._listed(one) for one in documents]
            listed = [replace(one, references=(*one.references, *promises.get(one.id, ()))) for one in listed]
            yield Page((*listed, *attachments), None if total is None else total + attached)
            after = answer.get("@odata.nextLink")
            address = urljoin(address, after) if after else None

    def _promises(self, web: Web, documents: Sequence[str]) -> dict[str, list[Reference]]:
        """The promises that these documents keep; none where the service keeps no such record of them."""
        kept = defaultdict[str, list[Reference]](list)
        ids = [one for one in documents if ID.fullmatch(one)] if self.wanted.kind in (None, "letter") else []
        for start in range(0, len(ids), ASKED_TOGETHER):
            asked = promises_kept_by(ids[start : start + ASKED_TOGETHER])
            try:
                answer = _parsed(web.read(f"{self.address}/Toezegging?{urlencode(asked)}", JSON_TYPES), self.address)
            except (MissingError, UnusableError):
                break
            for promise in answer["value"]:
                for letter, reference in promised(promise):
                    kept[letter].append(reference)
        return kept

    def _attached(self, document: dict[str, Any]) -> Iterator[Listed]:
        for one in document.get("BijlageDocument") or ():
            if isinstance(one, dict) and one.get("Id"):
                about, day = one.get("Onderwerp") or "", day_of(one.get("Datum") or "")
                yield replace(self._listed(one), attached_to=document["Id"], title=about, date=day)

    def _listed(self, document: dict[str, Any]) -> Listed:
        identifier, stamp = document["Id"], document.get("ApiGewijzigdOp") or ""
        form = _FORMS.get(document.get("ContentType") or "")
        file = f"{self.address}/Document({identifier})/resource"
        return Listed(
            id=identifier,
            stamp=stamp,
            changed=day_of(stamp),
            files=(File(form, file),) if form else (),
            withdrawn=bool(document.get("Verwijderd")),
            references=references_of(document),
        )


def _of_dossier(dossier: str) -> str:
    """A dossier with all its chapters, or one of them. Raises FilterError for what is none."""
    number, _, chapter = dossier.partition("-")
    if not number.isdecimal():
        raise FilterError(f"{dossier!r} is no number of a dossier", "write it as 27925 or 35300-XV")
    of_chapter = f" and d/Toevoeging eq {_quoted(chapter)}" if chapter else ""
    return f"Kamerstukdossier/any(d: d/Nummer eq {int(number)}{of_chapter})"


def _quoted(text: str) -> str:
    escaped = " ".join(text.split()).replace("'", "''")
    return f"'{escaped}'"


def _parsed(data: bytes, address: str) -> dict[str, Any]:
    """The answer. Raises UnusableError for what is none, and with what the service complains of."""
    try:
        answer = json.loads(data)
    except ValueError as error:
        raise UnusableError(f"the answer of {address} is no whole JSON", str(error)) from error
    value = answer.get("value") if isinstance(answer, dict) else None
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise UnusableError(f"{address} does not answer as OData does", "check KAMERBRIEF_PARLIAMENT_URL")
    return answer  # type: ignore[no-any-return]
