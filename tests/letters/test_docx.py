"""Word files: those of ministries, where they are at hand, and such as Word would save them, made here."""

import re

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap
from docx.shared import Pt

from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Letter
from tests.letters.conftest import SAMPLE
from tests.letters.word import deleted, inserted, note_mark, raw, saved, with_notes, word_file


def _sample_in_word(printed: Letter) -> bytes:
    """The sample letter as its writers would have it: headings by style, a letterhead, a header and a footer."""
    file = word_file()
    section = file.sections[0]
    section.header.paragraphs[0].text = "Ministerie van Defensie"
    section.footer.paragraphs[0].text = "Pagina 1 van 4"
    file.add_paragraph("Aan de Voorzitter van de Tweede Kamer der Staten-Generaal")
    file.add_paragraph("Den Haag, 10 september 2014")
    for part in printed.sections:
        if part.heading:
            file.add_heading(part.heading, level=part.level)
        for paragraph in (one for one in printed.paragraphs if one.section == part.number):
            file.add_paragraph(paragraph.text)
    for signatory in printed.signatories:
        file.add_paragraph(f"De {signatory.office},")
        file.add_paragraph(signatory.name)
    return saved(file)


def test_the_sample_letter_in_word_is_the_sample_letter() -> None:
    printed = read_letter(SAMPLE)

    letter = read_letter(_sample_in_word(printed), name="brief.docx")

    assert [one.text for one in letter.paragraphs] == [one.text for one in printed.paragraphs]
    assert [one.heading for one in letter.sections] == [one.heading for one in printed.sections]
    assert (letter.date, letter.addressee, letter.signatories) == (printed.date, printed.addressee, printed.signatories)
    assert [(one.kind, one.text, one.sure) for one in letter.report] == [
        ("furniture", "Ministerie van Defensie", True),
        ("furniture", "Pagina 1 van 4", True),
    ]


def test_footnotes_and_endnotes_hang_where_their_marks_stand() -> None:
    file = word_file()
    one = file.add_paragraph("Er zijn helmen geleverd")
    raw(one, note_mark(1))
    one.add_run(", zoals toegezegd.")
    two = file.add_paragraph("De levering is rond.")
    raw(two, note_mark(2) + note_mark(1, "endnote"))
    with_notes(file, ["Kamerstuk 31 793, nr. 5.", "In mei."])
    with_notes(file, ["Zie de bijlage."], "endnote")

    letter = read_letter(saved(file), name="noten.docx")

    assert [one.text for one in letter.paragraphs] == [
        "Er zijn helmen geleverd, zoals toegezegd.",
        "De levering is rond.",
    ]
    assert [(one.mark, one.text, one.paragraph, one.position) for one in letter.footnotes] == [
        ("1", "Kamerstuk 31 793, nr. 5.", 1, len("Er zijn helmen geleverd")),
        ("2", "In mei.", 2, len("De levering is rond.")),
        ("i", "Zie de bijlage.", 2, len("De levering is rond.")),
    ]


def test_lists_have_the_numbers_and_bullets_that_word_prints() -> None:
    file = word_file()
    file.add_paragraph("De verdeling is als volgt:")
    for text in ("70 procent in Dohuk;", "30 procent in Erbil."):
        file.add_paragraph(text, style="List Number")
    file.add_paragraph("En verder, zonder volgorde:")
    for text in ("helmen;", "vesten."):
        file.add_paragraph(text, style="List Bullet")

    letter = read_letter(saved(file), name="lijst.docx")

    assert [(one.kind, one.text) for one in letter.paragraphs] == [
        ("text", "De verdeling is als volgt:"),
        ("item", "1. 70 procent in Dohuk;"),
        ("item", "2. 30 procent in Erbil."),
        ("text", "En verder, zonder volgorde:"),
        ("item", "• helmen;"),
        ("item", "• vesten."),
    ]


LEVELS = """
<w:abstractNum xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:abstractNumId="90">
  <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1-%2)"/></w:lvl>
</w:abstractNum>"""
LIST = """
<w:num xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:numId="{id}">
  <w:abstractNumId w:val="90"/>{more}
</w:num>"""


def test_a_list_counts_by_level_goes_on_and_begins_anew_where_the_file_says_so() -> None:
    file = word_file()
    numbering = file.part.numbering_part.element
    numbering.insert(0, parse_xml(LEVELS))
    numbering.append(parse_xml(LIST.format(id=91, more="")))
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering.append(parse_xml(LIST.format(id=92, more=anew)))
    for number, level in ((91, 0), (91, 1), (91, 1), (91, 0), (91, 1), (92, 0)):
        paragraph = file.add_paragraph("stand van zaken;")
        properties = paragraph.paragraph_format.element.get_or_add_pPr()
        properties.get_or_add_numPr().get_or_add_numId().val = number
        properties.get_or_add_numPr().get_or_add_ilvl().val = level

    letter = read_letter(saved(file), name="lijst.docx")

    labels = [one.text.removesuffix(" stand van zaken;") for one in letter.paragraphs]
    assert labels == ["III.", "III-a)", "III-b)", "IV.", "IV-a)", "I."]


