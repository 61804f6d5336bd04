"""A dossier: its letters, answers and motions in time, what changed from letter to letter, and what was promised."""

from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Path, Request, Response

from kamerbrief.http.access import Reader
from kamerbrief.http.problems import problem
from kamerbrief.http.state import state_of
from kamerbrief.http.threads import in_thread
from kamerbrief.letters.labels import label
from kamerbrief.letters.papers import printed_dossier
from kamerbrief.presenting import title_of
from kamerbrief.records.letters import Filters
from kamerbrief.web.axis import WIDTH, axis_of
from kamerbrief.web.dossiers import MOST, UNASKED
from kamerbrief.web.places import cited_address, letter_address
from kamerbrief.web.rendering import language_in, page

router = APIRouter()
MOST_SHOWN = 300  # letters: the newest
Dossier = Annotated[str, Path(pattern="^[0-9]{4,5}[0-9A-Za-z() -]{0,20}$")]


@router.get("/dossiers/{dossier}")
async def read_dossier(request: Request, dossier: Dossier, _: Reader, found: bool = False) -> Response:
    """Its letters; with `found` also what they promise, and what changed, which takes a while for a large one."""
    kb, dossiers = state_of(request).kb, request.app.state.dossiers
    filters = Filters(dossier=dossier)
    heads = await in_thread(lambda: kb.page(filters, MOST_SHOWN + 1, order="-date"))
    if not heads:
        raise problem(404, "There is no such dossier", f"no letter is of the dossier {dossier}", code="unknown-dossier")
    shown = heads[:MOST_SHOWN]
    at_once = state_of(request).processor_limiter
    language = language_in(request)
    laid_out = await anyio.to_thread.run_sync(dossiers.found, shown, language, limiter=at_once) if found else None
    return page(
        request,
        "dossier.html",
        dossier=filters.dossier,
        printed=printed_dossier(filters.dossier or ""),
        name=next((head.dossier_name for head in shown if head.dossier_name), None),
        heads=shown,
        more=len(heads) > MOST_SHOWN,
        axis=axis_of(shown),
        width=WIDTH,
        laid_out=laid_out,
        looked_at=min(len(shown), MOST),
        unasked=len(shown) <= UNASKED,
        sources={one.number: one for one in laid_out.sources} if laid_out else {},
        label=label,
        title_of=title_of,
        cited_address=cited_address,
        letter_address=letter_address,
    )
