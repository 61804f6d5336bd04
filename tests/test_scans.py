"""Scans are added: the text of their pages is recognised, where OCRmyPDF is, and told as such wherever it is shown."""

import hashlib
import io
import shutil
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from kamerbrief import Kamerbrief
from kamerbrief.errors import LetterError, NoTextError
from kamerbrief.http.mcp.results import hits_text, proven
from kamerbrief.letters.recognition import INSTALL
from kamerbrief.presenting import place_of
from kamerbrief.settings import load
from tests.letters.made import Drawn, made_pdf
from tests.letters.packing import zip_of

pdfium: Any = pypdfium2
TEXT = "De minister heeft 1.250 helmen en 300 vesten geleverd aan de brandweer van Rotterdam."
QUESTION = "Hoeveel helmen heeft de minister geleverd?"
RECORD = """<metadata_gegevens>
<metadata name="DC.identifier" content="blg-7"/><metadata name="DC.title" content="Lijst"/>
<metadata name="OVERHEIDop.hoofddocument" content="kst-27925-504"/></metadata_gegevens>"""
needs_program = pytest.mark.skipif(
    not shutil.which("ocrmypdf") or not shutil.which("tesseract"), reason=f"scans are not recognised here: {INSTALL}"
)


def pages(*texts: str) -> bytes:
    return made_pdf([Drawn().lines(70, 700, ["Den Haag, 6 juli 2021", "", text], size=11) for text in texts])


def scan(*texts: str) -> bytes:
    """A PDF of pictures of printed pages."""
    images = [page.render(scale=200 / 72, grayscale=True).to_pil() for page in pdfium.PdfDocument(pages(*texts))]
    out = io.BytesIO()
    images[0].save(out, "PDF", save_all=True, append_images=images[1:], resolution=200)
    return out.getvalue()


def library(folder: Path, seconds: float) -> Kamerbrief:
    return Kamerbrief(settings=load(data_dir=folder, ocr_timeout=seconds))


@needs_program
@pytest.mark.slow
def test_a_scan_is_read_and_every_citation_of_it_says_what_it_is(tmp_path: Path) -> None:
    file = tmp_path / "blg-7.pdf"
    file.write_bytes(scan(TEXT))
    (tmp_path / "metadata.xml").write_text(RECORD)
    with library(tmp_path / "data", 120) as kb:
        added = kb.add(file)
        letter, answer = kb.letter("blg-7"), kb.ask(QUESTION)
        (hit, *_) = kb.search(QUESTION)

        assert [one.text for one in letter.paragraphs] == [TEXT]
        assert (letter.title, letter.references[0].id) == ("Lijst", "kst-27925-504")
        assert letter.source.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
        assert letter.paragraphs[0].recognised
        assert added.warnings == ("page 1: read by text recognition (OCR), the words may hold errors",)
        (cited,) = answer.sentences[0].citations
        assert (cited.recognised, cited.quote) == (True, TEXT)
        assert cited.label.endswith("(tekst herkend uit een scan)")
        assert place_of(hit).endswith("(tekst herkend uit een scan)")
        assert "(letter blg-7, paragraph 1) (tekst herkend uit een scan)" in hits_text([hit])
        assert proven(answer).sentences[0].citations[0].recognised
        english = kb.ask("How many helmets (helmen) did the minister deliver?", writer="extractive")
        assert english.sentences[0].citations[0].label.endswith("(text recognised from a scan)")
        assert kb.brief(["blg-7"]).in_short[0].citations[0].recognised


@needs_program
@pytest.mark.slow
def test_a_page_that_is_a_picture_is_read_beside_the_others(tmp_path: Path, data: Path) -> None:
    with library(tmp_path, 120) as kb:
        added = kb.add(data / "cases" / "scanned-page.pdf")
        letter = kb.letter(added.letter)
        assert {one.page: one.recognised for one in letter.paragraphs} == {1: False, 2: True, 3: False}


def test_a_scan_that_cannot_be_recognised_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with library(tmp_path, 120) as kb:
        for source in (scan(TEXT), io.BytesIO(scan(TEXT))):
            with pytest.raises(NoTextError, match="install OCRmyPDF"):
                kb.add(source, name="scan.pdf")
        (packed,) = kb.add_all([zip_of({"scan.pdf": scan(TEXT)})], name="brieven.zip")
        assert isinstance(packed, LetterError)
    with library(tmp_path, 0) as kb, pytest.raises(NoTextError, match="run text recognition"):
        kb.add(scan(TEXT), name="scan.pdf")


def test_a_letter_with_a_scanned_page_is_added_without_it_and_says_so(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with library(tmp_path, 120) as kb:
        assert kb.add(data / "cases" / "scanned-page.pdf").warnings == (
            "page 2 could not be read: a picture without text",
            f"to have it recognised: {INSTALL}",
        )
