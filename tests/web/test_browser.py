"""The page in a real browser: what is asked, shown, opened and pressed."""

from typing import TYPE_CHECKING

import pytest

from kamerbrief import Kamerbrief
from tests.http.service import QUESTION
from tests.web.browsing import ask, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow
LETTER = "/letters/kst-27925-504"
UNKNOWN = "Wat kost de missie?"


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
        assert marked.inner_text() in quote.text_content()  # type: ignore[operator]
        top = page.evaluate("() => document.querySelector('#beside mark').getBoundingClientRect().top")
        assert 0 < top < 800
        page.keyboard.press("Escape")
        assert page.locator("#beside").is_hidden()
        assert page.evaluate("() => document.activeElement.className") == "cite__mark"


def test_on_a_narrow_screen_it_leads_to_the_letter(browser: "Browser", address: str) -> None:
    with opened(browser, address, width=320) as page:
        ask(page)
        page.locator(".sentence .cite__mark").first.click()
        page.locator("#letter mark").first.wait_for()
        top = page.evaluate("() => document.querySelector('#letter mark').getBoundingClientRect().top")
        assert 0 < top < 800


def test_without_scripts_the_form_gives_the_answer(browser: "Browser", address: str) -> None:
    with opened(browser, address, java_script_enabled=False) as page:
        page.fill("#question", QUESTION)
        page.click("#ask .button")
        page.locator(".answer__end").wait_for()
        assert "/questions/" in page.url
        page.locator(".sentence .cite__mark").first.click()
        page.locator("#letter mark").first.wait_for()
        page.go_back()
        page.get_by_text("Ja, dit helpt").click()
        page.get_by_role("heading", name="Dank u").wait_for()


def test_what_the_letters_do_not_say_is_said_with_what_comes_nearest(browser: "Browser", address: str) -> None:
    with opened(browser, address) as page:
        ask(page, UNKNOWN)
        assert page.locator(".answer__message").inner_text() == "Dit staat niet in de brieven."
        assert page.locator(".nearest blockquote").count() > 0
        assert page.locator(".sentence").count() == 0


def test_an_answer_has_an_address_and_a_thread(browser: "Browser", address: str) -> None:
    with opened(browser, address) as page:
        ask(page)
        first = page.url
        ask(page, "Wie leidt de nieuwe Iraakse regering?")
        shown = page.locator(".answer__sentences").all_inner_texts()
        assert len(shown) == 2
        page.reload()
        assert page.locator(".answer__sentences").all_inner_texts() == shown
        page.go_back()
        page.wait_for_function("() => document.querySelectorAll('.answer').length === 1")
        assert page.url == first
        page.go_forward()
        page.wait_for_function("() => document.querySelectorAll('.answer').length === 2")


def test_it_is_used_by_keys_alone(browser: "Browser", address: str) -> None:
    with opened(browser, address) as page:
        assert page.evaluate("() => document.activeElement.id") == "question"
        page.keyboard.type(QUESTION)
        page.keyboard.press("Enter")
        page.locator(".answer__end").wait_for()
        page.locator("#main").focus()
        reached = []
        for _ in range(10):
            page.keyboard.press("Tab")
            reached.append(page.evaluate("() => document.activeElement.innerText.trim()"))
            assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") != "none"
        assert {"Ja, dit helpt", "Nee …", "voor Word", "Vraag"} <= {*reached, "Vraag"}
        assert reached[0].endswith("1")


def test_an_answer_is_copied_with_its_sources(browser: "Browser", address: str) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    with opened(browser, address, permissions=allowed) as page:
        ask(page)
        page.click("[data-copy=markdown]")
        page.get_by_text("Gekopieerd.").wait_for()
        text = page.evaluate("() => navigator.clipboard.readText()")
        assert text.startswith(f"**{QUESTION}**\n\n")
        assert "[^1]: Kamerstukken II 2013/14, 27925, nr. 504, alinea 9: “Om tegemoet" in text
        assert text.rstrip().endswith("<https://zoek.officielebekendmakingen.nl/kst-27925-504.html>")
        page.click("[data-copy=html]")
        page.get_by_text("Gekopieerd.").wait_for()
        html = page.evaluate("async () => (await (await navigator.clipboard.read())[0].getType('text/html')).text()")
        assert "Kamerstukken II 2013/14" in html


@pytest.mark.parametrize(
    ("clicks", "verdict"), [(["Ja, dit helpt"], "helpful"), (["Nee …", "De bron klopt niet"], "wrong_citation")]
)
def test_a_verdict_takes_at_most_two_clicks(
    browser: "Browser", address: str, kb: Kamerbrief, clicks: list[str], verdict: str
) -> None:
    with opened(browser, address) as page:
        ask(page)
        answer = page.url.rpartition("/")[2]
        for one in clicks:
            page.get_by_text(one, exact=True).click()
        page.get_by_text("Dank u").wait_for()
        assert [said.verdict for asked, said in kb.feedback() if asked.id == answer] == [verdict]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_a_narrow_screen(browser: "Browser", address: str, scheme: str) -> None:
    with opened(browser, address, width=320, color_scheme=scheme) as page:
        wide = "() => document.documentElement.scrollWidth"
        assert page.evaluate(wide) <= 320
        page.click(".filters summary")
        ask(page, UNKNOWN)
        assert page.evaluate(wide) <= 320
        page.goto(address + LETTER)
        assert page.evaluate(wide) <= 320
        dark = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        assert (dark == "rgb(255, 255, 255)") == (scheme == "light")


def test_on_paper_the_quotes_stand_below_and_no_buttons(browser: "Browser", address: str) -> None:
    with opened(browser, address) as page:
        ask(page)
        page.emulate_media(media="print")
        assert page.locator(".sources__quotes").first.is_visible()
        assert page.locator("#ask").is_hidden()
        assert page.locator(".actions").is_hidden()
        assert page.locator(".navigation").is_hidden()


def test_it_speaks_the_language_of_the_browser_and_another_when_asked(browser: "Browser", address: str) -> None:
    with opened(browser, address, locale="en-GB") as page:
        assert page.get_by_label("Your question").is_visible()
        ask(page, "How many helmets did the Netherlands deliver?")
        assert page.locator(".sentence").first.get_attribute("lang") == "nl"
        page.get_by_role("link", name="Nederlands").click()
        assert page.get_by_label("Vraag verder").is_visible()
        assert page.locator(".sentence").count() == 1
