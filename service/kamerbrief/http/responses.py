"""Records as responses, with an ETag where asked for."""

import hashlib
from collections.abc import Mapping

from fastapi import Request, Response
from pydantic import BaseModel

_JSON = "application/json"


def json_response(record: BaseModel, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """The record as JSON, its names in camelCase. It is checked already, so it is not checked again."""
    return Response(record.model_dump_json(by_alias=True), status, dict(headers or {}), _JSON)


def tagged_response(request: Request, record: BaseModel, headers: Mapping[str, str] | None = None) -> Response:
    """The record with its ETag, or 304 where the client has it."""
    return tagged(request, record.model_dump_json(by_alias=True).encode(), _JSON, headers)


def tagged(request: Request, body: bytes, media_type: str, headers: Mapping[str, str] | None = None) -> Response:
    """Bytes with their ETag, or 304 where the client has them."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    fresh = {**(headers or {}), "ETag": tag, "Cache-Control": "private, no-cache"}
    known = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    if tag in known or "*" in known:
        return Response(status_code=304, headers=fresh)
    return Response(body, 200, fresh, media_type)
