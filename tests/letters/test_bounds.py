"""What somebody packed or repeated to do harm: refused by its name, in seconds, and in the memory that there is."""

import zlib
from collections.abc import Iterator

import pytest

from kamerbrief.errors import TooLargeError, UnreadableError
from kamerbrief.letters import typed
from kamerbrief.letters.apart import Limits, Readers
from kamerbrief.letters.containers import read_letters
from kamerbrief.letters.reading import read_letter
from kamerbrief.letters.sources import MAX_BYTES
from kamerbrief.records.letters import Letter
from tests.letters.conftest import SAMPLE, tiny_pdf
from tests.letters.opendocument import odt
from tests.letters.word import saved, word_file

HEAD = b"Den Haag, 3 mei 2024\n\nGeachte voorzitter,\n\n"
XML = b"<officiele-publicatie><kamerstuk>%s</kamerstuk></officiele-publicatie>"
MANY = HEAD + b"".join(b"Drenthe krijgt %d bomen.\n\n" % number for number in range(20_001))
PARTS = b"From: a@b\nTo: c@d\nSubject: x\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\nhallo\n" * 10_001
BOMB = b"BT /F 12 Tf 72 720 Td (abc) Tj ET\n" * 3_000_000


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("lang.txt", HEAD + b"a\n\n" * 2_000_000, "lang.txt is 6 MB of text, the limit is 5 MB: split the document"),
        ("lang.xml", XML % (b"<al>a</al>" * 1_000_000), "lang.xml is 10 MB of text, the limit is 10 MB: split"),
        ("veel.eml", PARTS, "veel.eml has more than 10000 parts: save and add what is attached"),
        pytest.param("veel.txt", MANY, "veel.txt is too long to be one letter: the limits are", marks=pytest.mark.slow),
    ],
)
def test_what_is_too_much_is_refused_by_its_name(name: str, data: bytes, says: str) -> None:
    [refused] = read_letters(data, name=name)
    assert isinstance(refused, TooLargeError)
    assert str(refused).startswith(says)


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    readers = Readers(Limits(seconds=2, a_megabyte=0, memory=300_000_000))
    yield readers
    readers.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    "data",
    [
        tiny_pdf(zlib.compress(BOMB, 9)).replace(b"<</Length", b"<</Filter/FlateDecode/Length"),
        HEAD + b"".join(b"Drenthe krijgt %d bomen.\n\n" % number for number in range(190_000)),
    ],
    ids=["bomb", "paragraphs"],
)
def test_what_takes_all_there_is_ends_its_reader_alone(readers: Readers, data: bytes) -> None:
    found = [outcome for _, outcome in readers.each([(data, "kwaad"), (SAMPLE, None)], MAX_BYTES)]
    assert isinstance(found[0], UnreadableError | TooLargeError)
    assert str(found[0]).startswith("kwaad ")
    assert isinstance(found[1], Letter)


def test_what_turns_the_line_or_cannot_be_seen_is_no_text() -> None:
    letter = read_letter(
        HEAD + "De \u202emi\u200bnis\u2066ter\u2069 plant\ufeff bo\u200dmen.".encode(), name="brief.txt"
    )
    assert letter.paragraphs[0].text == "De minister plant bomen."


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_a_file_of_a_word_processor_with_too_many_paragraphs_is_refused_before_they_are_looked_at(
    form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typed, "MAX_TYPED", 10)
    document = word_file()
    document.add_table(3, 4)
    data = saved(document) if form == "docx" else odt("<text:p>Het kabinet plant bomen.</text:p>" * 11)
    with pytest.raises(TooLargeError, match=r"veel has more than 10 paragraphs and cells: split the document"):
        read_letter(data, name="veel")
