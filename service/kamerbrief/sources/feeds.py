"""An Atom or RSS feed of letters: the files that its entries carry, or the pages that they lead to."""

import calendar
import datetime
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import feedparser

from kamerbrief.errors import UnusableError
from kamerbrief.sources.source import File, Form, Listed, Page
from kamerbrief.sources.web import Web

FEED_TYPES = ("application/atom+xml", "application/rss+xml", "application/rdf+xml", "application/xml", "text/xml")
_FORMS: dict[str, Form] = {
    "application/xml": "xml",
    "text/xml": "xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/pdf": "pdf",
}
"""Of what an entry carries, the best first."""


@dataclass(frozen=True)
class Feed:
    """The feed at an address."""

    address: str

    @property
    def name(self) -> str:
        """Of its own: ids of entries need differ within a feed only."""
        return f"feed-{hashlib.sha256(self.address.encode()).hexdigest()[:12]}"

    @property
    def query(self) -> str:
        return ""

    def pages(self, web: Web, since: datetime.date | None) -> Iterator[Page]:
        """All entries: a feed holds those of lately only, whenever it was asked last."""
        data = web.read(self.address, FEED_TYPES)
        # A stream, for bytes would be tried as the name of a file first.
        feed = feedparser.parse(io.BytesIO(data), response_headers={"content-type": "application/xml"})
        if not feed.get("version"):
            raise UnusableError(f"{self.address} is no Atom or RSS feed", "give the address of the feed itself")
        # Plain dicts: feedparser's own warn of a date that is not there.
        listed = [one for one in (self._listed(dict(entry)) for entry in feed.entries) if one]
        yield Page(tuple(listed), len(listed))

    def _listed(self, entry: dict[str, Any]) -> Listed | None:
        """None for an entry with neither an id nor a link, of which nothing can be noted."""
        if not (identifier := entry.get("id") or entry.get("link")):
            return None
        parsed = entry.get("updated_parsed") or entry.get("published_parsed")
        return Listed(
            id=identifier,
            stamp=entry.get("updated") or entry.get("published") or "",
            changed=datetime.datetime.fromtimestamp(calendar.timegm(parsed), datetime.UTC).date() if parsed else None,
            files=self._files(entry),
        )

    def _files(self, entry: dict[str, Any]) -> tuple[File, ...]:
        links = [
            (one.get("type", ""), urljoin(self.address, one["href"])) for one in entry.get("links", ()) if "href" in one
        ]
        carried = [File(form, address) for kind, form in _FORMS.items() for told, address in links if told == kind]
        led_to = [File("page", urljoin(self.address, entry["link"]))] if entry.get("link") else []
        return (*carried, *led_to)