def test_a_table_is_rows_and_what_is_merged_stands_once() -> None:
    file = word_file()
    file.add_paragraph("De levering staat in de tabel die hieronder is opgenomen, per soort en per jaar.")
    rows = (("Soort", "2013", "2014"), ("Helmen", "0", "1.000"), ("Vesten", "5", "5"))
    table = file.add_table(rows=3, cols=3)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(2, 1).merge(table.cell(2, 2)).text = "5"

    letter = read_letter(saved(file), name="tabel.docx")

    assert [(one.kind, one.text) for one in letter.paragraphs][1:] == [
        ("table", "Soort | 2013 | 2014\nHelmen | 0 | 1.000\nVesten | 5"),
    ]


def test_deleted_text_is_no_text_and_inserted_text_is() -> None:
    file = word_file()
    paragraph = file.add_paragraph("Nederland levert ")
    raw(paragraph, deleted("500") + inserted("1.000"))
    paragraph.add_run(" helmen.")
    raw(file.add_paragraph(), deleted("Dit gaat niet door."))
    ended = file.add_paragraph("Deze alinea gaat door ")
    raw(ended, "<w:pPr><w:rPr><w:del w:id='3' w:author='x'/></w:rPr></w:pPr>")
    file.add_paragraph("in de volgende, want het einde is geschrapt.")

    letter = read_letter(saved(file), name="concept.docx")

    assert [one.text for one in letter.paragraphs] == [
        "Nederland levert 1.000 helmen.",
        "Deze alinea gaat door in de volgende, want het einde is geschrapt.",
    ]


def test_codes_of_fields_and_hidden_text_are_no_text_and_hidden_text_is_told() -> None:
    file = word_file()
    paragraph = file.add_paragraph("Op ")
    raw(
        paragraph,
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
        '<w:r><w:t>geen tekst</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>3 mei 2024</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:r><w:t xml:space="preserve"> is besloten.</w:t></w:r>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t> Geheim.</w:t></w:r>",
    )

    letter = read_letter(saved(file), name="veld.docx")

    assert [one.text for one in letter.paragraphs] == ["Op 3 mei 2024 is besloten."]
    assert [(one.kind, one.text) for one in letter.report] == [("hidden", "Geheim.")]


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        (["Vraag 1", "Klopt dit?"], ["Vraag 1", "Klopt dit?"]),
        (["Wij leveren:", "- helmen;", "- vesten."], ["Wij leveren:", "- helmen;", "- vesten."]),
        (["Eerst dit.", "Dan dat."], ["Eerst dit.", "Dan dat."]),
        (["Wij bezien met", "bondgenoten wat kan."], ["Wij bezien met bondgenoten wat kan."]),
    ],
)
def test_line_breaks_that_part_paragraphs(lines: list[str], parts: list[str]) -> None:
    file = word_file()
    file.add_paragraph("\n".join(lines))

    letter = read_letter(saved(file), name="regels.docx")

    headings = [one.heading for one in letter.sections if one.heading]
    assert headings + [one.text for one in letter.paragraphs] == parts


def test_a_question_in_bold_is_no_heading_and_a_line_in_bold_is() -> None:
    file = word_file()
    for text, bold in (
        ("Inleiding", True),
        ("Dit is de inleiding van de brief.", False),
        ("Vraag 1", True),
        ("Kent u het bericht?", True),
        ("Antwoord op vraag 1", True),
        ("Ja.", False),
    ):
        run = file.add_paragraph().add_run(text)
        run.bold, run.font.size = bold, Pt(9)

    letter = read_letter(saved(file), name="vet.docx")

    assert [one.heading for one in letter.sections] == ["Inleiding", "Vraag 1", "Antwoord op vraag 1"]
    assert [one.text for one in letter.paragraphs] == [
        "Dit is de inleiding van de brief.",
        "Kent u het bericht?",
        "Ja.",
    ]


def test_raised_digits_are_marks_or_stay_raised_and_never_part_of_a_number() -> None:
    file = word_file()
    paragraph = file.add_paragraph("In 2022")
    paragraph.add_run("3").font.superscript = True
    paragraph.add_run(" is 40 m")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run(" CO")
    paragraph.add_run("2").font.subscript = True
    paragraph.add_run("-vrij gemaakt.")

    [only] = read_letter(saved(file), name="hoog.docx").paragraphs

    assert only.text == "In 2022 is 40 m² CO2-vrij gemaakt."


