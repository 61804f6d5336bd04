"""Who gets in: keys and their roles.

A program sends its key along; the page's browser a session's cookie, which a key opened. With a cookie alone nothing is
changed: another site could make the browser send it. What changes something sends the session's token as well, which
only the page knows.
"""

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from urllib.parse import urlsplit

import anyio.to_thread
from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import HTTPConnection

from kamerbrief.http.problems import problem
from kamerbrief.library import Kamerbrief
from kamerbrief.records.service import Key, Role

LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")
NOBODY = "nobody"  # the name under which all go where there are no keys
_RANK: dict[Role, int] = {"reader": 0, "editor": 1, "admin": 2}
SESSION = "kamerbrief_session"  # the cookie
ROLE = "kamerbrief.role"  # of who was admitted, in the scope of the request
TOKEN = "X-CSRF-Token"  # the header; a form has a field
TOKEN_FIELD = "csrf"
_READING = ("GET", "HEAD")
_FORM = "application/x-www-form-urlencoded"
_bearer = HTTPBearer(auto_error=False, description="A key made by `kamerbrief keys create`.")


async def admit(kb: Kamerbrief, connection: HTTPConnection, role: Role, *, loopback: bool, token: str = "") -> str:
    """The name of the key that a request comes with, or in whose session. `token` is that of a form. Raises
    ProblemError (401, 403) for one that may not do this.

    Where no key was ever made the service is this machine's alone, and lets it do all; but not the pages of other
    sites that its browser shows.
    """
    scheme, _, secret = connection.headers.get("authorization", "").partition(" ")
    session = connection.cookies.get(SESSION, "")
    key = None
    if scheme.lower() == "bearer":
        key = await anyio.to_thread.run_sync(kb.keys.of, secret.strip())
    elif session and (key := await anyio.to_thread.run_sync(kb.keys.sessions.key_of, session)):
        _check_token(connection, session, token)
    if key is None:
        if loopback and not await anyio.to_thread.run_sync(kb.keys.any):
            _check_this_machine(connection, kb.settings.cors_origins)
            connection.scope[ROLE] = "admin"
            return NOBODY
        detail = "send a key that is known, and neither expired nor revoked, as `Authorization: Bearer KEY`"
        raise problem(401, "Who are you?", detail, headers={"WWW-Authenticate": "Bearer"})
    if not may(key, role):
        detail = f"this takes the role {role}, and the key {key.name!r} has the role {key.role}"
        raise problem(403, "You may not do this", detail, code="role")
    connection.scope[ROLE] = key.role
    return key.name


def token_of(session: str) -> str:
    """The token of a session: what its page sends with all that changes something."""
    return hashlib.sha256(f"csrf {session}".encode(errors="replace")).hexdigest() if session else ""


def _check_token(connection: HTTPConnection, session: str, token: str) -> None:
    sent = connection.headers.get(TOKEN, token)
    if connection.scope["method"] not in _READING and not hmac.compare_digest(
        sent.encode(errors="replace"), token_of(session).encode()
    ):
        detail = "the page is too old, or not of this service: load it again"
        raise problem(403, "You may not do this", detail, code="token")


def may(key: Key, role: Role) -> bool:
    return _RANK[key.role] >= _RANK[role]


def admitted_as(connection: HTTPConnection, role: Role) -> bool:
    """Whether who was admitted may do what takes this role."""
    own: Role | None = connection.scope.get(ROLE)
    return own is not None and _RANK[own] >= _RANK[role]


def _check_this_machine(connection: HTTPConnection, allowed: str) -> None:
    """Pages of other sites cannot read a response, but the browser that shows them would send their requests all the
    same; and the name of such a site can be made to point to this machine."""
    host, origin = connection.headers.get("host", ""), connection.headers.get("origin")
    if urlsplit(f"//{host}").hostname not in LOCAL_NAMES:
        raise problem(
            403, "You may not do this", f"without keys the service is reached as localhost, and not as {host}"
        )
    if origin and origin not in origins(allowed) and urlsplit(origin).netloc != host:
        raise problem(
            403,
            "You may not do this",
            f"pages of {origin} may not use this service: KAMERBRIEF_CORS_ORIGINS names those that may",
        )


def origins(setting: str) -> list[str]:
    """The sites whose pages may call the service."""
    return [origin.strip() for origin in setting.split(",") if origin.strip()]


def _as(role: Role) -> Callable[..., Awaitable[str]]:
    async def name(request: Request, _: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)] = None) -> str:
        state: Any = request.app.state.kamerbrief
        token = ""
        if request.headers.get("content-type", "").partition(";")[0].strip() == _FORM:
            token = str((await request.form()).get(TOKEN_FIELD, ""))
        found = await admit(state.kb, request, role, loopback=state.loopback, token=token)
        request.scope["kamerbrief.key"] = found
        await anyio.to_thread.run_sync(state.rate_limits.check, found)
        return found

    return name


Reader = Annotated[str, Depends(_as("reader"))]
Editor = Annotated[str, Depends(_as("editor"))]
Admin = Annotated[str, Depends(_as("admin"))]
