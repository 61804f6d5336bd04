"""Headings that only their type tells, and headings of more than one line."""

import pytest

from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Letter
from tests.letters.made import LEAD, Drawn, made_pdf

LEFT, TOP = 70, 700
FIRST = [
    "De metingen rond de luchthaven zijn dit jaar uitgebreid met twee nieuwe punten, en",
    "de uitkomsten daarvan zijn door het instituut met de gemeenten gedeeld en besproken.",
]
SECOND = [
    "Het onderzoek naar de gezondheid van omwonenden loopt tot in 2026. Ik verwacht dat de",
    "eerste uitkomsten in het voorjaar bekend zijn en zal uw Kamer daarover informeren.",
]
LONG = ["Kennisopbouw over emissie en effecten van ultrafijn stof in de omgeving", "van de luchtvaart"]
STYLES = pytest.mark.parametrize("style", ["bold", "italic"])


def read(page: Drawn) -> Letter:
    return read_letter(made_pdf([page]), name="brief.pdf")


def headed(heading: list[str], style: str, above: float, below: float) -> Letter:
    """Two paragraphs with a heading between them, at so many line distances from either."""
    page = Drawn().lines(LEFT, TOP, FIRST)
    y = TOP - LEAD - above * LEAD
    page.lines(LEFT, y, heading, style)
    page.lines(LEFT, y - (len(heading) - 1 + below) * LEAD, SECOND)
    return read(page)


def headings(letter: Letter) -> list[str]:
    return [section.heading for section in letter.sections if section.heading]


def texts(letter: Letter) -> list[str]:
    return [paragraph.text for paragraph in letter.paragraphs]


@STYLES
@pytest.mark.parametrize(("above", "below"), [(1, 1), (2, 1), (2, 2)])
@pytest.mark.parametrize("heading", [["Cumulatie"], LONG, [FIRST[0].rstrip(", en")]], ids=["short", "two", "full"])
def test_a_heading_is_one_with_white_around_it_or_without(
    heading: list[str], style: str, above: float, below: float
) -> None:
    letter = headed(heading, style, above, below)
    assert headings(letter) == [" ".join(heading)]
    assert texts(letter) == [" ".join(FIRST), " ".join(SECOND)]


def test_lines_of_a_heading_may_stand_further_apart_than_those_of_the_text() -> None:
    page = Drawn().lines(LEFT, TOP, FIRST).lines(LEFT, TOP - 60, LONG, "bold", lead=20).lines(LEFT, TOP - 120, SECOND)
    assert headings(read(page)) == [" ".join(LONG)]


@pytest.mark.parametrize(
    ("number", "tab", "style"),
    [
        ("2", 25, "bold"),
        ("2.", 50, "italic"),
        ("3.1", 36, "bold"),
        ("3.2.1", 50, "italic"),
        ("A.", 36, "bold"),
        ("IV", 25, "italic"),
        ("IV", 50, "bold"),
    ],
)
def test_a_heading_with_its_number_before_a_tab_keeps_all_its_lines(number: str, tab: int, style: str) -> None:
    page = Drawn().lines(LEFT, TOP, FIRST).text(LEFT, TOP - 40, number, style)
    page.lines(LEFT + tab, TOP - 40, LONG, style).lines(LEFT, TOP - 66, SECOND)
    letter = read(page)
    assert headings(letter) == [f"{number} {' '.join(LONG)}"]
    assert texts(letter) == [" ".join(FIRST), " ".join(SECOND)]


def test_type_that_a_program_made_bold_or_italic_itself_is_known_and_not_lost() -> None:
    for made in ("2 Tr", "1 0 0.21 1 70 648 Tm"):
        page = Drawn().lines(LEFT, TOP, FIRST).lines(LEFT, 635, SECOND)
        letter = read(page.raw(f"BT /plain 10 Tf 70 648 Td {made} (Cumulatie) Tj ET"))
        assert headings(letter) == ["Cumulatie"]


def test_words_in_italics_within_a_sentence_are_no_heading() -> None:
    page = Drawn().lines(
        LEFT, TOP, [*FIRST[:1], "de uitkomsten staan in het rapport dat het instituut vorig jaar schreef over"]
    )
    page.lines(LEFT, TOP - 2 * LEAD, ["Luchtkwaliteit en gezondheid rond de luchthaven"], "italic")
    page.lines(LEFT, TOP - 3 * LEAD, ["en dat door de gemeenten is besproken."])
    assert headings(read(page)) == []
    assert len(read(page).paragraphs) == 1


def test_a_table_with_a_number_and_names_in_bold_keeps_its_cells() -> None:
    page = Drawn().lines(LEFT, TOP, FIRST)
    for number, row in enumerate([("I", "Rijk", "Provincie"), ("1", "4,5", "7,0"), ("2", "6,0", "8,2")]):
        for place, cell in enumerate(row):
            page.text(LEFT + 40 * place, 640 - number * LEAD, cell, "plain" if number else "bold")
    (table,) = [one.text for one in read(page).paragraphs if one.kind == "table"]
    assert table == "I | Rijk | Provincie\n1 | 4,5 | 7,0\n2 | 6,0 | 8,2"
