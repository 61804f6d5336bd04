"""The page as a browser without scripts gets it."""

import re

import httpx

from kamerbrief.web.rendering import POLICY, static_files
from tests.conftest import ROOT
from tests.http.service import QUESTION

LETTER = "kst-27925-504"
WHOLE = 100_000  # bytes that a view may load in all


def loaded(http: httpx.Client, path: str) -> dict[str, bytes]:
    """A view and all that it names of its own, by address."""
    page = http.get(path)
    assert page.status_code == 200
    found = {path: page.content}
    for one in set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text)):
        reply = http.get(one)
        assert reply.status_code == 200
        assert "immutable" in reply.headers["Cache-Control"]
        found[one] = reply.content
    return found


def test_styles_come_in_one_request(http: httpx.Client) -> None:
    (address,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', http.get("/").text)
    folder, names = address.rsplit("/", 1)
    styles = http.get(address)
    assert styles.headers["Content-Type"].startswith("text/css")
    assert styles.content == b"\n".join(static_files()[name] for name in names.split("+"))
    for never in ("page.css+page.css", "page.css+none.css", "page.css+", "+"):
        assert http.get(f"{folder}/{never}").status_code == 404


def test_a_plain_form_gives_the_answer_at_its_own_address(http: httpx.Client) -> None:
    sent = http.post("/questions", data={"question": QUESTION, "after": "", "dossier": "", "since": ""})
    assert sent.status_code == 303
    answer = http.get(sent.headers["Location"])
    assert "helmen" in answer.text
    assert "/letters/kst-27925-504?version=1&amp;mark=9:" in answer.text


def test_what_is_asked_further_keeps_the_thread(http: httpx.Client) -> None:
    first = http.post("/questions", data={"question": QUESTION}).headers["Location"].rpartition("/")[2]
    second = http.post("/questions", data={"question": "En hoeveel vesten?", "after": first}).headers["Location"]
    assert second.endswith(f"?after={first}")
    thread = http.get(second).text.partition("</head>")[2]
    assert thread.index(QUESTION) < thread.index("En hoeveel vesten?")
    assert "kogelwerende vesten" in thread[thread.index("En hoeveel vesten?") :]


def test_what_is_asked_further_is_asked_of_the_same_letter_alone(http: httpx.Client) -> None:
    answer = http.get(http.post("/questions", data={"question": QUESTION, "letter": LETTER}).headers["Location"]).text
    assert f'<input type="hidden" name="letter" value="{LETTER}">' in answer
    assert 'Alleen uit: <span lang="nl">Kamerstuk 27 925, nr. 504</span>' in answer
    assert (
        'name="letter"' not in http.get(http.post("/questions", data={"question": QUESTION}).headers["Location"]).text
    )


def test_a_filter_that_cannot_be_read_is_told(http: httpx.Client) -> None:
    reply = http.post("/questions", data={"question": QUESTION, "since": "morgen"})
    assert reply.status_code == 400
    assert "Vanaf: schrijf dit als 2014-09-10" in reply.text


def test_no_page_lets_anything_run_that_is_not_its_own(http: httpx.Client) -> None:
    for path in ("/", "/letters/kst-27925-504", "/nothing"):
        page = http.get(path)
        assert page.headers["Content-Security-Policy"] == POLICY
        assert "unsafe" not in POLICY
        assert not re.search(r"<style|<script(?![^>]* src=)|\son\w+=|\sstyle=|https?://(?!zoek\.)", page.text)


def test_programs_get_errors_as_problems_and_people_as_pages(http: httpx.Client) -> None:
    assert "Deze brief, of deze versie ervan, is er niet" in http.get("/letters/kst-1-1").text
    assert http.get("/v1/letters/kst-1-1").headers["Content-Type"] == "application/problem+json"
    assert http.get("/nothing", headers={"Accept": "*/*"}).headers["Content-Type"] == "application/problem+json"


def test_the_language_is_the_browsers_until_another_is_chosen(http: httpx.Client) -> None:
    assert '<html lang="nl">' in http.get("/").text
    assert '<html lang="en">' in http.get("/", headers={"Accept-Language": "en"}).text
    assert '<html lang="en">' in http.get("/?lang=en").text
    assert '<html lang="en">' in http.get("/").text


def test_the_pictures_of_the_docs_are_small_and_shown() -> None:
    pictures = sorted((ROOT / "docs" / "page").glob("*.png"))
    assert len(pictures) > 3
    assert [one.name for one in pictures if one.stat().st_size > WHOLE] == []
    text = "".join(path.read_text() for path in (ROOT / "docs").glob("*.md"))
    assert [one.name for one in pictures if f"(page/{one.name})" not in text] == []


def test_each_view_is_light(http: httpx.Client) -> None:
    scripts = sum(len(one) for name, one in static_files().items() if name.endswith(".js"))
    for path in ("/", "/letters/kst-27925-504"):
        assert sum(map(len, loaded(http, path).values())) + scripts < WHOLE
