"""The page that the service shows to people, in a browser: its views, its files, and its errors.

A view is a router in views/ that is named here; docs/page.md tells how to add one.
"""

from fastapi import APIRouter, FastAPI, Response
from starlette.exceptions import HTTPException

from kamerbrief.http.problems import Handler
from kamerbrief.web import failing
from kamerbrief.web.dossiers import Dossiers
from kamerbrief.web.examples import Examples
from kamerbrief.web.rendering import YEAR, media_type, static_files, warm
from kamerbrief.web.views import (
    answer_actions,
    asking,
    briefings,
    comparing,
    dossier,
    listing,
    overview,
    reading,
    signing_in,
)

VIEWS = (asking, answer_actions, listing, dossier, reading, comparing, briefings, overview, signing_in)
files = APIRouter()


def install(app: FastAPI) -> Handler:
    """Adds the page to the service. Gives what tells of errors outside of it, too."""
    warm()
    app.state.examples = Examples(app.state.kamerbrief.kb)
    app.state.dossiers = Dossiers(app.state.kamerbrief.kb)
    for view in VIEWS:
        app.include_router(view.router)
    app.include_router(files)
    failing.install(app)
    return failing.handle


@files.get("/static/{version}/{name:path}")
async def static_file(version: str, name: str) -> Response:
    """A style, a script or a picture; or several styles in one ("a.css+b.css"): a view waits for each request. Raises
    HTTPException (404)."""
    names = name.split("+")
    if len(set(names)) < len(names) or not static_files().keys() >= set(names):
        raise HTTPException(404)
    headers = {"Cache-Control": f"public, max-age={YEAR}, immutable"}
    return Response(b"\n".join(static_files()[one] for one in names), 200, headers, media_type(name))


@files.get("/favicon.ico")
async def icon() -> Response:
    """Where browsers look for it by themselves."""
    return await static_file("", "icon.svg")
