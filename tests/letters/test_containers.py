"""Letters that come together in a ZIP or an e-mail; what could harm is refused by its name."""

import io
import zipfile
from collections.abc import Mapping

import pytest

from kamerbrief.errors import (
    BrokenSourceError,
    EmptySourceError,
    EncryptedError,
    LetterError,
    TooLargeError,
    UnknownFormatError,
    UnsafeArchiveError,
)
from kamerbrief.letters.archive import MAX_MEMBERS
from kamerbrief.letters.containers import read_letters
from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Letter
from tests.letters.conftest import SAMPLE
from tests.letters.packing import mail, zip_of

BRIEF = SAMPLE.read_bytes()
OTHER = b"Den Haag, 3 mei 2024\n\nGeachte voorzitter,\n\nHet kabinet plant 4.000 bomen in Drenthe.\n"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\x00" * 99


def found_in(data: bytes, name: str) -> list[str]:
    """Of each outcome the name of its letter, or the error in one line."""
    outcomes = list(read_letters(data, name=name))
    return [one.source.name if isinstance(one, Letter) else str(one) for one in outcomes]


def test_a_zip_gives_its_letters_each_with_a_name_of_its_own() -> None:
    packed = zip_of({"brieven/een.txt": BRIEF, "twee.txt": OTHER, "__MACOSX/._een.txt": b"x", ".DS_Store": b"x"})

    outcomes = list(read_letters(packed, name="brieven.zip"))

    letters = [one for one in outcomes if isinstance(one, Letter)]
    assert [one.source.name for one in letters] == ["brieven.zip/brieven/een.txt", "brieven.zip/twee.txt"]
    assert letters[0].model_dump(exclude={"source"}) == read_letter(SAMPLE).model_dump(exclude={"source"})
    assert len(outcomes) == 2


def test_what_is_no_letter_in_a_zip_is_told_and_the_others_go_on() -> None:
    packed = zip_of({"foto.png": PICTURE, "leeg.txt": b"", "een.txt": BRIEF})

    assert found_in(packed, "b.zip") == [
        "b.zip/foto.png is a picture: save it as .docx, PDF or plain text",
        "b.zip/leeg.txt is empty: give a file with the text of a letter",
        "b.zip/een.txt",
    ]


def test_a_zip_may_hold_files_as_they_are_a_pdf_first() -> None:
    packed = zip_of({"een.pdf": b"%PDF-1.7 kapot", "een.txt": BRIEF}, zipfile.ZIP_STORED)

    damaged, letter = read_letters(packed, name="b.zip")

    assert isinstance(damaged, BrokenSourceError)
    assert damaged.source == "b.zip/een.pdf"
    assert isinstance(letter, Letter)


def _encrypted() -> bytes:
    """A ZIP whose only member says that it is encrypted."""
    data = bytearray(zip_of({"een.txt": BRIEF}))
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(header) + flags] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (zip_of({"../een.txt": BRIEF}), UnsafeArchiveError, "b.zip holds a file '../een.txt', whose name points out"),
        (zip_of({"a/../../een.txt": BRIEF}), UnsafeArchiveError, "whose name points out of it: do not trust it"),
        (zip_of({"..\\een.txt": BRIEF}), UnsafeArchiveError, "whose name points out of it"),
        (zip_of({"/etc/een.txt": BRIEF}), UnsafeArchiveError, "whose name points out of it"),
        (zip_of({"C:\\een.txt": BRIEF}), UnsafeArchiveError, "whose name points out of it"),
        (zip_of({"een.txt": b"a" * 50_000_000}), TooLargeError, "times as large when it is unpacked"),
        (zip_of({f"{n}.txt": b"" for n in range(MAX_MEMBERS + 1)}), TooLargeError, "holds 1001 files"),
        (zip_of({"in.zip": zip_of({"een.txt": BRIEF})}), UnknownFormatError, "b.zip/in.zip is a ZIP in a ZIP: unpack"),
        (zip_of({"map/": b""}), EmptySourceError, "b.zip holds no files"),
        (zip_of({"een.txt": BRIEF})[:-9], BrokenSourceError, "b.zip is a damaged ZIP"),
        (zip_of({"een.txt": BRIEF}).replace(b"\x00\x00\x00een", b"\x00\x00\x01een"), BrokenSourceError, "damaged"),
        (_encrypted(), EncryptedError, "b.zip/een.txt is behind a password"),
    ],
)  # fmt: skip
def test_what_could_harm_is_refused_by_its_name(data: bytes, error: type[LetterError], says: str) -> None:
    [outcome] = read_letters(data, name="b.zip")

    assert type(outcome) is error
    assert str(outcome).startswith("b.zip")
    assert says in str(outcome)
    assert "\n" not in str(outcome)


def test_a_member_that_is_larger_than_it_tells_is_read_no_further() -> None:
    honest = zip_of({"een.txt": BRIEF * 9})
    size = len(BRIEF * 9).to_bytes(4, "little")
    lying = honest.replace(size, (100).to_bytes(4, "little"))

    [outcome] = read_letters(lying, name="b.zip")

    assert isinstance(outcome, BrokenSourceError)


