"""Hits, without an answer made of them."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from kamerbrief.errors import UnknownLetterError
from kamerbrief.http.access import Reader
from kamerbrief.http.filtering import FOLLOW, FilterQuery, filters_in
from kamerbrief.http.problems import Fault, Location, invalid
from kamerbrief.http.resources.questions import LONGEST
from kamerbrief.http.responses import json_response
from kamerbrief.http.state import state_of
from kamerbrief.http.threads import in_thread
from kamerbrief.records.answers import Hit
from kamerbrief.records.base import Record
from kamerbrief.records.letters import Filters

router = APIRouter(prefix="/search", tags=["search"])


class SearchQuery(FilterQuery):
    """What to look for, and in which letters."""

    q: str = Field(min_length=1, max_length=LONGEST, description="What to look for.")
    k: int = Field(default=10, ge=1, le=100, description="How many hits.")
    follow: bool = Field(default=False, description=FOLLOW)
    letters: list[str] = Field(default=[], max_length=100, description=Filters.model_fields["letters"].description)


class Hits(Record):
    """What was found, best first."""

    hits: tuple[Hit, ...]


@router.get("", summary="Search in the letters", response_model=Hits)
async def search(request: Request, asked: Annotated[SearchQuery, Query()], _: Reader) -> Response:
    """The paragraphs nearest to a question, with their scores."""
    kb, filters = state_of(request).kb, filters_in(asked)
    try:
        found = await in_thread(lambda: kb.search(asked.q, filters=filters, k=asked.k, follow=asked.follow))
    except UnknownLetterError as error:
        place = Location(name="letter")
        raise invalid([Fault(in_="query", location=place, code="unknown_letter", detail=str(error))]) from None
    return json_response(Hits(hits=tuple(found)))
