"""A page of a PDF as a picture, and where on it quoted words stand."""

import zlib
from pathlib import Path

import pytest

from kamerbrief.errors import BrokenSourceError, PageError
from kamerbrief.letters.on_paper import page_on_paper
from kamerbrief.letters.png import png
from kamerbrief.records.pages import MOST_HIGH, MOST_WIDE, Box, Drawn, PageAsked
from tests.letters.conftest import letter_at, real_pdfs, tiny_pdf

LINES = (
    "Het kabinet heeft besloten om in de komende jaren meer bomen te plan-",
    "ten in Drenthe.3 Daarvoor is in totaal 12 miljoen euro beschikbaar.",
)


def page_of(*lines: str, width: int = 595) -> bytes:
    """A PDF of one page with these lines, from the top."""
    text = b" ".join(f"1 0 0 1 72 {770 - 20 * n} Tm ({line}) Tj".encode() for n, line in enumerate(lines))
    return tiny_pdf(b"BT /F 12 Tf " + text + b" ET").replace(b"[0 0 595 842]", f"[0 0 {width} 842]".encode())


def shown(*quotes: str, pdf: bytes | None = None, **asked: object) -> Drawn:
    asked = {"number": 1, "quotes": quotes} | asked
    return page_on_paper(pdf or page_of(*LINES), "brief", PageAsked.model_validate(asked))


def boxes(*quotes: str) -> tuple[Box, ...]:
    return shown(*quotes).page.boxes


def test_quoted_words_have_a_box_a_line_and_the_mark_of_a_note_none() -> None:
    first, second, third = boxes("meer bomen te planten in Drenthe. Daarvoor is in totaal")
    assert first.top == pytest.approx((842 - 770) / 842, abs=0.02)
    assert second.top - first.top == pytest.approx(20 / 842, abs=0.01)
    assert second.left == pytest.approx(72 / 595, abs=0.01)
    assert first.left > 0.5
    assert third.top == pytest.approx(second.top, abs=0.01)
    assert third.left > second.left + second.width


@pytest.mark.parametrize("quote", ["", "...", "Het kabinet heeft niets besloten", "12 miljard"])
def test_what_is_not_there_has_none(quote: str) -> None:
    assert boxes(quote) == ()


def test_short_words_have_one_too() -> None:
    assert len(boxes("12 miljoen euro")) == 1


def test_a_picture_shows_the_page_with_the_words_marked() -> None:
    plain, marked = shown(drawn=True), shown("in totaal 12 miljoen euro", drawn=True)
    assert (plain.width, plain.height) == (marked.width, marked.height)
    assert plain.width == MOST_WIDE - 1
    assert len(plain.pixels) == 3 * plain.width * plain.height
    (box,) = marked.page.boxes
    wide, top, bottom = 3 * plain.width, *(int(part * plain.height) for part in (box.top, box.top + box.height))
    rows = [n for n in range(plain.height) if plain.pixels[n * wide :][:wide] != marked.pixels[n * wide :][:wide]]
    assert rows[0] == pytest.approx(top, abs=2)
    assert rows[-1] == pytest.approx(bottom, abs=2)


@pytest.mark.parametrize("width", [1, 9, 14_000])
def test_a_page_of_any_size_makes_no_larger_picture(width: int) -> None:
    found = shown("12 miljoen euro", pdf=page_of(*LINES, width=width), drawn=True)
    assert 0 < found.width <= MOST_WIDE
    assert 0 < found.height <= MOST_HIGH


def test_what_is_no_page_is_said() -> None:
    with pytest.raises(PageError, match="there is no page 2: it has 1"):
        shown(number=2)
    with pytest.raises(BrokenSourceError):
        shown(pdf=b"%PDF-1.7 stuk")


def test_a_png_is_one() -> None:
    made = png(2, 1, b"\x01\x02\x03\x04\x05\x06")
    assert made.startswith(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x01\x08\x02")
    data = made[made.index(b"IDAT") + 4 : made.index(b"IEND") - 8]
    assert zlib.decompress(data) == b"\0\x01\x02\x03\x04\x05\x06"


@pytest.mark.slow
@pytest.mark.parametrize("path", real_pdfs(), ids=lambda path: path.stem)
def test_paragraphs_of_real_letters_are_found_on_their_pages(path: Path) -> None:
    letter, data = letter_at(path), path.read_bytes()
    for one in letter.paragraphs:
        if one.kind in ("text", "item") and len(one.text) > 20:
            asked = PageAsked(number=one.page or 1, quotes=(one.text,), further=True)
            assert page_on_paper(data, path.name, asked).page.boxes, one
