"""Reading one letter: its text, what is known of it, what it refers to, and what refers to it; or a page of it as it is
on paper."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from kamerbrief.http.access import Reader
from kamerbrief.http.marking import MOST, marks_in
from kamerbrief.http.state import state_of
from kamerbrief.http.threads import in_thread
from kamerbrief.index.pages import quotes_of
from kamerbrief.letters.labels import label, official_url
from kamerbrief.presenting import title_of
from kamerbrief.web.lettering import blocks_of, link_to, notes_of
from kamerbrief.web.places import field_anchor, page_address, picture_address
from kamerbrief.web.rendering import page

router = APIRouter()
LetterId = Annotated[str, Path(pattern="^[A-Za-z0-9().-]{1,100}$")]
VersionNumber = Annotated[int | None, Query(ge=1, le=1_000_000)]
Marks = Annotated[list[str], Query(max_length=MOST)]


@router.get("/letters/{letter_id}")
async def read_letter(
    request: Request,
    letter_id: LetterId,
    _: Reader,
    version: VersionNumber = None,
    mark: Marks = [],  # noqa: B006
) -> Response:
    """A letter, as it is now or as one of its versions has it, with words of it marked."""
    kb = state_of(request).kb
    letter = await in_thread(kb.letter, letter_id, version)
    references = await in_thread(kb.references, letter)
    versions = await in_thread(kb.versions, letter_id)
    marks = marks_in(mark)
    return page(
        request,
        "letter.html",
        letter=letter,
        label=label(letter),
        title=title_of(letter),
        url=official_url(letter),
        blocks=blocks_of(letter, references.refers_to, marks),
        notes=notes_of(letter, references.refers_to, marks),
        references=references,
        versions=versions,
        field_anchor=field_anchor,
        link_to=link_to,
        asked=(letter_id, version, mark),
        on_paper=page_address if await in_thread(kb.pages.kept, letter) else None,
    )


@router.get("/letters/{letter_id}/page")
async def read_page(
    request: Request,
    letter_id: LetterId,
    _: Reader,
    version: VersionNumber = None,
    mark: Marks = [],  # noqa: B006
    number: VersionNumber = None,
) -> Response:
    """A page of a letter as it is on paper, with words of it marked: the one that they stand on, or the one with a
    number."""
    kb, marks = state_of(request).kb, marks_in(mark)
    letter = await in_thread(kb.letter, letter_id, version)
    found = await in_thread(kb.pages.place, letter_id, marks, version, number)
    return page(
        request,
        "letter_page.html",
        letter=letter,
        label=label(letter),
        title=title_of(letter),
        found=found,
        quotes=[one for one in quotes_of(letter, marks) if one],
        asked=(letter_id, version, mark),
        on_paper=page_address,
        picture=picture_address(letter_id, version, mark, found.number),
    )
