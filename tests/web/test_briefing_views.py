"""Briefings on the page: asked for, followed, read, taken along."""

import io
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import httpx
import pytest
from docx import Document

from kamerbrief import Kamerbrief
from tests.web.browsing import opened
from tests.web.served import browsing, served
from tests.web.test_accessible import violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LETTER = "kst-27925-504"
PATIENCE = 30.0  # seconds


def made(http: httpx.Client, **wanted: str) -> str:
    """The address of a briefing that was asked for in the form, once it is there."""
    place = http.post("/briefings", data={"ids": LETTER, "dossier": "", "length": "short", **wanted}).headers[
        "Location"
    ]
    deadline = time.monotonic() + PATIENCE
    while 'data-events="' in http.get(place).text and time.monotonic() < deadline:
        time.sleep(0.05)
    return place


@pytest.fixture
def with_model(kb: Kamerbrief) -> Iterator[httpx.Client]:
    """The same letters, with a language model that nobody asks anything."""
    settings = kb.settings.model_copy(update={"chat_model": "m", "chat_base_url": "http://127.0.0.1:9/v1"})
    with Kamerbrief(settings=settings) as other, served(other) as address, browsing(address) as client:
        yield client


def test_each_line_of_a_briefing_leads_to_its_words(http: httpx.Client) -> None:
    page = http.get(made(http)).text
    assert "In het kort" in page
    assert f'href="/letters/{LETTER}?version=1&amp;mark=' in page
    assert "<svg" not in page or "timeline-title" in page


def test_a_briefing_comes_as_word_html_and_markdown(http: httpx.Client) -> None:
    place = made(http)
    word, html, markdown = (http.get(f"{place}/{form}") for form in ("docx", "html", "md"))
    assert all(one.headers["Content-Disposition"].startswith("attachment; ") for one in (word, html, markdown))
    assert "In het kort" in [one.text for one in Document(io.BytesIO(word.content)).paragraphs]
    assert html.text.startswith("<!doctype html>")
    assert markdown.text.startswith("# ")


def test_those_of_before_are_listed_until_they_are_removed(http: httpx.Client) -> None:
    place = made(http)
    assert f'href="{place}"' in http.get("/briefings").text
    assert http.post(f"{place}/remove").headers["Location"] == "/briefings"
    assert f'href="{place}"' not in http.get("/briefings").text
    assert http.get(place).status_code == 404


def test_what_no_briefing_can_be_made_of_is_told_in_the_form(http: httpx.Client) -> None:
    reply = http.post("/briefings", data={"dossier": "99999", "length": "long"})
    assert reply.status_code == 400
    assert 'role="alert"' in reply.text
    assert 'value="99999"' in reply.text


def test_where_a_model_writes_its_cost_is_told_before(with_model: httpx.Client, kb: Kamerbrief) -> None:
    before = len(kb.jobs.newest(100))
    reply = with_model.post("/briefings", data={"ids": LETTER, "length": "short"})
    assert "Wat dit hoogstens kost" in reply.text
    assert '<input type="hidden" name="ids" value="kst-27925-504">' in reply.text
    assert len(kb.jobs.newest(100)) == before


def test_a_reader_sees_but_their_own(kb: Kamerbrief) -> None:
    with Kamerbrief(kb.settings.data_dir) as other:
        jobs = other.jobs.newest(100)
        assert jobs
        assert other.jobs.newest(100, asked_by="nobody") == jobs
        assert other.jobs.newest(100, asked_by="someone else") == []


@pytest.mark.slow
def test_a_briefing_is_followed_read_and_saved(browser: "Browser", address: str) -> None:
    with opened(browser, address, f"/briefings?letter={LETTER}") as page:
        assert violations(page) == []
        page.click("main .form .button")
        page.locator("article.briefing").wait_for()
        assert violations(page) == []
        page.locator(".cite__mark").first.click()
        page.locator("#beside mark").first.wait_for()
        with page.expect_download() as download:
            page.click("text=Word")
        assert download.value.suggested_filename.endswith(".docx")
