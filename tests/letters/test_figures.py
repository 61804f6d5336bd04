"""The words of a drawing are a figure and no prose; frames and tables are none."""

import pytest

from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Letter, ParagraphKind
from tests.letters.made import Drawn, made_pdf

ABOVE = [
    "De begeleiding van het onderzoek verloopt in drie stappen. De figuur hieronder laat",
    "zien wie er wanneer aan zet is, en wat er daarna met de uitkomsten gebeurt.",
]
BELOW = [
    "De provincies zijn hierover gehoord en stemmen in met de planning, die elk jaar wordt",
    "bijgesteld als de uitvoering daarom vraagt.",
]
LEFT = 70
STEPS = [
    ["Begeleidingscommissie met", "externe leden (voorzitter:", "Mul)."],
    ["Onderzoek door het", "RIVM"],
    ["Resultaat aan uw Kamer", "voorleggen"],
]


def around(page: Drawn, below: int = 420) -> Letter:
    page.lines(LEFT, 700, ABOVE).lines(LEFT, below, BELOW)
    return read_letter(made_pdf([page]), name="brief.pdf")


def told(letter: Letter, kind: ParagraphKind) -> list[str]:
    return [one.text for one in letter.paragraphs if one.kind == kind]


def step(page: Drawn, x: float, y: float, lines: list[str], size: float = 10, width: float = 128) -> None:
    page.box(x, y, width, 60).lines(x + 4, y + 42, lines, size=size)


def prose(*more: str) -> list[str]:
    return [" ".join(ABOVE), *more, " ".join(BELOW)]


def arrow(page: Drawn, x: float, y: float, length: float) -> None:
    page.path((x, y), (x + length, y)).path(
        (x + length, y), (x + length - 4, y + 3), (x + length - 4, y - 3), paint="f"
    )


@pytest.mark.parametrize(("gap", "tied", "size"), [(16, True, 10), (14, False, 10), (10, True, 7)])
def test_boxes_with_a_few_words_are_a_figure(gap: float, tied: bool, size: float) -> None:
    page = Drawn()
    for number, lines in enumerate(STEPS):
        x = LEFT + number * (128 + gap)
        step(page, x, 540, lines, size)
        if tied and number:
            arrow(page, x - gap, 570, gap)
    letter = around(page)
    assert told(letter, "text") == prose()
    assert told(letter, "figure") == ["\n".join(" ".join(lines) for lines in STEPS)]


def test_boxes_under_one_another_tied_by_lines_are_a_figure() -> None:
    page = Drawn()
    for number, lines in enumerate(STEPS):
        step(page, 160, 600 - number * 80, lines)
        if number:
            page.path((220, 660 - number * 80), (220, 680 - number * 80))
    letter = around(page, 400)
    assert told(letter, "text") == prose()
    assert told(letter, "figure") == ["\n".join(" ".join(lines) for lines in STEPS)]


def chart(bars: bool) -> Drawn:
    page = Drawn()
    heights = [30, 66, 82, 41, 12]
    for number in range(5):
        page.path((110, 500 + number * 25), (380, 500 + number * 25))
        page.text(90, 497 + number * 25, str(number * 10), size=8).text(
            120 + number * 50, 486, str(2021 + number), size=8
        )
    if bars:
        for number, height in enumerate(heights):
            page.box(122 + number * 50, 500, 20, height, "f")
    else:
        page.path(*((110 + number * 60, 500 + height) for number, height in enumerate(heights)))
    for number, name in enumerate(["Rijk", "Provincies"]):
        page.box(392, 580 - number * 14, 6, 6, "f").text(402, 580 - number * 14, name, size=8)
    return page


@pytest.mark.parametrize("bars", [True, False], ids=["bars", "line"])
def test_a_chart_takes_the_numbers_along_its_axes_and_its_legend(bars: bool) -> None:
    page = chart(bars).text(LEFT, 460, "Figuur 1: uitgaven per jaar, in miljoenen euro’s.", "italic")
    letter = around(page)
    (figure,) = told(letter, "figure")
    numbers = [*range(0, 50, 10), *range(2021, 2026)]
    assert sorted(figure.split("\n")) == sorted([*map(str, numbers), "Rijk", "Provincies"])
    assert told(letter, "text") == prose("Figuur 1: uitgaven per jaar, in miljoenen euro’s.")


def test_a_sentence_goes_on_behind_a_figure() -> None:
    page = (
        chart(bars=True)
        .lines(LEFT, 700, [ABOVE[0], "zien wie er wanneer aan zet is, en wat er"])
        .lines(LEFT, 440, ["daarna met de uitkomsten gebeurt.", "", *BELOW])
    )
    letter = read_letter(made_pdf([page]), name="brief.pdf")
    assert [one.kind for one in letter.paragraphs] == ["text", "figure", "text"]
    assert letter.paragraphs[0].text == " ".join(ABOVE)


def test_a_frame_around_prose_is_no_figure() -> None:
    framed = [
        "In het programma werken overheid, bedrijven en kennisinstellingen samen aan de",
        "vernieuwing, aan de hand van missies die richting geven aan het onderzoek.",
    ]
    letter = around(Drawn().box(LEFT, 540, 420, 50).lines(LEFT + 8, 570, framed))
    assert told(letter, "text") == prose(" ".join(framed))
    assert told(letter, "figure") == []


@pytest.mark.parametrize("ground", ["cells", "rows", "rules"])
def test_a_table_is_no_figure(ground: str) -> None:
    rows = [("Project", "2024", "2025"), ("Stuw Driel", "4,5", "7,0"), ("Sluis Eefde", "6,0", "8,2")]
    page = Drawn()
    for number, row in enumerate(rows):
        y = 600 - number * 16
        if ground == "rows" and number % 2 == 0:
            page.box(LEFT, y - 4, 400, 16, "f")
        elif ground == "rules":
            page.path((LEFT, y - 4), (LEFT + 400, y - 4))
        for place, cell in enumerate(row):
            if ground == "cells":
                page.box(LEFT + place * 130, y - 4, 130, 16)
            page.text(LEFT + place * 130 + 4, y, cell)
    letter = around(page)
    assert told(letter, "table") == ["\n".join(" | ".join(row) for row in rows)]
    assert told(letter, "figure") == []


def test_a_heading_on_a_ground_and_fields_of_a_form_are_no_figures() -> None:
    page = Drawn().box(LEFT, 600, 420, 16, "f").text(LEFT + 3, 604, "Planning", "bold")
    page.text(LEFT, 560, "Bedrag:").box(120, 556, 100, 14).text(123, 560, "17 miljoen euro")
    page.text(240, 560, "Jaar:").box(280, 556, 60, 14).text(283, 560, "2024")
    assert told(around(page), "figure") == []


def test_the_words_of_a_figure_are_kept_in_the_letter_and_not_lost() -> None:
    letter = around(chart(bars=True))
    assert [one.kind for one in letter.paragraphs] == ["text", "figure", "text"]
    assert letter.paragraphs[1].page == 1
    assert [(one.kind, one.page, one.sure) for one in letter.report] == [("figure", 1, True)]


def test_a_page_that_is_nothing_but_a_figure_is_read() -> None:
    letter = read_letter(made_pdf([chart(bars=True)]), name="brief.pdf")
    assert [one.kind for one in letter.paragraphs] == ["figure"]
