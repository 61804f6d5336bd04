"""Whole letters: no word lost, none invented, the same letter every time."""

import io
import re
from collections import Counter
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pypdfium2
import pytest

from kamerbrief.errors import EmptySourceError
from kamerbrief.letters.assemble import assemble
from kamerbrief.letters.letterhead import split_head
from kamerbrief.letters.offices import split_signatures
from kamerbrief.letters.reading import read, read_letter
from kamerbrief.letters.sources import open_source
from kamerbrief.records.letters import Letter, Source
from tests.letters.conftest import DATA, MISSING, SAMPLE, letter_at, official_xmls, real_pdfs

pdfium: Any = pypdfium2

FURNITURE = re.compile(
    r"""^(?:
      Pagina\ \d+\ van\ \d+ | \d{1,2} | (?:kst|ah-tk)-[\d-]+ | ISSN\ 0921\ -\ 73\d\d | ’s-Gravenhage\ \d{4}
    | Tweede\ Kamer,\ vergaderjaar\ \d{4}–\d{4},\ (?:Aanhangsel(?:\ \d+)?|\d\d\ \d{3},\ nr\.\ \d+(?:\ \d+)?)
    | >\ Retouradres\ Postbus\ \d+\ \d{4}\ E[A-Z]\ +Den\ Haag
    # the margin column of a ministry
    | Directoraat-[Gg]eneraal | Bedrijfsleven\ &\ Innovatie | Preventie,\ Jeugd\ en | Sancties | DJJ
    | Directie\ Justitieel\ Jeugdbeleid | Ministerie\ van | Infrastructuur\ en | Waterstaat
    | Bezoekadres | Postadres | Postbus\ \d+ | \d{4}\ [A-Z]{2}\ Den\ Haag | [A-Z]\w+(?:straat|weg|haven)\ ?\d+
    | Overheidsidentificatienr | \d{20} | [TF]\ 070[-\ ][\d\ ]+(?:\ \(algemeen\))? | www\.rijksoverheid\.nl/\w+
    | Ons\ kenmerk | DGBI\ (?:–\ I&K)?/\ 26844711 | IENW/BSK-2022/283041 | 5687928/11 | Bijlage\(n\)
    )$""",
    re.VERBOSE,
)
"""All that is left out of the real documents."""


def _characters(text: str) -> Counter[str]:
    """Letters and digits; PDFium prints a letter and its accent apart."""
    return Counter(char for char in text if char.isalnum())


def _printed(pdf: Path) -> str:
    document = pdfium.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    accents = {"´": "\u0301", "¸": "\u0327"}
    return re.sub(r"(\w)([´¸])", lambda m: normalize("NFC", m[1] + accents[m[2]]), "\n".join(pages))


def _parts(path: Path) -> tuple[Letter, str, list[str]]:
    """The letter; all the text in it, its head and its signatures; and the furniture."""
    raw = open_source(path)
    reading = read(raw)
    letter = assemble(reading, Source(name=raw.name, format="pdf", sha256="", size=0))
    head, rest = split_head(reading.blocks)
    _, signed, _ = split_signatures(rest)
    texts = [*(section.heading or "" for section in letter.sections), *(block.text for block in head + signed)]
    texts += [paragraph.text for paragraph in letter.paragraphs]
    for note in letter.footnotes:
        texts += [note.mark, note.text] + ([note.mark] if note.paragraph else [])
    return letter, "\n".join(texts), [one.text for one in reading.furniture]


@pytest.mark.skipif(not DATA.is_dir(), reason=MISSING)
@pytest.mark.parametrize("pdf", real_pdfs(), ids=lambda path: path.stem)
def test_no_word_of_a_pdf_is_lost_or_invented(pdf: Path) -> None:
    letter, text, furniture = _parts(pdf)
    printed = _printed(pdf)

    assert _characters(text) + _characters("\n".join(furniture)) == _characters(printed)
    solid = "".join(char for char in printed if char.isalnum())
    texts = [paragraph.text for paragraph in letter.paragraphs] + [note.text for note in letter.footnotes]
    words = set(re.findall(r"[^\W_]+", " ".join(texts)))
    assert {word for word in words if word not in solid} == set()
    assert [line for line in furniture if not FURNITURE.match(line)] == []


def test_no_word_of_the_sample_is_lost_or_invented() -> None:
    _, text, furniture = _parts(SAMPLE)

    assert _characters(text + "".join(furniture)) == _characters(SAMPLE.read_text(encoding="utf-8"))
    assert furniture == ["Tweede Kamer, vergaderjaar 2013–2014, 27 925, nr. 504 3"]


