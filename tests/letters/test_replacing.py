"""Papers that a letter replaces or takes back, and letters that only speak of such a thing."""

import datetime
import gzip
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kamerbrief.letters.reading import read_letter
from kamerbrief.letters.replacing import replaced_papers
from kamerbrief.records.letters import Letter
from tests.letters.made import Drawn, made_pdf

TITLES = [
    ("GEWIJZIGDE MOTIE VAN HET LID DOBBE TER VERVANGING VAN DIE GEDRUKT ONDER NR. 1005", ["kst-27925-1005"]),
    ("AMENDEMENTEN VAN HET LID MIK TER VERVANGING VAN DIE, GEDRUKT ONDER DE NRS. 26 EN 31 Ontvangen 17 februari 1994",
     ["kst-27925-26", "kst-27925-31"]),
    ("Nader gewijzigde motie van het lid De Hoop over de wet (t.v.v. 36725-XXII-10)", ["kst-36725-XXII-10"]),
    ("Reactie op de gewijzigde motie van het lid De Hoop over de wet (t.v.v. 36725-XXII-10)", []),
    ("Uitvoering van de motie ter vervanging van die gedrukt onder nr. 12", []),
]  # fmt: skip

SENTENCES = [
    ("Deze brief vervangt de brief van 3 mei 2024 (Kamerstuk 27 925, nr. 504).", [("replaces", "kst-27925-504")]),
    (
        "Deze brief komt in de plaats van mijn brief van 3 mei (Kamerstuk 27 925, nr. 504), waarin een fout stond.",
        [("replaces", "kst-27925-504")],
    ),
    (
        "Hierbij zend ik u, ter vervanging van mijn eerdere brief (Kamerstuk 27 925, nr. 504), de antwoorden.",
        [("replaces", "kst-27925-504")],
    ),
    ("Hierbij trek ik mijn brief van 3 mei (Kamerstuk 27 925, nr. 504) in.", [("withdraws", "kst-27925-504")]),
    ("Mijn brief van 3 mei (Kamerstuk 27 925, nr. 504) wordt hierbij ingetrokken.", [("withdraws", "kst-27925-504")]),
    ("In mijn brief van 3 mei (Kamerstuk 27 925, nr. 504) schreef ik dat de regeling wordt ingetrokken.", []),
    ("De regeling vervangt die van 2010 (Kamerstuk 27 925, nr. 504).", []),
    ("Er komt geld ter vervanging van de ballast (Kamerstuk 27 925, nr. 504).", []),
    ("Ik trek daarvoor 30 miljoen euro uit, zoals in de brief van 3 mei (Kamerstuk 27 925, nr. 504) staat.", []),
    ("Deze brief vervangt de brief van 3 mei. Zie ook Kamerstuk 27 925, nr. 504.", []),
    ("This letter replaces my letter of 3 May 2024 (Kamerstuk 27 925, nr. 504).", [("replaces", "kst-27925-504")]),
    ("I hereby withdraw my letter of 3 May (Kamerstuk 27 925, nr. 504).", [("withdraws", "kst-27925-504")]),
]

DATED = [
    (
        "Deze brief vervangt mijn eerdere brief van 3 mei 2024 over water.",
        "replaces",
        "mijn eerdere brief van 3 mei 2024",
    ),
    ("Ik zend u dit ter vervanging van mijn brief van 3 mei jl.", "replaces", "mijn brief van 3 mei"),
    ("Hierbij trek ik mijn brief van 3 mei 2024 in.", "withdraws", "mijn brief van 3 mei 2024"),
    ("Mijn brief van 3 mei 2024 wordt hierbij ingetrokken.", "withdraws", "Mijn brief van 3 mei 2024"),
    ("This letter replaces our letter of 3 May 2024.", "replaces", "our letter of 3 May 2024"),
]
UNDATED = [
    "Deze brief vervangt mijn brief van mei 2024.",
    "Deze brief vervangt mijn brief over de zitting van 3 mei 2024.",
    "Mijn brief van 3 mei 2024 zei dat de regeling wordt ingetrokken.",
    "In mijn brief van 3 mei 2024 is de motie ter vervanging van nr. 12 genoemd.",
]  # fmt: skip


