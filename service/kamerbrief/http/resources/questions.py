"""Questions and their answers."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Request, Response
from pydantic import Field, StrictBool

from kamerbrief.errors import UnknownAnswerError, UnknownLetterError
from kamerbrief.http.access import Admin, Reader
from kamerbrief.http.asking import Asking
from kamerbrief.http.events import EVENT_STREAM, live, place_of, replay
from kamerbrief.http.filtering import FOLLOW
from kamerbrief.http.problems import Fault, Location, ProblemError, invalid
from kamerbrief.http.responses import json_response
from kamerbrief.http.state import State, state_of
from kamerbrief.http.threads import in_thread, while_awaited
from kamerbrief.records.answers import Answer, Feedback, Turn, Verdict, WriterName
from kamerbrief.records.base import Record
from kamerbrief.records.letters import Filters
from kamerbrief.records.versions import Since

MOST_BYTES = 1_000_000  # of a question with the turns before it
router = APIRouter(prefix="/questions", tags=["questions"], max_body_size=MOST_BYTES)
LONGEST = 2000  # characters of a question
CLIENT_GONE = 499  # as nginx logs it; nobody sees it
AnswerId = Annotated[str, Path(alias="answerId", pattern="^[0-9a-f]{32}$", description="The answer's id.")]


class Question(Record):
    """A question to the letters. `turns` are the earlier ones of a conversation, oldest first."""

    question: str = Field(min_length=1, max_length=LONGEST)
    filters: Filters = Filters()
    k: int = Field(default=10, ge=1, le=100, description="How many paragraphs to look at.")
    writer: WriterName | None = Field(default=None, description="The model where one is set, else extractive.")
    turns: tuple[Turn, ...] = Field(default=(), max_length=20)
    follow: StrictBool = Field(default=False, description=FOLLOW)


class Opinion(Record):
    """What a reader thinks of an answer."""

    verdict: Verdict
    text: str = Field(default="", max_length=5000)


class Answers(Record):
    """Answers of the log, newest first. `next` is the cursor of the page after this one."""

    answers: tuple[Answer, ...]
    next: str | None


class CitedSince(Record):
    """What became of the quotes of an answer, of letters that have another text since; empty where none has."""

    since: tuple[Since, ...]


@router.post(
    "",
    summary="Ask a question",
    status_code=201,
    response_model=Answer,
    responses={200: {"description": "With `Accept: text/event-stream`: the answer as it comes.",
                     "content": {EVENT_STREAM: {"schema": {"type": "string"}}}}},
)  # fmt: skip
async def ask(
    request: Request,
    asked: Question,
    key: Reader,
    last_event_id: Annotated[
        str, Header(alias="Last-Event-ID", description="Go on after this event of an answer in the log.")
    ] = "",
) -> Response:
    """The answer, every sentence with the paragraphs that prove it; or `not_found`, and the nearest paragraphs.

    As events: a `sentence` as soon as it is proven, each of its `citation`s, and `done` with the whole answer; a
    `problem` where it fails half way. An answer that broke off is asked anew, under a new id.
    """
    state = state_of(request)
    streaming = EVENT_STREAM in request.headers.get("accept", "")
    place = place_of(last_event_id)
    if streaming and place and (known := await in_thread(_known, state, place[0])):
        return replay(known, place[1])
    answer_id = uuid.uuid4().hex
    asking = Asking(
        state,
        key,
        asked.question,
        filters=asked.filters,
        k=asked.k,
        turns=asked.turns,
        writer=asked.writer,
        follow=asked.follow,
        answer_id=answer_id,
    )
    seconds = state.settings.request_timeout
    try:
        if streaming:
            # The first is waited for, so that what is wrong with the question is an error as any other.
            steps = asking.steps()
            first = await while_awaited(request, anext(steps), seconds)
            return live(answer_id, first, steps, request.scope["kamerbrief.request_id"]) if first else _nobody()
        answer = await while_awaited(request, asking.answer(), seconds)
    except UnknownLetterError as error:
        raise no_such_filter(str(error)) from None
    return json_response(answer, 201, {"Location": f"/v1/questions/{answer_id}"}) if answer else _nobody()


@router.get("", summary="Read the log of answers", response_model=Answers)
async def list_answers(
    request: Request,
    _: Admin,
    limit: Annotated[int, Query(ge=1, le=100, description="How many answers on a page.")] = 20,
    cursor: Annotated[str | None, Query(pattern="^[0-9a-f]{32}$", description="`next` of the page before.")] = None,
) -> Response:
    """The newest answers, newest first. The header `Link` names the page after this one."""
    kb = state_of(request).kb
    found = await in_thread(lambda: kb.answers(limit + 1, before=cursor))
    more = found[limit - 1].id if len(found) > limit else None
    headers = {"Link": f'</v1/questions?limit={limit}&cursor={more}>; rel="next"'} if more else {}
    return json_response(Answers(answers=tuple(found[:limit]), next=more), 200, headers)


@router.get("/{answerId}", summary="Read an answer again", response_model=Answer)
async def read_answer(request: Request, answer_id: AnswerId, _: Reader) -> Response:
    """An answer of the log."""
    return json_response(await in_thread(state_of(request).kb.answer, answer_id))


@router.get("/{answerId}/since", summary="Read what became of what an answer cites", response_model=CitedSince)
async def read_since(request: Request, answer_id: AnswerId, _: Reader) -> Response:
    """Where each quote of an answer of the log stands now, of letters that have another text since."""
    found = await in_thread(state_of(request).kb.since, answer_id)
    return json_response(CitedSince(since=found))


@router.post("/{answerId}/feedback", summary="Say what you think of an answer", status_code=201,
             response_model=Feedback)  # fmt: skip
async def give_feedback(request: Request, answer_id: AnswerId, opinion: Opinion, _: Reader) -> Response:
    """Whether the answer helped, cites the wrong paragraph, or misses what the letters do hold."""
    kb = state_of(request).kb
    return json_response(await in_thread(kb.give_feedback, answer_id, opinion.verdict, opinion.text), 201)


def _known(state: State, answer_id: str) -> Answer | None:
    try:
        return state.kb.answer(answer_id)
    except UnknownAnswerError:
        return None


def no_such_filter(detail: str) -> ProblemError:
    """The problem of a letter in the filters that is not there."""
    place = Location(pointer="/filters/letters")
    return invalid([Fault(in_="body", location=place, code="unknown_letter", detail=detail)])


def _nobody() -> Response:
    return Response(status_code=CLIENT_GONE)
