"""Papers of the last century as text recognition gives them: heads, signatures and feet of other kinds than today's."""

import datetime

import pytest

from kamerbrief.letters.labels import label, official_url
from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import HeadFilters, Letter

BODY = (
    "Hierbij doe ik u, ingevolge mijn toezegging aan de vaste Commissie, een verslag over de toestand van de dijken"
    " toekomen. Het is ter griffie nedergelegd, ter inzage van de leden. Met de waterschappen wordt overleg gevoerd."
    " Ik stel mij voor u over de uitkomst daarvan in het najaar nader te berichten."
)

SIXTIES = f"""Zitting 1967-1968 - 9300
RIJKSBEGROTING VOOR HET DIENSTJAAR 1968
HOOFDSTUK IXB -FINANCIËN
BRIEF VAN DE STAATSSECRETARIS
VAN FINANCIËN
Nr. 13
's-Gravenhage, 4 april 1968.
{BODY}
De Staatssecretaris van Financiën,
DE VRIES.
Aan de Heer Voorzitter van de Tweede Kamer der Staten-Generaal
9300 IXB 13
"""

EIGHTIES = f"""Tweede Kamer der Staten-Generaal
Vergaderjaar 1987-1988
Rijksbegroting voor het jaar 1988
20 200
Hoofdstuk XII Ministerie van Verkeer en Waterstaat
Nr. 44
BRIEF VAN DE MINISTER VAN VERKEER EN WATERSTAAT
Aan de Voorzitter van de Tweede Kamer der Staten-Generaal
's-Gravenhage, 25 januari 1988 {BODY}
De Minister van Verkeer en Waterstaat a.i. J. P. d'Ancona
913174F SDU uitgeverij •s Gravenhage 1988
"""


def read(text: str) -> Letter:
    return read_letter(text.encode())


def test_the_head_of_the_sixties_names_dossier_and_chapter_beside_the_session() -> None:
    letter = read(SIXTIES)

    assert (letter.id, letter.kind, letter.date) == ("kst-9300-IXB-13", "letter", datetime.date(1968, 4, 4))
    assert (letter.dossier, letter.number, letter.session_year) == ("9300-IXB", "13", "1967-1968")
    assert letter.ministries == ("Financiën",)
    assert [(one.name, one.office) for one in letter.signatories] == [("DE VRIES", "Staatssecretaris van Financiën")]
    assert letter.addressee == "de Heer Voorzitter van de Tweede Kamer der Staten-Generaal"
    assert [paragraph.text for paragraph in letter.paragraphs] == [BODY]


def test_a_date_that_runs_into_the_text_is_read_and_the_text_begins_behind_it() -> None:
    letter = read(EIGHTIES)

    assert (letter.id, letter.date) == ("kst-20200-XII-44", datetime.date(1988, 1, 25))
    assert [paragraph.text for paragraph in letter.paragraphs] == [BODY]
    assert [(one.name, one.office) for one in letter.signatories] == [
        ("J. P. d'Ancona", "Minister van Verkeer en Waterstaat a.i.")
    ]
    assert letter.ministries == ("Verkeer en Waterstaat",)


def test_letters_of_two_chapters_with_one_number_are_two_letters() -> None:
    other = EIGHTIES.replace("Hoofdstuk XII Ministerie van Verkeer", "Hoofdstuk VIII Ministerie van Verkeer")

    assert {read(EIGHTIES).id, read(other).id} == {"kst-20200-XII-44", "kst-20200-VIII-44"}


def test_a_paper_older_than_the_official_addresses_has_a_name_and_no_link() -> None:
    letter = read(SIXTIES)

    assert (label(letter), official_url(letter)) == ("Kamerstuk 9300 IXB, nr. 13", None)
    assert [HeadFilters(dossier=written).dossier for written in ("9300 IXB", "9300-IXB", "9300")] == [
        "9300-IXB", "9300-IXB", "9300",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "name", "office"),
    [
        ("De Minister van Justitie, J. de Ruiter", "J. de Ruiter", "Minister van Justitie"),
        ("De Minister van Financiën C. A. van der Klauw", "C. A. van der Klauw", "Minister van Financiën"),
        ("De Ministervan Financiën, H. 0. C. R. Bakker", "H. 0. C. R. Bakker", "Minister van Financiën"),
        ("De Staatssecretaris van Defensie, J. van Houten.", "J. van Houten", "Staatssecretaris van Defensie"),
        ("De Minister van Justitie a.i., D. IJ. W. de Graaff", "D. IJ. W. de Graaff", "Minister van Justitie a.i."),
        ("De Minister van Defensie, B.-J. M. van Voorst tot Voorst", "B.-J. M. van Voorst tot Voorst",
         "Minister van Defensie"),
    ],
)  # fmt: skip
def test_a_signature_on_one_line_stands_apart_from_what_is_around_it(line: str, name: str, office: str) -> None:
    text = EIGHTIES.replace("De Minister van Verkeer en Waterstaat a.i. J. P. d'Ancona", f"{line}\nTer inzage gelegd")
    letter = read(text)

    assert [(one.name, one.office) for one in letter.signatories] == [(name, office)]
    assert [paragraph.text for paragraph in letter.paragraphs] == [BODY, "Ter inzage gelegd"]


