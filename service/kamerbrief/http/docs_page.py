"""The page that shows the contract: Swagger UI, out of a package and not off a network."""

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files

from fastapi import HTTPException, Response
from fastapi.openapi.docs import get_swagger_ui_html

_ASSETS = {"swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css"}


def page() -> Response:
    """The page, allowed to run nothing but itself and to ask nothing of others."""
    html, policy = _page()
    return Response(html, headers={"Content-Security-Policy": policy}, media_type="text/html")


def asset(name: str) -> Response:
    """A file that the page asks for. Raises HTTPException (404)."""
    if name not in _ASSETS:
        raise HTTPException(404)
    content = (files("fastapi_swagger") / "resources" / name).read_bytes()
    return Response(content, headers={"Cache-Control": "public, max-age=86400"}, media_type=_ASSETS[name])


@cache
def _page() -> tuple[bytes, str]:
    page = get_swagger_ui_html(
        openapi_url="openapi.json",
        title="kamerbrief",
        swagger_js_url="docs/swagger-ui-bundle.js",
        swagger_css_url="docs/swagger-ui.css",
        swagger_favicon_url="data:,",
        swagger_ui_parameters={"validatorUrl": None},  # else it would show the contract to swagger.io
    )
    html = bytes(page.body)
    scripts = [hashlib.sha256(one).digest() for one in re.findall(rb"<script>(.*?)</script>", html, re.DOTALL)]
    allowed = " ".join(f"'sha256-{base64.b64encode(one).decode()}'" for one in scripts)
    policy = (
        f"default-src 'none'; script-src 'self' {allowed}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; frame-ancestors 'none'"
    )
    return html, policy
