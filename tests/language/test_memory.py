"""What was found in sentences is kept within bounds, and can be forgotten."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kamerbrief.language.memory import BYTES, forget, kept_bytes, per_sentence
from kamerbrief.language.terms import term_set
from kamerbrief.library import Kamerbrief


@pytest.fixture(autouse=True)
def _afresh() -> Iterator[None]:
    forget()
    yield
    forget()


def test_what_was_found_is_found_once() -> None:
    asked: list[tuple[str, bool]] = []

    @per_sentence
    def found(text: str, coming: bool) -> tuple[str, ...]:
        asked.append((text, coming))
        return tuple(text.split())

    assert found("een twee", True) == found("een twee", True) == found("een twee", False) == ("een", "twee")
    assert asked == [("een twee", True), ("een twee", False)]


def test_two_functions_do_not_mistake_each_others_sentences() -> None:
    upper, lower = per_sentence(str.upper), per_sentence(str.lower)
    assert (upper("Kamer"), lower("Kamer")) == ("KAMER", "kamer")


def test_it_is_bounded_by_bytes_texts_included() -> None:
    words = per_sentence(lambda text: frozenset(text.split()))
    for number in range(100):
        words(f"{number} " + "x" * (BYTES // 50))
    assert BYTES / 2 < kept_bytes() <= BYTES
    assert words("y" * (BYTES + 1)) == {"y" * (BYTES + 1)}
    assert kept_bytes() <= BYTES


def test_many_threads_may_ask() -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda number: term_set(f"vuurwerk {number % 50}"), range(2000)))
    assert all(f"{number % 50}" in one for number, one in enumerate(found))


def test_nothing_stays_of_a_letter_that_is_removed(tmp_path: Path, sample: Path) -> None:
    with Kamerbrief(tmp_path) as kb:
        letter = kb.add(sample).letter
        kb.ask("Hoeveel helmen heeft Nederland geleverd?")
        assert kept_bytes() > 0
        kb.remove([letter])
    assert kept_bytes() == 0
