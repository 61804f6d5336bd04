"""A raised or smaller digit is a mark and never part of a number, however it is set."""

import pytest

from kamerbrief.letters.reading import read_letter
from tests.letters.made import Drawn, made_pdf


def text(page: Drawn) -> str:
    (paragraph,) = read_letter(made_pdf([page]), name="brief.pdf").paragraphs
    return paragraph.text


def marked(before: str, mark: str, after: str, rise: float, size: float) -> Drawn:
    mark = mark.replace("(", r"\(").replace(")", r"\)")
    shown = f"({before}) Tj /plain {size} Tf {rise} Ts ({mark}) Tj /plain 10 Tf 0 Ts ({after}) Tj"
    return Drawn().raw(f"BT /plain 10 Tf 70 700 Td {shown} ET")


BEHIND = ["48.200", "4,5", "met 35%", "het verslag.", "(zie 2022)"]
SET = [("3", 1.5, 7), ("3", 3, 8.5), ("12", 4, 10), ("3", -2, 6), ("(3)", 4, 6), ("3, 4", 4, 6), ("*", 4, 6)]


@pytest.mark.parametrize(
    ("before", "mark", "rise", "size"),
    [*((before, "3", 4, 6) for before in BEHIND), *(("in 2022", *one) for one in SET)],
)
def test_a_mark_is_taken_out_of_the_sentence(before: str, mark: str, rise: float, size: float) -> None:
    before = before.replace("(", r"\(").replace(")", r"\)")
    found = text(marked(f"De opvang staat {before}", mark, " en daar blijft het bij.", rise, size))
    assert found == f"De opvang staat {before} en daar blijft het bij.".replace("\\", "")


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("De opvang kostte in 2022³ veel geld.", "De opvang kostte in 2022 veel geld."),
        ("Dat staat in het verslag.² Daarna daalde het.", "Dat staat in het verslag. Daarna daalde het."),
        ("Er kwam 40 m² bij, of 12 km² in al.", "Er kwam 40 m² bij, of 12 km² in al."),
        ("Het waren 10³ deeltjes per liter.", "Het waren 10³ deeltjes per liter."),
    ],
)
def test_a_character_that_is_a_raised_digit_is_a_mark_but_behind_units_and_in_powers(printed: str, read: str) -> None:
    assert text(Drawn().text(70, 700, printed)) == read
    assert read_letter(printed.encode(), name="brief.txt").paragraphs[0].text == read


@pytest.mark.parametrize("lower", [-2.2, 1.7])
def test_what_was_filled_in_stands_after_its_label_though_a_little_lower(lower: float) -> None:
    page = Drawn().text(70, 700, "Naam van de aanvrager:").text(190, 700 - lower, "Provincie Gelderland")
    page.text(70, 660, "Het bedrag wordt betaald zodra het verslag over het afgelopen jaar binnen is.")
    letter = read_letter(made_pdf([page]), name="brief.pdf")
    assert letter.paragraphs[0].text.startswith("Naam van de aanvrager: Provincie Gelderland")
