"""Text that was recognised in a scan is read as printed text is, and says of itself what it is."""

import stat
from pathlib import Path

import pytest

from kamerbrief.errors import NoTextError
from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.letters.citing import cite
from kamerbrief.letters.fields import field_of
from kamerbrief.letters.labels import label_in
from kamerbrief.letters.reading import read_letter
from kamerbrief.letters.recognition import recognised
from kamerbrief.records.letters import Letter, Unit
from tests.letters.made import Drawn, made_pdf
from tests.letters.test_seen import PICTURE

OPEN = "De dijken langs de rivier zijn nu hoog genoeg voor het water van de komende jaren, en"
LINES = ["de sluizen zijn te oud om nog lang mee te kunnen; daarvoor is in het jaar 2025 een bedrag van", "4 miljoen."]


def mixed() -> Letter:
    """A printed page, and one that was scanned: a paragraph goes on from the one to the other, one of the second has a
    note."""
    first = Drawn().lines(70, 700, ["Den Haag, 6 juli 2021", "", "Bijgaand bericht ik u over de dijken."])
    first.text(70, 100, OPEN)
    second = Drawn().raw(f"q 595 0 0 842 0 0 cm {PICTURE} Q 3 Tr").lines(70, 700, LINES)
    second.raw("BT /plain 10 Tf 70 650 Td (Over de kosten volgt een brief.) Tj /plain 6 Tf 4 Ts (1) Tj ET")
    second.raw("BT /plain 5 Tf 3 Ts 70 80 Td (1) Tj /plain 7 Tf 0 Ts ( Zie het rapport van de commissie.) Tj ET")
    return read_letter(made_pdf([first, second]))


def labelled(letter: Letter, unit: Unit) -> str:
    return cite(letter, None, unit, 0, 5).label


def test_a_paragraph_says_whether_any_of_it_was_recognised() -> None:
    letter = mixed()
    assert [(one.text[:9], one.page, one.recognised) for one in letter.paragraphs] == [
        ("Bijgaand ", 1, False),
        ("De dijken", 1, True),
        ("Over de k", 2, True),
    ]
    assert [(note.paragraph, note.recognised) for note in letter.footnotes] == [(3, True)]
    assert letter.source.recognised
    assert letter.source.warnings == ("page 2: read by text recognition (OCR), the words may hold errors",)


def test_every_citation_of_it_says_so_in_the_language_of_the_answer() -> None:
    letter = mixed()
    printed, _, scan = (labelled(letter, one) for one in letter.paragraphs)
    date = field_of(letter, "date")
    assert date is not None
    assert printed.endswith(", alinea 1")
    assert scan.endswith(", alinea 3 (tekst herkend uit een scan)")
    assert labelled(letter, letter.footnotes[0]).endswith("noot 1 (tekst herkend uit een scan)")
    assert labelled(letter, date).endswith(", datum (tekst herkend uit een scan)")
    assert label_in(scan, lexicon_of("en")).endswith(", alinea 3 (text recognised from a scan)")


def test_sizes_of_type_that_are_nearly_alike_are_one_and_bullets_are_bullets() -> None:
    page = Drawn().raw(f"q 595 0 0 842 0 0 cm {PICTURE} Q 3 Tr")
    lines = ["Over de dijken van het land is dit te zeggen:", "e _ zij zijn hoog genoeg;", "e zij zijn sterk."]
    for number, line in enumerate([OPEN, *LINES, "", *lines]):
        page.text(70, 700 - 13 * number, line, size=9 + number % 2)
    letter = read_letter(made_pdf([page]))
    assert [one.text for one in letter.paragraphs] == [
        " ".join([OPEN, *LINES]),
        lines[0],
        "• zij zijn hoog genoeg;",
        "• zij zijn sterk.",
    ]


def test_text_upon_a_picture_that_can_be_seen_was_not_recognised() -> None:
    page = Drawn().raw(f"q 595 0 0 842 0 0 cm {PICTURE} Q").lines(70, 700, [OPEN, *LINES])
    letter = read_letter(made_pdf([page]))
    assert (letter.source.recognised, letter.source.warnings) == (False, ())


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the program would be found."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path / "ocrmypdf"


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("sleep 60 & sleep 60", r"scan\.pdf is a scan: .*recognising it took more than 1 s; split it, or allow more"),
        ("echo 'no nld' >&2; exit 3", "install OCRmyPDF with Dutch .*tesseract-ocr-nld.*: no nld"),
        ("echo 'a bad page' >&2; exit 15", r"OCRmyPDF cannot read it \(exit code 15\): a bad page"),
        ('test -z "$KAMERBRIEF_CHAT_API_KEY" || exit 0; echo "${@%/*}" >&2; exit 9', r"code 9\): --force-ocr .*2,3"),
    ],
    ids=["too slow", "without Dutch", "a bad page", "how it is called"],
)
def test_what_the_program_does_wrong_is_told(
    program: Path, monkeypatch: pytest.MonkeyPatch, script: str, said: str
) -> None:
    monkeypatch.setenv("KAMERBRIEF_CHAT_API_KEY", "secret")
    program.write_text(f"#!/bin/bash\n{script}\n")
    program.chmod(stat.S_IRWXU)
    with pytest.raises(NoTextError, match=said):
        recognised(b"%PDF-1.4", "scan.pdf", (2, 3), 1.0)


def test_without_the_program_the_error_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoTextError, match="install OCRmyPDF with Dutch"):
        recognised(b"%PDF-1.4", "scan.pdf", (), 1.0)
