"""What nobody sees on a page is no text of the letter; what is seen is, however it was put there."""

import pytest

from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Letter
from tests.letters.made import Drawn, made_pdf

LINES = [
    "Het kabinet trekt in 2024 een bedrag van 30 miljoen euro uit voor de versterking",
    "van de dijken langs de grote rivieren.",
]
TEXT = " ".join(LINES)
PICTURE = "BI /W 1 /H 1 /CS /G /BPC 8 ID x EI"


def read(page: Drawn) -> Letter:
    return read_letter(made_pdf([page]), name="brief.pdf")


def texts(letter: Letter) -> list[str]:
    return [paragraph.text for paragraph in letter.paragraphs]


def said(before: str = "", after: str = "", size: float = 10) -> str:
    return f"q {before} BT /plain {size} Tf 70 500 Td (Verborgen bedrag van 17 miljoen.) Tj ET Q {after}"


@pytest.mark.parametrize(
    "hidden",
    [
        said("0 0 10 10 re W n"),
        said("60 490 200 20 re W n 300 490 200 20 re W n"),
        said(after="q 1 g 60 490 300 20 re f Q"),
        said(after="q 0 g 60 490 300 20 re f Q"),
        said(after=f"q 300 0 0 20 60 490 cm {PICTURE} Q"),
        said("7 Tr"),
        said(size=0.5),
    ],
    ids=["cut off", "cut off twice", "under white", "blacked out", "under a picture", "nothing but an edge", "tiny"],
)
def test_what_is_cut_off_painted_over_or_too_small_is_no_text(hidden: str) -> None:
    letter = read(Drawn().lines(70, 700, LINES).raw(hidden))
    assert texts(letter) == [TEXT]
    assert [one.kind for one in letter.report] == ["hidden"]


@pytest.mark.parametrize(
    "seen",
    [
        said("60 490 300 20 re W n"),
        said("q 1 1 0 rg 60 490 300 20 re f Q"),
        said(after="q 0 0 10 10 re W n 1 g 60 490 300 20 re f Q"),
        said(after="q 60 490 300 20 re S Q"),
        said(after="q 0 g 60 490 300 1 re f Q"),
    ],
    ids=["within its edge", "on a ground", "under what is cut off itself", "in a frame", "struck through"],
)
def test_what_can_be_seen_is_text(seen: str) -> None:
    letter = read(Drawn().lines(70, 700, LINES).raw(seen))
    assert texts(letter) == [TEXT, "Verborgen bedrag van 17 miljoen."]


@pytest.mark.parametrize("strips", [1, 10])
def test_what_was_recognised_in_a_scanned_page_is_read_and_said(strips: int) -> None:
    page = Drawn()
    for number in range(strips):
        page.raw(f"q 595 0 0 {842 / strips} 0 {number * 842 / strips} cm {PICTURE} Q")
    page.raw("3 Tr").lines(70, 700, [*LINES, "", *LINES])
    letter = read(page)
    assert texts(letter) == [TEXT, TEXT]
    assert letter.source.warnings == ("page 1: read by text recognition (OCR), the words may hold errors",)
