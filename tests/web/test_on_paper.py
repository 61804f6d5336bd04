"""A letter of a real PDF, its page on paper beside the answer, with the quoted words marked."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kamerbrief import Kamerbrief
from kamerbrief.settings import load
from tests.web.browsing import ask, opened
from tests.web.served import browsing, served
from tests.web.test_accessible import violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LETTER = "ah-tk-20232024-1314"
SEEN = "() => { const one = document.querySelector('.sheet'); return one.complete && one.naturalWidth }"
YELLOW = """() => {
  const picture = document.querySelector(".sheet"), canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
  const all = canvas.getContext("2d");
  all.drawImage(picture, 0, 0);
  const { data } = all.getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let at = 0; at < data.length; at += 4) count += data[at] > 240 && data[at + 2] < 120;
  return count;
}"""


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Iterator[str]:
    """The address of a service with a letter of a PDF."""
    with Kamerbrief(tmp_path_factory.mktemp("paper")) as kb:
        kb.add(data / "answers-to-members" / f"{LETTER}.pdf")
        with served(kb) as address:
            yield address


def seen(page: "Page") -> None:
    """Waits until the picture is there."""
    page.locator(".sheet").wait_for()
    page.wait_for_function(SEEN)


@pytest.mark.slow
def test_beside_an_answer_its_page_is_shown_by_keys_alone(browser: "Browser", paper: str) -> None:
    with opened(browser, paper) as page:
        ask(page, "Van wie zijn de regenboogprovincies een initiatief?")
        page.locator(".sentence .cite__mark").first.press("Enter")
        page.locator("#beside mark").first.wait_for()
        page.locator("#beside .ways").get_by_text("Pagina").press("Enter")
        seen(page)
        assert page.evaluate("() => document.activeElement.textContent") == "Pagina"
        assert "met de aangehaalde woorden gemarkeerd" in str(page.locator("#beside .sheet").get_attribute("alt"))
        assert page.evaluate(YELLOW) > 1000
        assert violations(page) == []
        page.keyboard.press("Escape")
        assert page.evaluate("() => document.activeElement.className") == "cite__mark"


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_a_letter_are_turned(browser: "Browser", paper: str, scheme: str) -> None:
    with opened(browser, paper, f"/letters/{LETTER}", 320, color_scheme=scheme) as page:
        page.get_by_role("link", name="Pagina", exact=True).click()
        seen(page)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
        assert page.evaluate(YELLOW) == 0
        assert violations(page) == []
        page.get_by_role("link", name="Volgende").click()
        page.get_by_text("Pagina 2 van").first.wait_for()
        seen(page)
        page.get_by_role("link", name="Tekst").click()
        page.locator(".letter__text").wait_for()


def test_in_english_it_is_told_in_english(paper: str) -> None:
    with browsing(paper, **{"Accept-Language": "en"}) as http:
        page = http.get(f"/letters/{LETTER}/page", params={"mark": "2:0-30"}).text
        assert "with the quoted words marked" in page
        assert "There is no such page" in http.get(f"/letters/{LETTER}/page", params={"number": 99}).text


def test_a_letter_whose_pdf_is_not_kept_offers_no_page(tmp_path: Path, data: Path) -> None:
    with Kamerbrief(tmp_path, settings=load(max_kept_bytes=0)) as kb:
        kb.add(data / "answers-to-members" / f"{LETTER}.pdf")
        with served(kb) as address, browsing(address) as http:
            assert 'class="ways' not in http.get(f"/letters/{LETTER}").text
            assert http.get(f"/letters/{LETTER}/page").status_code == 404
