"""What is measured of scans."""

import pytest

from eval.metrics.recognition import Recognition, compare, distance
from eval.systems.scanner import Condition, scanned
from kamerbrief.letters.reading import read_letter
from tests.letters.made import Drawn, made_pdf

TEXT = b"Den Haag, 6 juli 2021\n\nDe dijken zijn hoog genoeg.\n\nDe sluizen zijn oud.\n"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("a b c", "a b c", 0), ("a b c", "a x c", 1), ("a b c", "b c", 1), ("", "a b", 2), ("a b c d", "b x d c", 3)],
)
def test_words_are_changed_put_in_or_left_out(one: str, other: str, expected: int) -> None:
    assert distance(one.split(), other.split()) == distance(other.split(), one.split()) == expected


def test_a_scan_beside_what_was_printed() -> None:
    read = TEXT.replace(b"oud", b"oucl")
    assert compare(read_letter(TEXT), read_letter(read)) == Recognition(9, 1, 1, 2, 1)
    assert Recognition(9, 1, 1, 2, 1) + Recognition(1, 0, 0, 1, 1) == Recognition(10, 1, 1, 3, 2)


def test_a_page_comes_out_the_same_each_time_and_worse_as_it_is_asked() -> None:
    page = made_pdf([Drawn().text(70, 700, "De dijken zijn hoog.")])
    noisy = Condition("noise", 40, noise=20.0, skew=1.0, blur=0.5)
    assert scanned(page, noisy) == scanned(page, noisy)
    assert len(scanned(page, noisy)) > 2 * len(scanned(page, Condition("none", 40)))