@pytest.mark.skipif(not DATA.is_dir(), reason=MISSING)
@pytest.mark.parametrize("xml", official_xmls(), ids=lambda path: path.stem)
def test_xml_and_pdf_of_a_publication_are_the_same_letter(xml: Path) -> None:
    from_xml = letter_at(xml)
    from_pdf = letter_at(xml.parents[1] / "pdf" / f"{xml.stem}.pdf")

    assert [p.text for p in from_xml.paragraphs] == [p.text for p in from_pdf.paragraphs]
    assert [(s.heading, s.kind, s.numbers, s.answers) for s in from_xml.sections] == [
        (s.heading, s.kind, s.numbers, s.answers) for s in from_pdf.sections
    ]
    assert (from_xml.id, from_xml.text_sha256) == (from_pdf.id, from_pdf.text_sha256)


@pytest.mark.skipif(not DATA.is_dir(), reason=MISSING)
@pytest.mark.parametrize("pdf", real_pdfs(), ids=lambda path: path.stem)
def test_marks_of_footnotes_are_out_of_the_text_and_tied(pdf: Path) -> None:
    letter = letter_at(pdf)

    assert [note.mark for note in letter.footnotes if note.paragraph is None] == []
    marks = [int(note.mark) for note in letter.footnotes]
    assert marks == list(range(1, len(marks) + 1))


@pytest.mark.skipif(not DATA.is_dir(), reason=MISSING)
@pytest.mark.parametrize("pdf", sorted(DATA.glob("answers-to-members/*.pdf")), ids=lambda path: path.stem)
def test_every_answer_knows_its_question(pdf: Path) -> None:
    letter = letter_at(pdf)
    numbers = {section.number: section.numbers for section in letter.sections if section.kind == "question"}
    answers = [section for section in letter.sections if section.kind == "answer"]

    asked = sorted(number for section in numbers.values() for number in section)
    assert asked == list(range(1, len(asked) + 1))
    assert all(section.answers and set(numbers[section.answers]) & set(section.numbers) for section in answers)
    notice = [section.heading for section in letter.sections if section.kind == "text"]
    assert notice == (["Mededeling"] if not answers else [])


def test_the_same_text_is_the_same_letter_however_it_comes() -> None:
    data = SAMPLE.read_bytes()
    text = data.decode()
    letters = [
        read_letter(SAMPLE),
        read_letter(str(SAMPLE)),
        read_letter(data, name="brief.txt"),
        read_letter(io.BytesIO(data)),
        read_letter(text.replace("\n", "\r\n").encode("utf-16")),
        read_letter(("\ufeff" + text).encode()),
        read_letter(text.encode("cp1252")),
    ]

    assert len({letter.text_sha256 for letter in letters}) == 1
    assert {letter.id for letter in letters} == {"kst-27925-504"}


def test_a_letter_without_an_official_number_is_named_after_date_head_and_text() -> None:
    text = SAMPLE.read_text(encoding="utf-8").split("Tweede Kamer, vergaderjaar")[0]
    dated = read_letter(text.encode())
    undated = read_letter(text.replace("Den Haag, 10 september 2014", "").encode())
    other = read_letter(text.replace("1.000 helmen", "2.000 helmen").encode())

    assert re.fullmatch("brief-20140910-[0-9a-f]{8}", dated.id)
    assert undated.id == dated.id.replace("20140910", "00000000")
    assert other.id != dated.id
    assert (undated.date, undated.dossier, undated.number, undated.session_year) == (None, None, None, None)


def test_one_changed_word_is_another_text() -> None:
    text = SAMPLE.read_text(encoding="utf-8")

    changed = read_letter(text.replace("1.000 helmen", "2.000 helmen").encode())

    assert changed.id == "kst-27925-504"
    assert changed.text_sha256 != read_letter(SAMPLE).text_sha256


@pytest.mark.parametrize("text", ["x", "1\n\n2\n\n3\n", "- - -\n***\n", "nog leeg", "Á b c d e f"])
def test_what_holds_no_sentence_is_no_letter(text: str) -> None:
    with pytest.raises(EmptySourceError, match=r"^leeg\.xyz holds no sentence: give a file with the text of a letter$"):
        read_letter(text.encode(), name="leeg.xyz")


def test_a_head_without_a_paragraph_is_no_letter() -> None:
    with pytest.raises(EmptySourceError, match=r"^leeg\.txt holds no paragraph: give"):
        read_letter(b"Aan de Voorzitter van de Tweede Kamer\n\nDen Haag, 10 september 2014\n", name="leeg.txt")
