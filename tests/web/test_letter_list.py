"""The list of letters on the page, and adding some."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from kamerbrief import Kamerbrief
from tests.web.browsing import opened
from tests.web.served import browsing, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LETTER = "kst-27925-504"


@pytest.mark.parametrize(
    "query",
    ["", "?q=hennis+27925", "?q=&dossier=27+925&from=2014-09-01&to=&sort=date", "?sort=dossier", "?person=Hennis"],
)
def test_a_letter_is_found_by_words_and_filters(http: httpx.Client, query: str) -> None:
    page = http.get(f"/letters{query}").text
    assert "1 brief" in page
    assert f'href="/letters/{LETTER}"' in page
    assert f'name="letter" value="{LETTER}"' in page


@pytest.mark.parametrize("query", ["?q=helikopter", "?dossier=99999", "?kind=answers", "?person=Kamp"])
def test_where_none_fits_it_says_so(http: httpx.Client, query: str) -> None:
    assert "Geen brief past hierbij" in http.get(f"/letters{query}").text


def test_what_cannot_be_read_is_told(http: httpx.Client) -> None:
    assert http.get("/letters?from=gisteren").status_code == 400
    assert http.get("/letters?cursor=abc").status_code == 400
    assert http.get("/letters?before=W10").status_code == 400


def test_what_became_of_each_file_is_told(http: httpx.Client, sample: Path) -> None:
    files = [("files", ("kapot.pdf", b"%PDF-1.7 kapot")), ("files", ("<b>.txt", sample.read_bytes()))]
    page = http.post("/letters", files=files).text
    assert "kapot.pdf</strong> is niet toegevoegd. Het is beschadigd." in page
    assert "&lt;b&gt;.txt</strong> was er al" in page


def test_only_who_may_add_letters_can_and_only_from_the_page(tmp_path: Path) -> None:
    with Kamerbrief(tmp_path) as kb:
        reader, editor = (kb.keys.create(role, role) for role in ("reader", "editor"))
        with served(kb) as address, browsing(address) as http:
            files = {"files": ("kapot.pdf", b"%PDF-1.7 kapot")}
            http.post("/sign-in", data={"key": reader})
            assert 'id="add"' not in http.get("/letters").text
            assert http.post("/letters", files=files).status_code == 403
            http.post("/sign-in", data={"key": editor})
            token = re.search(r'data-token="(\w+)"', http.get("/letters").text)
            assert token
            assert http.post("/letters", files=files).status_code == 403
            assert "beschadigd" in http.post("/letters", files=files, headers={"X-CSRF-Token": token[1]}).text


@pytest.mark.slow
def test_files_are_added_one_by_one(browser: "Browser", address: str, sample: Path, tmp_path: Path) -> None:
    with opened(browser, address, "/letters") as page:
        page.click(".adding summary")
        broken = tmp_path / "kapot.pdf"
        broken.write_bytes(b"%PDF-1.7 kapot")
        page.set_input_files("#files", [broken, sample])
        page.click("#add .button")
        page.locator("#added .outcome--good").wait_for()
        assert "kapot.pdf is niet toegevoegd" in page.locator("#added .outcome--bad").inner_text()
        assert page.locator("#adding").inner_text() == "2 bestanden gelezen."


@pytest.mark.slow
def test_a_file_is_added_by_dropping_it(browser: "Browser", address: str, sample: Path) -> None:
    with opened(browser, address, "/letters") as page:
        page.click(".adding summary")
        box = page.locator(".drop").bounding_box()
        assert box
        place = {"x": box["x"] + 20, "y": box["y"] + 10}
        data = {"items": [], "files": [str(sample)], "dragOperationsMask": 1}
        hand = page.context.new_cdp_session(page)
        for type_ in ("dragEnter", "dragOver", "drop"):
            hand.send("Input.dispatchDragEvent", {"type": type_, **place, "data": data})
        page.locator("#added .outcome--good").wait_for()
        assert f"{sample.name} was er al" in page.locator("#added").inner_text()
        assert page.locator(".drop--over").count() == 0
        assert page.url == f"{address}/letters"
