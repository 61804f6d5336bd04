"""The records of letters: what they are made of, and which of them may be searched."""

import datetime
import re
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import AfterValidator, Field, PrivateAttr, model_validator

from kamerbrief.records.base import Day, Record

LetterKind = Literal["letter", "answers", "other"]
SectionKind = Literal["text", "question", "answer"]
ParagraphKind = Literal["text", "item", "table", "figure"]

SourceFormat = Literal["text", "pdf", "xml", "html", "odt", "docx"]

Outcome = Literal["new", "same", "changed", "older"]

TakenAs = Literal[
    "furniture", "margin", "note", "table", "figure",
    "picture", "recognised", "slanted", "sideways", "off the page", "hidden", "mended",
]  # fmt: skip


class Signatory(Record):
    """Who signed, and in what office ("Minister van Defensie")."""

    name: str
    office: str | None = None


ReferenceKind = Literal["names", "replaces", "withdraws", "attached", "answers", "relates"]

PaperKind = Literal["letter", "motion", "question", "answer", "attachment", "proceedings", "promise"]


class Reference(Record):
    """Another paper that the letter names; `id` is its official id where the text is enough to tell it. `replaces` is
    one in whose place the letter comes, `withdraws` one that it takes back, `attached` the letter to which this paper
    is an attachment; `answers` are questions, and `relates` a paper, of which the official record says so. Of a letter
    that is replaced or withdrawn and named by its date alone, `date` is that. `paper` is what it is, where known."""

    text: str
    id: str | None = None
    kind: ReferenceKind = "names"
    date: datetime.date | None = None
    paper: PaperKind | None = None


class Section(Record):
    """A heading with the paragraphs under it. The text before the first heading is a section without a heading.

    In answers to members a question and its answer are a pair: `numbers` holds the question numbers of both ("Vraag 3,
    4 en 5"), and the answer's `answers` is the number of the question's section.
    """

    number: int = Field(ge=1)
    heading: str | None = None
    level: int = Field(default=1, ge=1)
    kind: SectionKind = "text"
    numbers: tuple[int, ...] = ()
    answers: int | None = None


class Paragraph(Record):
    """The unit of citation. One line of text; only a table has line breaks, a row a line, cells parted by " | ", and a
    figure, a label a line: they are no prose, so they can be read but are neither found nor quoted. Text that was
    `recognised` in a picture of the page (OCR) may hold errors."""

    number: int = Field(ge=1)
    section: int = Field(ge=1)
    text: str = Field(min_length=1)
    kind: ParagraphKind = "text"
    page: int | None = None
    recognised: bool = False


class Footnote(Record):
    """A note, apart from the text; its mark stood in `paragraph` just before the character at `position`."""

    mark: str
    text: str
    paragraph: int | None = None
    position: int | None = None
    recognised: bool = False


FieldName = Literal[
    "id", "signatories", "date", "addressee", "dossier", "number", "reference", "title", "ministries", "session_year"
]


class HeadField(Record):
    """A field of a letter's record, as it is printed: "10 september 2014"."""

    name: FieldName
    text: str = Field(min_length=1)
    recognised: bool = False


Unit = Paragraph | Footnote | HeadField
"""What can be cited of a letter; its `text` is what is quoted from."""


class Key(NamedTuple):
    """The name of what can be cited: a letter's id and a paragraph's number; of a note its mark as well, and no
    paragraph where its mark stands nowhere in the text; of a field of the letter's record that alone."""

    letter: str
    paragraph: int | None = None
    footnote: str | None = None
    field: FieldName | None = None


def key_of(letter: str, unit: Unit) -> Key:
    """The name of a unit of the letter with this id."""
    if isinstance(unit, Paragraph):
        return Key(letter, unit.number)
    if isinstance(unit, HeadField):
        return Key(letter, field=unit.name)
    return Key(letter, unit.paragraph, unit.mark)


class Source(Record):
    """Where a letter was read from: a name for people, the format found in the content, SHA-256 (hex) of the bytes.
    `warnings` say what of it could not be read, or not surely; some of it may be `recognised` in pictures of pages."""

    name: str
    format: SourceFormat
    sha256: str
    size: int = Field(ge=0)
    warnings: tuple[str, ...] = ()
    recognised: bool = False


class Taken(Record):
    """What reading took for something else than running text, and where.

    `signs` are what spoke for it, each for itself: its words, its place, its type, that it returns. It is `sure` where
    two of them agree or the file itself says so; where one sign stands alone, look at the page.
    """

    kind: TakenAs
    page: int | None = None
    text: str
    signs: tuple[str, ...]
    sure: bool


class LetterHead(Record):
    """What is known of a letter without its text. `paper` says what an `other` is, where it says so. `text_sha256` is
    the SHA-256 (hex) of what was read: same hash, same letter. `version` counts the texts that it has had."""

    id: str
    kind: LetterKind
    paper: PaperKind | None = None
    title: str | None = None
    date: datetime.date | None = None
    dossier: str | None = None
    dossier_name: str | None = None
    number: str | None = None
    session_year: str | None = None
    reprint: bool = False
    ministries: tuple[str, ...] = ()
    reference: str | None = None
    signatories: tuple[Signatory, ...] = ()
    addressee: str | None = None
    references: tuple[Reference, ...] = ()
    language: str | None = None
    source: Source
    text_sha256: str
    version: int = Field(default=1, ge=1)


