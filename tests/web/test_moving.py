"""Two tabs of one browser, and going back and forward."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kamerbrief import Kamerbrief
from tests.http.service import QUESTION
from tests.web.browsing import ask, opened
from tests.web.served import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
OTHER = "Wie leidt de nieuwe Iraakse regering?"


def sign_in(page: "Page", key: str) -> None:
    page.get_by_label("Sleutel").fill(key)
    page.get_by_role("button", name="Aanmelden").click()
    page.get_by_label("Uw vraag").wait_for()


def test_two_tabs_ask_at_once_and_each_gets_its_own_answer(browser: "Browser", address: str) -> None:
    with opened(browser, address) as first:
        second = first.context.new_page()
        second.goto(address)
        for tab, question in ((first, QUESTION), (second, OTHER)):
            tab.fill("#question", question)
            tab.evaluate("() => document.getElementById('ask').requestSubmit()")
        for tab, question, number in ((first, QUESTION, "1.000"), (second, OTHER, "Abadi")):
            tab.locator(".answer__end").wait_for()
            assert tab.locator(".answer__question").all_inner_texts() == [question]
            assert number in tab.locator(".sentence").first.inner_text()
            tab.reload()
            assert tab.locator(".answer__question").all_inner_texts() == [question]
        assert first.url != second.url


@contextmanager
def signed_out(browser: "Browser", folder: Path, sample: Path) -> Iterator[tuple["Page", "Page", str]]:
    """Two tabs of one reader, who signed out in the first of them; and the key."""
    with Kamerbrief(folder) as kb:
        kb.add(sample)
        key = kb.keys.create("lezer", "reader")
        with served(kb) as address, opened(browser, address, strict=False) as first:
            sign_in(first, key)
            second = first.context.new_page()
            second.goto(address)
            first.get_by_role("button", name="Afmelden").click()
            yield first, second, key


def test_who_signs_out_in_one_tab_is_signed_out_in_the_other(browser: "Browser", tmp_path: Path, sample: Path) -> None:
    with signed_out(browser, tmp_path, sample) as (first, second, _):
        first.get_by_label("Sleutel").wait_for()
        second.fill("#question", QUESTION)
        second.keyboard.press("Enter")
        second.get_by_text("Meld u eerst aan.").wait_for()
        assert second.locator("#question").input_value() == QUESTION
        assert second.locator(".sentence").count() == 0
        second.locator(".alert").get_by_role("link", name="Aanmelden").click()
        second.get_by_label("Sleutel").wait_for()


def test_a_tab_of_before_somebody_signed_in_anew_says_to_load_it_again(
    browser: "Browser", tmp_path: Path, sample: Path
) -> None:
    with signed_out(browser, tmp_path, sample) as (first, second, key):
        sign_in(first, key)
        second.fill("#question", QUESTION)
        second.keyboard.press("Enter")
        second.get_by_text("Deze pagina is te oud. Laad haar opnieuw").wait_for()
        second.reload()
        ask(second)


def test_back_and_forward_through_answer_letter_and_dossier(browser: "Browser", address: str) -> None:
    with opened(browser, address, width=600) as page:
        ask(page)
        answer = page.url
        page.locator(".sentence .cite__mark").first.click()
        page.locator("#letter mark").first.wait_for()
        letter = page.url
        page.locator(".record").get_by_role("link", name="27925", exact=True).click()
        page.locator("#found h2").first.wait_for()
        dossier = page.url
        page.go_back()
        page.locator("#letter mark").first.wait_for()
        assert page.url == letter
        page.go_back()
        page.locator(".answer__end").wait_for()
        assert page.url == answer
        assert "helmen" in page.locator(".sentence").first.inner_text()
        page.go_back()
        page.get_by_label("Uw vraag").wait_for()
        assert page.locator(".answer").count() == 0
        for place, shown in ((answer, ".answer__end"), (letter, "#letter mark"), (dossier, "#found h2")):
            page.go_forward()
            page.locator(shown).first.wait_for()
            assert page.url == place
