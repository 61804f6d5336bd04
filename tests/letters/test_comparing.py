"""Two versions of a letter side by side."""

import pytest

from kamerbrief.letters.comparing import compare
from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Letter
from tests.conftest import SAMPLE

SENTENCES = [
    "Het kabinet heeft in maart besloten dat de dijk bij Driel wordt verhoogd met een halve meter.",
    "De kosten van het werk zijn geraamd op 12 miljoen euro, verdeeld over drie jaren.",
    "Wij informeren uw Kamer voor de zomer over de voortgang van het onderzoek.",
    "De Nederlandse inzet in Mali eindigt volgens planning op 1 mei.",
]


def letter(*paragraphs: str) -> Letter:
    text = "Geachte voorzitter,\n\n" + "\n\n".join(paragraphs) + "\n"
    found = read_letter(text.encode(), name="brief.txt")
    assert [one.text for one in found.paragraphs] == list(paragraphs)
    return found


def told(old: list[str], new: list[str]) -> list[tuple[str, int | None, int | None]]:
    return [(one.change, one.before, one.after) for one in compare(letter(*old), letter(*new)).compared]


A, B, C, D = SENTENCES
B_NOW = B.replace("12 miljoen", "15 miljoen")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([A, B], [A, B], [("same", 1, 1), ("same", 2, 2)]),
        ([A, B], [C, A, B], [("new", None, 1), ("same", 1, 2), ("same", 2, 3)]),
        ([A, B, C], [A, C], [("same", 1, 1), ("gone", 2, None), ("same", 3, 2)]),
        ([A, B, C], [A, B_NOW, C], [("same", 1, 1), ("changed", 2, 2), ("same", 3, 3)]),
        ([A, B, C], [A, D, B_NOW, C], [("same", 1, 1), ("new", None, 2), ("changed", 2, 3), ("same", 3, 4)]),
        ([A, B, C], [A, D, C], [("same", 1, 1), ("gone", 2, None), ("new", None, 2), ("same", 3, 3)]),
        ([A, B, C, D], [D, A, B, C], [("moved", 4, 1), ("same", 1, 2), ("same", 2, 3), ("same", 3, 4)]),
    ],
    ids=["same", "one before", "one gone", "a word", "a word and one before", "another", "moved"],
)
def test_each_paragraph_is_mapped(old: list[str], new: list[str], expected: list[tuple[str, int, int]]) -> None:
    assert told(old, new) == expected


def test_the_words_that_changed_are_marked() -> None:
    (one,) = compare(letter(B), letter(B_NOW)).compared
    assert [(word.text, word.change) for word in one.words] == [
        ("De kosten van het werk zijn geraamd op ", "same"),
        ("12 ", "gone"),
        ("15 ", "new"),
        ("miljoen euro, verdeeld over drie jaren.", "same"),
    ]


def test_headings_are_compared_too() -> None:
    old = read_letter(SAMPLE)
    new = read_letter(SAMPLE.read_bytes().replace(b"Recente ontwikkelingen", b"Nieuwe ontwikkelingen"), name="b.txt")
    (one,) = [one for one in compare(old, new).compared if one.change != "same"]
    assert (one.kind, one.before, one.after) == ("heading", 2, 2)
    assert [word.text for word in one.words] == ["Recente ", "Nieuwe ", "ontwikkelingen"]


def test_both_texts_can_be_read_out_of_the_words() -> None:
    for old, new in ((A, A.replace("maart", "mei 2024")), (C, C.replace("uw Kamer ", ""))):
        (one,) = compare(letter(old), letter(new)).compared
        assert "".join(word.text for word in one.words if word.change != "gone") == new
        assert "".join(word.text for word in one.words if word.change != "new") == old


def test_letters_that_have_nothing_in_common_take_no_time() -> None:
    many, others = ([f"{word} {n} alinea van de brief." for n in range(400)] for word in ("Eerste", "Tweede"))
    found = told(many, others)
    assert {change for change, *_ in found} == {"gone", "new"}
