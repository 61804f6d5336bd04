"""The numbers of sources: given when first cited, shared by what is of one source."""

import pytest

from kamerbrief.letters.numbering import Numbering, by_quote, by_unit
from kamerbrief.records.answers import Citation


def cited(quote: str, paragraph: int = 7, letter: str = "kst-27925-504") -> Citation:
    return Citation(
        letter=letter,
        paragraph=paragraph,
        label=f"alinea {paragraph}",
        heading=None,
        url=None,
        text=quote,
        start=0,
        end=len(quote),
        quote=quote,
    )


ASKED = [cited("Helmen."), cited("Vesten.", 8), cited("Wapens."), cited("Helmen.", letter="kst-1-1"), cited("Helmen.")]


@pytest.mark.parametrize(("source", "numbers"), [(by_unit, [1, 2, 1, 3, 1]), (by_quote, [1, 2, 3, 4, 1])])
def test_sources_are_numbered_in_the_order_in_which_they_are_first_cited(source: object, numbers: list[int]) -> None:
    numbering = Numbering(source)  # type: ignore[arg-type]
    assert [numbering.number(one) for one in ASKED] == numbers
    assert [[one.quote for one in of_number] for of_number in numbering.all()] == [
        [one.quote for one, number in zip(ASKED, numbers, strict=True) if number == wanted]
        for wanted in range(1, max(numbers) + 1)
    ]


def test_uses_are_counted_as_they_come() -> None:
    numbering = Numbering()
    assert [numbering.uses(numbering.number(one)) for one in ASKED] == [1, 1, 2, 1, 3]


def test_a_note_has_a_number_of_its_own() -> None:
    note = cited("Zie de brief.").model_copy(update={"footnote": "3"})
    numbering = Numbering()
    assert [numbering.number(one) for one in (cited("Helmen."), note, cited("Vesten."))] == [1, 2, 1]
