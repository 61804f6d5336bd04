"""Notes at the foot of scanned pages: told by their place, though their marks and their type were misread."""

import pytest

from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Letter
from tests.letters.made import Drawn, made_pdf
from tests.letters.test_seen import PICTURE

TEXT = [
    "De dijken langs de rivier zijn nu hoog genoeg voor het water van{one} de komende jaren, en",
    "de sluizen zijn te oud om nog lang mee te kunnen; daarvoor is in dit jaar een bedrag van",
    "vier miljoen beschikbaar.{two} De commissie heeft daarover een advies gegeven, en over de",
    "wegen ook. Dat advies wordt in de zomer door het hele kabinet besproken in Den Haag.",
]
FIRST, SECOND = "Kamerstuk 33 009, nr. 117.", "Zie het rapport van de commissie over"
Row = tuple[float, float, str]  # left, size, text


def scanned(*pages: tuple[list[str], list[Row]], pitch: float = 9) -> Letter:
    """Pages of text in 10 points with these lines at their feet, 30 points below it."""
    drawn = []
    for text, foot in pages:
        page = Drawn().raw(f"q 595 0 0 842 0 0 cm {PICTURE} Q 3 Tr").lines(70, 400, text, lead=12)
        for number, (left, size, line) in enumerate(foot):
            page.text(left, 400 - 12 * (len(text) - 1) - 30 - number * pitch, line, size=size)
        drawn.append(page.text(70, 30, "Pagina 1 van 8", size=6))
    return read_letter(made_pdf(drawn))


def page(one: str = "", two: str = "") -> list[str]:
    return [line.format(one=one, two=two) for line in TEXT]


def noted(letter: Letter) -> list[tuple[str, str, str | None]]:
    """The notes: mark, text, and the last word before the mark."""
    texts = {one.number: one.text for one in letter.paragraphs}
    return [
        (one.mark, one.text, texts[one.paragraph][: one.position].split()[-1] if one.paragraph else None)
        for one in letter.footnotes
    ]


def test_marks_that_were_misread_are_those_that_are_due() -> None:
    letter = scanned((page("?", "®"), [(70, 7, f"1 {FIRST}"), (70, 9, f"? {SECOND}"), (70, 6, "de dijken.")]))
    assert noted(letter) == [("1", FIRST, "van"), ("2", f"{SECOND} de dijken.", "beschikbaar.")]
    assert [one.text for one in letter.paragraphs] == [" ".join(page())]
    assert all(one.recognised for one in letter.footnotes)


def test_a_mark_that_can_be_read_tells_where_the_others_are() -> None:
    letter = scanned((page("*", "2"), [(70, 7, f"1_{FIRST}"), (70, 7, f"2 {SECOND} ons.")]))
    assert noted(letter) == [("1", FIRST, "van"), ("2", f"{SECOND} ons.", "beschikbaar.")]


def test_where_a_mark_was_lost_no_note_gets_another_ones_place() -> None:
    letter = scanned((page("", "®"), [(70, 7, f"1 {FIRST}"), (70, 7, f"2 {SECOND} ons.")]))
    assert noted(letter) == [("1", FIRST, None), ("2", f"{SECOND} ons.", None)]
    assert "beschikbaar.®" in letter.paragraphs[0].text


def test_notes_go_on_from_page_to_page_and_so_does_the_text() -> None:
    text = page("1", "")
    text[3] = "wegen ook. Dat advies wordt in de zomer door het hele kabinet besproken in Den Haag en"
    more = ["waar dat nodig is ook elders*, zoals in de brief van het vorige jaar aan uw Kamer is gezegd."]
    letter = scanned((text, [(70, 7, f"1 {FIRST}")]), (more, [(70, 7, "8 Zie noot 1.")]))
    assert noted(letter) == [("1", FIRST, "van"), ("2", "Zie noot 1.", "elders")]
    assert len(letter.paragraphs) == 1
    letter = scanned(
        (page("1"), [(70, 7, f"1 {FIRST}")]),
        (page("*", "”"), [(70, 9, f"2 {FIRST}"), (70, 7, "8 www.voorbeeld.nl"), (70, 9, f"4 {SECOND} ons.")]),
    )
    assert [mark for mark, *_ in noted(letter)] == ["1", "2", "3", "4"]


def test_a_question_mark_is_one_where_something_is_asked() -> None:
    text = [*page("®")[:2], "vier miljoen beschikbaar. Kunt u zeggen wat er met de andere sluizen zal gebeuren?"]
    assert noted(scanned((text, [(70, 7, f"1 {FIRST}")]))) == [("1", FIRST, "van")]
    text[2] = "vier miljoen beschikbaar. Dat bedrag is met de waterschappen van het land besproken?"
    letter = scanned(([*page()[:2], text[2]], [(70, 7, f"1 {FIRST}")]))
    assert noted(letter) == [("1", FIRST, "besproken")]


@pytest.mark.parametrize(
    "foot",
    [
        [(70.0, 10.0, "1. Het eerste besluit is genomen."), (70.0, 10.0, "2. Het tweede niet.")],
        [(70.0, 10.0, "1 Inleiding 3"), (70.0, 10.0, "2 De dijken 5")],
        [(70.0, 10.0, "Dit staat los van de rest, en is geen noot.")],
        [(70.0, 10.0, "• een punt van een lijst"), (70.0, 10.0, "• een ander punt")],
    ],
    ids=["a list", "contents", "a paragraph", "bullets"],
)
def test_what_else_stands_at_the_foot_is_text(foot: list[Row]) -> None:
    letter = scanned((page(), foot), pitch=12)
    assert letter.footnotes == ()
    assert foot[0][2].split()[-1] in letter.paragraphs[-len(foot)].text + letter.paragraphs[-1].text


def test_a_note_under_nothing_but_heads_of_questions_has_no_place() -> None:
    letter = scanned((page("?", "®"), []), (["Vraag 1", "Antwoord 1"] * 8, [(70, 7, f"1 {FIRST}")]))
    assert noted(letter) == [("1", FIRST, None)]
