"""The page in a real browser: what is asked, shown, opened and pressed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.http.service import QUESTION

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow


@contextmanager
def opened(browser: "Browser", address: str, path: str = "/", width: int = 1280, **context: Any) -> Iterator["Page"]:
    """A page, of which nothing may go wrong unseen: no error, nothing blocked, nothing asked of another host."""
    wrong: list[str] = []
    with browser.new_context(**{"viewport": {"width": width, "height": 800}, "locale": "nl-NL"} | context) as one:
        page = one.new_page()
        page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda sent: None if sent.url.startswith(address) else wrong.append(sent.url))
        page.goto(address + path)
        yield page
        assert wrong == []


def ask(page: "Page", question: str = QUESTION) -> None:
    """Asks, and waits for all of the answer."""
    there = page.locator(".answer__end").count()
    page.fill("#question", question)
    page.click("#ask .button")
    page.locator(".answer__end").nth(there).wait_for()


def test_a_citation_opens_the_letter_at_the_marked_words(browser: "Browser", address: str) -> None:
    with opened(browser, address) as page:
        ask(page)
        mark = page.locator(".sentence .cite__mark").first
        mark.focus()
        quote = page.locator(".cite__quote q").first
        assert quote.is_visible()
        mark.press("Enter")
        marked = page.locator("#beside mark").first
        marked.wait_for()
        assert "helmen" in marked.inner_text()
        assert marked.inner_text() in quote.inner_text()
        assert page.evaluate("() => document.querySelector('#beside mark').getBoundingClientRect().top < innerHeight")
        page.keyboard.press("Escape")
        assert page.locator("#beside").is_hidden()
        assert page.evaluate("() => document.activeElement.className") == "cite__mark"


def test_an_answer_has_an_address_of_its_own(browser: "Browser", address: str) -> None:
    with opened(browser, address) as page:
        ask(page)
        shown = page.locator(".answer__sentences").inner_text()
        assert "/questions/" in page.url
        page.reload()
        assert page.locator(".answer__sentences").inner_text() == shown
        page.go_back()
        page.locator(".ask__intro").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/letters/kst-27925-504"])
def test_nothing_is_wider_than_a_narrow_screen(browser: "Browser", address: str, path: str, scheme: str) -> None:
    with opened(browser, address, path, 320, color_scheme=scheme) as page:
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
        if path == "/":
            ask(page)
            assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
