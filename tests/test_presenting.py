"""What every way in shows alike."""

from pathlib import Path

from kamerbrief.letters.numbering import Numbering
from kamerbrief.letters.reading import read_letter
from kamerbrief.presenting import footnote_text, marks, read_through, title_of
from kamerbrief.records.letters import Footnote
from tests.letters.test_numbering import cited


def test_a_sentence_has_one_mark_for_each_paragraph_it_cites() -> None:
    numbering = Numbering()
    assert marks(numbering, [cited("Helmen."), cited("Vesten."), cited("Wapens.", 9)]) == ["[1]", "[2]"]
    assert marks(numbering, [cited("Geld.", 12), cited("Vesten.", 9)]) == ["[3]", "[2]"]


def test_each_heading_comes_once_with_the_first_paragraph_under_it(sample: Path) -> None:
    letter = read_letter(sample)
    read = list(read_through(letter))
    assert [paragraph for _, paragraph in read] == list(letter.paragraphs)
    told = [heading for headings, _ in read for heading in headings]
    assert told == [one.heading for one in letter.sections if one.heading]
    assert len(letter.sections) < len(letter.paragraphs)


def test_a_heading_right_above_another_one_is_shown_too(sample: Path) -> None:
    letter = read_letter(sample)
    above = letter.sections[0].model_copy(update={"heading": "Structurerende keuzes"})
    sections = [above, *(one.model_copy(update={"number": one.number + 1}) for one in letter.sections)]
    moved = [one.model_copy(update={"section": one.section + 1}) for one in letter.paragraphs]
    changed = letter.model_copy(update={"sections": tuple(sections), "paragraphs": tuple(moved)})
    headings, _ = next(read_through(changed))
    assert headings[0] == "Structurerende keuzes"


def test_a_letter_without_a_title_is_called_by_its_dossier_and_else_by_its_label(sample: Path) -> None:
    letter = read_letter(sample).model_copy(update={"title": "Helmen", "dossier_name": "Terrorisme"})
    assert title_of(letter) == "Helmen"
    assert title_of(letter.model_copy(update={"title": None})) == "Terrorisme"
    bare = letter.model_copy(update={"title": None, "dossier_name": None})
    assert title_of(bare) == "Kamerstuk 27 925, nr. 504"


def test_a_note_says_where_it_belongs() -> None:
    assert footnote_text(Footnote(mark="1", text="Zie ook.", paragraph=3)) == "Zie ook. (alinea 3)"
    assert footnote_text(Footnote(mark="1", text="Zie ook.")) == "Zie ook."
