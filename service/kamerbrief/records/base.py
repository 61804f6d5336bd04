"""What all records have in common: they are frozen, check their own consistency and do nothing else.

Positions (`start`, `end`) count characters of a paragraph's text, end exclusive. Numbers of paragraphs and sections
start at 1 and run through the letter. What a letter does not say is None or an empty tuple, never a guess. Times are in
UTC. Over HTTP the fields have their names in camelCase.
"""

import datetime
import re
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic.alias_generators import to_camel


def _as_day(value: object) -> object:
    """What is no day in ISO 8601 is left to fail; pydantic would take a number for seconds since 1970."""
    if isinstance(value, datetime.date) or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)):
        return value
    raise ValueError("write it as 2014-09-10")


Day = Annotated[datetime.date, BeforeValidator(_as_day)]


class Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True)
