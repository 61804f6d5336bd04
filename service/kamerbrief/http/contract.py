"""The contract: the OpenAPI document of `/v1`, in the form of the Dutch API Design Rules."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import FastAPI, Response
from fastapi.openapi.utils import get_openapi

from kamerbrief.http import docs_page
from kamerbrief.http.problems import MEDIA_TYPE, Problem
from kamerbrief.settings import Settings

API_VERSION = "1.12.0"  # of the contract; its history is in docs/api.md
_METHODS = ("get", "post", "put", "delete", "patch")
_HEADERS = {
    "API-Version": {"description": "The version of this contract.", "schema": {"type": "string"}},
    "X-Request-ID": {"description": "By which the log knows the request.", "schema": {"type": "string"}},
}
_PROBLEMS = {
    "400": "The request is not valid; all that is wrong with it is told.",
    "401": "No key, or one that is not known, expired or revoked.",
    "403": "The key's role does not allow this.",
    "404": "There is no such thing.",
    "406": "None of the forms that are accepted can be given.",
    "409": "There is no briefing yet, `Retry-After` says when to ask again; or it could not be made.",
    "413": "More than may be sent at once.",
    "415": "A file is no letter in a known form.",
    "429": "More than this key may ask for; `Retry-After` says when there is more.",
    "500": "A fault of the service.",
    "502": "The language model failed.",
    "503": "It cannot be answered now; `Retry-After` says when to try again.",
    "504": "It took longer than a request may.",
}
_ALWAYS = ("400", "401", "403", "413", "429", "500", "503", "504")
_ALSO = {"ask": ("502",), "addLetters": ("415",), "readBriefing": ("404", "406", "409")}


def api_app(settings: Settings) -> FastAPI:
    """The application of `/v1`, without its resources yet."""
    api = FastAPI(
        title="kamerbrief",
        summary="Questions to the letters of Dutch ministers to parliament, answered with proof.",
        description="Every sentence of an answer is proven: its quotes stand letter for letter in the paragraphs it "
        "cites, and each number, date and name in it was checked against them.",
        version=API_VERSION,
        contact={"name": settings.contact_name, "email": settings.contact_email, "url": settings.contact_url},
        license_info={"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/en/"},
        openapi_tags=[
            {"name": "questions", "description": "Questions, their answers, and what readers think of them."},
            {"name": "briefings", "description": "Briefings of letters: jobs, and what they have made."},
            {"name": "letters", "description": "The letters that can be asked about."},
            {"name": "fetches", "description": "Letters from official sources, for admins."},
            {"name": "search", "description": "Hits, without an answer made of them."},
            {"name": "contract", "description": "This document."},
        ],
        redirect_slashes=False,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: _camel(route.name),
    )
    api.openapi = lambda: _document(api)  # type: ignore[method-assign]

    @api.get("/openapi.json", summary="Read the contract", tags=["contract"], name="read_contract")
    def openapi() -> Response:
        """This document."""
        # Anyone may read it, from any page: a rule of the Dutch API Design Rules.
        return Response(
            json.dumps(api.openapi(), ensure_ascii=False),
            headers={"Access-Control-Allow-Origin": "*"},
            media_type="application/json",
        )

    @api.get("/docs", include_in_schema=False)
    def docs() -> Response:
        return docs_page.page()

    @api.get("/docs/{name}", include_in_schema=False)
    def asset(name: str) -> Response:
        return docs_page.asset(name)

    return api


def _document(api: FastAPI) -> dict[str, Any]:
    if api.openapi_schema is None:
        found = get_openapi(
            title=api.title,
            version=api.version,
            openapi_version="3.1.0",
            summary=api.summary,
            description=api.description,
            routes=api.routes,
            tags=api.openapi_tags,
            servers=[{"url": "/v1"}],
            contact=api.contact,
            license_info=api.license_info,
        )
        api.openapi_schema = _ruled(found)
    return api.openapi_schema


def _ruled(document: dict[str, Any]) -> dict[str, Any]:
    """The document with what the design rules want of every call, and without FastAPI's own kind of error."""
    schemas = document["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    problem = Problem.model_json_schema(
        by_alias=True, ref_template="#/components/schemas/{model}", mode="serialization"
    )
    schemas |= problem.pop("$defs")
    schemas["Problem"] = problem
    # The rules want the faults told in the schema of status 400 itself.
    schemas["InvalidRequest"] = {**problem, "title": "InvalidRequest"}
    schemas["Files"] = schemas.pop("Body_addLetters") | {"title": "Files"}
    files = document["paths"]["/letters"]["post"]["requestBody"]["content"]["multipart/form-data"]
    files["schema"] = {"$ref": "#/components/schemas/Files"}
    for path, calls in document["paths"].items():
        for method in _METHODS:
            if method in calls:
                _rule(path, calls[method])
    _fold_nulls(document)
    return document


def _fold_nulls(part: Any) -> None:
    """What may be null as one schema of two types, not as a choice of two schemas: the rules want the format of a date
    to stand beside its description."""
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        _fold_nulls(inner)
    match part:
        case {"anyOf": [{"type": str() as kind, **rest}, {"type": "null"}]} if "enum" not in rest:
            del part["anyOf"]
            part |= {"type": [kind, "null"], **rest}


def _rule(path: str, call: dict[str, Any]) -> None:
    responses = call["responses"]
    responses.pop("422", None)
    for status, response in responses.items():
        if status < "400":
            response["headers"] = response.get("headers", {}) | _HEADERS
    if path == "/openapi.json":
        star = {"description": "Any page may read it.", "schema": {"type": "string", "const": "*"}}
        responses["200"]["headers"]["access-control-allow-origin"] = star
    also = _ALSO.get(call["operationId"], ("404",) if "{" in path else ())
    for status in sorted((*_ALWAYS, *also)):
        schema = "InvalidRequest" if status == "400" else "Problem"
        content = {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
        responses[status] = {"description": _PROBLEMS[status], "content": content}
    example = _examples().get(call["operationId"], {})
    for parameter in call.get("parameters", []):
        if parameter["name"] in example.get("parameters", {}):
            parameter["example"] = example["parameters"][parameter["name"]]
    if "request" in example:
        call["requestBody"]["content"]["application/json"]["example"] = example["request"]
    for response in responses.values():
        if "response" in example and "application/json" in response.get("content", {}):
            response["content"]["application/json"]["example"] = example["response"]


@cache
def _examples() -> dict[str, Any]:
    """An example of each call, by its operation's id: parameters, request, response."""
    found: dict[str, Any] = json.loads((files("kamerbrief.http") / "examples.json").read_text())
    return found


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)
