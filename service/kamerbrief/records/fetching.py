"""The records of fetching: what is asked of a source, what became of each record there, and what is noted of it."""

import datetime
import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StrictBool, model_validator

from kamerbrief.records.base import Day, Record
from kamerbrief.records.letters import SourceFilters


def _as_address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+\S*", text):
        raise ValueError("write it as https://example.org/atom")
    return text


_ATTACHMENTS = "Their attachments, too."

FetchOutcome = Literal["new", "changed", "same", "withdrawn", "failed"]


class PublicationsQuery(SourceFilters):
    """Which publications to fetch. Without a kind: letters and answers. The official record of a letter does not tell
    its ministry, so that those count which name its minister, its state secretary or itself."""

    about: str | None = Field(default=None, description="Only those in whose text these words stand together.")
    attachments: StrictBool = Field(default=False, description=_ATTACHMENTS)


class ParliamentQuery(SourceFilters):
    """Which documents of the Tweede Kamer to fetch. Without a kind: letters and answers; `other` are motions. The
    ministry is that of whoever signed."""

    about: str | None = Field(default=None, description="Only those in whose subject these words stand together.")
    attachments: StrictBool = Field(default=False, description=_ATTACHMENTS)


class FeedQuery(Record):
    """Which feed of letters to fetch."""

    address: Annotated[str, AfterValidator(_as_address)] = Field(
        description="Of the feed, as https://example.org/atom."
    )


SourceQuery = PublicationsQuery | ParliamentQuery | FeedQuery


class Fetched(Record):
    """What became of one record of a source: `new`, `changed`, `same`, `withdrawn` (the source no longer has it, the
    letters stay) or `failed`, for this reason, of the kind `code`. `total` is how many records the source told of."""

    id: str
    outcome: FetchOutcome
    letters: tuple[str, ...] = ()
    reason: str | None = None
    code: str | None = None
    total: int | None = None


class FetchReport(Record):
    """What a run came to: how many records of each outcome, and the first hundred that failed."""

    new: int = 0
    changed: int = 0
    same: int = 0
    withdrawn: int = 0
    failed: int = 0
    failures: tuple[Fetched, ...] = ()


class FetchRequest(Record):
    """What a service is to fetch: of one source, once or every so many hours. With `dryRun` it only tells."""

    publications: PublicationsQuery | None = Field(default=None, description="Official publications.")
    parliament: ParliamentQuery | None = Field(default=None, description="Documents of the Tweede Kamer.")
    feed: FeedQuery | None = Field(default=None, description="An Atom or RSS feed.")
    dry_run: StrictBool = False
    every_hours: int | None = Field(default=None, ge=1, le=8784, description="Again, so many hours after it began.")

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if len(self._queries()) != 1:
            raise ValueError("name one of publications, parliament and feed")
        return self

    @property
    def query(self) -> SourceQuery:
        return self._queries()[0]

    def _queries(self) -> list[SourceQuery]:
        return [one for one in (self.publications, self.parliament, self.feed) if one is not None]


class FetchJob(Record):
    """A fetch that a service was asked for. One that is `waiting` runs when it is due. `done` and `total` are of the
    run that goes on; `report` is of the last one that came to its end, `failure` why the last one did not, of
    the kind `failure_code`."""

    id: str
    created_at: datetime.datetime
    request: FetchRequest
    state: Literal["waiting", "running", "done", "failed"]
    due_at: datetime.datetime | None = None
    started_at: datetime.datetime | None = None
    finished_at: datetime.datetime | None = None
    done: int = 0
    total: int | None = None
    report: FetchReport | None = None
    failure: str | None = None
    failure_code: str | None = None
    interruptions: int = 0


class FetchNote(Record):
    """What is known of a record that was fetched: `stamp` is what the source said of its last change, `etag` and
    `last_modified` are what the server said of the file at `address`, which is in this `form`, `sha256` is of its
    bytes. One that is `downloaded` waits to be added; one that is `unreadable` is no letter, for this reason; of one
    that is `forgotten` nothing else is known, and it does not come again."""

    stamp: str
    state: Literal["downloaded", "added", "unreadable", "withdrawn", "forgotten"]
    form: str
    address: str
    etag: str = ""
    last_modified: str = ""
    sha256: str
    letters: tuple[str, ...] = ()
    reason: str | None = None
    code: str | None = None


class FetchMark(Record):
    """How far a query was followed: what the source changed before this day is noted."""

    day: Day
