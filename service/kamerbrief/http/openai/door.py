"""The letters behind OpenAI's interface, for chat programs: `/openai/v1/models` and `/openai/v1/chat/completions`.

A reply is the proven sentences with marks ("[1]"), then the list of sources; its `annotations` hold the citations. What
a chat program sends to steer a model, orders and parameters, is accepted and does nothing: nobody can ask for less
proof.
"""

import json
import re
import time
import uuid
from collections.abc import AsyncIterator, Mapping
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.responses import JSONResponse
from fastapi.sse import format_sse_event
from pydantic import BaseModel, BeforeValidator, ValidationError
from pydantic_core import PydanticCustomError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from kamerbrief.answers.question import ask_about
from kamerbrief.errors import KamerbriefError
from kamerbrief.http.access import Reader
from kamerbrief.http.events import streamed
from kamerbrief.http.problems import Fault, Location, Problem, ProblemError, invalid, noted, problem
from kamerbrief.http.resources.questions import CLIENT_GONE
from kamerbrief.http.state import State, state_of
from kamerbrief.http.work import answer_of, answering, in_thread, while_awaited
from kamerbrief.letters.labels import official_url
from kamerbrief.records.answers import Answer, Citation, Sentence, Turn, WriterName
from kamerbrief.records.letters import Filters

MODELS: dict[str, WriterName | None] = {"kamerbrief": None, "kamerbrief-extractive": "extractive"}
TURNS = 20
MOST_BYTES = 1_000_000  # of a conversation
_HEADS = {"nl": ("Bronnen:", "Dichtstbijzijnde alinea's:"), "en": ("Sources:", "Nearest paragraphs:")}
_LIST = re.compile(rf"\n\s*(?:{'|'.join(_HEADS['nl'] + _HEADS['en'])})\n.*", re.DOTALL)
_MARKS = re.compile(r" (?:\[\d+\])+(?=\s|$)")
_CODES = {401: "invalid_api_key", 403: "permission_denied", 429: "rate_limit_exceeded"}
router = APIRouter()


def door(state: State) -> FastAPI:
    """The application of `/openai/v1`."""
    app = FastAPI(openapi_url=None)
    app.include_router(router)
    app.state.kamerbrief = state
    for kind in (HTTPException, ProblemError, KamerbriefError, TimeoutError, Exception):
        app.add_exception_handler(kind, _refuse)
    return app


# what is asked


def _text(content: object) -> object:
    if content is None:
        return ""
    if not isinstance(content, list):
        return content
    if not all(isinstance(part, dict) and isinstance(part.get("text"), str) for part in content):
        raise PydanticCustomError("text_only", "only parts of the type text can be read")
    return "\n".join(part["text"] for part in content)


class Message(BaseModel):
    """A message of a conversation; its content is a text, or parts that are all text."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Annotated[str, BeforeValidator(_text)] = ""


class Chat(BaseModel):
    """What of a request means something here."""

    model: str
    messages: list[Message]
    stream: bool | None = None
    stream_options: dict[str, object] | None = None
    n: Literal[1] | None = None

    def asked(self) -> tuple[str, list[Turn]]:
        """The question, which is what the user said last, and the turns before it."""
        last = max((at for at, message in enumerate(self.messages) if message.role == "user"), default=None)
        if last is None:
            raise invalid([_fault("messages", "no_question", "a message of the user is missing")])
        turns: list[Turn] = []
        for message in self.messages[:last]:
            if message.role == "user" and message.content.strip():
                turns.append(Turn(question=message.content))
            elif message.role == "assistant" and turns:
                turns[-1] = Turn(question=turns[-1].question, answer=_bare(message.content))
        return self.messages[last].content, turns[-TURNS:]


def _bare(text: str) -> str:
    """An earlier reply without what `Reply` adds to its sentences."""
    return _MARKS.sub("", _LIST.sub("", text))


async def _chat(request: Request, _: Reader) -> Chat:
    """The request's body, read once it is known who sends it, and no further than it may go."""
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > MOST_BYTES:
                raise problem(413, "The conversation is too long", f"at most {MOST_BYTES:,} bytes can be read")
        return Chat.model_validate_json(bytes(body))
    except ClientDisconnect:
        raise _gone() from None
    except ValidationError as error:
        first = error.errors()[0]
        raise invalid([_fault(".".join(map(str, first["loc"])), first["type"], first["msg"])]) from None


def _fault(name: str, code: str, what: str) -> Fault:
    """What is wrong with the field of this name."""
    return Fault(in_="body", location=Location(name=name or None), code=code, detail=f"{name or 'body'}: {what}")


# what is answered


