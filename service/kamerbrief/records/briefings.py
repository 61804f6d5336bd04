"""The nouns of briefings, frozen as all records are."""

import datetime
from typing import Annotated, Literal

from pydantic import Field, StrictBool

from kamerbrief.records.answers import Citation, WriterName
from kamerbrief.records.base import Record
from kamerbrief.records.letters import Filters

BriefingLength = Literal["short", "normal", "long"]
JobState = Literal["queued", "running", "done", "failed"]
PartialDate = Annotated[str, Field(json_schema_extra={"format": "partial-date"})]
"""A date as exact as a letter gives it, which need not be a day."""


class BriefingRequest(Record):
    """Which letters a briefing is of: those that pass the filters, or of them those that search finds for a topic. The
    writer is the model where one is set, else the extractive one. `confirmed` lets the model take more than is set."""

    filters: Filters = Filters()
    about: str = Field(default="", max_length=2000)
    length: BriefingLength = "normal"
    writer: WriterName | None = None
    confirmed: StrictBool = False


class Progress(Record):
    """A letter was read for a briefing: the `done`th of `letters`. `tokens` is what a model has taken until now."""

    letter: str
    done: int = Field(ge=1)
    letters: int = Field(ge=1)
    tokens: int = 0


class Line(Record):
    """A line of a briefing with its proof. Those of the writer "extractive" are the letters' own words."""

    text: str = Field(min_length=1)
    citations: tuple[Citation, ...] = Field(min_length=1)
    writer: WriterName = "extractive"


NoteKind = Literal["key", "decision", "promise", "open"]


class Note(Line):
    """What a language model noted of a letter, proven; the kind is what the model takes it for."""

    kind: NoteKind


class PieceNotes(Record):
    """The notes of a piece of a letter, and how many were stopped by each rule of `verify`."""

    notes: tuple[Note, ...]
    refusals: dict[str, int] = Field(default_factory=dict)


class Commitment(Line):
    """Something that is promised or announced: `who` does it, and by when as exactly as the letter says: "2015-01-31",
    "2015-01", "2015-Q1" (a quarter), "2015-Q1-end" (its end), "2015-H1" (a half, so too "2015-H1-end") or "2015"."""

    who: str | None = None
    deadline: PartialDate | None = None


class Figure(Line):
    """A number with its unit as written ("€ 25 miljoen"), and the day of the letter that gives it."""

    number: str
    date: datetime.date | None = None


class Event(Line):
    """What happened or is to happen, at a date as exact as the letter gives it: "2014-09-10", "2014-09", "2014-Q3" (a
    quarter), "2014-Q3-end" (its end), "2014-H2" (a half, so too "2014-H2-end") or "2014"."""

    date: PartialDate


class Actor(Line):
    """A person or an organisation, and what the letter calls them; the line is where it does."""

    name: str
    part: str | None = None


class Change(Record):
    """A statement of one letter, and what a later one of the same dossier says of the same matter."""

    earlier: Line
    later: Line


class BriefedLetter(Record):
    """A letter that a briefing was made of, who sent it, and why it was chosen where that was not asked for by name."""

    letter: str
    label: str
    title: str | None
    date: datetime.date | None
    senders: tuple[str, ...]
    why: str | None = None


class Failure(Record):
    """A letter that could not be used as it was to be: it was removed meanwhile, or the model made no notes of it."""

    letter: str
    reason: Literal["removed", "model"]
    detail: str = ""


class Estimate(Record):
    """What a briefing will take of a language model at most: of how many letters the notes are kept already, how often
    the model is asked, the tokens, and their cost in the currency of the prices."""

    letters: int
    kept: int
    requests: int
    tokens: int
    cost: float


class Briefing(Record):
    """What a reader must know of some letters, every line proven. A part that would be empty is.

    All commitments, figures and events that were found are here, in the order of the letters or of time; the forms show
    as many as the length allows, and `shown` holds the places (from 0) of these by the part's name. `left_out` is how
    many letters fitted and were not used. `replaced` says which of the letters others have replaced or withdrawn, a
    sentence each. `failures` names letters that could not be used as they were to be;
    `failure` is why a model wrote no key points. `prompts` holds the hash of each prompt by its name, `refusals` how
    many of a model's lines were stopped by each rule of `verify`.
    """

    id: str
    made_at: datetime.datetime
    subject: str
    dossiers: tuple[str, ...]
    length: BriefingLength
    letters: tuple[BriefedLetter, ...]
    left_out: int = 0
    replaced: tuple[str, ...] = ()
    in_short: tuple[Line, ...] = ()
    decided: tuple[Line, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    figures: tuple[Figure, ...] = ()
    timeline: tuple[Event, ...] = ()
    actors: tuple[Actor, ...] = ()
    changes: tuple[Change, ...] = ()
    open_points: tuple[Line, ...] = ()
    shown: dict[str, tuple[int, ...]] = Field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    failure: str | None = None
    writer: Literal["model", "extractive", "both"] = "extractive"
    model: str | None = None
    prompts: dict[str, str] = Field(default_factory=dict)
    refusals: dict[str, int] = Field(default_factory=dict)
    tokens: int = 0
    cost: float = 0.0
    milliseconds: dict[str, float] = Field(default_factory=dict)


class Job(Record):
    """A briefing that a service makes while nobody waits: `progress` is how far it is, `failure` why there is none, of
    the kind `failure_code`, and `briefing` is there when it is done. `interruptions` counts how often the service died
    over it."""

    id: str
    created_at: datetime.datetime
    request: BriefingRequest
    state: JobState = "queued"
    progress: Progress | None = None
    interruptions: int = 0
    failure: str | None = None
    failure_code: str | None = None
    finished_at: datetime.datetime | None = None
    briefing: Briefing | None = None
