"""Text that can be cited, and the documents that showed what stands in its way."""

import re
from pathlib import Path
from unicodedata import is_normalized

import pytest

from kamerbrief.language.characters import readable
from kamerbrief.letters.reading import read_letter
from tests.letters.conftest import DATA, MISSING, SAMPLE, letter_at, official_xmls, real_pdfs, tiny_pdf

WATER = "letters/kamerbrief-water-en-bodem-2022.pdf"
BUNQ = "answers-to-members/ah-tk-20232024-2367.pdf"
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\ue000-\uf8ff]")


def test_a_head_of_four_questions_has_four_paragraphs(data: Path) -> None:
    letter = letter_at(data / BUNQ)
    [head] = [s for s in letter.sections if s.heading == "Vraag 3, 4, 5 en 6"]

    asked = [p.text for p in letter.paragraphs if p.section == head.number]

    assert head.numbers == (3, 4, 5, 6)
    assert [text[:30] for text in asked] == [
        "Herkent u het beeld dat Bunq-b",
        "Herkent u het beeld dat rekeni",
        "Wat vindt u ervan dat de situa",
        "Deelt u de opvatting dat Bunq-",
    ]
    assert asked[2].endswith("niet is gebeurd?")


def test_a_head_may_lack_a_comma(data: Path) -> None:
    letter = letter_at(data / BUNQ)

    [head] = [s for s in letter.sections if s.heading == "Vraag 7, 8, 9 10 en 11"]

    assert (head.kind, head.numbers) == ("question", (7, 8, 9, 10, 11))
    assert len([p for p in letter.paragraphs if p.section == head.number]) == 5


def test_bullets_of_symbol_fonts_show(data: Path) -> None:
    items = [p for p in letter_at(data / WATER).paragraphs if p.kind == "item" and p.text.startswith("• ")]

    assert {3, 29} <= {p.page for p in items}


def test_a_dossier_with_a_letter_is_a_reference(data: Path) -> None:
    found = {r.text: r.id for r in letter_at(data / WATER).references}

    assert found["Kamerstuk 33400-J, nr. 19"] == "kst-33400-J-19"


def test_a_notice_is_no_question(data: Path) -> None:
    letter = letter_at(data / "answers-to-members/ah-tk-20232024-1999.pdf")

    [notice] = [s for s in letter.sections if s.heading == "Mededeling"]

    assert (notice.kind, notice.numbers, notice.answers) == ("text", (), None)


@pytest.mark.skipif(not DATA.is_dir(), reason=MISSING)
@pytest.mark.parametrize("path", [SAMPLE, *real_pdfs(), *official_xmls()], ids=lambda path: path.name)
def test_text_is_composed_and_visible(path: Path) -> None:
    letter = letter_at(path)
    texts = [*(p.text for p in letter.paragraphs), *(n.text for n in letter.footnotes)]
    texts += [s.heading or "" for s in letter.sections]

    assert all(is_normalized("NFC", text) for text in texts)
    assert [text for text in texts if INVISIBLE.search(text)] == []


def test_decomposed_text_and_hidden_characters() -> None:
    data = "De coo\u0308rdinatie van het be\u00adleid is op\u200bgezet in een brief aan de Kamer.\n".encode()

    assert read_letter(data).paragraphs[0].text == "De coördinatie van het beleid is opgezet in een brief aan de Kamer."


def test_the_official_xml_is_composed_and_visible() -> None:
    data = (
        "<officiele-publicatie><kamerstuk><stuk><algemeen><vrije-tekst><tekst>"
        "<al>De coo\u0308rdinatie van het be\u00adleid gaat door.</al>"
        "</tekst></vrije-tekst></algemeen></stuk></kamerstuk></officiele-publicatie>"
    ).encode()

    assert read_letter(data).paragraphs[0].text == "De coördinatie van het beleid gaat door."


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("\uf0b7 eerste", "• eerste"),
        ("\uf0a7 tweede", "▪ tweede"),
        ("\uf0d8 derde", "➢ derde"),
        ("\ue123 vierde", "\ufffd vierde"),
        ("be\u00adleid \u2060op\u200bgezet\ufeff", "beleid opgezet"),
        ("\u202ede\u202c min\u200dister", "de minister"),
        (
            "een gezin \U0001f468\u200d\U0001f469\u200d\U0001f467",
            "een gezin \U0001f468\u200d\U0001f469\u200d\U0001f467",
        ),
        ("verborgen\U000e0041\U000e0042", "verborgen"),
        ("cafe\u0301, 5 km² en ½", "café, 5 km² en ½"),
        ("«aanhaling» – ’s-Gravenhage", "«aanhaling» – ’s-Gravenhage"),
    ],
)
def test_what_changes_is_invisible_or_not_to_be_typed(printed: str, text: str) -> None:
    assert readable(printed) == text


def test_an_unknown_bullet_makes_an_item() -> None:
    letter = read_letter("De landen zijn:\n\ue321 Polen, dat al langer meedoet;\n\ue321 Turkije.\n".encode())

    assert [(p.kind, p.text) for p in letter.paragraphs[1:]] == [
        ("item", "\ufffd Polen, dat al langer meedoet;"),
        ("item", "\ufffd Turkije."),
    ]


@pytest.mark.parametrize(("code", "read"), [(b"D83DDE00", "\U0001f600"), (b"D83D", "\ufffd")])
def test_a_character_in_two_halves_is_one(code: bytes, read: str) -> None:
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00><FF> "
        b"endcodespacerange 1 beginbfchar <41> <" + code + b"> endbfchar endcmap end end"
    )
    pdf = tiny_pdf(
        b"BT /F 9 Tf 70 700 Td (een brief A zonder kop.) Tj ET",
        extra=b"6 0 obj<</Length " + str(len(cmap)).encode() + b">>stream\n" + cmap + b"\nendstream endobj\n",
    ).replace(b"/BaseFont/Helvetica", b"/BaseFont/Helvetica/ToUnicode 6 0 R")

    assert read_letter(pdf).paragraphs[0].text == f"een brief {read} zonder kop."