class Reply:
    """The text of an answer with its annotations, as they grow. `base` is the address of the service."""

    def __init__(self, base: str) -> None:
        self.content = ""
        self.annotations: list[dict[str, Any]] = []
        self._base = base
        self._sources: dict[tuple[str, int], str] = {}

    def say(self, sentence: Sentence) -> str:
        """What a sentence adds to the text: itself, and a mark for each paragraph that it cites."""
        before = len(self.content)
        self.content += f"{' ' if before else ''}{sentence.text} "
        places: dict[str, int] = {}
        for citation in sentence.citations:
            url = citation.url or self._here(citation.letter, citation.paragraph)
            paragraph = (citation.letter, citation.paragraph)
            self._sources.setdefault(paragraph, f"{citation.label} — {url}")
            mark = f"[{list(self._sources).index(paragraph) + 1}]"
            if mark not in places:
                places[mark] = len(self.content)
                self.content += mark
            self.annotations.append(_annotation(citation, url, places[mark], places[mark] + len(mark)))
        return self.content[before:]

    def end(self, answer: Answer, official: Mapping[str, str | None]) -> str:
        """What comes after the sentences: the sources; or that there is no answer, and what is nearest to one.
        `official` holds the addresses of the letters of that."""
        before = len(self.content)
        head, nearest = _HEADS[ask_about(answer.asked).language]
        if answer.status == "answered":
            lines = [f"[{number}] {source}" for number, source in enumerate(self._sources.values(), 1)]
        else:
            self.content += answer.message or ""
            head = nearest
            lines = [
                f"- {hit.label}, alinea {', '.join(map(str, hit.paragraphs))} — "
                f"{official.get(hit.letter) or self._here(hit.letter, hit.paragraphs[0])}"
                for hit in answer.nearest
            ]
        if lines:
            self.content += "\n".join(["\n", head, *lines])
        return self.content[before:]

    def _here(self, letter: str, paragraph: int) -> str:
        return f"{self._base}v1/letters/{quote(letter)}/paragraphs/{paragraph}"


def _annotation(citation: Citation, url: str, start: int, end: int) -> dict[str, Any]:
    """A citation at its mark, as OpenAI tells of pages of the web, and whole beside that."""
    page = {"start_index": start, "end_index": end, "url": url, "title": citation.label}
    return {"type": "url_citation", "url_citation": page, "citation": citation.model_dump(mode="json", by_alias=True)}


class Completion:
    """A reply as OpenAI's objects: one whole, or in chunks."""

    def __init__(self, answer_id: str, model: str) -> None:
        self._head = {"id": f"chatcmpl-{answer_id}", "created": int(time.time()), "model": model}

    def whole(self, reply: Reply, answer: Answer) -> dict[str, Any]:
        message = {"role": "assistant", "content": reply.content, "refusal": None, "annotations": reply.annotations}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        return {**self._head, "object": "chat.completion", "choices": [choice], "usage": _usage(answer)}

    def chunk(self, delta: dict[str, Any], finish_reason: str | None = None) -> bytes:
        return self.event([{"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}])

    def event(self, choices: list[dict[str, Any]], **more: Any) -> bytes:
        data = {**self._head, "object": "chat.completion.chunk", "choices": choices, **more}
        return format_sse_event(data_str=json.dumps(data, ensure_ascii=False))


def _usage(answer: Answer) -> dict[str, int]:
    """All a model's tokens as the prompt's, which most of them are: they are counted together."""
    return {"prompt_tokens": answer.tokens, "completion_tokens": 0, "total_tokens": answer.tokens}


async def _official(state: State, answer: Answer) -> dict[str, str | None]:
    """The addresses of the letters that are nearest to an answer."""
    ids = tuple({hit.letter for hit in answer.nearest})
    heads = await in_thread(state.kb.letters, Filters(letters=ids)) if ids else []
    return {head.id: official_url(head) for head in heads}


# the calls


@router.get("/models")
async def models(_: Reader) -> Response:
    """The writers, as models."""
    return JSONResponse({"object": "list", "data": [_model(name) for name in MODELS]})


@router.get("/models/{name}")
async def model(name: str, _: Reader) -> Response:
    """One of them."""
    return JSONResponse(_model(name))


@router.post("/chat/completions")
async def complete(request: Request, chat: Annotated[Chat, Depends(_chat)], key: Reader) -> Response:
    """The answer to what the user said last, whole or sentence by sentence."""
    _model(chat.model)
    state, answer_id = state_of(request), uuid.uuid4().hex
    question, turns = chat.asked()
    steps = answering(state, key, question, turns=turns, writer=MODELS[chat.model], answer_id=answer_id)
    completion, reply = Completion(answer_id, chat.model), Reply(str(request.base_url))
    # The first sentence is waited for, so that what is wrong with the question is an error as any other.
    awaited = anext(steps) if chat.stream else answer_of(steps)
    first = await while_awaited(request, awaited, state.settings.request_timeout)
    if not first:
        raise _gone()
    if isinstance(first, Answer) and not chat.stream:
        for sentence in first.sentences:
            reply.say(sentence)
        reply.end(first, await _official(state, first))
        return JSONResponse(completion.whole(reply, first))

    async def told(one: Sentence | Answer) -> AsyncIterator[bytes]:
        if not reply.content:
            yield completion.chunk({"role": "assistant", "content": ""})
        if isinstance(one, Sentence):
            yield completion.chunk({"content": reply.say(one)})
            return
        end = reply.end(one, await _official(state, one))
        yield completion.chunk({"content": end, "annotations": reply.annotations})
        yield completion.chunk({}, "stop")
        if (chat.stream_options or {}).get("include_usage"):
            yield completion.event([], usage=_usage(one))
        yield format_sse_event(data_str="[DONE]")

    def failed(error: Exception) -> bytes:
        return format_sse_event(data_str=bytes(_refuse(request, error).body).decode())

    return streamed(first, steps, told, failed)


def _model(name: str) -> dict[str, Any]:
    """A writer as a model. Raises ProblemError (404)."""
    if name not in MODELS:
        fault = _fault("model", "model_not_found", f"{name!r} is none of {', '.join(MODELS)}")
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


def _gone() -> ProblemError:
    return problem(CLIENT_GONE, "Nobody is there", "the client has gone away")
