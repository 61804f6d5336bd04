"""What a model gives a tool over MCP. The descriptions are what it is told about them."""

import json
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from kamerbrief.http.filtering import FOLLOW
from kamerbrief.http.resources.questions import LONGEST
from kamerbrief.records.base import Record
from kamerbrief.records.letters import Filters, HeadFilters

LetterId = Annotated[str, Field(min_length=1, max_length=100, description="The letter's id, as kst-27925-504.")]
Words = Annotated[str, Field(min_length=1, max_length=LONGEST)]


def _listed(given: object) -> object:
    """A list that a model wrote as text, in JSON or as its one member."""
    if not isinstance(given, str):
        return given
    try:
        read = json.loads(given)
    except ValueError:
        return [given]
    return read if isinstance(read, list) else [read if isinstance(read, str) else given]


Listed = BeforeValidator(_listed)


class Arguments(Record):
    """Of a tool. An unknown one is an error, lest a filter is passed over for its name. An optional one that is null or
    empty is left out: many a model fills in all that it is told of."""

    model_config = ConfigDict(alias_generator=None)

    @model_validator(mode="before")
    @classmethod
    def _left_out(cls, given: Any) -> Any:
        optional = {name for name, one in cls.model_fields.items() if not one.is_required()}
        return {name: value for name, value in given.items() if name not in optional or value not in (None, "")}


class Which(HeadFilters, Arguments):
    """Which letters."""


class Among(Which):
    """In which letters to look, and how far."""

    letters: Annotated[list[LetterId], Listed] = Field(
        default=[], max_length=100, description=Filters.model_fields["letters"].description
    )
    k: int = Field(default=10, ge=1, le=100, description="How many paragraphs to look at.")
    follow: bool = Field(default=False, description=FOLLOW)


class AskArguments(Among):
    """A question, and the letters to answer it from."""

    question: Words = Field(description="One question, in Dutch or English.")
    earlier_questions: Annotated[list[Words], Listed] = Field(
        default=[], max_length=20, description="The questions that this one follows on, oldest first."
    )


class SearchArguments(Among):
    """What to look for, and in which letters."""

    query: Words = Field(description="What to look for: a question, or words of a letter.")


class ParagraphArguments(Arguments):
    """A paragraph of a letter."""

    letter: LetterId
    number: int = Field(ge=1, le=1_000_000, description="The paragraph's number, as citations and hits name it.")


class LetterArguments(Arguments):
    """A letter."""

    letter: LetterId


class ListArguments(Which):
    """Which letters, and how many at a time."""

    limit: int = Field(default=50, ge=1, le=200, description="How many letters.")
    cursor: LetterId | None = Field(default=None, description="`next` of the page before.")
