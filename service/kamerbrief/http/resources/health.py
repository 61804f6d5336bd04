"""Whether the service lives, is ready, and what it has counted."""

from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from kamerbrief.http.access import Reader
from kamerbrief.http.problems import problem
from kamerbrief.http.responses import json_response
from kamerbrief.http.state import state_of
from kamerbrief.http.threads import in_thread

router = APIRouter()


class Health(BaseModel):
    status: Literal["live", "ready"]


@router.get("/health/live")
async def live() -> Response:
    """Whether it runs at all."""
    return json_response(Health(status="live"))


@router.get("/health/ready")
async def ready(request: Request) -> Response:
    """Whether it can answer: the models are loaded, and the stores agree."""
    if not await in_thread(state_of(request).kb.ready):
        raise problem(503, "Not ready", "the stores do not agree: stop the service, and start it again to mend them")
    return json_response(Health(status="ready"))


@router.get("/metrics")
async def metrics(request: Request, _: Reader) -> Response:
    """The counts, for Prometheus."""
    text = await in_thread(state_of(request).metrics.text)
    return Response(text, media_type="text/plain; version=0.0.4; charset=utf-8")
