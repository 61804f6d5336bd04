"""The letters behind OpenAI's interface, for chat programs: `/openai/v1/models` and `/openai/v1/chat/completions`.

An answer is the proven sentences with marks ("[1]"), then the list of sources; its `annotations` hold the citations.
What a chat program sends to steer a model, orders and parameters, is accepted and does nothing: nobody can ask for less
proof.
"""

import json
import uuid
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.responses import JSONResponse
from fastapi.sse import format_sse_event
from starlette.exceptions import HTTPException

from kamerbrief.errors import KamerbriefError
from kamerbrief.http.access import Reader
from kamerbrief.http.asking import Asking
from kamerbrief.http.events import streamed
from kamerbrief.http.openai.completion import CitedText, Completion, usage
from kamerbrief.http.openai.conversation import Chat, fault_in, gone, read_chat, unfit
from kamerbrief.http.openai.structured import ResponseFormat, UnfitError, as_known
from kamerbrief.http.problems import Problem, ProblemError, noted, problem
from kamerbrief.http.state import State, state_of
from kamerbrief.http.threads import in_thread, while_awaited
from kamerbrief.letters.labels import official_url
from kamerbrief.records.answers import Answer, Sentence, WriterName
from kamerbrief.records.letters import Filters

MODELS: dict[str, WriterName | None] = {"kamerbrief": None, "kamerbrief-extractive": "extractive"}
_CODES = {401: "invalid_api_key", 403: "permission_denied", 429: "rate_limit_exceeded"}
router = APIRouter()


def door(state: State) -> FastAPI:
    """The application of `/openai/v1`."""
    app = FastAPI(openapi_url=None, redirect_slashes=False)
    app.include_router(router)
    app.state.kamerbrief = state
    for kind in (HTTPException, ProblemError, KamerbriefError, TimeoutError, Exception):
        app.add_exception_handler(kind, _refuse)
    return app


@router.get("/models/")
@router.get("/models")
async def models(_: Reader) -> Response:
    """The writers, as models."""
    return JSONResponse({"object": "list", "data": [_model(name) for name in MODELS]})


@router.get("/models/{name}")
async def model(name: str, _: Reader) -> Response:
    """One of them."""
    return JSONResponse(_model(name))


@router.post("/chat/completions/")
@router.post("/chat/completions")
async def complete(request: Request, chat: Annotated[Chat, Depends(read_chat)], key: Reader) -> Response:
    """The answer to what the user said last, whole or sentence by sentence."""
    _model(chat.model)
    state, answer_id, form = state_of(request), uuid.uuid4().hex, chat.form()
    tool = chat.tool()
    question, turns = await in_thread(chat.asked)
    asking = Asking(state, key, question, turns=turns, writer=MODELS[chat.model], answer_id=answer_id)
    completion, text = Completion(answer_id, chat.model, tool), CitedText(str(request.base_url))
    seconds = state.settings.request_timeout
    if not chat.stream:
        answer = await while_awaited(request, asking.answer(), seconds)
        if not answer:
            raise gone()
        for sentence in () if form else answer.sentences:
            text.say(sentence)
        await _end(state, text, answer, form)
        return JSONResponse(completion.whole(text, answer))
    steps = asking.steps()
    # The first sentence is waited for, so that what is wrong with the question is an error as any other.
    first = await while_awaited(request, anext(steps), seconds)
    if not first:
        raise gone()

    async def told(one: Sentence | Answer) -> AsyncIterator[bytes]:
        if form and isinstance(one, Sentence):
            return
        if not text.content:
            yield completion.chunk({"role": "assistant", "content": ""})
        if isinstance(one, Sentence):
            yield completion.chunk({"content": text.say(one)})
            return
        end = await _end(state, text, one, form)
        yield completion.chunk(completion.said(end, text, index=0))
        yield completion.chunk({}, completion.finish_reason)
        if (chat.stream_options or {}).get("include_usage"):
            yield completion.event([], usage=usage(one))
        yield format_sse_event(data_str="[DONE]")

    def failed(error: Exception) -> bytes:
        return format_sse_event(data_str=bytes(_refuse(request, error).body).decode())

    return streamed(first, steps, told, failed)


async def _end(state: State, text: CitedText, answer: Answer, form: ResponseFormat | None) -> str:
    """What comes after the sentences; of an answer as JSON that is all of it."""
    if form:
        try:
            return text.be(json.dumps(form.fill(as_known(answer, text.address)), ensure_ascii=False))
        except UnfitError as error:  # as where a number of a paragraph must be there, and a note stands in none
            raise unfit(error) from None
    return text.end(answer, await _official(state, answer))


def _model(name: str) -> dict[str, Any]:
    """A writer as a model. Raises ProblemError (404)."""
    if name not in MODELS:
        fault = fault_in("model", "model_not_found", f"{name!r} is none of {', '.join(MODELS)}")
        raise ProblemError(Problem(title="There is no such model", status=404, detail=fault.detail, errors=[fault]))
    return {"id": name, "object": "model", "created": 0, "owned_by": "kamerbrief"}


def _refuse(_: Request, error: Exception) -> Response:
    """The response for an error, in OpenAI's form."""
    if isinstance(error, HTTPException):
        detail = "there are /models and /chat/completions"
        error = problem(error.status_code, error.detail, detail, headers=error.headers)
    found = noted(error)
    return JSONResponse({"error": _told(found.problem)}, found.problem.status, found.headers)


def _told(found: Problem) -> dict[str, str | None]:
    fault = found.errors[0] if found.errors else None
    client = "rate_limit_error" if found.status == 429 else "invalid_request_error"
    return {
        "message": f"{found.title}: {found.detail}",
        "type": client if found.status < 500 else "server_error",
        "param": fault.location.name if fault and fault.location else None,
        "code": fault.code if fault else _CODES.get(found.status),
    }


async def _official(state: State, answer: Answer) -> dict[str, str | None]:
    """The addresses of the letters that are nearest to an answer."""
    ids = tuple({hit.letter for hit in answer.nearest})
    heads = await in_thread(state.kb.letters, Filters(letters=ids)) if ids else []
    return {head.id: official_url(head) for head in heads}
