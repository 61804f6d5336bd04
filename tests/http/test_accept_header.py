"""The header Accept: weights, ranges and nonsense."""

import pytest

from kamerbrief.http.accept_header import preferred

OFFERED = ("application/json", "text/markdown", "text/html")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/*", "text/markdown"),
        (BROWSER, "text/html"),
        ("TEXT/HTML ; Q=0.5, text/markdown;q=0.7", "text/markdown"),
        ("text/html;level=1;q=0.9, */*;q=0.1", "text/html"),
        ("text/*;q=0.9, text/markdown;q=0, */*;q=0.5", "text/html"),
        ("application/json;q=0, */*", "text/markdown"),
        ("image/png", None),
        ("image/png, text/html;q=0.000", None),
        ("*/*;q=0", None),
        ("text/html;q=2, text/html;q=nan, text/html;q=-1", None),
        ("nonsense, ;;;, /, text/html/x, text/html", "text/html"),
        ("nonsense", None),
    ],
)
def test_the_form_that_is_preferred(accept: str, chosen: str | None) -> None:
    assert preferred(accept, OFFERED) == chosen
