"""The official XML, what the two real publications do not show included."""

import shutil
from pathlib import Path

import pytest

from kamerbrief.letters.papers import is_id
from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Letter
from tests.letters.conftest import official_xmls

LETTER = """<?xml version="1.0" encoding="UTF-8"?>
<officiele-publicatie>
  <metadata><meta name="OVERHEIDop.externMetadataRecord"
    content="https://zoek.officielebekendmakingen.nl/kst-27925-504/metadata.xml"/></metadata>
  <kamerstuk>
    <kamerstukkop><tekstregel inhoud="vergaderjaar">Vergaderjaar 2013-2014</tekstregel></kamerstukkop>
    <dossier><dossiernummer><dossiernr>27 925</dossiernr></dossiernummer><titel>Bestrijding terrorisme</titel></dossier>
    <stuk>
      <stuknr>Nr. <ondernummer kamer="2">504</ondernummer></stuknr>
      <titel>BRIEF VAN DE MINISTER VAN DEFENSIE</titel>
      <datumtekst><datum isodatum="2014-09-10">10 september 2014</datum></datumtekst>
      <algemeen><vrije-tekst><tekst>
        <al>Er zijn helmen geleverd<noot><noot.nr>1</noot.nr><noot.al>Kamerstuk 31 793, nr. 5.</noot.al></noot>,
          zoals <nadruk type="cur">toegezegd</nadruk>.</al>
        <tussenkop>Verdeling</tussenkop>
        <lijst><li><li.nr>a.</li.nr><al>70 procent in Dohuk;</al></li><li><al>30 procent in Erbil.</al></li></lijst>
        <table><tgroup><tbody><row><entry><al>Helmen</al></entry><entry><al>1.000</al></entry></row>
          <row><entry><al>Vesten</al></entry><entry><al>1.000</al></entry></row></tbody></tgroup></table>
        <al>De Minister van Defensie,</al><al>J.A. Hennis-Plasschaert</al>
      </tekst></vrije-tekst></algemeen>
    </stuk>
  </kamerstuk>
</officiele-publicatie>"""


def test_a_letter_in_xml() -> None:
    letter = read_letter(LETTER.encode(), name="kst-27925-504.xml")

    assert (letter.id, letter.kind, str(letter.date)) == ("kst-27925-504", "letter", "2014-09-10")
    assert (letter.dossier, letter.dossier_name) == ("27925", "Bestrijding terrorisme")
    assert (letter.number, letter.session_year) == ("504", "2013-2014")
    assert [(s.name, s.office) for s in letter.signatories] == [("J.A. Hennis-Plasschaert", "Minister van Defensie")]
    assert [(p.kind, p.text) for p in letter.paragraphs] == [
        ("text", "Er zijn helmen geleverd, zoals toegezegd."),
        ("item", "a. 70 procent in Dohuk;"),
        ("item", "• 30 procent in Erbil."),
        ("table", "Helmen | 1.000\nVesten | 1.000"),
    ]
    assert [section.heading for section in letter.sections] == [None, "Verdeling"]
    [note] = letter.footnotes
    assert (note.mark, note.text, note.paragraph) == ("1", "Kamerstuk 31 793, nr. 5.", 1)
    assert letter.paragraphs[0].text[: note.position] == "Er zijn helmen geleverd"


def _with(old: str, new: str) -> Letter:
    assert old in LETTER
    return read_letter(LETTER.replace(old, new).encode(), name="kst-27925-504.xml")


def test_notes_in_a_table_have_their_marks_in_its_rows() -> None:
    letter = _with(
        "<al>Vesten</al>", "<al>Vesten<noot><noot.nr>2</noot.nr><noot.al>Zonder platen.</noot.al></noot></al>"
    )

    one = letter.footnotes[1]
    assert (one.mark, one.text, one.paragraph) == ("2", "Zonder platen.", 4)
    assert letter.paragraphs[3].text[: one.position] == "Helmen | 1.000\nVesten"


def test_cells_over_several_rows_or_columns_keep_the_others_in_their_place() -> None:
    letter = _with(
        "<entry><al>Helmen</al></entry><entry><al>1.000</al></entry></row>",
        '<entry morerows="1"><al>Soort</al></entry><entry namest="a" nameend="b"><al>Aantal</al></entry></row>'
        "<row><entry><al>2013</al><al>(raming)</al></entry><entry><al>2014</al></entry></row>",
    )

    assert letter.paragraphs[3].text == "Soort | Aantal\n | 2013 (raming) | 2014\nVesten | 1.000"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("40 m<sup>2</sup> en 10<sup>6</sup> CO<inf>2</inf>", "40 m² en 10⁶ CO2"),
        ('zie <extref doc="stb-2020-118">Staatsblad 2020, 118</extref>.', "zie Staatsblad 2020, 118."),
        ("een&#160;half&#173;jaar", "een halfjaar"),
    ],
)
def test_what_stands_within_a_line(markup: str, text: str) -> None:
    assert _with("<tussenkop>Verdeling</tussenkop>", f"<al>{markup}</al>").paragraphs[1].text == text


