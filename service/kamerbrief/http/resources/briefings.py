"""Briefings: jobs that are asked for, followed, read in several forms, and removed."""

import asyncio
import re
import time
import unicodedata
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from kamerbrief.briefings.forms.writing import write_form
from kamerbrief.errors import UnconfirmedError, UnknownLetterError
from kamerbrief.http.accept_header import preferred
from kamerbrief.http.access import Reader
from kamerbrief.http.events import EVENT_STREAM, PING_SECONDS, problem_event
from kamerbrief.http.problems import RETRY_SECONDS, Fault, Location, ProblemError, invalid, problem
from kamerbrief.http.resources.questions import MOST_BYTES, no_such_filter
from kamerbrief.http.responses import json_response
from kamerbrief.http.state import State, state_of
from kamerbrief.http.threads import in_thread
from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.records.briefings import Briefing, BriefingRequest, Job
from kamerbrief.store.jobs import UNFINISHED

router = APIRouter(prefix="/briefings", tags=["briefings"], max_body_size=MOST_BYTES)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = {"text/markdown": "md", "text/html": "html", DOCX: "docx"}
OFFERED = ("application/json", *FORMS, EVENT_STREAM)
VARY = {"Vary": "Accept"}
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
LOOK_SECONDS = 0.2  # between looks at a job that is followed
LONGEST_NAME = 60
BriefingId = Annotated[str, Path(alias="briefingId", pattern="^[0-9a-f]{32}$", description="The briefing's id.")]


@router.post("", summary="Ask for a briefing", status_code=202, response_model=Job)
async def start_briefing(request: Request, asked: BriefingRequest, key: Reader) -> Response:
    """A job that makes the briefing. `Location` is where to follow it, and where the briefing will be."""
    state = state_of(request)
    try:
        # What is wrong with the request is an error now, and not one of the job.
        await in_thread(lambda: state.kb.plan(asked).check())
    except UnknownLetterError as error:
        raise no_such_filter(str(error)) from None
    except UnconfirmedError as error:
        detail = f"{error.what}: send `confirmed` as true, or ask for fewer letters"
        place = Location(pointer="/confirmed")
        raise invalid([Fault(in_="body", location=place, code="unconfirmed", detail=detail)]) from None
    job = await in_thread(state.runner.add, asked, key)
    return json_response(job, 202, {"Location": f"/v1/briefings/{job.id}"})


@router.get(
    "/{briefingId}",
    summary="Follow or read a briefing",
    response_model=Job,
    responses={200: {"description": "The job; or, where that was accepted, the briefing or the events.",
                     "content": {name: {"schema": {"type": "string"}} for name in OFFERED[1:]}}},
)  # fmt: skip
async def read_briefing(
    request: Request,
    briefing_id: BriefingId,
    _: Reader,
    last_event_id: Annotated[
        str, Header(alias="Last-Event-ID", description="Go on after the event of this letter, counted from 1.")
    ] = "",
    language: Annotated[
        str,
        Query(pattern="^[a-z]{2}$", description="Of headings, as nl; lines and quotes are as the letters have them."),
    ] = "nl",
) -> Response:
    """In the form that the header `Accept` prefers. As JSON, the job: how far it is, and when done the briefing. As
    Markdown, HTML or Word, the briefing alone, and a problem (409) where there is none.

    As events: `progress` for letters that were read, with their numbers as ids, and `done` with the job; a `problem`
    where it fails. Who leaves does not stop the job.
    """
    state = state_of(request)
    job = await in_thread(state.kb.jobs.get, briefing_id)
    form = preferred(",".join(request.headers.getlist("accept")), OFFERED)
    if form is None:
        detail = f"there are {', '.join(OFFERED)}; name one in the header Accept"
        raise problem(406, "There is no such form", detail, headers=VARY)
    if form == EVENT_STREAM:
        after = int(last_event_id) if re.fullmatch("[0-9]{1,6}", last_event_id) else 0
        told = _followed(state, job, after, request.scope["kamerbrief.request_id"])
        return StreamingResponse(told, headers=VARY, media_type=EVENT_STREAM)
    if form not in FORMS:
        return json_response(job, 200, VARY)
    if job.briefing is None:
        raise not_there(job)
    content = await in_thread(write_form, job.briefing, FORMS[form], lexicon_of(language))
    shown = "attachment" if form == DOCX else "inline"  # a browser shows what it can
    headers = {**VARY, "Content-Disposition": f'{shown}; filename="{file_name(job.briefing, FORMS[form])}"'}
    if form == "text/html":
        headers["Content-Security-Policy"] = POLICY
    return Response(content, 200, headers, form)


@router.delete("/{briefingId}", summary="Cancel or remove a briefing", status_code=204)
async def remove_briefing(request: Request, briefing_id: BriefingId, _: Reader) -> Response:
    """The job is stopped where it runs, the language model too, and nothing of it is left."""
    await in_thread(state_of(request).runner.remove, briefing_id)
    return Response(status_code=204)


async def _followed(state: State, job: Job, after: int, request_id: str) -> AsyncIterator[bytes]:
    """The events of a job, but for those of the first `after` letters. They end with the service, to be gone on with
    when it is there again."""
    told = time.monotonic()
    try:
        while True:
            progress = job.progress
            if progress and progress.done > after:
                after, told = progress.done, time.monotonic()
                data = progress.model_dump_json(by_alias=True)
                yield format_sse_event(data_str=data, event="progress", id=str(after))
            if job.state not in UNFINISHED or state.runner.stopping:
                break
            if time.monotonic() - told >= PING_SECONDS:
                told = time.monotonic()
                yield KEEPALIVE_COMMENT
            await asyncio.sleep(LOOK_SECONDS)
            job = await in_thread(state.kb.jobs.get, job.id)
        if job.state == "done":
            yield format_sse_event(data_str=job.model_dump_json(by_alias=True), event="done")
        elif job.state == "failed":
            raise not_there(job)
    except Exception as error:
        yield problem_event(error, request_id)


def not_there(job: Job) -> ProblemError:
    """The problem of a job that has no briefing."""
    if job.state == "failed":
        return problem(409, "The briefing could not be made", job.failure or "", headers=VARY)
    done = f"{job.progress.done} of {job.progress.letters} letters are read" if job.progress else f"it is {job.state}"
    headers = {**VARY, "Retry-After": str(RETRY_SECONDS)}
    return problem(409, "The briefing is not there yet", f"{done}; ask again later", headers=headers)


def file_name(briefing: Briefing, form: str) -> str:
    """A name for the file of a form, after the subject."""
    plain = unicodedata.normalize("NFKD", briefing.subject).encode("ascii", "ignore").decode().lower()
    words = re.sub("[^a-z0-9]+", "-", plain)[:LONGEST_NAME].strip("-")
    name = "-".join(filter(None, ("briefing", words, f"{briefing.made_at:%Y-%m-%d}")))
    return f"{name}.{form}"
