"""Briefings: asking for one, following it, reading it, taking it along, and those of before."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import Field

from kamerbrief.briefings.forms.layout import lay_out
from kamerbrief.briefings.forms.timeline import draw
from kamerbrief.briefings.forms.writing import write_form
from kamerbrief.briefings.parts import TIMELINE
from kamerbrief.errors import UsageError
from kamerbrief.http.access import Reader, admitted_as
from kamerbrief.http.filtering import filters_in
from kamerbrief.http.problems import problem_of
from kamerbrief.http.resources.briefings import FORMS, file_name, not_there
from kamerbrief.http.resources.questions import MOST_BYTES
from kamerbrief.http.state import State, state_of
from kamerbrief.http.threads import in_thread
from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.records.briefings import BriefingLength, BriefingRequest, Estimate, Job
from kamerbrief.store.jobs import UNFINISHED
from kamerbrief.web.forms import FilterForm
from kamerbrief.web.places import cited_address
from kamerbrief.web.rendering import language_in, page

router = APIRouter(max_body_size=MOST_BYTES)
MOST_LISTED = 30
_MEDIA = {form: media for media, form in FORMS.items()}
BriefingId = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
Letters = Annotated[list[str], Query(max_length=300)]


class Wanted(FilterForm):
    """The form: of what, how long, and whether what it may cost was agreed to. `ids` are parted by spaces."""

    ids: str = Field(default="", max_length=30_000)
    about: str = Field(default="", max_length=2000)
    length: BriefingLength = "normal"
    confirmed: bool = False

    def request(self) -> BriefingRequest:
        filters = filters_in(self).model_copy(update={"letters": tuple(self.ids.split())})
        return BriefingRequest(filters=filters, about=self.about, length=self.length, confirmed=self.confirmed)


@router.get("/briefings")
async def offer(
    request: Request,
    key: Reader,
    letter: Letters = [],  # noqa: B006
    dossier: str = "",
    about: str = "",
) -> Response:
    """The form, and the briefings of before."""
    fields = {"ids": "\n".join(letter), "dossier": dossier, "about": about}
    return await _form(request, key, Wanted.model_validate(fields))


@router.post("/briefings")
async def ask_for(request: Request, wanted: Annotated[Wanted, Form()], key: Reader) -> Response:
    """The briefing, to be followed at its own address; where a language model writes, first what that may take."""
    state, asked = state_of(request), wanted.request()
    try:
        plan = await in_thread(state.kb.plan, asked)
        estimate = await in_thread(lambda: plan.estimate)
    except UsageError as error:
        problem = problem_of(error).problem.model_copy(update={"status": 400})
        return await _form(request, key, wanted, 400, problem=problem)
    if estimate and not asked.confirmed:
        return await _form(request, key, wanted, estimate=estimate)
    job = await in_thread(state.runner.add, asked, key)
    return RedirectResponse(f"/briefings/{job.id}", 303)


@router.get("/briefings/{briefing_id}")
async def read(request: Request, briefing_id: BriefingId, _: Reader) -> Response:
    """The briefing; until it is there, how far it is."""
    job = await in_thread(state_of(request).kb.jobs.get, briefing_id)
    if job.briefing is None:
        return page(request, "briefing_job.html", job=job, unfinished=job.state in UNFINISHED)
    lexicon = lexicon_of(language_in(request))
    laid_out = await in_thread(lay_out, job.briefing, lexicon)
    return page(
        request,
        "briefing.html",
        job=job,
        briefing=job.briefing,
        page=laid_out,
        sources={one.number: one for one in laid_out.sources},
        picture=draw(TIMELINE.shown(job.briefing), lexicon),
        cited_address=cited_address,
    )


@router.get("/briefings/{briefing_id}/{form}")
async def take_along(
    request: Request, briefing_id: BriefingId, form: Literal["docx", "html", "md"], _: Reader
) -> Response:
    """The briefing as a file."""
    job = await in_thread(state_of(request).kb.jobs.get, briefing_id)
    if job.briefing is None:
        raise not_there(job)
    content = await in_thread(write_form, job.briefing, form, lexicon_of(language_in(request)))
    headers = {"Content-Disposition": f'attachment; filename="{file_name(job.briefing, form)}"'}
    return Response(content, 200, headers, _MEDIA[form])


@router.post("/briefings/{briefing_id}/remove")
async def remove(request: Request, briefing_id: BriefingId, _: Reader) -> Response:
    """Stops it where it is being made, and leaves nothing of it."""
    await in_thread(state_of(request).runner.remove, briefing_id)
    return RedirectResponse("/briefings", 303)


async def _form(
    request: Request, key: str, wanted: Wanted, status: int = 200, estimate: Estimate | None = None, **values: Any
) -> Response:
    state = state_of(request)
    made = await in_thread(_made_before, state, None if admitted_as(request, "admin") else key)
    fields = wanted.model_dump(mode="json", exclude_none=True, exclude={"csrf", "confirmed"})
    known = {"wanted": wanted, "fields": fields, "estimate": estimate, "made": made, "problem": None}
    return page(request, "briefings.html", status, **{**known, **values})


def _made_before(state: State, asked_by: str | None) -> list[tuple[Job, str | None]]:
    return state.kb.jobs.newest(MOST_LISTED, asked_by=asked_by)
