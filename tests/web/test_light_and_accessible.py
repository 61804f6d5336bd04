"""What holds for the views of letters, dossiers and briefings, and for how it is: light, narrow, accessible."""

from typing import TYPE_CHECKING

import httpx
import pytest

from kamerbrief.web.rendering import static_files
from tests.web.browsing import opened
from tests.web.test_accessible import violations
from tests.web.test_page import WHOLE, loaded

if TYPE_CHECKING:
    from playwright.sync_api import Browser

VIEWS = ("/letters", "/dossiers/27925?found=true", "/briefings", "/overview")


@pytest.mark.parametrize("path", VIEWS)
def test_it_is_light(http: httpx.Client, path: str) -> None:
    found = loaded(http, path)
    scripts = sum(len(one) for name, one in static_files().items() if name.endswith(".js"))
    assert sum(map(len, found.values())) + scripts < WHOLE


@pytest.mark.slow
@pytest.mark.parametrize("path", VIEWS)
def test_it_is_accessible_and_fits_a_narrow_screen(browser: "Browser", address: str, path: str) -> None:
    with opened(browser, address, path, 320, color_scheme="dark") as page:
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
        page.set_viewport_size({"width": 1280, "height": 800})
        assert violations(page) == []
