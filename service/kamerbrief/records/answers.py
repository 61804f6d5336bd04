"""The records of questions: what is found, what is drafted, and what is answered."""

import datetime
from typing import Literal, Self

from pydantic import Field, model_validator

from kamerbrief.records.base import Record
from kamerbrief.records.letters import FieldName, Filters, Key

WriterName = Literal["model", "extractive"]

Verdict = Literal["helpful", "wrong_citation", "missing", "other"]


class Scores(Record):
    """Why a hit was found. `dense` is the cosine to the chunk (0 to 1), `sentence` to its best sentence, `lexical` the
    BM25 score as a share of the most it could be (0 to 1, 0 when no word matched); `fused` orders the hits."""

    fused: float
    dense: float
    sentence: float
    lexical: float


class Via(Record):
    """The letter that led to a hit, where references are followed: one that refers to the hit's letter (`refers_to`),
    or that this refers to (`referred_by`)."""

    letter: str
    label: str
    way: Literal["refers_to", "referred_by"]


class Hit(Record):
    """A chunk found for a question: where it stands, its text, and its scores. Of a footnote, `footnote` is its mark,
    and `paragraphs` the one that the mark stands in, if it stands in any. `via` is there where a reference led to it.
    Its text may be `recognised` in a scan."""

    letter: str
    label: str
    date: datetime.date | None
    heading: str | None
    paragraphs: tuple[int, ...]
    footnote: str | None = None
    text: str
    scores: Scores
    via: Via | None = None
    recognised: bool = False

    @property
    def keys(self) -> tuple[Key, ...]:
        """What it is found in."""
        return tuple(Key(self.letter, number, self.footnote) for number in self.paragraphs or (None,))


class Citation(Record):
    """A checked reference: `text` is the whole paragraph, and `quote` stands in it letter for letter. Of a footnote,
    `text` is the whole note, `footnote` its mark, and `paragraph` the one that the mark stands in, if it stands in any.
    Of the letter's record, `field` is the name of a field, and `text` what that holds, as printed. `moved` says that
    the writer had named another sentence, which does not prove what this one does. `version` is that of the letter
    which was cited. Where the text was `recognised` in a scan (OCR), the quote stands letter for letter in what was
    recognised, and on the page perhaps with other letters."""

    letter: str
    version: int = Field(default=1, ge=1)
    paragraph: int | None = Field(default=None, ge=1)
    footnote: str | None = None
    field: FieldName | None = None
    label: str
    heading: str | None
    url: str | None
    text: str
    start: int = Field(ge=0)
    end: int
    quote: str = Field(min_length=1)
    moved: bool = False
    recognised: bool = False

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.text[self.start : self.end] != self.quote:
            raise ValueError("the quote does not stand in the paragraph at its place")
        if self.paragraph is None and self.footnote is None and self.field is None:
            raise ValueError("a citation names a paragraph, a footnote or a field")
        return self

    @property
    def key(self) -> Key:
        """What is cited."""
        return Key(self.letter, self.paragraph, self.footnote, self.field)


class DraftSentence(Record):
    """A sentence that a writer proposes, with the labels of the source sentences it rests on ("2.3": hit 2, sentence
    3). Nothing in it is trusted. `focus` is where in the text the very words stand that answer: the characters from a
    start to an end. `kind` is for notes of a letter: what the writer takes it for."""

    text: str
    labels: tuple[str, ...] = ()
    focus: tuple[int, int] | None = Field(default=None, exclude=True)
    kind: str = Field(default="", exclude=True)


class Draft(Record):
    """What a writer proposes, sentence by sentence; empty when it found no answer."""

    sentences: tuple[DraftSentence, ...] = ()


class Focus(Record):
    """The very words of a sentence that answer: its characters from `start` to `end`, end exclusive."""

    start: int = Field(ge=0)
    end: int


class Sentence(Record):
    """A sentence of an answer with its proof. Those of the writer "extractive" are the letters' own; `focus` are the
    very words of one that answer, where these are known."""

    text: str = Field(min_length=1)
    citations: tuple[Citation, ...] = Field(min_length=1)
    writer: WriterName = "extractive"
    focus: Focus | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.focus and not self.focus.start < self.focus.end <= len(self.text):
            raise ValueError("the focus does not lie within the text")
        return self


class Refusal(Record):
    """A draft sentence that was not let out, and the rule that stopped it. From `start` to `end` of the text stand the
    words at fault; both are None where it is the whole sentence."""

    text: str
    rule: str
    start: int | None = Field(default=None, ge=0)
    end: int | None = None

    @property
    def fault(self) -> str:
        """The words at fault."""
        return self.text[self.start : self.end]


class Turn(Record):
    """An earlier question of a conversation, and what was answered."""

    question: str
    answer: str = ""


class Answer(Record):
    """The answer to a question, with enough to replay it: either proven sentences, or none and the nearest paragraphs.

    `asked` is the question that was answered: the same, or one that stands alone where it followed on earlier ones, and
    without the name of a letter that it was to be answered from; `filters` are those given, narrowed to that letter,
    and `follow` says that references were followed from there.
    `message` says that nothing is found; of an answer, which parts of the question it does not answer (`missing`), and
    which letters it rests on were replaced or withdrawn since.
    `confidence` is the calibrated probability (0 to 1) that the letters hold the answer and that the extractive writer
    gives it. `reader` is the start of a SHA-256, 12 hex digits, of the file of weights by which question and paragraphs
    were read together; None where they were not. `milliseconds` is per step, `first_sentence` those from the question
    to the first proven sentence.

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
    follow: bool = False
    status: Literal["answered", "not_found"]
    message: str | None = None
    missing: tuple[str, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    nearest: tuple[Hit, ...] = ()
    confidence: float = Field(ge=0, le=1)
    writer: Literal["model", "extractive", "both"]
    embedder: str
    reader: str | None = None
    model: str | None = None
    prompt: str | None = None
    mode: Literal["schema", "json", "text"] | None = None
    failure: str | None = None
    draft: tuple[DraftSentence, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    hits: tuple[Hit, ...] = ()
    tokens: int = 0
    cost: float = 0.0
    milliseconds: dict[str, float] = Field(default_factory=dict)
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
