"""Pages that are not read from top to bottom: faults of ../shared/data/cases, and others of their kinds made here."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from kamerbrief.letters.pdf import read_pages
from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Letter
from tests.letters.conftest import tiny_pdf


def case(data: Path, name: str) -> Letter:
    return read_letter(data / "cases" / name)


def texts(letter: Letter) -> list[str]:
    return [paragraph.text for paragraph in letter.paragraphs]


def table(letter: Letter) -> str:
    return next(paragraph.text for paragraph in letter.paragraphs if paragraph.kind == "table")


def page(content: str, extra: bytes = b"", rotate: int = 0) -> Letter:
    data = tiny_pdf(content.encode("cp1252"), extra)
    return read_letter(data.replace(b"/Type/Page/", b"/Type/Page/Rotate %d/" % rotate), name="p.pdf")


def drawn(lines: Sequence[str], matrix: str = "1 0 0 1 70 700", before: str = "", size: int = 10) -> str:
    """Lines of text, one under the other, from where the matrix puts them."""
    shown = " ".join(f"({line}) Tj 0 -13 Td" for line in lines)
    return f"BT {before} /F {size} Tf {matrix} Tm {shown} ET "


LINES = [
    "Het kabinet trekt in 2024 een bedrag van 30 miljoen euro uit voor de versterking",
    "van de dijken langs de grote rivieren.",
]
TEXT = " ".join(LINES)


def test_a_turned_page_reads_as_it_stands_when_turned(data: Path) -> None:
    letter = case(data, "turned-page.pdf")
    assert texts(letter)[1].split("\n")[1] == "Vianen | 2027 | 41 miljoen euro"
    assert texts(letter)[2].startswith("De dijk bij Culemborg wordt opgeleverd in 2029 en kost")
    assert len(letter.paragraphs) == 4


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize(
    "matrix",
    ["1 0 0 1 70 700", "0 1 -1 0 100 90", "-1 0 0 -1 500 100", "0 -1 1 0 400 700"],
    ids=["0", "90", "180", "270"],
)
def test_text_reads_the_same_however_it_or_its_page_is_turned(matrix: str, rotate: int) -> None:
    assert texts(page(drawn(LINES, matrix), rotate=rotate)) == [TEXT]


def test_a_few_words_up_the_side_are_margin_print() -> None:
    letter = page(drawn(LINES) + drawn(["kst-29515-496 ISSN"], "0 1 -1 0 20 90"))
    assert texts(letter) == [TEXT]


def test_a_slanted_mark_is_no_text(data: Path) -> None:
    years = [text.split()[4] for text in texts(case(data, "watermark.pdf"))]
    assert years == ["2024", "2025", "2026", "2027", "2028", "2029"]
    letter = page(drawn(["CONCEPT"], "0.7 0.7 -0.7 0.7 200 660", size=40) + drawn(LINES))
    assert texts(letter) == [TEXT]


def test_a_page_that_was_laid_in_a_little_askew_is_read() -> None:
    assert texts(page(drawn(LINES, "0.9994 0.0349 -0.0349 0.9994 70 600"))) == [TEXT]


def test_what_nobody_sees_is_no_text(data: Path) -> None:
    assert len(texts(case(data, "text-off-page.pdf"))) == 1
    for hidden in (
        drawn(["Verborgen."], before="1 g"),
        drawn(["Verborgen."], "1 0 0 1 700 700"),
        drawn(["Weg."], before="3 Tr"),
    ):
        assert texts(page(hidden + "BT 0 g 0 Tr ET " + drawn(LINES, "1 0 0 1 70 600"))) == [TEXT]


def test_white_letters_on_a_dark_ground_are_read() -> None:
    ground = "0.1 0.2 0.5 rg 60 680 480 40 re f "
    assert texts(page(ground + drawn(LINES[1:], before="1 g"))) == [LINES[1]]


def test_a_field_that_was_filled_in_is_text(data: Path) -> None:
    assert "Toegekend bedrag: 17 miljoen euro" in texts(case(data, "form-field.pdf"))


@pytest.mark.parametrize("link", ["/Subtype/Link", "/Subtype/Link/AP<</N 7 0 R>>", "/Subtype/Stamp/AP<</N 7 0 R>>"])
def test_what_an_annotation_shows_is_text_and_a_link_shows_nothing(link: str) -> None:
    shown = b"BT /F 10 Tf 0 3 Td (De dijk is klaar.) Tj ET"
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 90 20]/Resources<</Font<</F 5 0 R>>>>"
    annotation = b"6 0 obj<</Type/Annot/F 4/Rect[70 600 160 620]%s>>endobj\n" % link.encode()
    look = b"7 0 obj<<%s/Length %d>>stream\n%s\nendstream endobj\n" % (form, len(shown), shown)
    data = tiny_pdf(drawn(LINES).encode(), annotation + look)
    letter = read_letter(data.replace(b"/Type/Page/", b"/Type/Page/Annots[6 0 R]/"), name="p.pdf")
    assert texts(letter) == [TEXT, *(["De dijk is klaar."] if "AP" in link else [])]


def test_columns_are_read_one_after_the_other(data: Path) -> None:
    assert [text[:29] for text in texts(case(data, "two-columns.pdf"))] == [
        "In deze brief staat hoe het k",
        "De machinisten krijgen een ex",
    ]


LEFT = [
    "De sluis bij Eefde wordt vernieuwd",
    "en krijgt een tweede kolk. Het werk",
    "begint in 2026 en duurt drie jaar.",
    "De",
    "",
]
LEFT = [
    "De sluis bij Eefde wordt vernieuwd",
    "en krijgt een tweede kolk. Het werk",
    "begint in 2026 en duurt drie jaar.",
    "De schippers zijn erover gehoord en",
    "stemmen met de planning in, met als",
    "voorwaarde dat de vaart doorgaat.",
]
RIGHT = [
    "De brug bij Tiel blijft open voor het",
    "verkeer. De provincie betaalt de helft",
    "van de kosten en de gemeente een deel",
    "van het onderhoud. De inspectie kijkt",
    "elk jaar of de brug nog veilig is en",
    "meldt dat aan de Tweede Kamer.",
]


@pytest.mark.parametrize(("at", "lowered"), [(250, 0), (300, 0), (250, 5)], ids=["narrow", "wide", "own-lines"])
def test_columns_with_other_gutters(at: int, lowered: int) -> None:
    letter = page(drawn(LEFT, "1 0 0 1 70 700") + drawn(RIGHT, f"1 0 0 1 {at} {700 - lowered}"))
    assert texts(letter) == [" ".join(LEFT), " ".join(RIGHT)]


def test_a_table_is_not_taken_for_columns() -> None:
    rows = [
        ("Stuw Driel", "4,5"),
        ("Sluis Eefde", "6,0"),
        ("Brug Tiel", "7,2"),
        ("Gemaal Lely", "1,4"),
        ("Dijk Vianen", "2,2"),
        ("Kade Lent", "3,1"),
    ]
    names, costs = zip(*rows, strict=True)
    letter = page(drawn(LINES, "1 0 0 1 70 760") + drawn(names) + drawn(costs, "1 0 0 1 300 700"))
    assert texts(letter)[1:] == ["\n".join(f"{name} | {cost}" for name, cost in rows)]


def test_a_column_beyond_the_edge_of_the_text_belongs_to_its_table(data: Path) -> None:
    assert table(case(data, "wide-table.pdf")).split("\n") == [
        "Project | 2024 | 2025 | 2026 | Totaal",
        "Stuw Driel | 4,5 | 7,0 | 9,1 | 20,6",
        "Sluis Eefde | 6,0 | 8,2 | 3,3 | 17,5",
        "Brug Tiel | 7,2 | 1,0 | 1,8 | 10,0",
    ]


def test_cells_of_two_lines_are_whole(data: Path) -> None:
    table = next(
        paragraph.text for paragraph in case(data, "wrapped-cells.pdf").paragraphs if paragraph.kind == "table"
    )
    assert table.split("\n") == [
        "Project | Kosten (mln. euro) | Gereed",
        "Stuw Driel, renovatie | 41,5 | 2027",
        "Sluis Eefde, tweede kolk | 66,0 | 2029",
        "Brug Tiel | 73,2 | 2031",
    ]


def test_marks_of_notes_on_another_page_are_tied_to_them(data: Path) -> None:
    letter = case(data, "endnotes.pdf")
    assert "kostte in 2022 in totaal" in texts(letter)[2]
    assert "35 locaties" in texts(letter)[2]
    assert texts(letter)[2].endswith("tot 48.200.")
    assert [(note.mark, note.paragraph) for note in letter.footnotes] == [("3", 3), ("5", 3), ("6", 3)]
    assert not any(section.heading == "Noten" for section in letter.sections)


@pytest.mark.parametrize("rise", [0, 4], ids=["small", "raised"])
def test_a_small_or_raised_digit_is_no_part_of_a_number_even_without_a_note(rise: int) -> None:
    mark = f"/F 6 Tf {rise} Ts (3) Tj /F 10 Tf 0 Ts"
    letter = page(f"BT /F 10 Tf 70 700 Td (De opvang kostte in 2022) Tj {mark} ( veel geld.) Tj ET")
    assert texts(letter) == ["De opvang kostte in 2022 veel geld."]


def test_units_and_formulas_keep_their_small_digits() -> None:
    raised, lowered = "/F 6 Tf 4 Ts (2) Tj /F 10 Tf 0 Ts", "/F 6 Tf -2 Ts (2) Tj /F 10 Tf 0 Ts"
    letter = page(f"BT /F 10 Tf 70 700 Td (Er kwam 40 m) Tj {raised} ( bij, en CO) Tj {lowered} ( af.) Tj ET")
    assert texts(letter) == ["Er kwam 40 m2 bij, en CO2 af."]


def test_a_page_that_is_a_picture_is_told(data: Path) -> None:
    pages = read_pages((data / "cases" / "scanned-page.pdf").read_bytes(), "scan.pdf")
    assert [(remark.page, remark.kind) for page in pages for remark in page.remarks] == [(2, "picture")]


def test_a_page_of_more_characters_than_are_asked_for_at_once_is_read_whole() -> None:
    lines = [f"Gemeente {number} krijgt dit jaar {number * 37} woningen erbij." for number in range(150)]
    [found] = read_pages(tiny_pdf(drawn(lines, "1 0 0 .4 70 800").encode()), "p.pdf")
    assert [word.text for word in found.words] == " ".join(lines).split()


def test_characters_that_are_stored_as_two_halves_are_one() -> None:
    """Of a font that says that a code stands for an emoji, and another one for two letters."""
    names = b"2 beginbfchar\n<41> <D83DDE00>\n<42> <00660069>\nendbfchar\n"
    cmap = b"begincmap\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n" + names + b"endcmap"
    font = b"6 0 obj<</Length %d>>stream\n%s\nendstream endobj\n" % (len(cmap), cmap)
    data = tiny_pdf(b"BT /F 10 Tf 70 700 Td (Een A en een Bets.) Tj ET", font)
    letter = read_letter(data.replace(b"/Helvetica>>", b"/Helvetica/ToUnicode 6 0 R>>"), name="p.pdf")
    assert texts(letter) == ["Een \U0001f600 en een fiets."]


@pytest.mark.parametrize("place", ["1 0 0 {} 72 500", "{} 0 0 1 72 500", "1 {} 0 1 72 500", "1 0 0 1 {} 500"])
def test_text_that_a_damaged_page_puts_nowhere_is_left_out(place: str) -> None:
    nowhere = f"BT {place.format('6' * 51 + '.9')} Tm .0001 Tc (abc def) Tj 5 {'6' * 51} Td (ghi) Tj ET"
    letter = page(drawn(LINES) + nowhere)
    assert texts(letter)[0] == TEXT
