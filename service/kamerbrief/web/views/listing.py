"""The letters: found by words and filters, a page at a time, and added."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, File, Query, Request, Response, UploadFile
from pydantic import Field

from kamerbrief.http.access import Editor, Reader
from kamerbrief.http.filtering import filters_in
from kamerbrief.http.paging import cursor_of, place_in
from kamerbrief.http.resources.letters import LettersQuery
from kamerbrief.http.resources.uploads import added_from
from kamerbrief.http.state import state_of
from kamerbrief.http.threads import in_thread
from kamerbrief.letters.labels import label
from kamerbrief.library import Kamerbrief
from kamerbrief.presenting import title_of
from kamerbrief.records.letters import Added, Filters, LetterHead
from kamerbrief.store.listing import Order
from kamerbrief.web.forms import Form
from kamerbrief.web.places import letter_address
from kamerbrief.web.rendering import page

router = APIRouter()
WARNINGS = ("picture", "recognised", "mended")  # of what is told of the reading of a letter
MOST_COUNTED, MOST_OF_ALL = 1000, 10_000  # letters: of those that fit, and where none is asked for
_REVERSED: dict[Order, Order] = {"date": "-date", "-date": "date", "dossier": "-dossier", "-dossier": "dossier"}
_ELSEWHERE = {"cursor", "before", "lang"}  # what a link to another page does not take along


class Asked(Form, LettersQuery):
    """What the form and the links of a page ask for. `before` is the cursor of the page behind."""

    before: str | None = Field(default=None, max_length=200)
    lang: str = ""

    def address(self, **more: str) -> str:
        """Of a page of the same list."""
        told = self.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=_ELSEWHERE) | more
        return f"/letters?{urlencode(told)}" if told else "/letters"


@dataclass(frozen=True)
class Found:
    """A page of letters, whether there are any before it and behind it, and how many there are in all, of which no more
    than `most` are counted."""

    heads: list[LetterHead]
    before: bool
    behind: bool
    count: int
    most: int


@router.get("/letters")
async def list_letters(request: Request, asked: Annotated[Asked, Query()], _: Reader) -> Response:
    """A page of the letters."""
    found = await in_thread(_found, state_of(request).kb, asked)
    heads = found.heads
    return page(
        request,
        "letters.html",
        asked=asked,
        wanted=asked,
        found=found,
        before=asked.address(before=cursor_of(heads[0])) if heads and found.before else "",
        behind=asked.address(cursor=cursor_of(heads[-1])) if heads and found.behind else "",
        label=label,
        title_of=title_of,
        letter_address=letter_address,
    )


@router.post("/letters")
async def add_letters(request: Request, files: Annotated[list[UploadFile], File()], _: Editor) -> Response:
    """What became of each letter of these files."""
    state = state_of(request)
    by_file = [await in_thread(added_from, state, one, one.filename or "letter") for one in files]
    uploads = [one for of_file in by_file for one in of_file]
    warned = {one.added: await in_thread(_warned, state.kb, one.added) for one in uploads if one.added}
    return page(request, "added.html", uploads=uploads, warned=warned, letter_address=letter_address)


def _warned(kb: Kamerbrief, added: Added) -> list[tuple[str, list[int | None]]]:
    """What could not be read of a letter, or not surely, and on which pages."""
    report = kb.letter(added.letter, added.version).report if added.warnings else ()
    met = {kind: [one.page for one in report if one.kind == kind] for kind in WARNINGS}
    return [(kind, pages) for kind, pages in met.items() if pages]


def _found(kb: Kamerbrief, asked: Asked) -> Found:
    filters, back, cursor = filters_in(asked), bool(asked.before), asked.before or asked.cursor
    after = place_in(cursor) if cursor else None
    heads = kb.page(filters, asked.limit + 1, asked.q, after=after, order=_REVERSED[asked.sort] if back else asked.sort)
    more, heads = len(heads) > asked.limit, heads[: asked.limit]
    most = MOST_OF_ALL if (filters, asked.q) == (Filters(), "") else MOST_COUNTED
    count = kb.count(filters, asked.q, most) if cursor or more else len(heads)
    return Found(heads[::-1] if back else heads, more if back else bool(cursor), more or back, count, most)