def test_a_member_over_the_limit_of_a_file_is_refused_and_the_others_go_on() -> None:
    packed = zip_of({"groot.txt": BRIEF * 9, "een.txt": BRIEF})

    outcomes = list(read_letters(packed, name="b.zip", max_bytes=2 * len(BRIEF)))

    assert isinstance(outcomes[0], TooLargeError)
    assert isinstance(outcomes[1], Letter)


@pytest.mark.parametrize(
    ("body", "attached", "names"),
    [
        ("Hierbij de brief.", {"brief.txt": BRIEF}, ["m.eml/brief.txt"]),
        ("Hierbij twee brieven.", {"een.txt": BRIEF, "twee.txt": OTHER}, ["m.eml/een.txt", "m.eml/twee.txt"]),
        (OTHER.decode(), {}, ["m.eml"]),
        (OTHER.decode(), {"agenda.txt": b"De agenda van vandaag telt drie punten."}, ["m.eml/agenda.txt", "m.eml"]),
        ("Zie de motie.", {"motie.txt": b"De Kamer,\n\ngehoord de beraadslaging,"}, ["m.eml/motie.txt"]),
        ("Hierbij.", {"brieven.zip": zip_of({"een.txt": BRIEF})}, ["m.eml/brieven.zip/een.txt"]),
        ("Hierbij.", {"fwd.eml": mail("Zie bijlage.", {"een.txt": BRIEF})}, ["m.eml/fwd.eml/een.txt"]),
    ],
)  # fmt: skip
def test_the_letters_of_an_email_are_its_attachments_else_its_text(
    body: str, attached: Mapping[str, bytes], names: list[str]
) -> None:
    assert found_in(mail(body, attached), "m.eml") == names


def test_an_email_without_a_subject_line_in_its_text_has_that_of_the_message() -> None:
    text = "Geachte voorzitter,\n\nHet kabinet plant 4.000 bomen in Drenthe, en wel in dit jaar nog.\n"

    [letter] = read_letters(mail(text, subject="FW: RE: Bomen in Drenthe"), name="m.eml")
    [dated] = read_letters(mail(OTHER.decode().replace("3 mei 2024", "2 april 2024")), name="m.eml")

    assert isinstance(letter, Letter)
    assert isinstance(dated, Letter)
    assert (letter.title, str(letter.date)) == ("Bomen in Drenthe", "2024-05-03")
    assert str(dated.date) == "2024-04-02"


def test_the_text_of_an_email_may_be_a_web_page_without_its_frame() -> None:
    text = "<table><tr><td>Geachte voorzitter,<p>Het kabinet plant 4.000 bomen in Drenthe.</p></td></tr></table>"

    [letter] = read_letters(mail(text), name="m.eml")

    assert isinstance(letter, Letter)
    assert letter.source.format == "html"
    assert [one.text for one in letter.paragraphs] == ["Het kabinet plant 4.000 bomen in Drenthe."]


def test_an_attachment_that_cannot_be_read_is_told_and_pictures_of_the_text_are_not() -> None:
    message = mail("Hierbij.", {"scan.png": PICTURE, "een.txt": BRIEF}, logo=PICTURE)

    assert found_in(message, "m.eml") == [
        "m.eml/scan.png is a picture: save it as .docx, PDF or plain text",
        "m.eml/een.txt",
    ]


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (mail("", {"../../een.txt": BRIEF}), UnsafeArchiveError, "m.eml holds a file '../../een.txt'"),
        (mail("x", {f"{n}.txt": b"x" for n in range(101)}), TooLargeError, "has 101 attachments, the limit is 100"),
        (mail(""), EmptySourceError, "m.eml is an e-mail without a letter: add the letter itself"),
    ],
)  # fmt: skip
def test_an_email_that_is_refused(data: bytes, error: type[LetterError], says: str) -> None:
    [outcome] = read_letters(data, name="m.eml")

    assert type(outcome) is error
    assert says in str(outcome)


def test_messages_in_messages_end_somewhere() -> None:
    message = mail(OTHER.decode())
    for number in range(6):
        message = mail("", {f"{number}.eml": message})

    [outcome] = read_letters(message, name="m.eml")

    assert isinstance(outcome, UnknownFormatError)
    assert "packed too deep" in str(outcome)


@pytest.mark.parametrize(
    "text", ["Aan: de Voorzitter\nDatum: 3 mei 2024\n\nHet kabinet plant bomen.", "From: x\n\nBomen worden geplant."]
)
def test_a_letter_whose_head_looks_like_headers_is_no_email(text: str) -> None:
    [letter] = read_letters(text.encode(), name="brief.txt")

    assert isinstance(letter, Letter)
    assert letter.source.format == "text"


def test_an_email_of_no_day_that_there_is_has_no_date() -> None:
    message = mail(OTHER.decode().replace("Den Haag, 3 mei 2024", ""))
    [letter] = read_letters(message.replace(b"03 May 2024", b"03 May 99999999999999999999"), name="m.eml")
    assert isinstance(letter, Letter)
    assert letter.date is None


def test_a_file_without_a_name_in_a_zip_is_read_as_any_other() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive, archive.open(zipfile.ZipInfo(""), "w") as nameless:
        nameless.write(OTHER)
    [letter] = read_letters(written.getvalue(), name="brieven.zip")
    assert isinstance(letter, Letter)