def test_a_line_that_was_broken_where_the_type_changed_goes_on() -> None:
    start = "Het particuliere kapitaalverkeer"
    rest = (
        "resulteerde in het eerste kwartaal in een tekort van 34 miljoen gulden, dat weinig afwijkt van het saldo in"
        " het eerste kwartaal van het vorige jaar."
    )
    letter = read(SIXTIES.replace(BODY, f"{BODY}\n{start}\n{rest}"))

    assert [paragraph.text for paragraph in letter.paragraphs[:2]] == [BODY, f"{start} {rest}"]


LONG = """Brieven, op 7 en 18 mei 1962 te Stockholm gewisseld, tot aanvulling van het op 25 april 1952 Verdrag tot
het vermijden van dubbele belasting en tot het vaststellen van regelen voor wederzijdse administratieve hulp met
betrekking tot belastingen van inkomsten en van vermogen, alsmede tot wijziging van de regelen die daarvoor golden in de
jaren tussen de beide oorlogen, en tot het intrekken van het besluit daarover dat in die jaren is genomen"""


def test_a_dossier_under_the_session_may_have_a_long_name() -> None:
    name = " ".join(LONG.split())
    head = f"ZITTING 1962—1963\n7107\n{name}\nBRIEF VAN DE MINISTER VAN JUSTITIE Nr. 2\n's-Gravenhage, 22 maart 1963.\n"
    letter = read(f"{head}{BODY}\nDe Minister van Justitie a.L,\nJ. DE VRIES.\nI 7107 2\n")

    assert (letter.id, letter.dossier_name, letter.date) == ("kst-7107-2", name, datetime.date(1963, 3, 22))
    assert [(one.name, one.office) for one in letter.signatories] == [("J. DE VRIES", "Minister van Justitie a.i.")]
    assert [paragraph.text for paragraph in letter.paragraphs] == [BODY]


@pytest.mark.parametrize("read_as", ["1)", "x)", "!)", " 1)"])
def test_a_note_that_is_marked_with_a_bracket_is_tied(read_as: str) -> None:
    text = SIXTIES.replace("van de dijken", f"van de dijken (Trb. 1962, 11){read_as}")
    letter = read(text.replace("9300 IXB 13", "1) Nedergelegd ter griffie, ter inzage van de leden."))

    (note,) = letter.footnotes
    assert (note.mark, note.text, note.paragraph) == ("1", "Nedergelegd ter griffie, ter inzage van de leden.", 1)
    assert letter.paragraphs[0].text[: note.position].endswith("van de dijken (Trb. 1962, 11)")
    assert read_as.strip() not in letter.paragraphs[0].text.replace("11)", "")


def test_a_note_with_a_stroke_for_a_mark_is_tied_where_nothing_else_has_one() -> None:
    text = EIGHTIES.replace("van de dijken", "van de dijken'.").replace(
        "913174F SDU", "' Ter inzage gelegd.\n913174F SDU"
    )
    letter = read(text)

    (note,) = letter.footnotes
    assert (note.mark, note.text, note.paragraph) == ("1", "Ter inzage gelegd.", 1)
    assert "van de dijken." in letter.paragraphs[0].text

    quoted = read(text.replace("overleg gevoerd", "'overleg' gevoerd"))
    assert quoted.footnotes == ()
    assert "' Ter inzage gelegd." in {paragraph.text for paragraph in quoted.paragraphs}


def test_names_of_members_in_columns_are_neither_text_nor_taken_for_one() -> None:
    members = "Jansen\nDijkman Peters-Bakker\nVan Rossum Visser van Weezel\nAndela-Baur G. M. P. Smit\nEngwirda"
    one = EIGHTIES.replace("De Minister van Verkeer en Waterstaat a.i. J. P. d'Ancona", members)

    assert [paragraph.text for paragraph in read(one).paragraphs] == [BODY]
    assert read(one).signatories == ()


def test_a_paper_of_both_kamers_is_that_of_its_dossier() -> None:
    foot = "Staten-Generaal, vergaderjaar 1987-1988, 20 200, nrs. 95a en 2"
    both = EIGHTIES.replace("913174F", f"{foot}\n913174F").replace("20 200\n", "").replace("Hoofdstuk XII ", "")
    letter = read(
        both.replace("Nr. 44\n", "").replace("Aan de Voorzitter van", "Aan de Voorzitters van de Eerste en van")
    )

    assert (letter.id, letter.number) == ("kst-20200-2", "2")
    assert letter.addressee == "de Voorzitters van de Eerste en van de Tweede Kamer der Staten-Generaal"


def test_the_name_of_a_budget_is_that_of_the_chapter_too() -> None:
    assert read(EIGHTIES).dossier_name == (
        "Rijksbegroting voor het jaar 1988 Hoofdstuk XII Ministerie van Verkeer en Waterstaat"
    )


def test_papers_named_in_the_head_of_answers_are_named_by_them() -> None:
    head = (
        "Vragen van het lid De Vries (VVD) aan de Staatssecretaris van Financiën over dijken (ingezonden 6 mei 2024)."
        "\n\nAntwoord van Staatssecretaris Bakker (Financiën – Fiscaliteit en Belastingdienst) (ontvangen 11 juni 2024)"
        ". Zie ook Aanhangsel Handelingen, vergaderjaar 2023–2024, nr. 1843.\n\nVraag 1\nKent u de dijken?\n\n"
        "Antwoord 1\nJa, die ken ik."
    )
    letter = read(head)

    assert [one.id for one in letter.references] == ["ah-tk-20232024-1843"]
    assert letter.ministries == ("Financiën",)
    assert [one.office for one in letter.signatories] == [
        "Staatssecretaris van Financiën – Fiscaliteit en Belastingdienst"
    ]
