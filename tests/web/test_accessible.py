"""Every view by axe-core: nothing that WCAG 2.2 A or AA forbids."""

from typing import TYPE_CHECKING

import pytest

from tests.web.browsing import ask, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]}}
VIEWS = ("/", "/?letter=kst-27925-504", "/letters/kst-27925-504")


def violations(page: "Page") -> list[str]:
    """What is wrong, and where."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html']} {node['failureSummary']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", VIEWS)
def test_a_view(browser: "Browser", address: str, path: str, scheme: str) -> None:
    with opened(browser, address, path, color_scheme=scheme) as page:
        assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/letters/kst-1-1", "/letters?from=gisteren", "/letters?person=Kamp"])
def test_what_is_wrong_or_not_there(browser: "Browser", address: str, path: str, scheme: str) -> None:
    with opened(browser, address, path, color_scheme=scheme, strict=False) as page:
        assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_answers(browser: "Browser", address: str, scheme: str) -> None:
    with opened(browser, address, color_scheme=scheme) as page:
        ask(page)
        ask(page, "Wat kost de missie?")
        page.locator(".cite__mark").first.click()
        page.locator("#beside mark").first.wait_for()
        page.locator(".cite__mark").first.hover()
        assert violations(page) == []
