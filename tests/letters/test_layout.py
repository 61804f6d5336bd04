"""What the page shows: notes and subscripts, letter-spaced type, columns, tables."""

from pathlib import Path

import pytest

from kamerbrief.letters.reading import read_letter
from tests.letters.conftest import letter_at, tiny_pdf

WATER = "letters/kamerbrief-water-en-bodem-2022.pdf"


def test_subscripts_and_ordinals_are_not_marks(data: Path) -> None:
    text = "\n".join(paragraph.text for paragraph in letter_at(data / WATER).paragraphs)

    assert "slaan CO2 op en helpen" in text
    assert "het 7e Actieprogramma" in text


def test_a_mark_after_a_year_is_taken_out(data: Path) -> None:
    letter = letter_at(data / WATER)
    note = next(note for note in letter.footnotes if note.mark == "8")
    assert note.paragraph is not None

    text = letter.paragraphs[note.paragraph - 1].text

    assert text[: note.position].endswith("Stroomgebiedbeheerplannen 2022-2027")
    assert text[note.position :].startswith(",")


def test_letter_spaced_type_is_read_as_words(data: Path) -> None:
    letter = letter_at(data / WATER)

    assert letter.reference == "IENW/BSK-2022/283041"
    assert letter.ministries == ("Infrastructuur en Waterstaat",)


def test_the_margin_column_is_not_read_into_a_sentence(data: Path) -> None:
    letter = letter_at(data / "letters/kamerbrief-innovatiemissies-2023.pdf")

    assert not any("26844711" in paragraph.text for paragraph in letter.paragraphs)
    assert any("te verbeteren: met meer focus en" in paragraph.text for paragraph in letter.paragraphs)


def test_a_table_is_rows_and_cells(data: Path) -> None:
    letter = letter_at(data / "answers-to-members/ah-tk-20232024-1314.pdf")

    tables = [paragraph.text for paragraph in letter.paragraphs if paragraph.kind == "table"]

    assert tables[0].splitlines() == [
        "Grond | Meldingen in 2021 | Meldingen in 2022 | Meldingen in 2023",
        "Geslacht(Trans) | 2 | 3 | 6",
        "Seksuele gerichtheid | 10 | 14 | 34",
        "TOTAAL | 12 | 17 | 40",
    ]


def test_a_box_does_not_cut_a_sentence(data: Path) -> None:
    letter = letter_at(data / "letters/kamerbrief-innovatiemissies-2023.pdf")
    headings = {section.number: section.heading for section in letter.sections}

    [box] = [
        paragraph for paragraph in letter.paragraphs if headings[paragraph.section] == "Missiegedreven Innovatiebeleid"
    ]

    assert box.text.startswith("In het missiegedreven innovatiebeleid werken")
    assert box.text.endswith("economische kansen verzilveren.")


def test_a_page_of_a_few_words_is_read() -> None:
    content = b"BT /F 9 Tf 70 700 Td (Een korte brief zonder kop.) Tj ET"

    letter = read_letter(tiny_pdf(content))

    assert [paragraph.text for paragraph in letter.paragraphs] == ["Een korte brief zonder kop."]
    assert letter.paragraphs[0].page == 1


@pytest.mark.parametrize(
    ("file", "date"),
    [(WATER, "2022-11-25"), ("answers-to-members/ah-tk-20232024-1432.pdf", "2024-04-05")],
)
def test_the_date_beside_its_label_or_after_received(data: Path, file: str, date: str) -> None:
    letter = letter_at(data / file)

    assert str(letter.date) == date
    assert not letter.id.startswith("brief-00000000")
