"""Signing in with a key, where there are keys, and signing out."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from kamerbrief.http.access import SESSION, Reader
from kamerbrief.http.problems import problem
from kamerbrief.http.state import state_of
from kamerbrief.http.threads import in_thread
from kamerbrief.store.sessions import LASTS
from kamerbrief.web.rendering import page, set_cookie

router = APIRouter()


@router.get("/sign-in")
async def ask_for_key(request: Request, to: str = "/") -> Response:
    """The form; where there are no keys there is nothing to sign in to."""
    if not await in_thread(state_of(request).kb.keys.any):
        return RedirectResponse(_inside(to), 303)
    return page(request, "sign_in.html", to=_inside(to), wrong=False)


@router.post("/sign-in")
async def sign_in(
    request: Request, key: Annotated[str, Form(max_length=200)] = "", to: Annotated[str, Form()] = "/"
) -> Response:
    """Opens a session with the key, and goes on to where the reader wanted to be. Raises ProblemError (403, 429)."""
    kb, limits = state_of(request).kb, state_of(request).rate_limits
    check_own(request)
    visitor = request.client.host if request.client else ""
    await in_thread(limits.check_tries, visitor)
    found = await in_thread(kb.keys.of, key.strip())
    if found is None:
        await in_thread(limits.count_wrong, visitor)
        return page(request, "sign_in.html", 401, to=_inside(to), wrong=True)
    await in_thread(limits.check, found.name)
    response = RedirectResponse(_inside(to), 303)
    set_cookie(request, response, SESSION, await in_thread(kb.keys.sessions.open, found), int(LASTS.total_seconds()))
    return response


@router.post("/sign-out")
async def sign_out(request: Request, _: Reader) -> Response:
    """Ends the session."""
    await in_thread(state_of(request).kb.keys.sessions.close, request.cookies.get(SESSION, ""))
    response = RedirectResponse("/sign-in", 303)
    response.delete_cookie(SESSION, path="/")
    return response


def check_own(request: Request) -> None:
    """Raises ProblemError (403) for a form that the page of another site sends."""
    origin = request.headers.get("origin")
    if origin and urlsplit(origin).netloc != request.headers.get("host"):
        detail = f"sign in at this service, and not from {origin}"
        raise problem(403, "You may not do this", detail, code="elsewhere")


def _inside(address: str) -> str:
    """An address of this service; the start for any other."""
    plain = address.startswith("/") and address.isprintable() and "\\" not in address
    return address if plain and not address.startswith("//") else "/"
