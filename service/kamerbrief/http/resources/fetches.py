"""Fetches of letters from official sources: jobs that are asked for, followed, and removed. For admins."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from kamerbrief.http.access import Admin
from kamerbrief.http.resources.questions import MOST_BYTES
from kamerbrief.http.responses import json_response
from kamerbrief.http.state import state_of
from kamerbrief.http.threads import in_thread
from kamerbrief.records.base import Record
from kamerbrief.records.fetching import FetchJob, FetchRequest

router = APIRouter(prefix="/fetches", tags=["fetches"], max_body_size=MOST_BYTES)
FetchId = Annotated[str, Path(alias="fetchId", pattern="^[0-9a-f]{32}$", description="The fetch's id.")]


class Fetches(Record):
    """The newest hundred fetches, newest first."""

    fetches: tuple[FetchJob, ...]


@router.post("", summary="Fetch letters from a source", status_code=202, response_model=FetchJob)
async def start_fetch(request: Request, asked: FetchRequest, _: Admin) -> Response:
    """A job that fetches what is new or changed there, once or every so many hours. `Location` is where to follow
    it."""
    job = await in_thread(state_of(request).fetcher.add, asked)
    return json_response(job, 202, {"Location": f"/v1/fetches/{job.id}"})


@router.get("", summary="List fetches", response_model=Fetches)
async def list_fetches(request: Request, _: Admin) -> Response:
    """Those that wait, that run, and that are done, with what came of each."""
    jobs = await in_thread(state_of(request).kb.fetches.newest)
    return json_response(Fetches(fetches=tuple(jobs)), 200)


@router.get("/{fetchId}", summary="Follow a fetch", response_model=FetchJob)
async def read_fetch(request: Request, fetch_id: FetchId, _: Admin) -> Response:
    """How far it is, and the report of its last run."""
    return json_response(await in_thread(state_of(request).kb.fetches.get, fetch_id), 200)


@router.delete("/{fetchId}", summary="Stop and remove a fetch", status_code=204)
async def remove_fetch(request: Request, fetch_id: FetchId, _: Admin) -> Response:
    """It is stopped where it runs, and does not come again. The letters that it fetched stay."""
    await in_thread(state_of(request).kb.fetches.remove, fetch_id)
    return Response(status_code=204)
