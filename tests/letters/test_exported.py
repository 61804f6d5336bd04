"""Exported letters come back as they were read, and a line that is none is told by its number."""

import io
import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from kamerbrief.errors import BrokenSourceError, LetterError, TooLargeError
from kamerbrief.letters.containers import read_letters
from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Letter
from tests.letters.conftest import SAMPLE
from tests.letters.packing import zip_of

LETTER = read_letter(SAMPLE)
LINE = LETTER.model_dump_json().encode()


def outcomes(data: bytes, max_bytes: int = 50_000_000) -> list[Letter | LetterError]:
    return list(read_letters(data, name="brieven.jsonl", max_bytes=max_bytes))


@pytest.mark.parametrize("data", [LINE, LINE + b"\n", b"\xef\xbb\xbf" + LINE + b"\r\n\r\n"])
def test_a_line_is_a_letter(data: bytes) -> None:
    assert outcomes(data) == [LETTER]


def test_json_that_was_written_anew_is_the_same_letter() -> None:
    assert outcomes(json.dumps(json.loads(LINE), sort_keys=True).encode()) == [LETTER]


def test_real_letters_come_back_as_they_were_read(data: Path) -> None:
    """Of each format, with their notes and references."""
    files = sorted((data / "answers-to-members").rglob("*.pdf"))[:3] + sorted((data / "koop" / "frbr").rglob("*.xml"))
    letters = [one for file in files for one in read_letters(file) if isinstance(one, Letter)]
    assert {letter.source.format for letter in letters} == {"pdf", "xml"}
    assert any(letter.footnotes for letter in letters)
    assert any(letter.references for letter in letters)
    assert outcomes(b"\n".join(letter.model_dump_json().encode() for letter in letters)) == letters


def reworded(letter: Any) -> None:
    letter["paragraphs"][8]["text"] = letter["paragraphs"][8]["text"].replace("1.000 helmen", "9.000 helmen")


def hung_elsewhere(letter: Any) -> None:
    letter["footnotes"] = [{"mark": "1", "text": "Noot", "paragraph": 99, "position": 1}]


def called_otherwise(letter: Any) -> None:
    letter["id"] = "../../\x1b[31m"


def told_more(letter: Any) -> None:
    letter["colour"] = "red"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (reworded, "kst-27925-504 does not have the text that was read"),
        (hung_elsewhere, "a footnote names a paragraph that is not there"),
        (called_otherwise, "an id that no letter can have"),
        (told_more, "colour: Extra inputs"),
    ],
)
def test_a_letter_that_cannot_be_is_told_by_its_line_and_the_others_come(
    spoil: Callable[[Any], None], said: str
) -> None:
    spoiled = json.loads(LINE)
    spoil(spoiled)
    first, wrong, last = outcomes(b"\n".join([LINE, json.dumps(spoiled).encode(), LINE]))
    assert (first, last) == (LETTER, LETTER)
    assert isinstance(wrong, BrokenSourceError)
    assert wrong.what.startswith("brieven.jsonl, line 2")
    assert said in str(wrong)


def test_json_that_holds_no_letters_is_told_once() -> None:
    (only,) = outcomes(b'{"question": "Wie?"}\n' * 1000)
    assert "brieven.jsonl, line 1 is no letter" in str(only)


def test_a_cut_off_export_gives_what_is_whole() -> None:
    first, cut = outcomes(LINE + b"\n" + LINE[:-100])
    assert first == LETTER
    assert isinstance(cut, BrokenSourceError)


def test_a_file_may_be_larger_than_a_letter_may(tmp_path: Path) -> None:
    file, limit = tmp_path / "brieven.jsonl", len(LINE) + 1
    long = LINE[:-1] + b" " * len(LINE) + b"}"
    file.write_bytes(b"\n".join([LINE, long, LINE, LINE]))
    first, large, *others = read_letters(file, max_bytes=limit)
    assert [first, *others] == [LETTER] * 3
    assert isinstance(large, TooLargeError)
    assert "line 2" in str(large)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are a thing of Unix")
@pytest.mark.parametrize("data", [LINE, SAMPLE.read_bytes()], ids=["export", "text"])
def test_a_pipe_is_read_once(tmp_path: Path, data: bytes) -> None:
    os.mkfifo(tmp_path / "pipe")
    with ThreadPoolExecutor() as threads:
        threads.submit((tmp_path / "pipe").write_bytes, data)
        (letter,) = read_letters(tmp_path / "pipe")
    assert isinstance(letter, Letter)
    assert letter.paragraphs == LETTER.paragraphs


def test_an_export_may_come_as_a_stream_and_in_a_zip() -> None:
    assert list(read_letters(io.BytesIO(LINE))) == [LETTER]
    assert outcomes(zip_of({"brieven.jsonl": LINE})) == [LETTER]
