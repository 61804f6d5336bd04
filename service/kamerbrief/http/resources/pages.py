"""The pages of a letter as they are on paper, of letters whose PDF is kept."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from kamerbrief.http.access import Reader
from kamerbrief.http.marking import MARK, MOST, marks_in
from kamerbrief.http.resources.letters import LetterId, VersionNumber
from kamerbrief.http.responses import tagged, tagged_response
from kamerbrief.http.state import state_of
from kamerbrief.http.threads import in_thread
from kamerbrief.records.pages import PaperPage

PNG = "image/png"
router = APIRouter(prefix="/letters", tags=["letters"])
Number = Annotated[int, Path(ge=1, le=1_000_000, description="The page's number, counted from 1.")]
Marks = Annotated[
    list[Annotated[str, Field(pattern=f"^{MARK}$")]],
    Query(
        max_length=MOST,
        description="Words to mark, by paragraph, start and end, as citations name them: 9:0-12; of a note 9n3:0-12.",
    ),
]


@router.get("/{letterId}/pages", summary="Find the page that words stand on", response_model=PaperPage)
async def find_page(
    request: Request,
    letter_id: LetterId,
    _: Reader,
    mark: Marks = [],  # noqa: B006
    version: VersionNumber = None,
) -> Response:
    """Which page of the letter's PDF they are on, and where on it; without words, the first. There are pages where the
    letter was read from a PDF that is kept; else it is a problem (404)."""
    found = await in_thread(state_of(request).kb.pages.place, letter_id, marks_in(mark), version)
    return tagged_response(request, found)


@router.get(
    "/{letterId}/pages/{number}",
    summary="See a page",
    response_class=Response,
    responses={200: {"description": "The page.", "content": {PNG: {"schema": {"type": "string"}}}}},
)
async def read_page(
    request: Request,
    letter_id: LetterId,
    number: Number,
    _: Reader,
    mark: Marks = [],  # noqa: B006
    version: VersionNumber = None,
) -> Response:
    """A page of the letter's PDF as a picture, 1,000 pixels wide at most, with words marked."""
    found = await in_thread(state_of(request).kb.pages.picture, letter_id, number, marks_in(mark), version)
    return tagged(request, found, PNG)
