"""One service with its page over the sample letter, and one browser, for the tests of this room."""

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import httpx
import pytest

from kamerbrief import Kamerbrief
from tests.web.served import browsing, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = shutil.which(os.environ.get("CHROMIUM", "chromium"))


@pytest.fixture(scope="session")
def address(kb: Kamerbrief) -> Iterator[str]:
    """Of a service without keys over the sample letter."""
    with served(kb) as address:
        yield address


@pytest.fixture
def http(address: str) -> Iterator[httpx.Client]:
    """A browser without scripts."""
    with browsing(address) as client:
        yield client


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Chromium, as the machine has it; nothing is downloaded."""
    if not CHROMIUM:
        pytest.skip("Chromium is not here: apt-get install chromium, or name it in CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
