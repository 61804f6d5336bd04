"""Letters that were read wrongly once: the made ones of ../shared/data/cases, and others of their kinds."""

import datetime
from pathlib import Path

import pytest

from kamerbrief.letters.labels import label
from kamerbrief.letters.reading import read_letter
from kamerbrief.library import Kamerbrief
from kamerbrief.records.letters import Filters, Letter

WRITINGS = {"35 300 XV": 1, "35300XV": 1, "35300-XV": 1, "35 300-xv": 1, "35 300 (XV)": 1, "35300": 1, "35 300": 1}
WRITINGS |= {"35300-X": 0, "3530": 0, "35300-XVI": 0}  # which are others

HEAD = """Aan de Voorzitter van de Tweede Kamer der Staten-Generaal

{line}

Geachte voorzitter,

Met deze brief informeer ik uw Kamer over de dijken langs de rivier.
"""


def case(data: Path, name: str) -> Letter:
    return read_letter(data / "cases" / name)


def letter_with(line: str) -> Letter:
    return read_letter(HEAD.format(line=line).encode(), name="brief.txt")


def test_a_paper_of_the_senate_has_a_letter_for_its_number(data: Path) -> None:
    letter = case(data, "senate-paper.txt")
    assert (letter.id, letter.dossier, letter.number) == ("kst-36410-VI-F", "36410-VI", "F")
    assert label(letter) == "Kamerstuk I 36 410 VI, F"


def test_a_paper_of_the_senate_is_known_by_its_head_alone(data: Path) -> None:
    text = (data / "cases" / "senate-paper.txt").read_text().partition("kst-36410")[0]
    letter = read_letter(text.encode(), name="brief.txt")
    assert (letter.id, letter.number) == ("kst-36410-VI-F", "F")
    assert letter.dossier_name is not None
    assert letter.dossier_name.startswith("Vaststelling van de begrotingsstaten")


def test_a_reprint_has_its_number_and_says_so(data: Path) -> None:
    letter = case(data, "reprint.txt")
    assert (letter.id, letter.number, letter.reprint) == ("kst-35300-XV-4", "4", True)
    assert label(letter) == "Kamerstuk 35 300 XV, nr. 4 (herdruk)"


@pytest.mark.parametrize("line", ["Nr. 12 TER VERVANGING VAN HET STUK", "Nr. 12 (herdruk)", "Nr. 12, HERDRUK"])
def test_other_ways_to_say_that_it_was_printed_again(line: str) -> None:
    letter = letter_with(f"35 300 XV\n\n{line}\n\nBRIEF VAN DE MINISTER VAN FINANCIËN")
    assert (letter.id, letter.reprint) == ("kst-35300-XV-12", True)


@pytest.mark.parametrize("number", range(5))
def test_the_usual_ways_to_write_a_date_are_read(data: Path, number: int) -> None:
    assert case(data, f"date-{number}.txt").date == datetime.date(2024, 3, 3)


@pytest.mark.parametrize(
    "line", ["Den Haag, 3-3-2024", "Datum 3 mrt 2024", "'s-Gravenhage, d.d. 3 maart 2024", "Datum: 3 maart '24"]
)
def test_other_ways_to_write_it(line: str) -> None:
    assert letter_with(line).date == datetime.date(2024, 3, 3)


@pytest.mark.parametrize(("line", "year"), [("Datum 3 maart 87", 1987), ("Datum 3 maart 03", 2003)])
def test_a_short_year_is_of_the_century_that_is_meant(line: str, year: int) -> None:
    assert letter_with(line).date == datetime.date(year, 3, 3)


def test_two_letters_of_one_day_and_body_with_other_subjects_are_two(data: Path) -> None:
    one, two = case(data, "same-body-1.txt"), case(data, "same-body-2.txt")
    assert one.text_sha256 == two.text_sha256
    assert one.id != two.id


def test_the_same_letter_is_the_same_however_often_it_is_read(data: Path) -> None:
    assert case(data, "same-body-1.txt").id == case(data, "same-body-1.txt").id


def test_text_that_was_encoded_twice_is_mended_and_told(data: Path) -> None:
    letter = case(data, "encoded-twice.txt")
    assert letter.paragraphs[0].text.startswith("De coördinatie van de financiële hulp kost € 3 miljoen")
    assert letter.source.warnings == ('the text was encoded twice (as in "coÃ¶rdinatie"); that was mended',)


def test_text_with_accents_is_left_alone() -> None:
    letter = letter_with("Betreft: coördinatie – Curaçao, één “café” à € 3, Å en Ã")
    assert letter.title == "coördinatie – Curaçao, één “café” à € 3, Å en Ã"
    assert letter.source.warnings == ()


def test_ten_ways_to_name_a_paper(data: Path) -> None:
    assert [reference.id for reference in case(data, "references.txt").references] == [
        "kst-36410-XV-44",
        "kst-36410-VI-12",
        "kst-36200-VI-F",
        "kst-35925-VI-4",
        "kst-29279-5",
        "kst-34775-5",
        "kst-31066-1234",
        "blg-1078456",
        "kst-21501-20-1987",
        "kst-19637-3100",
        "ah-tk-20222023-2871",
    ]


def test_a_short_letter_has_its_paragraphs_and_its_signatory(data: Path) -> None:
    letter = case(data, "short-letter.pdf")
    assert [paragraph.text[:9] for paragraph in letter.paragraphs] == ["Hierbij b", "De kosten"]
    assert [(one.name, one.office) for one in letter.signatories] == [
        ("E. Mulder", "Minister van Landbouw, Natuur en Voedselkwaliteit")
    ]
    assert letter.ministries == ("Landbouw, Natuur en Voedselkwaliteit",)


def test_pages_that_are_pictures_are_told(data: Path) -> None:
    (warning,) = case(data, "scanned-page.pdf").source.warnings
    assert warning == "page 2 could not be read: a picture without text"


def test_words_that_dutch_writes_with_a_hyphen_keep_it(data: Path) -> None:
    text = case(data, "compounds.pdf").paragraphs[0].text
    kept = ("minister-president", "niet-naleving", "Oud-bewindspersonen", "ex-militairen", "non-discriminatie")
    assert [word for word in kept if word not in text] == []
    assert [word for word in ("sociaaleconomische", "zuidoosten", "stopcontact") if word not in text] == []
    assert "De minister-president steunt" in case(data, "soft-hyphens.pdf").paragraphs[0].text


def test_every_usual_writing_of_a_dossier_finds_it_and_the_bare_number_its_chapters(data: Path, tmp_path: Path) -> None:
    with Kamerbrief(tmp_path) as kb:
        kb.add(data / "cases" / "reprint.txt")
        found = {written: len(kb.letters(Filters(dossier=written))) for written in WRITINGS}
    assert found == WRITINGS
