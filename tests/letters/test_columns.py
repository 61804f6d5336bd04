"""Two columns of text, however narrow the white between them, and lines that are set to full width."""

import pytest

from kamerbrief.letters.pdf import read_pages
from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Letter
from tests.letters.made import LEAD, Drawn, made_pdf

LEFT_LINES = [
    "De sluis bij Eefde wordt vernieuwd",
    "en krijgt een tweede kolk. Het werk",
    "begint in 2026 en duurt drie jaar.",
    "De schippers zijn erover gehoord en",
    "stemmen met de planning in, met als",
    "voorwaarde dat de vaart doorgaat.",
]
RIGHT_LINES = [
    "De brug bij Tiel blijft open voor het",
    "verkeer. De provincie betaalt de helft",
    "van de kosten en de gemeente een deel",
    "van het onderhoud. De inspectie kijkt",
    "elk jaar of de brug nog veilig is en",
    "meldt dat aan de Tweede Kamer.",
]
COLUMN = ["Ministerie van", "Infrastructuur en", "Waterstaat", "Ons kenmerk", "IENW/BSK-1"]
LEFT, TOP = 70, 700


def texts(page: Drawn) -> list[str]:
    letter: Letter = read_letter(made_pdf([page]), name="brief.pdf")
    return [paragraph.text for paragraph in letter.paragraphs]


def right_of(lines: list[str]) -> float:
    (page,) = read_pages(made_pdf([Drawn().lines(LEFT, TOP, lines)]), "p.pdf")
    return max(word.right for word in page.words)


def set_full(page: Drawn, y: float, line: str, right: float) -> None:
    """A line with the same white between all its words, so that it ends at `right`."""
    (measured,) = read_pages(made_pdf([Drawn().text(LEFT, y, line)]), "p.pdf")
    words = measured.words
    white = (right - LEFT - sum(word.right - word.left for word in words)) / (len(words) - 1)
    x = float(LEFT)
    for word in words:
        page.text(round(x, 2), y, word.text)
        x += word.right - word.left + white


@pytest.mark.parametrize(("gutter", "lowered"), [(7, 0), (10, 4), (24, 0)])
@pytest.mark.parametrize("margin", [False, True])
def test_columns_are_read_one_after_the_other_and_without_the_margin(
    gutter: float, lowered: float, margin: bool
) -> None:
    at = right_of(LEFT_LINES) + gutter
    page = Drawn().lines(LEFT, TOP, LEFT_LINES).lines(at, TOP - lowered, RIGHT_LINES)
    if margin:
        page.lines(at + right_of(RIGHT_LINES) - LEFT + 9, TOP, COLUMN)
    assert texts(page) == [" ".join(LEFT_LINES), " ".join(RIGHT_LINES)]


def test_columns_set_to_full_width_are_read_one_after_the_other() -> None:
    page = Drawn()
    for number, line in enumerate(LEFT_LINES):
        set_full(page, TOP - number * LEAD, line, 300)
    page.lines(312, TOP, RIGHT_LINES)
    assert texts(page) == [" ".join(LEFT_LINES), " ".join(RIGHT_LINES)]


def test_a_line_set_to_full_width_is_no_row_of_a_table() -> None:
    lines = [
        "Het onderzoek naar de gezondheid van omwonenden loopt tot in 2026, waarna de",
        "rioolwaterzuiveringsinstallaties gewasbeschermingsmiddelen verwijderen",
        "uit het water dat zij lozen. Ik zal uw Kamer daarover informeren.",
    ]
    page = Drawn().text(LEFT, TOP, lines[0]).text(LEFT, TOP - 2 * LEAD, lines[2])
    set_full(page, TOP - LEAD, lines[1], right_of(lines[:1]))
    assert texts(page) == [" ".join(lines)]


def test_a_number_that_closes_a_bracket_starts_no_item() -> None:
    lines = [
        "De minister heeft bij zijn brief van november (Kamerstukken II, 32 123, nr.",
        "30) een onderzoek gevraagd.",
    ]
    assert texts(Drawn().lines(LEFT, TOP, lines)) == [" ".join(lines)]
