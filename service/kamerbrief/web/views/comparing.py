"""Two versions of a letter beside each other: what is another text, what came, and what went."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from kamerbrief.http.access import Reader
from kamerbrief.http.resources.letters import ChangesQuery
from kamerbrief.http.state import state_of
from kamerbrief.http.threads import in_thread
from kamerbrief.letters.labels import label
from kamerbrief.web.rendering import page
from kamerbrief.web.views.reading import LetterId

router = APIRouter()


@router.get("/letters/{letter_id}/changes")
async def compare(
    request: Request, letter_id: LetterId, asked: Annotated[ChangesQuery, Query()], _: Reader
) -> Response:
    """What changed from one version to another; else to the last one, from the one before that."""
    kb = state_of(request).kb
    changes = await in_thread(kb.changes, letter_id, asked.earlier, asked.later)
    later = await in_thread(kb.letter, letter_id, changes.later)
    same = sum(one.change == "same" for one in changes.compared)
    changed = [one for one in changes.compared if one.change != "same"]
    return page(request, "changes.html", changes=changes, changed=changed, same=same, label=label(later))
