"""The records of a letter's versions."""

import datetime

from pydantic import Field

from kamerbrief.records.base import Record


class Version(Record):
    """A letter's text as it stood: its number, the SHA-256 (hex) of the text, when it was added, and how many
    paragraphs it has."""

    number: int = Field(ge=1)
    text_sha256: str
    added_at: datetime.datetime
    paragraphs: int
