"""Asking, and reading an answer again at its own address, in its thread."""

import uuid
from collections.abc import AsyncIterator, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.sse import format_sse_event
from pydantic import Field

from kamerbrief.errors import UnknownAnswerError
from kamerbrief.http.access import Reader
from kamerbrief.http.asking import Asking
from kamerbrief.http.events import EVENT_STREAM, streamed
from kamerbrief.http.filtering import filters_in
from kamerbrief.http.problems import noted
from kamerbrief.http.resources.questions import CLIENT_GONE, LONGEST, MOST_BYTES
from kamerbrief.http.state import state_of
from kamerbrief.http.threads import in_thread, while_awaited
from kamerbrief.letters.labels import label
from kamerbrief.library import Kamerbrief
from kamerbrief.records.answers import Answer, Sentence, Turn
from kamerbrief.records.letters import Filters
from kamerbrief.records.versions import Since
from kamerbrief.web.forms import FilterForm
from kamerbrief.web.places import answer_address
from kamerbrief.web.rendering import HEADERS, page, part
from kamerbrief.web.showing import Shown, Telling, rules_broken, show

router = APIRouter(max_body_size=MOST_BYTES)
MOST_TURNS = 20
_THREAD = rf"^([0-9a-f]{{32}}(\.[0-9a-f]{{32}}){{0,{MOST_TURNS - 1}}})?$"
AnswerId = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
OneLetter = Annotated[str, Query(pattern="^[A-Za-z0-9().-]{0,100}$")]
After = Annotated[str, Query(pattern=_THREAD)]


class Asked(FilterForm):
    """The form: a question, filters, and the answers before it in its thread."""

    question: str = Field(default="", max_length=LONGEST)
    example: str = Field(default="", max_length=LONGEST)
    letter: list[Annotated[str, Field(max_length=100)]] = Field(default=[], max_length=300)
    after: str = Field(default="", pattern=_THREAD)

    def filters(self) -> Filters:
        return filters_in(self).model_copy(update={"letters": tuple(self.letter)})


@router.get("/")
async def start(request: Request, _: Reader, letter: OneLetter = "") -> Response:
    """The box for a question; to one letter alone, where it is named."""
    head = await in_thread(state_of(request).kb.letter, letter) if letter else None
    filters = Filters(letters=(letter,) if letter else ())
    return page(request, "ask.html", thread=(), filters=filters, only=[label(head)] if head else [])


@router.get("/examples")
async def examples(request: Request, _: Reader) -> Response:
    """Questions to begin with: a part of a page, for they may take a while to find."""
    found = await in_thread(request.app.state.examples.now)
    return page(request, "parts/examples.html", examples=found)


@router.post("/questions")
async def ask(request: Request, asked: Annotated[Asked, Form()], key: Reader) -> Response:
    """The answer at its own address; for the page's script, as it is proven."""
    state = state_of(request)
    after = ids_in(asked.after)
    turns = turns_of(await in_thread(known, state.kb, after))
    answer_id = uuid.uuid4().hex
    asking = Asking(
        state, key, asked.example or asked.question, filters=asked.filters(), turns=turns, answer_id=answer_id
    )
    seconds = state.settings.request_timeout
    if EVENT_STREAM not in request.headers.get("accept", ""):
        answer = await while_awaited(request, asking.answer(), seconds)
        return RedirectResponse(answer_address(answer_id, after), 303) if answer else Response(status_code=CLIENT_GONE)
    steps = asking.steps()
    # The first is waited for, so that what is wrong with the question is an error as any other.
    first = await while_awaited(request, anext(steps), seconds)
    if not first:
        return Response(status_code=CLIENT_GONE)
    telling = Telling()

    async def told(one: Sentence | Answer) -> AsyncIterator[bytes]:
        if isinstance(one, Sentence):
            yield _event("sentence", part(request, "parts/sentence.html", said=telling.say(one), answer_id=answer_id))
            return
        shown = Shown(one, after, (), tuple(telling.sources()))
        yield _event("done", part(request, "parts/answer_end.html", **values_of(shown)))

    def failed(error: Exception) -> bytes:
        return _event("problem", part(request, "parts/problem.html", problem=noted(error).problem, sign_in="/sign-in"))

    response = streamed(first, steps, told, failed)
    response.headers.update(HEADERS)
    return response


@router.get("/questions/{answer_id}")
async def read(request: Request, answer_id: AnswerId, _: Reader, after: After = "") -> Response:
    """An answer of the log, below those before it in its thread."""
    kb, ids = state_of(request).kb, ids_in(after)
    last = await in_thread(kb.answer, answer_id)
    earlier = await in_thread(known, kb, ids)
    thread = [
        values_of(show(one, ids[:at]), await in_thread(kb.since, one.id)) for at, one in enumerate([*earlier, last])
    ]
    only = await in_thread(_labels, kb, last.filters.letters)
    return page(request, "ask.html", thread=thread, filters=last.filters, only=only)


def values_of(shown: Shown, since: Sequence[Since] = ()) -> dict[str, Any]:
    """What the templates of an answer need; `since` is what became of what it cites."""
    answer = shown.answer
    return {
        "answer": answer,
        "said": shown.said,
        "sources": shown.sources,
        "since": since,
        "broken": rules_broken(answer.refusals),
        "address": answer_address(answer.id, shown.after),
        "after": ".".join([*shown.after, answer.id][-MOST_TURNS:]),
    }


def ids_in(after: str) -> tuple[str, ...]:
    return tuple(filter(None, after.split(".")))


def known(kb: Kamerbrief, ids: Sequence[str]) -> list[Answer]:
    """Those of the answers that are still in the log."""
    found = []
    for one in ids:
        try:
            found.append(kb.answer(one))
        except UnknownAnswerError:
            continue
    return found


def turns_of(answers: Sequence[Answer]) -> list[Turn]:
    """The turns of a conversation; those whose question was not kept are none."""
    return [
        Turn(question=one.question, answer=" ".join(sentence.text for sentence in one.sentences))
        for one in answers
        if one.question
    ]


def _labels(kb: Kamerbrief, ids: Sequence[str]) -> list[str]:
    """What these letters are called; those that are there no more, by their ids."""
    heads = {head.id: head for head in kb.letters(Filters(letters=tuple(ids)))} if ids else {}
    return [label(heads[one]) if one in heads else one for one in ids]


def _event(name: str, html: str) -> bytes:
    return format_sse_event(data_str=html, event=name)
