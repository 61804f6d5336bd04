"""The nouns of kamerbrief, frozen. They check their own consistency and do nothing else.

Positions (`start`, `end`) count characters of a paragraph's text, end exclusive. Numbers of paragraphs and sections
start at 1 and run through the letter. What a letter does not say is None or an empty tuple, never a guess. Times are in
UTC. Over HTTP the fields have their names in camelCase.
"""

import datetime
import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

LetterKind = Literal["letter", "answers", "other"]
SectionKind = Literal["text", "question", "answer"]
ParagraphKind = Literal["text", "item", "table"]
SourceFormat = Literal["text", "pdf", "xml"]
Outcome = Literal["new", "same", "changed"]
WriterName = Literal["model", "extractive"]
Role = Literal["reader", "editor", "admin"]
Verdict = Literal["helpful", "wrong_citation", "missing", "other"]


def _as_day(value: object) -> object:
    """What is no day in ISO 8601 is left to fail; pydantic would take a number for seconds since 1970."""
    if isinstance(value, datetime.date) or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)):
        return value
    raise ValueError("write it as 2014-09-10")


Day = Annotated[datetime.date, BeforeValidator(_as_day)]


class Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True)


class Signatory(Record):
    """Who signed, and in what office ("Minister van Defensie")."""

    name: str
    office: str | None = None


class Reference(Record):
    """Another paper that the letter names; `id` is its official id where the text is enough to tell it."""

    text: str
    id: str | None = None


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
    """The unit of citation. One line of text; only a table has line breaks: a row a line, cells parted by " | "."""

    number: int = Field(ge=1)
    section: int = Field(ge=1)
    text: str = Field(min_length=1)
    kind: ParagraphKind = "text"
    page: int | None = None


class Footnote(Record):
    """A note, apart from the text; its mark stood in `paragraph` just before the character at `position`."""

    mark: str
    text: str
    paragraph: int | None = None
    position: int | None = None


class Source(Record):
    """Where a letter was read from: a name for people, the format found in the content, SHA-256 (hex) of the bytes."""

    name: str
    format: SourceFormat
    sha256: str
    size: int = Field(ge=0)


class LetterHead(Record):
    """What is known of a letter without its text. `text_sha256` is the SHA-256 (hex) of what was read out of the
    source: same hash, same letter."""

    id: str
    kind: LetterKind
    title: str | None = None
    date: datetime.date | None = None
    dossier: str | None = None
    dossier_name: str | None = None
    number: str | None = None
    session_year: str | None = None
    ministries: tuple[str, ...] = ()
    reference: str | None = None
    signatories: tuple[Signatory, ...] = ()
    addressee: str | None = None
    references: tuple[Reference, ...] = ()
    language: str | None = None
    source: Source
    text_sha256: str


