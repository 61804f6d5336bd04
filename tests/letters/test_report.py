"""What reading took for something else than text, told page by page."""

from pathlib import Path

import pytest

from kamerbrief.letters.lines import Note, Reading
from kamerbrief.letters.reading import read_letter
from kamerbrief.letters.report import report_of
from kamerbrief.records.letters import Footnote, Taken
from tests.letters.conftest import letter_at, real_pdfs
from tests.letters.test_publication import LETTER


@pytest.fixture(scope="module")
def report(data: Path) -> tuple[Taken, ...]:
    return letter_at(data / "letters" / "kamerbrief-innovatiemissies-2023.pdf").report


def test_each_page_tells_its_foot_its_margin_and_its_notes(report: tuple[Taken, ...]) -> None:
    feet = [one for one in report if one.kind == "furniture" and one.text.startswith("Pagina")]

    assert [(one.page, one.text) for one in feet] == [(n, f"Pagina {n} van 8") for n in range(1, 9)]
    assert feet[0].signs == (
        "words that papers print around the text", "at the foot of the page", "smaller type", "on 8 of 8 pages",
    )  # fmt: skip
    references = [one for one in report if (one.kind, one.text) == ("margin", "DGBI / 26844711")]
    assert [one.page for one in references] == [2, 3, 4, 5, 6, 7, 8]
    assert {one.signs for one in references} == {("beside the text", "smaller type", "on 7 of 8 pages")}
    notes = [(one.page, one.text) for one in report if one.kind == "note"]
    assert len(notes) == 15
    assert (4, "7 Kamerstuk 22112, nr. 3157.") in notes
    assert all(one.sure for one in report)


def test_tables_are_told_by_their_rows_and_cells(data: Path) -> None:
    tables = [
        (one.page, one.signs, one.sure)
        for one in letter_at(data / "answers-to-members" / "ah-tk-20232024-1314.pdf").report
        if one.kind == "table"
    ]

    assert tables == [
        (2, ("4 rows of cells", "4 cells in each"), True),
        (2, ("2 rows of cells", "4 cells in each"), True),
    ]


@pytest.mark.parametrize(
    ("case", "page", "kind", "signs", "sure"),
    [
        ("watermark.pdf", 1, "slanted", ("drawn at a slant",), False),
        ("text-off-page.pdf", 1, "off the page", ("lies outside the page",), False),
        ("scanned-page.pdf", 2, "picture", ("a picture covers most of the page", "it has no text to speak of"), True),
        ("encoded-twice.txt", None, "mended", ("characters that another encoding gives",), False),
    ],
)
def test_what_cannot_be_read_as_it_stands_is_told(
    data: Path, case: str, page: int | None, kind: str, signs: tuple[str, ...], sure: bool
) -> None:
    (one,) = read_letter(data / "cases" / case).report

    assert (one.page, one.kind, one.signs, one.sure) == (page, kind, signs, sure)


def test_a_note_without_a_mark_in_the_text_is_not_sure() -> None:
    read = Reading([], [Note("1", "Kamerstuk 31 793, nr. 5.", 2)])
    tied, loose = (Footnote(mark="1", text=read.notes[0].text, paragraph=number) for number in (1, None))

    assert [report_of(read, [], [note], marked=False)[0].sure for note in (tied, loose)] == [True, False]


def test_what_the_file_itself_marks_is_sure() -> None:
    note, table = read_letter(LETTER.encode(), name="kst-27925-504.xml").report

    assert (note.kind, note.text, note.sure) == ("note", "1 Kamerstuk 31 793, nr. 5.", True)
    assert (table.kind, table.signs, table.sure) == ("table", ("the file says so", "2 cells in each"), True)


@pytest.mark.parametrize("pdf", real_pdfs()[:4], ids=lambda path: path.stem)
def test_all_that_is_around_the_text_of_real_papers_has_two_signs(pdf: Path) -> None:
    assert [one for one in letter_at(pdf).report if not one.sure] == []
