"""Errors as pages, for who comes with a browser; all others get them as the API tells them."""

from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from kamerbrief.http.events import EVENT_STREAM
from kamerbrief.http.problems import KINDS, ProblemError, as_ours, noted, respond
from kamerbrief.web.rendering import page

HTML = "text/html"
DOORS = ("/v1/", "/openai/", "/mcp")
"""Where programs come in: what they are told is the API's, whatever they say that they take."""


def install(app: FastAPI) -> None:
    """Makes every error a page, where a page is asked for."""
    for kind in KINDS:
        app.add_exception_handler(kind, handle)


def handle(request: Request, error: Exception) -> Response:
    """The response for an error. Scripts that ask for events beside a page get but the part that tells of it."""
    error, accept = as_ours(request, error), request.headers.get("accept", "")
    if HTML not in accept or request.url.path.startswith(DOORS):
        return respond(error, request.scope.get("kamerbrief.request_id", ""))
    found = noted(error)
    if found.problem.status == 401 and request.method == "GET":
        return RedirectResponse(sign_in_address(request), 303)
    template = "parts/problem.html" if EVENT_STREAM in accept else "problem.html"
    return shown(request, found, template)


def shown(request: Request, found: ProblemError, template: str) -> Response:
    """A problem, as a page or as a part of one."""
    response = page(request, template, found.problem.status, problem=found.problem, sign_in=sign_in_address(request))
    response.headers.update({name: text for name, text in found.headers.items() if name != "WWW-Authenticate"})
    return response


def sign_in_address(request: Request) -> str:
    """Where to sign in, to come back to what was asked for; after what was sent, to the start."""
    back = f"{request.url.path}?{request.url.query}".rstrip("?") if request.method == "GET" else "/"
    return f"/sign-in?to={quote(back, safe='')}"