def test_a_letterhead_in_a_table_is_read_and_so_is_a_signature_beside_another() -> None:
    file = word_file()
    head = file.add_table(rows=3, cols=2)
    for row, texts in zip(
        head.rows,
        (("Datum", "11 januari 2024"), ("Betreft", "Levering van helmen"), ("Ons kenmerk", "5164758")),
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    file.add_paragraph("Geachte voorzitter,")
    file.add_paragraph("Hierbij bericht ik u over de levering van helmen aan de Koerden, die is afgerond.")
    foot = file.add_table(rows=2, cols=2)
    for row, texts in zip(
        foot.rows,
        (("De Minister van Defensie,", "De Minister van Justitie en Veiligheid,"), ("K.H. Ollongren", "D.M. van Weel")),
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text

    letter = read_letter(saved(file), name="brief.docx")

    assert (str(letter.date), letter.title, letter.reference) == ("2024-01-11", "Levering van helmen", "5164758")
    assert [(one.name, one.office) for one in letter.signatories] == [
        ("K.H. Ollongren", "Minister van Defensie"),
        ("D.M. van Weel", "Minister van Justitie en Veiligheid"),
    ]
    assert len(letter.paragraphs) == 1


def test_what_has_a_place_on_the_page_of_its_own_is_around_the_text() -> None:
    file = word_file()
    frame = file.add_table(rows=1, cols=1)
    frame.cell(0, 0).text = "Ministerie van Defensie"
    frame.cell(0, 0).add_paragraph("Ons kenmerk")
    frame.cell(0, 0).add_paragraph("D/2024/17")
    place = '<w:tblpPr xmlns:w="{}" w:vertAnchor="page" w:horzAnchor="page" w:tblpX="9000" w:tblpY="3000"/>'
    file.element.body.tbl_lst[0].tblPr.append(parse_xml(place.format(nsmap["w"])))
    file.add_paragraph("De levering van helmen aan de Koerden is afgerond.")

    letter = read_letter(saved(file), name="brief.docx")

    assert letter.reference == "D/2024/17"
    assert [one.text for one in letter.paragraphs] == ["De levering van helmen aan de Koerden is afgerond."]
    assert {one.signs for one in letter.report} == {("in a frame on the page",)}


def test_nothing_of_a_text_is_lost_in_forms_links_and_tables_in_tables() -> None:
    file = word_file()
    paragraph = file.add_paragraph("Zie ")
    raw(paragraph, "<w:hyperlink><w:r><w:t>de site</w:t></w:r></w:hyperlink>")
    raw(paragraph, "<w:sdt><w:sdtContent><w:r><w:t> van Defensie.</w:t></w:r></w:sdtContent></w:sdt>")
    outer = file.add_table(rows=1, cols=1).cell(0, 0)
    outer.text = "In de cel staat een tabel:"
    inner = outer.add_table(rows=2, cols=2)
    for cell, text in zip((cell for row in inner.rows for cell in row.cells), "abcd", strict=True):
        cell.text = text

    letter = read_letter(saved(file), name="diep.docx")

    assert [one.text for one in letter.paragraphs] == [
        "Zie de site van Defensie.",
        "In de cel staat een tabel:",
        "a | b\nc | d",
    ]


def test_every_paragraph_is_told_by_one_line() -> None:
    letter = read_letter(_sample_in_word(read_letter(SAMPLE)), name="brief.docx")

    assert not [one.text for one in letter.paragraphs if re.search(r"\s{2}|^\s|\s$", one.text)]


def test_notes_that_were_typed_under_the_text_hang_on_their_marks() -> None:
    file = word_file()
    for text in (
        "Kent u het bericht? 1)",
        "Ja (zie ook punt 2), en dat is alles 2).",
        "1) NOS, 3 mei 2024",
        "2) Trouw",
    ):
        file.add_paragraph(text)

    letter = read_letter(saved(file), name="noten.docx")

    assert [one.text for one in letter.paragraphs] == ["Kent u het bericht?", "Ja (zie ook punt 2), en dat is alles."]
    assert [(one.mark, one.text, one.paragraph) for one in letter.footnotes] == [
        ("1)", "NOS, 3 mei 2024", 1),
        ("2)", "Trouw", 2),
    ]


def test_a_list_at_the_end_whose_numbers_stand_nowhere_is_a_list() -> None:
    file = word_file()
    for text in ("Wij leveren:", "1) helmen;", "2) vesten."):
        file.add_paragraph(text)

    letter = read_letter(saved(file), name="lijst.docx")

    assert [one.kind for one in letter.paragraphs] == ["text", "item", "item"]
    assert letter.footnotes == ()
