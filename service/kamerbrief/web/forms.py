"""What forms of the page have in common."""

from typing import Any

from pydantic import model_validator

from kamerbrief.records.letters import HeadFilters


class FilterForm(HeadFilters):
    """The fields of a form by which letters are told: one that is empty says nothing. `csrf` was looked at before."""

    csrf: str = ""

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, given: Any) -> Any:
        return {name: one for name, one in given.items() if one != ""} if isinstance(given, dict) else given
