"""What forms of the page have in common."""

from typing import Any

from pydantic import BaseModel, model_validator

from kamerbrief.records.letters import HeadFilters


class Form(BaseModel):
    """What browsers send, of which an empty field says nothing."""

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, given: Any) -> Any:
        return {name: one for name, one in given.items() if one != ""} if isinstance(given, dict) else given


class FilterForm(Form, HeadFilters):
    """The fields of a form by which letters are told. `csrf` was looked at before."""

    csrf: str = ""