class Letter(LetterHead):
    """One document, whole."""

    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...] = Field(min_length=1)
    footnotes: tuple[Footnote, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if [s.number for s in self.sections] != list(range(1, len(self.sections) + 1)):
            raise ValueError("sections must be numbered 1, 2, 3 …")
        if [p.number for p in self.paragraphs] != list(range(1, len(self.paragraphs) + 1)):
            raise ValueError("paragraphs must be numbered 1, 2, 3 …")
        known = {s.number for s in self.sections}
        if any(p.section not in known for p in self.paragraphs):
            raise ValueError("a paragraph names a section that is not there")
        return self


class Span(Record):
    """A stretch of one paragraph of a letter."""

    paragraph: int = Field(ge=1)
    start: int = Field(ge=0)
    end: int

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.end <= self.start:
            raise ValueError("a span must hold at least one character")
        return self


class Chunk(Record):
    """What is embedded: `spans` of one section, their texts joined by line breaks in `text`.

    `context` is the letter's subject and the section's heading, put in front when embedding. `sentences` are the
    sentences of the spans, in order; each lies within one span.
    """

    number: int = Field(ge=1)
    section: int = Field(ge=1)
    spans: tuple[Span, ...] = Field(min_length=1)
    sentences: tuple[Span, ...] = Field(min_length=1)
    context: str
    text: str
    tokens: int = Field(ge=0)


class Filters(Record):
    """Which letters may be searched; what is None or empty does not filter. Both dates are inclusive. A dossier may be
    written as parliament prints it, "27 925"."""

    letters: tuple[str, ...] = ()
    dossier: Annotated[str, AfterValidator(lambda number: number.replace(" ", "") or None)] | None = None
    since: Day | None = None
    until: Day | None = None
    kind: LetterKind | None = None
    ministry: str | None = None


class Scores(Record):
    """Why a hit was found. `dense` is the cosine to the chunk (0 to 1), `sentence` to its best sentence, `lexical` the
    BM25 score as a share of the most it could be (0 to 1, 0 when no word matched); `fused` orders the hits."""

    fused: float
    dense: float
    sentence: float
    lexical: float


class Hit(Record):
    """A chunk found for a question: where it stands, its text, and its scores."""

    letter: str
    label: str
    date: datetime.date | None
    heading: str | None
    paragraphs: tuple[int, ...] = Field(min_length=1)
    text: str
    scores: Scores


class Citation(Record):
    """A checked reference: `text` is the whole paragraph, and `quote` stands in it letter for letter. `moved` says that
    the writer had named another sentence, which does not prove what this one does."""

    letter: str
    paragraph: int = Field(ge=1)
    label: str
    heading: str | None
    url: str | None
    text: str
    start: int = Field(ge=0)
    end: int
    quote: str = Field(min_length=1)
    moved: bool = False

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.text[self.start : self.end] != self.quote:
            raise ValueError("the quote does not stand in the paragraph at its place")
        return self


class DraftSentence(Record):
    """A sentence that a writer proposes, with the labels of the source sentences it rests on ("2.3": hit 2, sentence
    3). Nothing in it is trusted. `kind` is for notes of a letter: what the writer takes it for."""

    text: str
    labels: tuple[str, ...] = ()
    kind: str = Field(default="", exclude=True)


class Draft(Record):
    """What a writer proposes, sentence by sentence; empty when it found no answer."""

    sentences: tuple[DraftSentence, ...] = ()


class Sentence(Record):
    """A sentence of an answer with its proof. Those of the writer "extractive" are the letters' own."""

    text: str = Field(min_length=1)
    citations: tuple[Citation, ...] = Field(min_length=1)
    writer: WriterName = "extractive"


class Refusal(Record):
    """A draft sentence that was not let out, and the rule that stopped it."""

    text: str
    rule: str


class Turn(Record):
    """An earlier question of a conversation, and what was answered."""

    question: str
    answer: str = ""


class Answer(Record):
    """The answer to a question, with enough to replay it: either proven sentences, or none and the nearest paragraphs.

    `asked` is the question that was answered: the same, or one that stands alone where it followed on earlier ones.
    `confidence` is the calibrated probability (0 to 1) that the letters hold the answer and that the extractive writer
    gives it. `milliseconds` is per step, `first_sentence` those from the question to the first proven sentence.

    `writer` wrote the sentences: "model", "extractive", or "both". `model`, `prompt` (a content hash) and `mode` (how
    the server took the schema) are None when no language model was asked. `failure` says what went wrong with it.
    `draft` is what it wrote, not to be trusted; its labels count the hits' paragraphs. `tokens` are those of the model,
    `cost` is in the currency of the prices that are set.
    """

    id: str
    asked_at: datetime.datetime
    question: str
    asked: str = ""
    filters: Filters
    status: Literal["answered", "not_found"]
    message: str | None = None
    sentences: tuple[Sentence, ...] = ()
    nearest: tuple[Hit, ...] = ()
    confidence: float = Field(ge=0, le=1)
    writer: Literal["model", "extractive", "both"]
    embedder: str
    model: str | None = None
    prompt: str | None = None
    mode: Literal["schema", "json", "text"] | None = None
    failure: str | None = None
    draft: tuple[DraftSentence, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    hits: tuple[Hit, ...] = ()
    tokens: int = 0
    cost: float = 0.0
    milliseconds: dict[str, float] = {}
    first_sentence: float | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.status == "answered") != bool(self.sentences):
            raise ValueError("an answer has sentences, and only an answer has them")
        return self


class Feedback(Record):
    """What a reader says of an answer, in a word and in words of their own."""

    id: str
    answer: str
    given_at: datetime.datetime
    verdict: Verdict
    text: str = ""


class Key(Record):
    """Who may use the service, and for what: a reader asks, an editor adds and removes as well, an admin reads the log
    as well. The key itself is kept nowhere. An expired or revoked one is worth nothing."""

    name: str
    role: Role
    created_at: datetime.datetime
    expires_at: datetime.datetime | None = None
    revoked_at: datetime.datetime | None = None


class Added(Record):
    """What became of one source: `new`, `same` (it was there already) or `changed` (it replaced an older text)."""

    letter: str
    label: str
    source: str
    outcome: Outcome
    paragraphs: int


class Status(Record):
    """What the data folder holds, counted in each store. `whole` says that the three stores agree."""

    data_dir: str
    letters: int
    paragraphs: int
    chunks: int
    vectors: int
    words: int
    answers: int
    embedder: str
    whole: bool
