"""A row of a table with its columns named, and when none is."""

import re
from pathlib import Path

import pytest

from kamerbrief.letters.reading import read_letter
from kamerbrief.letters.table_rows import rows_of
from tests.letters.conftest import letter_at, real_pdfs

DRIEL = "Stuw Driel: 2024 4,5; 2025 7,0"


def said(*lines: str) -> list[str]:
    return [row.said for row in rows_of("\n".join(lines)).values()]


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        (["Project | 2024 | 2025", "Stuw Driel | 4,5 | 7,0"], [DRIEL]),
        (
            ["Project | Kosten (mln. euro) | Gereed", "Brug | 73,2 | 2031"],
            ["Brug: Kosten (mln. euro) 73,2; Gereed 2031"],
        ),
        (["Project | Gereed", "Stuw | 2027", "Sluis | 2029"], ["Stuw: Gereed 2027", "Sluis: Gereed 2029"]),
        (["Naam | Rol | Sinds", "Jan | Lid | 2020"], ["Jan: Rol Lid; Sinds 2020"]),
        (["Jaar | Uitgaven | Inkomsten", "2023 | 10 | 20"], ["Jaar 2023: Uitgaven 10; Inkomsten 20"]),
        (["Project | 2024 | 2025", "Brug |  | 1,8"], ["Brug: 2025 1,8"]),
        (
            ["Project | 2024 | 2025", "Brug | n.b. | –", "Sluis | 4 | 5"],
            ["Brug: 2024 n.b.; 2025 –", "Sluis: 2024 4; 2025 5"],
        ),
        (["| 2024 | 2025", "Sluis | 4 | 5"], ["Sluis: 2024 4; 2025 5"]),
        (
            ["Grond | Meldingen | Aangiftes", "| 2021 | 2022", "Ras | 2 | 3"],
            ["Ras: Meldingen 2021 2; Aangiftes 2022 3"],
        ),
    ],
    ids=[
        "years",
        "text",
        "only years",
        "names",
        "counted rows",
        "empty cell",
        "no figure yet",
        "no corner",
        "two rows",
    ],
)
def test_a_row_names_its_columns(lines: list[str], rows: list[str]) -> None:
    assert said(*lines) == rows


@pytest.mark.parametrize(
    "lines",
    [
        ["Stuw Driel | 4,5", "Sluis Eefde | 6,0"],
        ["Maatregel | Wie", "Dijk | Rijk", "Kade | Provincie"],
        ["2023 | 4,5", "2024 | 6,0"],
    ],
    ids=["figures", "words", "years"],
)
def test_rows_without_a_head_stand_as_they_are(lines: list[str]) -> None:
    assert said(*lines) == lines
    assert {row.head for row in rows_of("\n".join(lines)).values()} == {None}


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (["Project | 2024 | 2025"], "Brug | 1,8"),
        (["2024 | 2025"], "Brug | 1,8 | 2,0"),
        (["Project | 2024 | 2024"], "Brug | 1,8 | 2,0"),
        (["Grond | Meldingen", "2021 | 2022"], "Ras | 2 | 3"),
    ],
    ids=["a cell less", "a name less", "two names alike", "one name over two columns"],
)
def test_where_a_figure_could_get_the_name_of_another_column_none_is_named(head: list[str], row: str) -> None:
    """The head is cited beside it all the same."""
    (found,) = rows_of("\n".join([*head, row])).values()
    assert found.said == row
    assert found.head == (0, len("\n".join(head)))


def test_rows_of_real_tables_name_their_columns(data: Path) -> None:
    letter = letter_at(data / "answers-to-members" / "ah-tk-20232024-1314.pdf")
    assert said(letter.paragraphs[11].text) == [
        "Geslacht(Trans): Meldingen in 2021 2; Meldingen in 2022 3; Meldingen in 2023 6",
        "Seksuele gerichtheid: Meldingen in 2021 10; Meldingen in 2022 14; Meldingen in 2023 34",
        "TOTAAL: Meldingen in 2021 12; Meldingen in 2022 17; Meldingen in 2023 40",
    ]


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("wide-table.pdf", "Stuw Driel: 2024 4,5; 2025 7,0; 2026 9,1; Totaal 20,6"),
        ("wrapped-cells.pdf", "Sluis Eefde, tweede kolk: Kosten (mln. euro) 66,0; Gereed 2029"),
    ],
)
def test_rows_of_made_tables_name_their_columns(data: Path, name: str, row: str) -> None:
    letter = read_letter(data / "cases" / name)
    assert row in [one for paragraph in letter.paragraphs if paragraph.kind == "table" for one in said(paragraph.text)]


@pytest.mark.slow
@pytest.mark.parametrize("path", real_pdfs(), ids=lambda path: path.stem)
def test_a_row_says_its_own_cells_and_no_others(path: Path) -> None:
    for paragraph in (one for one in letter_at(path).paragraphs if one.kind == "table"):
        for start, row in rows_of(paragraph.text).items():
            printed = paragraph.text[start:].partition("\n")[0]
            head = paragraph.text[slice(*row.head)] if row.head else ""
            words = set(re.findall(r"\w+", row.said))
            assert set(re.findall(r"\w+", printed)) <= words <= set(re.findall(r"\w+", f"{printed} {head}"))