@pytest.mark.parametrize(("title", "expected"), TITLES)
def test_a_title_tells_what_it_replaces(title: str, expected: list[str]) -> None:
    found = list(replaced_papers([title], [], "27925", None))
    assert [one.id for one in found] == expected
    assert {one.kind for one in found} <= {"replaces"}


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_a_letter_tells_it_of_itself(sentence: str, expected: list[tuple[str, str]]) -> None:
    text = f"Met deze brief informeer ik uw Kamer. {sentence} Ik vertrouw erop u zo te hebben geïnformeerd."
    assert [(one.kind, one.id) for one in replaced_papers([], [text], "27925", None)] == expected


@pytest.mark.parametrize(("sentence", "kind", "words"), DATED)
def test_a_letter_that_is_named_by_its_date_is_told_by_that(sentence: str, kind: str, words: str) -> None:
    (found,) = replaced_papers([], [sentence], "27925", datetime.date(2024, 6, 1))
    assert (found.kind, found.id, found.date, found.text) == (kind, None, datetime.date(2024, 5, 3), words)


@pytest.mark.parametrize("sentence", UNDATED)
def test_no_other_date_names_a_letter(sentence: str) -> None:
    assert list(replaced_papers([], [sentence], "27925", datetime.date(2024, 6, 1))) == []


def replacing(letter: Letter) -> list[str]:
    return [one.id or "" for one in letter.references if one.kind != "names"]


def printed_paper(*caption: str) -> Letter:
    """The paper of a chamber as its PDF is set: its number in the margin, in front of the first line of the caption."""
    head = Drawn().text(37, 727, "Tweede Kamer der Staten-Generaal", "bold", 18).text(37, 670, "Vergaderjaar 2020-2021")
    head.text(37, 618, "32 545", "bold", 12).text(203, 618, "Wet- en regelgeving financiële markten", "bold", 12)
    head.text(37, 524, "Nr. 143", "bold", 9).lines(203, 524, caption, "bold", 9, 10)
    head.text(203, 524 - 10 * len(caption), "Voorgesteld 6 juli 2021", size=9)
    head.lines(203, 480, ["De Kamer,", "gehoord de beraadslaging,", "verzoekt de regering bomen te planten."], size=9)
    return read_letter(made_pdf([head]), name="motie.pdf")


@pytest.mark.parametrize(
    ("caption", "paper", "replaced"),
    [
        (["GEWIJZIGDE MOTIE VAN HET LID DOBBE TER VERVANGING", "VAN DIE GEDRUKT ONDER NR. 140"], "motion", ["140"]),
        (["AMENDEMENTEN VAN HET LID MIK TER VERVANGING VAN DIE,", "GEDRUKT ONDER NRS. 26 EN 31"], None, ["26", "31"]),
        (["MOTIE VAN DE LEDEN INGE VAN DIJK EN GRINWIS"], "motion", []),
        (["BRIEF VAN DE MINISTER VAN ECONOMISCHE ZAKEN"], None, []),
    ],
)
def test_a_printed_paper_tells_it_behind_its_number(caption: list[str], paper: str | None, replaced: list[str]) -> None:
    letter = printed_paper(*caption)
    assert (letter.id, letter.paper) == ("kst-32545-143", paper)
    assert replacing(letter) == [f"kst-32545-{number}" for number in replaced]


def test_a_printed_letter_tells_its_ministry_behind_its_number() -> None:
    letter = printed_paper("BRIEF VAN DE MINISTER VAN ECONOMISCHE ZAKEN")
    assert (letter.kind, letter.ministries) == ("letter", ("Economische Zaken",))


def motions(data: Path) -> Iterator[Letter]:
    with zipfile.ZipFile(data / "moties" / "motions.zip") as packed:
        for name in packed.namelist():
            if name.endswith(".xml") and b"ervang" in (content := packed.read(name)).lower():
                yield read_letter(content, name=name)


@pytest.mark.slow
def test_motions_in_the_place_of_others_are_all_found(data: Path) -> None:
    """Of the 800 motions 66 say so in their titles, by hand; others speak of replacing power stations."""
    found = [replacing(letter) for letter in motions(data)]
    assert sum(map(bool, found)) == 66
    assert max(map(len, found)) == 1


@pytest.mark.slow
def test_old_papers_in_the_place_of_others_are_found(data: Path) -> None:
    """Of the 5,023 pages 46 say so, by hand; of three of these no dossier is read."""
    with gzip.open(data / "sgd" / "pages.jsonl.gz", "rt") as lines:
        texts = [text for line in lines if "vervang" in (text := json.loads(line)["text"]).lower()]
    found = [replacing(read_letter(text.encode(), name="bladzijde.txt")) for text in texts]
    assert sum(map(bool, found)) == 43
    assert sum(map(len, found)) == 45
