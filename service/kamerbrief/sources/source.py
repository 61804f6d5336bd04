"""What a source of letters is: it lists its records; fetching.py does the rest. A source is one file."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from kamerbrief.records.letters import Reference
from kamerbrief.sources.web import Web

Form = Literal["xml", "html", "pdf", "docx", "page"]
"""A `page` is a web page on which the file may be linked; it is the letter itself where none is."""


@dataclass(frozen=True)
class File:
    """A record's text in one form, and where it lies."""

    form: Form
    address: str


@dataclass(frozen=True)
class Listed:
    """A record as a source lists it: its id there, its files, the best one first, and the address of its metadata
    record, if it has one.

    `stamp` is any text that changes when the record does, "" where the source tells none; `changed` is the day of its
    last change. One that is `withdrawn` is only told of. An attachment tells the record that it is `attached_to`, which
    is listed before it; and, where the source has no metadata record, its `title` and `date`. `references` are what the
    source says that it belongs to.
    """

    id: str
    stamp: str
    changed: datetime.date | None
    files: tuple[File, ...]
    metadata: str | None = None
    withdrawn: bool = False
    attached_to: str | None = None
    title: str = ""
    date: datetime.date | None = None
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Page:
    """Some of a source's records, in its order; `total` is how many there are, as far as it tells."""

    listed: tuple[Listed, ...]
    total: int | None


class Source(Protocol):
    """A source that is asked for something. `name` is what its records are noted under; `query` says what is asked, so
    that it is known how far that was followed."""

    @property
    def name(self) -> str: ...

    @property
    def address(self) -> str:
        """Where it is asked; its files are fetched from that host, and from those that the settings name."""

    @property
    def query(self) -> str: ...

    def pages(self, web: Web, since: datetime.date | None) -> Iterator[Page]:
        """All records that were changed since that day, or all; one page at a time. Raises FetchError."""


def day_of(moment: str) -> datetime.date | None:
    """The day that a moment in ISO 8601 begins with; None where it begins with none."""
    try:
        return datetime.date.fromisoformat(moment[:10])
    except ValueError:
        return None
