"""The real documents, where they are at hand, and small damaged ones made here."""

from functools import cache
from pathlib import Path

import pytest

from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Letter

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "kst-27925-504.txt"
DATA = ROOT.parent / "shared" / "data"
MISSING = "the real documents are not at ../shared/data"
SCAN = "blg-1007826.pdf"


def real_pdfs() -> list[Path]:
    """Every PDF of the real documents that holds text; those of `cases` are made up."""
    return sorted(path for path in DATA.rglob("*.pdf") if path.name != SCAN and path.parent.name != "cases")


@cache
def letter_at(path: Path) -> Letter:
    """The letter in a file that stays as it is, read once for all tests: a long PDF takes a second."""
    return read_letter(path)


def official_xmls() -> list[Path]:
    return sorted(DATA.glob("koop/frbr/**/xml/*.xml"))


@pytest.fixture(scope="session")
def data() -> Path:
    if not DATA.is_dir():
        pytest.skip(MISSING)
    return DATA


def tiny_pdf(content: bytes = b"", extra: bytes = b"", trailer: bytes = b"") -> bytes:
    """A one-page PDF with the given page content; `extra` are further objects, `trailer` further trailer entries."""
    objects = (
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
        b"4 0 obj<</Length " + str(len(content)).encode() + b">>stream\n" + content + b"\nendstream endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    )
    return b"%PDF-1.4\n" + objects + extra + b"trailer<</Root 1 0 R/Size 9" + trailer + b">>\n%%EOF"
