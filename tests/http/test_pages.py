"""The pages of a letter as they are on paper: found, and seen."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kamerbrief import Kamerbrief
from tests.http.service import Service, serving
from tests.letters.conftest import tiny_pdf

TEXT = "Het kabinet plant in de komende jaren meer bomen in Drenthe en in Overijssel."
PDF = tiny_pdf(b"BT /F 12 Tf 72 720 Td (" + TEXT.encode() + b") Tj ET")


@pytest.fixture(scope="module")
def on_paper(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Iterator[tuple[Service, str]]:
    """A service with a letter of a PDF beside the sample letter, and the PDF's address."""
    folder = tmp_path_factory.mktemp("paper")
    with Kamerbrief(folder) as kb:
        letter = kb.add(PDF).letter
        kb.add(sample)
    with serving(folder) as service:
        yield service, f"/v1/letters/{letter}"


def test_words_are_found_on_their_page(on_paper: tuple[Service, str]) -> None:
    service, address = on_paper
    found = service.http.get(f"{address}/pages", params={"mark": ["1:12-26", "1:0-11"]}).json()
    assert (found["number"], found["pages"], found["width"], found["height"]) == (1, 1, 595, 842)
    first, second = found["boxes"]
    assert 0 < second["left"] < first["left"] < 1
    assert first["top"] == pytest.approx((842 - 720) / 842, abs=0.02)
    assert service.http.get(f"{address}/pages").json()["boxes"] == []


def test_a_page_is_a_picture(on_paper: tuple[Service, str]) -> None:
    service, address = on_paper
    plain, marked = (service.http.get(f"{address}/pages/1", params=asked) for asked in ({}, {"mark": "1:0-11"}))
    assert plain.headers["Content-Type"] == marked.headers["Content-Type"] == "image/png"
    assert plain.content.startswith(b"\x89PNG")
    assert plain.content != marked.content
    again = service.http.get(f"{address}/pages/1", headers={"If-None-Match": plain.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/pages/2", 404, "there is no page 2: it has 1"),
        ("/pages/0", 400, "greater than or equal to 1"),
        ("/pages?mark=alles", 400, "match pattern"),
        ("/pages?version=2", 404, "has no version 2"),
    ],
)
def test_what_is_not_there_is_said(on_paper: tuple[Service, str], path: str, status: int, says: str) -> None:
    service, address = on_paper
    reply = service.http.get(address + path)
    assert (reply.status_code, says in reply.json()["detail"]) == (status, True), reply.text


def test_a_letter_that_was_no_pdf_has_none(on_paper: tuple[Service, str]) -> None:
    reply = on_paper[0].http.get("/v1/letters/kst-27925-504/pages/1")
    assert reply.status_code == 404
    assert reply.json()["type"] == "urn:kamerbrief:page"
