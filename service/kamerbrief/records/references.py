"""The records of what letters refer to."""

import datetime

from kamerbrief.records.base import Record
from kamerbrief.records.letters import PaperKind, Reference, Span


class NamedPaper(Reference):
    """A paper that a letter names: whether it is `here`, among the letters, and the address of its official
    publication, where there are no papers of before 1995.

    `places` are the words that name it in paragraphs and notes; headings and the letter's head name papers too.
    """

    here: bool
    url: str | None
    places: tuple[Span, ...]


class ShortHead(Record):
    """A letter in short."""

    id: str
    label: str
    date: datetime.date | None
    title: str | None
    ministries: tuple[str, ...]
    paper: PaperKind | None = None


class LetterReferences(Record):
    """What a letter refers to, in the order in which it is named, and the letters that refer to it, by date; of these,
    those that came in its place, and those that took it back. Beside them its attachments, as far as they are here."""

    refers_to: tuple[NamedPaper, ...]
    referred_by: tuple[ShortHead, ...]
    replaced_by: tuple[ShortHead, ...] = ()
    withdrawn_by: tuple[ShortHead, ...] = ()
    attachments: tuple[ShortHead, ...] = ()
