"""The whole service as an ASGI application: `/v1`, the other doors beside it, and what is done around each request."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

from kamerbrief.http import problems
from kamerbrief.http.access import origins
from kamerbrief.http.contract import API_VERSION, api_app
from kamerbrief.http.mcp import door as mcp_door
from kamerbrief.http.observe import REQUEST_ID, Observe
from kamerbrief.http.openai import door as openai_door
from kamerbrief.http.passing_on import PassOn
from kamerbrief.http.resources import briefings, fetches, health, letters, pages, questions, search, uploads
from kamerbrief.http.state import State

EXPOSED = ("API-Version", "Content-Disposition", "ETag", "Link", "Location", "Retry-After")
FORM_BYTES = 1_000_000  # what a multipart form takes beside its files


def build_app(state: State, page: Callable[[FastAPI], problems.Handler] = lambda _: problems.handle) -> ASGIApp:
    """The service over a state; `page` adds what it shows to people, and tells them of errors. Its telemetry goes where
    the standard OTEL_* variables say, if they say so."""
    settings = state.settings
    mcp = mcp_door.Door(state)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        with state.working():
            async with mcp.open():
                yield

    app = FastAPI(
        openapi_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        telemetry={"auto_configure": True, "metrics": False, "logs": False},
        max_body_size=settings.max_source_bytes + FORM_BYTES,
    )
    api = api_app(settings)
    for module in (questions, briefings, letters, pages, uploads, search, fetches):
        api.include_router(module.router)
    app.include_router(health.router)
    app.mount("/v1", api)
    app.mount("/openai/v1", openai_door.door(state))
    app.router.routes.extend(mcp.routes)
    for part in (app, api):
        part.state.kamerbrief = state
        problems.install(part)
    handle = page(app)
    if allowed := origins(settings.cors_origins):
        app.add_middleware(
            CORSMiddleware,
            allow_origins=allowed,
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["*"],  # clients in a browser send what nobody can list: x-stainless-os, HTTP-Referer
            allow_private_network=True,
            expose_headers=[*EXPOSED, REQUEST_ID],
        )
    # Around all of it, the framework's own limits and faults too.
    whole = Observe(app, metrics=state.metrics, api_version=API_VERSION, handle=handle)
    return PassOn(whole, state, handle)
