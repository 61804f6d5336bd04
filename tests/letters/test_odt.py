"""OpenDocument texts as LibreOffice writes them; those of the official repository are in test_four_forms.py."""

import pytest

from kamerbrief.errors import EncryptedError, TooLargeError, UnsafeXmlError
from kamerbrief.letters.reading import read_letter
from tests.letters.opendocument import odt, packed

LIST_STYLE = """<text:list-style style:name="L">
  <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
  <text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>
</text:list-style>
<text:list-style style:name="B">
  <text:list-level-style-bullet text:level="1" text:bullet-char="\uf0b7"/>
</text:list-style>"""
BOLD = """
<style:style style:name="P1" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>"""


def test_a_note_hangs_where_its_mark_stands() -> None:
    body = """<text:p>Er zijn helmen geleverd<text:note><text:note-citation>1</text:note-citation><text:note-body>
        <text:p>Kamerstuk 31 793, nr. 5.</text:p></text:note-body></text:note>, zoals
        <text:span>toegezegd</text:span>.</text:p>"""

    letter = read_letter(odt(body), name="noot.odt")

    assert [one.text for one in letter.paragraphs] == ["Er zijn helmen geleverd, zoals toegezegd."]
    [note] = letter.footnotes
    assert (note.mark, note.text, note.paragraph) == ("1", "Kamerstuk 31 793, nr. 5.", 1)
    assert note.position == len("Er zijn helmen geleverd")


def test_lists_have_the_numbers_and_bullets_that_are_printed() -> None:
    body = """<text:p>De verdeling is als volgt:</text:p>
      <text:list text:style-name="L">
        <text:list-item><text:p>in Irak:</text:p><text:list>
          <text:list-item><text:p>Dohuk;</text:p></text:list-item>
          <text:list-item><text:p>Erbil;</text:p><text:p>En dat is alles.</text:p></text:list-item></text:list>
        </text:list-item>
        <text:list-item><text:p>elders.</text:p></text:list-item>
      </text:list>
      <text:p>Daarna:</text:p>
      <text:list text:style-name="L" text:continue-numbering="true">
        <text:list-item><text:p>later.</text:p></text:list-item></text:list>
      <text:list text:style-name="B"><text:list-item><text:p>helmen.</text:p></text:list-item></text:list>"""

    letter = read_letter(odt(body, styles=LIST_STYLE), name="lijst.odt")

    assert [(one.kind, one.text) for one in letter.paragraphs] == [
        ("text", "De verdeling is als volgt:"),
        ("item", "1. in Irak:"),
        ("item", "a) Dohuk;"),
        ("item", "b) Erbil;"),
        ("text", "En dat is alles."),
        ("item", "2. elders."),
        ("text", "Daarna:"),
        ("item", "3. later."),
        ("item", "• helmen."),
    ]


def test_headings_by_level_and_by_bold_type() -> None:
    body = """<text:h text:outline-level="2">Verdeling</text:h><text:p>Er is verdeeld naar behoefte.</text:p>
      <text:p text:style-name="P1">Vervolg</text:p><text:p>Er volgt een tweede levering.</text:p>"""

    letter = read_letter(odt(body, styles=BOLD), name="kop.odt")

    assert [(one.heading, one.level) for one in letter.sections] == [("Verdeling", 2), ("Vervolg", 1)]


def test_a_table_is_rows_and_covered_cells_are_empty_only_under_a_cell() -> None:
    body = """<text:p>De levering staat in de tabel hieronder, per soort en per jaar, zoals gevraagd.</text:p>
      <table:table><table:table-header-rows><table:table-row>
        <table:table-cell table:number-rows-spanned="2"><text:p>Soort</text:p></table:table-cell>
        <table:table-cell table:number-columns-spanned="2"><text:p>Jaar</text:p></table:table-cell>
        <table:covered-table-cell/></table:table-row></table:table-header-rows>
      <table:table-row><table:covered-table-cell/>
        <table:table-cell><text:p>2013</text:p></table:table-cell><table:table-cell><text:p>2014</text:p></table:table-cell>
      </table:table-row></table:table>"""

    letter = read_letter(odt(body), name="tabel.odt")

    assert [(one.kind, one.text) for one in letter.paragraphs][1:] == [("table", "Soort | Jaar\n | 2013 | 2014")]


def test_deleted_text_and_comments_are_no_text_and_hidden_text_is_told() -> None:
    body = """<text:tracked-changes><text:changed-region><text:deletion><text:p>500</text:p></text:deletion>
      </text:changed-region></text:tracked-changes>
      <text:p>Nederland levert <text:change text:change-id="1"/>1.000 helmen<office:annotation>
      <text:p>Klopt dit?</text:p></office:annotation>.<text:span text:style-name="T1"> Geheim.</text:span></text:p>"""

    letter = read_letter(odt(body, styles=BOLD), name="concept.odt")

    assert [one.text for one in letter.paragraphs] == ["Nederland levert 1.000 helmen."]
    assert [(one.kind, one.text) for one in letter.report] == [("hidden", "Geheim.")]


def test_headers_footers_and_frames_on_the_page_are_around_the_text_and_other_frames_are_in_it() -> None:
    frame = "<draw:frame text:anchor-type='{}'><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    body = f"""{frame.format("page", "kst-27925-504")}
      <text:p>{frame.format("paragraph", "Kader: de helmen zijn er.")}De levering van helmen is afgerond.</text:p>"""
    pages = """<style:master-page style:name="Standard"><style:header><text:p>Defensie</text:p></style:header>
      <style:footer><text:p>Tweede Kamer, vergaderjaar 2013-2014, 27 925, nr. 504</text:p></style:footer>
      </style:master-page>"""

    letter = read_letter(odt(body, pages=pages), name="brief.odt")

    assert (letter.id, letter.session_year) == ("kst-27925-504", "2013-2014")
    assert [one.text for one in letter.paragraphs] == [
        "De levering van helmen is afgerond.",
        "Kader: de helmen zijn er.",
    ]
    assert [(one.text, one.signs) for one in letter.report] == [
        ("Defensie", ("in the header",)),
        ("Tweede Kamer, vergaderjaar 2013-2014, 27 925, nr. 504", ("in the footer",)),
        ("kst-27925-504", ("in a frame on the page",)),
    ]


@pytest.mark.parametrize(
    ("parts", "error", "says"),
    [
        ({"content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, UnsafeXmlError, "DTD or entities"),
        ({"content.xml": "<a>" * 300 + "</a>" * 300}, UnsafeXmlError, "nested more than"),
        ({"content.xml": " " * 30_000_000}, TooLargeError, "times as large"),
        ({"content.xml": "<a/>", "META-INF/manifest.xml": "<encryption-data/>"}, EncryptedError, "behind a password"),
    ],
)  # fmt: skip
def test_what_could_harm_is_refused(parts: dict[str, str], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=rf"^kwaad\.odt .*{says}"):
        read_letter(packed(parts), name="kwaad.odt")
