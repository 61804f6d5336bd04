"""From a template to a response: the templates, what all of them know, and the headers of a page."""

import hashlib
import mimetypes
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined

from kamerbrief.http.access import SESSION, admitted_as, token_of
from kamerbrief.language.characters import readable
from kamerbrief.presenting import place_of
from kamerbrief.web import texts
from kamerbrief.web.places import MARKED, hit_address, letter_address, unit_anchor

LANGUAGE = "kamerbrief_language"  # the cookie
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# Without a referrer at all a browser would not say, with a form, which site it comes from.
HEADERS = {"Content-Security-Policy": POLICY, "Referrer-Policy": "same-origin", "Vary": "Accept-Language, Cookie"}
# What the main menu shows: the name of a view, as in [navigation] of the texts, and its address.
NAVIGATION = (("ask", "/"), ("letters", "/letters"), ("briefings", "/briefings"))
FOR_ADMINS = (("overview", "/overview"),)
FORMS = PackageLoader("kamerbrief.briefings", "forms")  # what a briefing's page shares with its HTML
YEAR = 365 * 24 * 3600


def page(request: Request, template: str, status: int = 200, **values: object) -> Response:
    """A whole page. What comes from letters, requests and models is not trusted: the templates escape all of it."""
    language = language_in(request)
    response = HTMLResponse(part(request, template, **values), status, HEADERS | {"Content-Language": language})
    if request.query_params.get("lang") == language:
        set_cookie(request, response, LANGUAGE, language, YEAR)
    return response


def part(request: Request, template: str, **values: object) -> str:
    """A page, or a part of one, as text."""
    language = language_in(request)
    known = {
        "t": texts.texts_in(language),
        "language": language,
        "languages": texts.LANGUAGES,
        "navigation": NAVIGATION + (FOR_ADMINS if admitted_as(request, "admin") else ()),
        "in_language": lambda code: _in_language(request, code),
        "csrf": token_of(request.cookies.get(SESSION, "")),
        "signed_in": SESSION in request.cookies,
        "static": f"/static/{static_version()}",
        "day": lambda date: texts.day(date, language),
        "number": lambda value: texts.number(value, language),
        "hit_address": hit_address,
        "letter_address": letter_address,
        "marked_anchor": MARKED,
        "place_of": place_of,
        "unit_anchor": unit_anchor,
        "request_id": request.scope.get("kamerbrief.request_id", ""),
        "may": lambda role: admitted_as(request, role),
    }
    return _environment().get_template(template).render({**known, **values})


def warm() -> None:
    """Reads texts, files and templates now, and not at the first request, which would wait for them."""
    static_version()
    for language in texts.LANGUAGES:
        texts.texts_in(language)
    for name in _environment().list_templates():
        _environment().get_template(name)


def language_in(request: Request) -> str:
    """The language of the page that a request gets."""
    asked, kept = request.query_params.get("lang"), request.cookies.get(LANGUAGE)
    return texts.language_of(asked, kept, request.headers.get("accept-language", ""))


def set_cookie(request: Request, response: Response, name: str, value: str, seconds: int) -> None:
    """A cookie that no script reads, that no other site makes the browser send, and that goes over TLS alone where
    there is TLS."""
    secure = request.url.scheme == "https"
    response.set_cookie(name, value, max_age=seconds, path="/", secure=secure, httponly=True, samesite="strict")


def _in_language(request: Request, code: str) -> str:
    """Of the page that a request gets, in another language."""
    url = request.url.include_query_params(lang=code)
    return f"{url.path}?{url.query}"


@cache
def static_files() -> dict[str, bytes]:
    """The styles, scripts and pictures of the page, by their names."""
    found: dict[str, bytes] = {}

    def walk(folder: Traversable, prefix: str) -> None:
        for one in sorted(folder.iterdir(), key=lambda it: it.name):
            if one.is_dir():
                walk(one, f"{prefix}{one.name}/")
            else:
                found[prefix + one.name] = one.read_bytes()

    walk(files("kamerbrief.web") / "static", "")
    return found


@cache
def static_version() -> str:
    """Stands in their addresses, so that a browser may keep them for ever."""
    digest = hashlib.sha256()
    for name, content in static_files().items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:12]


def media_type(name: str) -> str:
    """Of a file, by its name: that of scripts is not left to what the machine is set to."""
    return "text/javascript" if name.endswith(".js") else mimetypes.guess_type(name)[0] or "application/octet-stream"


def _shown(value: object) -> object:
    """What steers the direction of a text, or hides in it, is not shown: it could make words read as others."""
    return readable(value) if type(value) is str else value


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=ChoiceLoader([PackageLoader("kamerbrief.web"), PrefixLoader({"forms": FORMS})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_shown,
    )
    filters: dict[str, Any] = {"filled": texts.filled, "counted": texts.counted}
    environment.filters.update(filters)
    return environment
