"""Every error as application/problem+json (RFC 9457), in the form of the Dutch API Design Rules."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.routing import Match

from kamerbrief import errors

MEDIA_TYPE = "application/problem+json"
_log = logging.getLogger(__name__)

_UNREACHED = "The letters cannot be reached"
# The first that fits. What is not here is a fault of ours: 500.
_STATUS: tuple[tuple[type[errors.KamerbriefError], int, str], ...] = (
    (errors.UnknownLetterError, 404, "There is no such letter"),
    (errors.ParagraphError, 404, "There is no such paragraph"),
    (errors.PageError, 404, "There is no such page"),
    (errors.UnknownAnswerError, 404, "There is no such answer"),
    (errors.UnknownBriefingError, 404, "There is no such briefing"),
    (errors.UnknownFetchError, 404, "There is no such fetch"),
    (errors.UsageError, 400, "The request cannot be answered"),
    (errors.TooLargeError, 413, "The file is too large"),
    (errors.UnknownFormatError, 415, "The file is no letter in a known form"),
    (errors.LetterError, 400, "The file cannot be read as a letter"),
    (errors.StoreLockedError, 503, "The letters are being changed"),
    (errors.StoreError, 503, _UNREACHED),
    (errors.UnreachableError, 503, "The source of letters does not answer"),
    (errors.FetchError, 502, "The source of letters failed"),
    (errors.BudgetError, 503, "The language model's budget is spent"),
    (errors.ModelUnavailableError, 503, "The language model does not answer"),
    (errors.ModelError, 502, "The language model failed"),
)
STATUSES = frozenset(status for _, status, _ in _STATUS) | {401, 403, 405, 409, 429, 500, 504}
RETRY_SECONDS = 10  # after a 503
_URN, _NO_TYPE = "urn:kamerbrief:", "about:blank"


class Location(BaseModel):
    """Where in the body (a JSON pointer) or which parameter."""

    pointer: str | None = None
    name: str | None = None


class Fault(BaseModel):
    """One thing that is wrong with a request."""

    in_: Literal["body", "query", "path", "header"] = Field(serialization_alias="in")
    location: Location | None = None
    code: str
    detail: str

    @property
    def field(self) -> str:
        """The name of the parameter, or of the field."""
        found = self.location and (self.location.name or (self.location.pointer or "").rpartition("/")[2])
        return found or self.in_


class Problem(BaseModel):
    """What went wrong, and what to do about it. `errors` lists all the faults of a request (status 400)."""

    type: str = _NO_TYPE
    title: str
    status: int
    detail: str
    instance: str | None = Field(default=None, description="The id of the request, by which the log knows it.")
    errors: list[Fault] | None = None

    @property
    def code(self) -> str:
        """The last word of its type, where it has one."""
        return self.type.removeprefix(_URN) if self.type.startswith(_URN) else ""


class ProblemError(Exception):
    """A problem to answer with."""

    def __init__(self, problem: Problem, headers: Mapping[str, str] | None = None) -> None:
        self.problem = problem
        self.headers = dict(headers or {})
        super().__init__(problem.detail)


def problem(
    status: int, title: str, detail: str, *, code: str = "", headers: Mapping[str, str] | None = None
) -> ProblemError:
    """A problem of ours; `code` is its kind, where programs or the page tell it by that."""
    return ProblemError(
        Problem(type=_URN + code if code else _NO_TYPE, status=status, title=title, detail=detail), headers
    )


def invalid(faults: Sequence[Fault]) -> ProblemError:
    detail = "; ".join(fault.detail for fault in faults)
    return ProblemError(Problem(status=400, title="The request is not valid", detail=detail, errors=list(faults)))


def problem_of(error: Exception) -> ProblemError:
    """The problem that an error is for a client. What was not foreseen says nothing of itself."""
    if isinstance(error, ProblemError):
        return error
    if isinstance(error, errors.KamerbriefError):
        for kind, status, title in _STATUS:
            if isinstance(error, kind):
                # What is wrong with the store names folders of this machine: that is for the log.
                detail = "the log of the service tells why" if title == _UNREACHED else str(error)
                found = Problem(type=_URN + error.code, status=status, title=title, detail=detail)
                return ProblemError(found, {"Retry-After": str(RETRY_SECONDS)} if status == 503 else None)
    if isinstance(error, TimeoutError):
        return problem(504, "The answer took too long", "the time limit of a request is over; ask for less")
    return problem(500, "Something went wrong here", "the log of the service tells what; the request's id is in it")


def noted(error: Exception) -> ProblemError:
    """The problem of an error; what a client is not told of it goes to the log."""
    found = problem_of(error)
    if found.problem.status == 500 or isinstance(error, errors.StoreError):
        _log.error("not foreseen", exc_info=error)
    return found


def respond(error: Exception, request_id: str) -> Response:
    """The response for an error."""
    found = noted(error)
    body = found.problem.model_copy(update={"instance": f"urn:uuid:{request_id}" if request_id else None})
    content = body.model_dump_json(by_alias=True, exclude_none=True)
    return Response(content, found.problem.status, found.headers, MEDIA_TYPE)


KINDS = (RequestValidationError, HTTPException, ProblemError, errors.KamerbriefError, TimeoutError, Exception)
"""Of errors, those that an app is to handle."""


Handler = Callable[[Request, Exception], Response]
"""Gives the response for an error."""


def handle(request: Request, error: Exception) -> Response:
    """The response for an error, as programs want it."""
    return respond(as_ours(request, error), request.scope.get("kamerbrief.request_id", ""))


def install(app: FastAPI) -> None:
    """Makes every error of an app a problem."""
    for kind in KINDS:
        app.add_exception_handler(kind, handle)


def as_ours(request: Request, error: Exception) -> Exception:
    """An error of the framework as a problem; any other as it is."""
    if isinstance(error, RequestValidationError):
        return invalid([_fault(one) for one in error.errors()])
    if isinstance(error, HTTPException):
        headers = {"Allow": _allowed(request)} if error.status_code == 405 else error.headers
        detail = _DETAILS.get(error.status_code, str(error.detail))
        return problem(error.status_code, str(error.detail), detail, headers=headers)
    return error


_JSON_ONLY = "send a JSON object, with the header Content-Type: application/json"
_METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")
_DETAILS = {
    404: "nothing is here; /v1/docs shows what there is, and beside it are /openai/v1 for chat programs and /mcp",
    405: "this cannot be done here; the header Allow names what can",
}


def _allowed(request: Request) -> str:
    """The methods that the path takes; the framework tells those of one route."""
    routes, scope = request.app.routes, request.scope
    found = [one for one in _METHODS if any(r.matches({**scope, "method": one})[0] == Match.FULL for r in routes)]
    return ", ".join(found + ["HEAD"] * ("GET" in found))


def _fault(error: Mapping[str, Any]) -> Fault:
    """Pydantic's account of a fault, in the form of the design rules."""
    where, *path = error["loc"]
    name = ".".join(map(str, path))
    said = _JSON_ONLY if (where, error["type"]) == ("body", "model_attributes_type") and not path else error["msg"]
    detail = f"{name or where}: {said}"
    if where in ("query", "path", "header"):
        return Fault(in_=where, location=Location(name=name), code=error["type"], detail=detail)
    place = Location(pointer="".join(f"/{_escaped(str(step))}" for step in path))
    return Fault(in_="body", location=place, code=error["type"], detail=detail)


def _escaped(step: str) -> str:
    """As in RFC 6901."""
    return step.replace("~", "~0").replace("/", "~1")
