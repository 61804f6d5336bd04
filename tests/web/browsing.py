"""A page in Chromium, and what is done on it again and again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tests.http.service import QUESTION

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@contextmanager
def opened(
    browser: "Browser", address: str, path: str = "/", width: int = 1280, *, strict: bool = True, **context: Any
) -> Iterator["Page"]:
    """A page, of which nothing may go wrong unseen, if this is `strict`: no error, nothing blocked, nothing asked of
    another host."""
    wrong: list[str] = []
    with browser.new_context(**{"viewport": {"width": width, "height": 800}, "locale": "nl-NL"} | context) as one:
        page = one.new_page()
        page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda sent: None if sent.url.startswith(address) else wrong.append(sent.url))
        page.goto(address + path)
        yield page
        assert wrong == [] or not strict


def ask(page: "Page", question: str = QUESTION) -> None:
    """Asks, and waits for all of the answer."""
    there = page.locator(".answer__end").count()
    page.fill("#question", question)
    page.click("#ask .button")
    page.locator(".answer__end").nth(there).wait_for()