def test_a_sentence_in_two_paragraphs_is_one() -> None:
    begin = "verzoekt de regering de aanmanings- en incassokosten bij verkeersboetes in het verkeer fors"
    letter = _with("<tussenkop>Verdeling</tussenkop>", f"<al>{begin}</al><al>te verlagen;</al><al>en Erbil</al>")

    assert [paragraph.text for paragraph in letter.paragraphs[1:3]] == [f"{begin} te verlagen;", "en Erbil"]


def test_the_parts_of_a_heading_stand_apart() -> None:
    letter = _with(
        "<tussenkop>Verdeling</tussenkop>", "<kop><label>Artikel</label><nr>1</nr><titel>Verdeling</titel></kop>"
    )

    assert [section.heading for section in letter.sections] == [None, "Artikel 1 Verdeling"]


def test_a_note_of_several_lines() -> None:
    more = "<noot.lijst><noot.li><li.nr>a.</li.nr><noot.al>Helmen.</noot.al></noot.li></noot.lijst>"

    letter = _with("<noot.al>Kamerstuk 31 793, nr. 5.</noot.al>", f"<noot.al>Te weten:</noot.al>{more}")

    assert letter.footnotes[0].text == "Te weten: a. Helmen."


@pytest.mark.parametrize(
    "signed",
    [
        "<ondertekening><functie>De Minister van Defensie,</functie><naam>J.A. Hennis-Plasschaert</naam>"
        "</ondertekening>",
        "<ondertekening>De Minister van Defensie, J.A. Hennis-Plasschaert</ondertekening>",
    ],
)
def test_who_signed_in_a_part_of_its_own(signed: str) -> None:
    letter = _with("<al>De Minister van Defensie,</al><al>J.A. Hennis-Plasschaert</al>", signed)

    assert [(s.name, s.office) for s in letter.signatories] == [("J.A. Hennis-Plasschaert", "Minister van Defensie")]
    assert len(letter.paragraphs) == 4


def test_a_reprint_and_a_paper_of_a_council() -> None:
    letter = _with(
        'Nr. <ondernummer kamer="2">504</ondernummer>',
        'Nr. <ondernummer kamer="2">504</ondernummer> <herdruk>HERDRUK</herdruk>',
    )
    council = _with("<dossiernr>27 925</dossiernr>", "<dossiernr>21 501</dossiernr>-<raadnr>02</raadnr>")

    assert (letter.number, letter.reprint) == ("504", True)
    assert council.dossier == "21501-02"


def test_the_record_within_the_publication_is_used() -> None:
    letter = _with(
        "<metadata>",
        '<metadata><meta name="DC.identifier" content="kst-27925-504"/>'
        '<meta name="OVERHEIDop.documenttitel" content="Brief over helmen"/>',
    )

    assert (letter.id, letter.title) == ("kst-27925-504", "Brief over helmen")


def test_the_record_beside_the_publication_is_used(data: Path) -> None:
    motion = next(path for path in official_xmls() if path.stem == "kst-32545-143")

    letter = read_letter(motion)

    assert letter.title == (
        "Motie van de leden Inge van Dijk en Grinwis over het definiëren van een grensspaarsaldo"
        " voor negatieve spaarrente"
    )
    assert read_letter(motion.read_bytes()).title is None


@pytest.mark.parametrize("record", ["metadata/metadata.xml", "metadataowms/metadata_owms.xml"])
def test_the_record_in_the_same_folder_is_used_too(data: Path, tmp_path: Path, record: str) -> None:
    motion = next(path for path in official_xmls() if path.stem == "kst-32545-143")
    shutil.copy(motion, tmp_path)
    shutil.copy(motion.parents[1] / record, tmp_path)

    letter = read_letter(tmp_path / motion.name)

    assert letter.title is not None
    assert letter.title.startswith("Motie van de leden")


def test_the_record_of_another_publication_is_not_used(data: Path, tmp_path: Path) -> None:
    motion, answers = (
        next(path for path in official_xmls() if path.stem == stem) for stem in ("kst-32545-143", "ah-tk-20202021-3235")
    )
    shutil.copy(motion, tmp_path)
    shutil.copy(answers.parents[1] / "metadata" / "metadata.xml", tmp_path)

    assert read_letter(tmp_path / motion.name).title is None


@pytest.mark.parametrize("number", ["1e309" * 100, "12/13", "<al>12</al>", "5 04"])
def test_a_number_that_no_id_can_have_is_none(number: str) -> None:
    letter = read_letter(LETTER.replace(">504<", f">{number}<").encode(), name="brief.xml")
    assert is_id(letter.id)
