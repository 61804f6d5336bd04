"""Which letters a request is about, where that is not told by a whole `Filters` in its body."""

from pydantic import ConfigDict

from kamerbrief.records.letters import FILTER_NAMES, Filters, HeadFilters

FOLLOW = "Look also into the letters that these refer to, and that refer to them."


class FilterQuery(HeadFilters):
    """Which letters, as a query tells it."""

    model_config = ConfigDict(alias_generator=lambda name: FILTER_NAMES.get(name, name), populate_by_name=False)


def filters_in(asked: HeadFilters) -> Filters:
    """The filters among what is asked."""
    return Filters(**asked.model_dump(include=set(Filters.model_fields)))
