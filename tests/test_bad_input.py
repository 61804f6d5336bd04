"""Sources and questions that cannot be used: one line that names the source, and the stores as they were."""

import io
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from kamerbrief import errors
from kamerbrief.library import Kamerbrief
from kamerbrief.records.letters import Filters
from tests.cli.test_cli import runner
from tests.letters.test_sources import ENCRYPTED

PUBLICATION = b"<officiele-publicatie>&b;</officiele-publicatie>"
LEVELS = b"".join(b'<!ENTITY x%d "%s">' % (level, b"&x%d;" % (level - 1) * 10) for level in range(1, 10))
BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x0 "x">' + LEVELS + b'<!ENTITY b "&x9;">]>' + PUBLICATION
"""A billion letters x, were it read."""
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
        archive.writestr("../letter.txt", "Den Haag")
    return written.getvalue()


BAD: list[tuple[str, bytes, type[errors.LetterError]]] = [
    ("empty.txt", b"", errors.EmptySourceError),
    ("blank.txt", b" \n\n \n", errors.EmptySourceError),
    ("scan.pdf", scan(), errors.NoTextError),
    ("torn.pdf", scan()[:60], errors.BrokenSourceError),
    ("locked.pdf", ENCRYPTED, errors.EncryptedError),
    ("letter.zip", zipped(), errors.UnsafeArchiveError),
    ("bomb.xml", BOMB, errors.UnsafeXmlError),
    ("outside.xml", OUTSIDE, errors.UnsafeXmlError),
    ("other.xml", b"<?xml version='1.0'?><wet><al>x</al></wet>", errors.UnknownFormatError),
    ("zero.txt", b"Den Haag\0\0\0\1\2\3", errors.BrokenSourceError),
]


@pytest.mark.parametrize(("name", "content", "kind"), BAD)
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


def test_the_program_tells_each_in_a_line_and_adds_none(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    for name, content, _ in BAD:
        (folder / name).write_bytes(content)
    lines = runner(tmp_path / "data")("add", folder, tmp_path / "gone.txt", code=1).stderr.splitlines()
    names = [*sorted(name for name, _, _ in BAD), "gone.txt"]
    assert all(line.startswith("kamerbrief: ") for line in lines)
    assert [Path(line.split()[1]).name for line in lines] == names
    with Kamerbrief(tmp_path / "data") as kb:
        status = kb.status()
    assert status.letters == status.chunks == status.vectors == status.words == 0
    assert status.whole


def test_a_real_scan_and_a_real_letter_cut_short(kb: Kamerbrief, data: Path, tmp_path: Path) -> None:
    before = kb.status()
    with pytest.raises(errors.NoTextError, match=r"blg-1007826\.pdf is a scan"):
        kb.add(next(data.rglob("blg-1007826.pdf")))
    whole = next(data.rglob("kst-29515-496.pdf")).read_bytes()
    (tmp_path / "short.pdf").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(errors.BrokenSourceError, match=r"short\.pdf is a damaged PDF"):
        kb.add(tmp_path / "short.pdf")
    assert kb.status() == before


def test_a_file_that_is_not_there(kb: Kamerbrief, tmp_path: Path) -> None:
    before = kb.status()
    with pytest.raises(errors.LetterError, match=r"gone\.txt is not there"):
        kb.add(tmp_path / "gone.txt")
    assert kb.status() == before


def test_a_huge_file_is_refused_before_it_is_read(kb: Kamerbrief, tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(200_000_000)
    before = kb.status()
    with pytest.raises(errors.TooLargeError, match=r"huge\.txt is 200 MB"):
        kb.add(huge)
    assert kb.status() == before


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
    filters = Filters(letters=("kst-27925-504", "kst-1-1"))
    with pytest.raises(errors.UnknownLetterError, match="no letter 'kst-1-1'"):
        kb.search("helmen", filters=filters)
    with pytest.raises(errors.UnknownLetterError, match="no letter 'kst-1-1'"):
        kb.ask("Hoeveel helmen?", filters=filters)


def test_a_question_no_store_can_hold(kb: Kamerbrief) -> None:
    before = kb.status()
    for question in ("", " \n\0", "a" * 20_000):
        with pytest.raises(errors.QuestionError):
            kb.ask(question)
        with pytest.raises(errors.QuestionError):
            kb.search(question)
    assert kb.status() == before
