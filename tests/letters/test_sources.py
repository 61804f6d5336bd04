"""Bad input: one clear line that names the file and says what to do."""

import io
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from kamerbrief.errors import (
    BrokenSourceError,
    EmptySourceError,
    EncryptedError,
    LetterError,
    NoTextError,
    TooLargeError,
    UnknownFormatError,
    UnsafeXmlError,
)
from kamerbrief.letters.pdf import read_pages
from kamerbrief.letters.reading import read_letter
from kamerbrief.letters.sources import open_source
from tests.letters.conftest import SCAN, tiny_pdf
from tests.letters.packing import zip_of

pdfium: Any = pypdfium2

ENCRYPTED = tiny_pdf(
    extra=b"6 0 obj<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>endobj\n",
    trailer=b"/Encrypt 6 0 R/ID[<00><00>]",
)
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><officiele-publicatie>&b;</officiele-publicatie>'
FOREIGN = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><officiele-publicatie>&a;</officiele-publicatie>'


def _zip(*names: str, content: str = "inhoud") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, content)
    return buffer.getvalue()


ODT_WITH_NO_XML = _zip("mimetype", "content.xml", content="application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("name", "data", "error", "says"),
    [
        ("leeg.txt", b"", EmptySourceError, "is empty"),
        ("wit.txt", b" \n\t\r\n ", EmptySourceError, "is empty"),
        ("nul.txt", b"\x00" * 100, EmptySourceError, "is empty"),
        ("nullen.txt", b"Geachte Voorzitter\x00, dit is geen tekst.", BrokenSourceError, "is not text"),
        ("ruis.txt", bytes(range(256)) * 20, BrokenSourceError, "is not text"),
        ("brief.pdf", _zip("iets.txt"), UnknownFormatError, "holds letters and is none"),
        ("brief.docx", _zip("[Content_Types].xml", "word/document.xml"), BrokenSourceError, "is damaged XML"),
        ("leeg.docx", _zip("[Content_Types].xml", "word/other.xml"), BrokenSourceError, "a Word file without a text"),
        ("map.xlsx", _zip("[Content_Types].xml", "xl/workbook.xml"), UnknownFormatError, "spreadsheet"),
        ("half.docx", _zip("[Content_Types].xml", "word/document.xml")[:-30], BrokenSourceError, "is a damaged ZIP"),
        ("brief.odt", ODT_WITH_NO_XML, BrokenSourceError, "is damaged XML"),
        ("brief.doc", b"\xd0\xcf\x11\xe0" + b"\x00" * 99, UnknownFormatError, "an old Word file"),
        ("foto.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, UnknownFormatError, "picture: save it as .docx, PDF"),
        ("wit.html", b"<!DOCTYPE html><html><p> </p></html>", EmptySourceError, "no paragraph"),
        ("niets.html", b"<html><!-- niets -->", EmptySourceError, "no paragraph"),
        ("diep.html", b"<html>" + b"<div>" * 9999, UnsafeXmlError, "nested more than 200 deep"),
        ("groot.html", b"<html>" + b"Tekst. " * 800_000, TooLargeError, "the limit is 5 MB"),
        ("geen.pdf", b"Dit is gewone tekst.", BrokenSourceError, "called a PDF but is not one"),
        ("kapot.pdf", b"%PDF-1.7\n" + b"\x93" * 999, BrokenSourceError, "damaged PDF"),
        ("half.pdf", tiny_pdf()[:60], BrokenSourceError, "damaged PDF"),
        ("slot.pdf", ENCRYPTED, EncryptedError, "behind a password: save it without"),
        ("scan.pdf", tiny_pdf(), NoTextError, "scan"),
        ("bom.xml", BOMB, UnsafeXmlError, "DTD or entities"),
        ("ver.xml", FOREIGN, UnsafeXmlError, "DTD or entities"),
        ("diep.xml", b"<officiele-publicatie>" + b"<a>" * 9999 + b"</a>" * 9999, BrokenSourceError, "damaged XML"),
        (
            "dieper.xml",
            b"<officiele-publicatie><kamerstuk>"
            + b"<a>" * 9999
            + b"</a>" * 9999
            + b"</kamerstuk></officiele-publicatie>",
            UnsafeXmlError,
            "nested more than",
        ),
        ("ander.xml", b"<?xml version='1.0'?><wet><al>Tekst</al></wet>", UnknownFormatError, "no official publication"),
        ("scheef.xml", b"<officiele-publicatie><kamerstuk>", BrokenSourceError, "damaged XML"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_bad_input_is_one_line(name: str, data: bytes, error: type[LetterError], says: str) -> None:
    with pytest.raises(error, match=re.escape(says)) as caught:
        read_letter(data, name=name)

    assert type(caught.value) is error
    assert str(caught.value).startswith(f"{name} ")
    assert "\n" not in str(caught.value)
    assert caught.value.hint


def test_the_scan_among_the_real_documents(data: Path) -> None:
    with pytest.raises(NoTextError, match=SCAN):
        read_letter(next(data.rglob(SCAN)))


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    big = tmp_path / "groot.pdf"
    with big.open("wb") as file:
        file.truncate(200_000_000)

    with pytest.raises(TooLargeError, match=r"groot\.pdf is 200 MB, the limit is 50 MB"):
        open_source(big)


def test_a_stream_is_not_read_past_the_limit() -> None:
    stream = io.BytesIO(b"x" * 1000)

    with pytest.raises(TooLargeError):
        open_source(stream, name="stroom", max_bytes=10)

    assert stream.tell() == 11


@pytest.mark.parametrize(("name", "says"), [("", "is a folder"), ("weg.txt", r"weg\.txt is not there")])
def test_a_path_without_a_file(tmp_path: Path, name: str, says: str) -> None:
    with pytest.raises(LetterError, match=says):
        open_source(tmp_path / name)


def test_ten_thousand_pages_are_refused_at_once() -> None:
    document = pdfium.PdfDocument.new()
    for _ in range(10_000):
        document.new_page(595, 842).close()
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    start = time.process_time()

    with pytest.raises(TooLargeError, match=r"^lang\.pdf has 10000 pages, the limit is 2000: split"):
        read_letter(buffer.getvalue(), name="lang.pdf")

    assert time.process_time() - start < 3


def test_more_characters_than_the_limit() -> None:
    with pytest.raises(TooLargeError, match=r"^vol\.pdf has more than 4 characters: split"):
        read_pages(tiny_pdf(b"BT /F 9 Tf 70 700 Td (Brief) Tj ET"), "vol.pdf", max_chars=4)


def _endless_page(lines: int) -> bytes:
    shown = (f"(Een regel zonder einde met nummer {number} en zo) Tj 0 -10 Td" for number in range(lines))
    return tiny_pdf(f"BT /F 9 Tf 70 800 Td {' '.join(shown)} ET".encode())


def _word(content: str) -> bytes:
    """A Word file with no more in it than a paragraph of this content."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    main = f'<w:document xmlns:w="{space}"><w:body><w:p>{content}</w:p></w:body></w:document>'
    return zip_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": main.encode()})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("vol.pdf", _endless_page),
        ("zin.txt", lambda n: b"Een regel zonder einde van de zin die maar door gaat en door\n" * n),
        ("stukken.docx", lambda n: _word("<w:r><w:rPr><w:b/></w:rPr><w:t>Zo ging </w:t></w:r>" * n)),
        ("regels.docx", lambda n: _word("<w:r><w:t>zo ging het in dit land</w:t></w:r></w:p><w:p>" * n)),
        ("woord.txt", lambda n: b"Den Haag, 3 mei 2024\n\nDe Minister van Defensie,\n" + b"A" * n + b"!\n"),
        ("noten.txt", lambda n: "".join(f"{i % 900} Een noot zonder plaats.\n\n" for i in range(n)).encode()),
        ("vragen.txt", lambda n: "".join(f"Vraag {i % 900}\n\nZo?\n\nAntwoord\n\nJa.\n" for i in range(n)).encode()),
        ("attributen.html", lambda n: b"<html><p " + b"".join(b"a%d=1 " % i for i in range(20 * n)) + b">Zo."),
        ("links.html", lambda n: b"<html>" + b"<p>Zo<a href=#n>1</a> <b>ging" * n + b"<p id=n>1 Noot"),
        ("deel.html", lambda n: b"<html>" + (b"<div>" * 150 + b"Zo." + b"</div>" * 150) * (n // 50)),
        (
            "stukken.xml",
            lambda n: b"<officiele-publicatie><kamerstuk><stuk><al>"
            + b"Zo <nadruk>ging</nadruk> het <noot>hier</noot>" * n
            + b"</al></stuk></kamerstuk></officiele-publicatie>",
        ),
    ],
)  # fmt: skip
def test_four_times_the_text_takes_no_more_than_ten_times_as_long(name: str, make: Callable[[int], bytes]) -> None:
    def seconds(data: bytes) -> float:
        start = time.process_time()
        read_letter(data, name=name)
        return time.process_time() - start

    # The least of three of each: what other work on the machine adds is no part of it.
    taken = [min(seconds(data) for _ in range(3)) for data in (make(1_000), make(4_000))]

    assert taken[1] < 10 * taken[0]


def test_more_pages_than_the_limit() -> None:
    with pytest.raises(TooLargeError, match="has 1 pages, the limit is 0"):
        read_pages(tiny_pdf(b"BT /F 9 Tf 70 700 Td (Brief) Tj ET"), "lang.pdf", max_pages=0)


@pytest.mark.parametrize(
    ("data", "format"),
    [
        (b"Geachte Voorzitter", "text"),
        (b"< 5 procent van de gevallen", "text"),
        (b"\xef\xbb\xbf<officiele-publicatie/>", "xml"),
        ("<?xml version='1.0'?><officiele-publicatie/>".encode("utf-16"), "xml"),
        (b"\n%PDF-1.4", "pdf"),
        (b"<!DOCTYPE html><p>Brief", "html"),
        (b"\xef\xbb\xbf\n<!-- saved --><HTML lang=nl>", "html"),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' ''><html/>", "html"),
        ("<html/>".encode("utf-16"), "html"),
        (b"<div>Geachte Voorzitter,</div>", "html"),
    ],
)
def test_the_content_tells_the_format(data: bytes, format: str) -> None:
    assert open_source(data, name="zonder.bin").format == format
