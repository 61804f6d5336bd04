"""A letter that tries all it can is text, and nothing else."""

import io
import re
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import httpx
import pytest

from kamerbrief import Kamerbrief
from tests.web.browsing import opened
from tests.web.hostile import TRICKS, letter
from tests.web.served import browsing, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def tricked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of a service with such a letter, and the letter's."""
    with Kamerbrief(tmp_path_factory.mktemp("hostile")) as kb:
        added = kb.add(io.BytesIO(letter()), name='"><script>alert(1)</script>.txt')
        with served(kb) as address:
            yield address, f"/letters/{added.letter}"


@pytest.mark.slow
def test_it_shows_as_text_and_does_nothing(browser: "Browser", tricked: tuple[str, str]) -> None:
    address, path = tricked
    with opened(browser, address, path) as page:
        shown = page.locator("#letter").inner_text()
        for trick in TRICKS[:3]:
            assert trick.split(">")[0] in shown
        assert "{{ 7 * 7 }}" in shown
        assert "\u202e" not in page.content()
        assert "taken" not in page.title()
        assert page.locator("#letter script, #letter img, #letter style, #letter iframe, #letter svg").count() == 0
        assert page.locator('[href^="javascript:"]').count() == 0
        assert page.locator(".paragraph").count() > 6


def test_a_question_of_markup_is_text_too(tricked: tuple[str, str]) -> None:
    with browsing(tricked[0]) as http:
        question = "Wat is <script>alert(1)</script> \"'><img src=x onerror=alert(1)> voor 12 miljoen?"
        page = http.get(http.post("/questions", data={"question": question}).headers["Location"]).text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "<script>alert" not in page
        assert "<img" not in page


@pytest.mark.parametrize("mark", ["9:1-2:3", "0:1-2", "9:5-5", "1:0-99999999", "x", "nö:1-2", "1:0-9999999"])
def test_a_mark_that_cannot_be_there_marks_nothing_or_what_there_is(tricked: tuple[str, str], mark: str) -> None:
    with browsing(tricked[0]) as http:
        assert http.get(tricked[1], params={"mark": mark}).status_code == 200


def test_an_address_that_is_none_is_told(tricked: tuple[str, str]) -> None:
    with browsing(tricked[0]) as http:
        replies: list[httpx.Response] = [
            http.get("/questions/" + "0" * 32),
            http.get("/questions/zz"),
            http.get("/letters/%3Cscript%3E"),
            http.get("/questions/" + "0" * 32 + "/copy"),
        ]
        assert [reply.status_code for reply in replies] == [404, 400, 400, 404]
        assert all("<h1>Dat lukt niet</h1>" in reply.text for reply in replies)
        assert not any("<script>" in reply.text for reply in replies)


def test_lists_dossiers_and_briefings_show_it_as_text(tricked: tuple[str, str]) -> None:
    with browsing(tricked[0]) as http:
        letter = tricked[1].rpartition("/")[2]
        place = http.post("/briefings", data={"ids": letter, "about": "", "length": "long"}).headers["Location"]
        deadline = time.monotonic() + 30
        while 'data-events="' in http.get(place).text and time.monotonic() < deadline:
            time.sleep(0.05)
        listed = http.get("/letters").text
        dossier = re.search(r'href="(/dossiers/[^"]+)"', listed)
        pages = [listed, http.get(place).text, http.get("/briefings").text]
        pages.append(http.get(dossier[1], params={"found": "true"}).text if dossier else "")
        assert "&lt;" in pages[1]
        for page in pages:
            assert not re.search(
                r"<script(?! type=\"module\" src=\"/static/)|<iframe|<img|<style|<svg onload|javascript:alert\(1\)\"",
                page,
            )
            assert "\u202e" not in page
