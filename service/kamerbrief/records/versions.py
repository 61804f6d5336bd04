"""The records of a letter's versions."""

import datetime
from typing import Literal

from pydantic import Field

from kamerbrief.records.base import Record


class Version(Record):
    """A letter's text as it stood: its number, the SHA-256 (hex) of the text, when it was added, and how many
    paragraphs it has."""

    number: int = Field(ge=1)
    text_sha256: str
    added_at: datetime.datetime
    paragraphs: int


ChangeKind = Literal["same", "moved", "changed", "gone", "new"]


class Stretch(Record):
    """Words of a text, and whether they stand in both versions, in the earlier one alone, or in the later one alone."""

    text: str
    change: Literal["same", "gone", "new"]


class Compared(Record):
    """A paragraph, heading or note in two versions: its number in the earlier and in the later one (of a heading that
    of its section; notes are counted through the letter). `moved` is one with the same words among others. `words` are
    those of both versions, in order of reading, where they are not the same."""

    kind: Literal["paragraph", "heading", "note"]
    change: ChangeKind
    before: int | None
    after: int | None
    words: tuple[Stretch, ...] = ()


class Changes(Record):
    """What became of a letter from one of its versions to another one: first its paragraphs, in order, then its
    headings, then its notes."""

    letter: str
    earlier: int
    later: int
    compared: tuple[Compared, ...]


class Since(Record):
    """What became of something that an answer cites, of a letter that has another text now: `version` is that which was
    cited, `now` the one of now, None where the letter was removed. `place` is the paragraph that it is now, or that the
    note stands in; None where it is gone. `stands` says whether the quote is in it letter for letter."""

    letter: str
    version: int
    paragraph: int | None
    footnote: str | None
    quote: str
    now: int | None
    change: Literal["same", "changed", "gone"]
    place: int | None
    stands: bool