class Letter(LetterHead):
    """One document, whole. `report` tells what else was met in reading it."""

    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...] = Field(min_length=1)
    footnotes: tuple[Footnote, ...] = ()
    report: tuple[Taken, ...] = ()
    _file: bytes = PrivateAttr(default=b"")

    @property
    def file(self) -> bytes:
        """The PDF that it was read from, on its way to the store; in no JSON, and of one of the store empty."""
        return self._file

    def with_file(self, file: bytes) -> Self:
        found = self.model_copy()
        found._file = file
        return found

    def __eq__(self, other: object) -> bool:  # whether or not the file came along
        return isinstance(other, Letter) and self.__dict__ == other.__dict__

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if [s.number for s in self.sections] != list(range(1, len(self.sections) + 1)):
            raise ValueError("sections must be numbered 1, 2, 3 …")
        if [p.number for p in self.paragraphs] != list(range(1, len(self.paragraphs) + 1)):
            raise ValueError("paragraphs must be numbered 1, 2, 3 …")
        if {p.section for p in self.paragraphs} - {s.number for s in self.sections}:
            raise ValueError("a paragraph names a section that is not there")
        if not all(note.paragraph is None or 1 <= note.paragraph <= len(self.paragraphs) for note in self.footnotes):
            raise ValueError("a footnote names a paragraph that is not there")
        return self


class Span(Record):
    """A stretch of one paragraph of a letter; or of the note with the mark `footnote` in it, if it stands in any."""

    paragraph: int | None = Field(default=None, ge=1)
    footnote: str | None = None
    start: int = Field(ge=0)
    end: int

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.end <= self.start:
            raise ValueError("a span must hold at least one character")
        return self

    def key(self, letter: str) -> Key:
        """What it is a stretch of, in the letter with this id."""
        return Key(letter, self.paragraph, self.footnote)


class Chunk(Record):
    """What is embedded: `spans` of one section, their texts joined by line breaks in `text`; or one of a note.

    `context` is the letter's subject and the section's heading, put in front when embedding; of a note also the words
    that it is a note to. `sentences` are the
    sentences of the spans, in order; each lies within one span.
    """

    number: int = Field(ge=1)
    section: int = Field(ge=1)
    spans: tuple[Span, ...] = Field(min_length=1)
    sentences: tuple[Span, ...] = Field(min_length=1)
    context: str
    text: str
    tokens: int = Field(ge=0)


def _as_dossier(number: str) -> str | None:
    """A dossier as it stands in official ids: "27 925" is "27925", "35 300 XV" and "35300XV" are "35300-XV"."""
    plain = re.sub(r"[\s()]", "", number).upper()
    parts = re.fullmatch(r"(\d{5}|\d{4}(?!\d))-?(.+)?", plain)
    return (f"{parts[1]}-{parts[2]}" if parts[2] else parts[1]) if parts else plain or None


class SourceFilters(Record):
    """Which letters, by what the sources of letters know of them too; what is None does not filter. Both dates are
    inclusive. A dossier may be written in any usual way ("27 925", "35300XV"); without its chapter it is all of them.
    """

    dossier: Annotated[str, AfterValidator(_as_dossier)] | None = Field(
        default=None, description="Only letters of this dossier, as 27925, 27 925 or 35 300 XV."
    )
    since: Day | None = Field(default=None, description="Only letters of this date (2014-09-10) or later.")
    until: Day | None = Field(default=None, description="Only letters of this date or earlier.")
    kind: LetterKind | None = Field(
        default=None, description="Only this kind: letter, answers (to questions of members) or other."
    )
    ministry: str | None = Field(default=None, description="Only letters of this ministry, as Defensie.")


class HeadFilters(SourceFilters):
    """Which letters, by what is known of them without their text.

    Every way in takes these and says of them what is said here: options, query parameters, tools and bodies.
    """

    person: str | None = Field(
        default=None, description="Only letters that this person signed, as Hennis-Plasschaert or J.A. Hennis."
    )


class Filters(HeadFilters):
    """Which letters may be searched: those with these ids, where any are named, that pass the other filters."""

    letters: tuple[str, ...] = Field(default=(), description="Only the letters with these ids.")


FILTER_NAMES = {"letters": "letter", "since": "from", "until": "to"}
"""Filters that are called otherwise where each stands alone, as an option or in a query."""


class Added(Record):
    """What became of one source: `new`, `same` (it was there already), `changed` (it replaced an older text) or `older`
    (a reprint of it was there already); which version it is; and what could not be read, or not surely."""

    letter: str
    version: int = 1
    label: str
    source: str
    outcome: Outcome
    paragraphs: int
    warnings: tuple[str, ...] = ()
