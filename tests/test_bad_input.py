"""Sources and questions that cannot be used: one line that names the source, and the stores as they were."""

import io
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from kamerbrief import errors
from kamerbrief.library import Kamerbrief
from kamerbrief.records import Filters

PUBLICATION = b"<officiele-publicatie>&b;</officiele-publicatie>"
BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;">]>""" + PUBLICATION
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>""" + PUBLICATION


def scan() -> bytes:
    """A PDF with a page and no text."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    written = io.BytesIO()
    document.save(written)
    document.close()
    return written.getvalue()


def zipped() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("letter.txt", "Den Haag")
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("empty.txt", b"", errors.EmptySourceError),
        ("blank.txt", b" \n\n \n", errors.EmptySourceError),
        ("scan.pdf", scan(), errors.NoTextError),
        ("torn.pdf", scan()[:60], errors.BrokenSourceError),
        ("letter.pdf", zipped(), errors.UnknownFormatError),
        ("bomb.xml", BOMB, errors.UnsafeXmlError),
        ("outside.xml", OUTSIDE, errors.UnsafeXmlError),
        ("other.xml", b"<?xml version='1.0'?><wet><al>x</al></wet>", errors.UnknownFormatError),
        ("zero.txt", b"Den Haag\0\0\0\1\2\3", errors.BrokenSourceError),
    ],
)
def test_a_source_that_is_no_letter(
    kb: Kamerbrief, tmp_path: Path, name: str, content: bytes, kind: type[errors.LetterError]
) -> None:
    before = kb.status()
    (tmp_path / name).write_bytes(content)
    with pytest.raises(kind) as caught:
        kb.add(tmp_path / name)
    assert name in str(caught.value)
    assert caught.value.hint
    assert "\n" not in str(caught.value)
    assert kb.status() == before
    assert before.whole


def test_a_file_that_is_not_there(kb: Kamerbrief, tmp_path: Path) -> None:
    with pytest.raises(errors.LetterError, match=r"gone\.txt"):
        kb.add(tmp_path / "gone.txt")


def test_a_huge_file_is_refused_before_it_is_read(kb: Kamerbrief, tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(errors.TooLargeError, match=r"huge\.txt"):
        kb.add(huge)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-8-sig"])
def test_other_encodings_give_the_same_letter(tmp_path: Path, sample: Path, encoding: str) -> None:
    text = sample.read_text().replace("’", "'").replace("–", "-")
    with Kamerbrief(tmp_path) as kb:
        assert kb.add(text.encode(), name="plain.txt").letter == "kst-27925-504"
        assert kb.add(text.encode(encoding), name="other.txt").outcome == "same"


def test_bad_ones_among_good_ones_do_not_stop_them(tmp_path: Path, sample: Path) -> None:
    with Kamerbrief(tmp_path) as kb:
        outcomes = list(kb.add_all([b"", sample, BOMB, sample]))
        assert [getattr(one, "outcome", type(one).__name__) for one in outcomes] == [
            "EmptySourceError",
            "new",
            "UnsafeXmlError",
            "same",
        ]


def test_a_filter_that_names_no_letter_is_told(kb: Kamerbrief) -> None:
    with pytest.raises(errors.UnknownLetterError, match="kst-1-1"):
        kb.search("helmen", filters=Filters(letters=("kst-1-1",)))


def test_a_question_no_store_can_hold(kb: Kamerbrief) -> None:
    for question in ("", "a" * 20_000):
        with pytest.raises(errors.QuestionError):
            kb.ask(question)
