"""What can be done with an answer: copy it in a form, and say what one thinks of it."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import PlainTextResponse

from kamerbrief.http.access import Reader
from kamerbrief.http.state import state_of
from kamerbrief.http.threads import in_thread
from kamerbrief.library import Kamerbrief
from kamerbrief.records.answers import Verdict
from kamerbrief.records.letters import Filters
from kamerbrief.web.copying import Copied, CopyForm, as_markdown, as_text, copied
from kamerbrief.web.places import answer_address
from kamerbrief.web.rendering import HEADERS, page, part
from kamerbrief.web.showing import show
from kamerbrief.web.views.asking import AnswerId

router = APIRouter()


@router.get("/questions/{answer_id}/copy")
async def copy(request: Request, answer_id: AnswerId, _: Reader, form: CopyForm = "text") -> Response:
    """The answer with its citations, in a form to take along."""
    one = await in_thread(_copied, state_of(request).kb, answer_id)
    if form == "html":
        # As a file: it has styles in it, which the page's policy would not let work.
        headers = HEADERS | {"Content-Disposition": "attachment; filename=antwoord.html"}
        return Response(part(request, "copy.html", copied=one), 200, headers, "text/html; charset=utf-8")
    return PlainTextResponse(as_text(one) if form == "text" else as_markdown(one), headers=HEADERS)


@router.post("/questions/{answer_id}/feedback")
async def give_feedback(
    request: Request, answer_id: AnswerId, verdict: Annotated[Verdict, Form()], _: Reader
) -> Response:
    """Keeps a verdict, and thanks for it."""
    await in_thread(state_of(request).kb.give_feedback, answer_id, verdict)
    return page(request, "thanks.html", 201, address=answer_address(answer_id))


def _copied(kb: Kamerbrief, answer_id: str) -> Copied:
    answer = kb.answer(answer_id)
    ids = tuple({citation.letter for sentence in answer.sentences for citation in sentence.citations})
    heads = {head.id: head for head in kb.letters(Filters(letters=ids))} if ids else {}
    return copied(show(answer), heads)
