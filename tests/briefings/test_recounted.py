"""What a later letter of a dossier counts anew, and what it counts of something else."""

from pathlib import Path

import pytest

from kamerbrief.briefings.choose.recounted import Counted
from kamerbrief.briefings.find.finders import find_figures
from kamerbrief.briefings.find.points import Candidate, Point
from kamerbrief.briefings.find.statements import statements
from kamerbrief.letters.reading import read_letter
from kamerbrief.records.briefings import Change

LETTER = """Tweede Kamer der Staten-Generaal

Vergaderjaar {year}–{next_year}

31 839

Jeugdzorg

Nr. {number}

BRIEF VAN DE STAATSSECRETARIS VAN VOLKSGEZONDHEID, WELZIJN EN SPORT

Aan de Voorzitter van de Tweede Kamer der Staten-Generaal

Den Haag, 15 mei {year}

{text}

De Staatssecretaris van Volksgezondheid, Welzijn en Sport,

M. de Boer
"""


def changes(folder: Path, *texts: str) -> list[tuple[str, str]]:
    counted, found = Counted(), list[Change]()
    for year, text in enumerate(texts, start=2021):
        file = folder / f"{year}.txt"
        file.write_text(LETTER.format(year=year, next_year=year + 1, number=year - 1900, text=text), "utf-8")
        points = figures_of(file)
        found += counted.anew(points)
        counted.read(points)
    return [(one.earlier.text, one.later.text) for one in found]


def figures_of(file: Path) -> list[Point]:
    of_letter = statements(read_letter(file), [])
    return [*find_figures([Candidate(one, {}, one.vector, one.start) for one in of_letter])]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("In de opvang verblijven 12.400 kinderen zonder ouders.", "In de opvang verblijven nu 9.800 kinderen."),
        ("De bouw van het instituut kost € 40 miljoen.", "De bouw van het instituut gaat € 55 miljoen kosten."),
        ("De gemiddelde wachttijd bedraagt zes weken.", "De gemiddelde wachttijd is opgelopen tot negen weken."),
        ("Van de scholen doet 45 procent mee aan de proef.", "Van de scholen doet 60 procent mee."),
        ("De regeling geldt voor veertien gemeenten in het noorden.", "De regeling geldt nu voor twintig gemeenten."),
    ],
)  # fmt: skip
def test_what_is_counted_anew_has_changed(tmp_path: Path, earlier: str, later: str) -> None:
    assert changes(tmp_path, earlier, later) == [(earlier, later)]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("De gemiddelde wachttijd bedraagt zes weken.", "De gemiddelde wachttijd bedraagt zes weken in alle regio's."),
        ("De regeling voor pleegouders kost € 4 miljoen.", "De campagne over alcohol kost € 6 miljoen."),
        ("Het fonds heeft 40 medewerkers in dienst.", "De inspectie bezocht 55 instellingen in de zorg."),
        ("De bouw van het instituut kost € 40 miljoen.", "De bouw van het instituut duurt nog drie jaar."),
        ("In de opvang verblijven 12.400 kinderen.", "In de opvang verblijven 6 kinderen met een zeldzame ziekte."),
    ],
)  # fmt: skip
def test_what_is_repeated_or_counted_of_something_else_has_not_changed(
    tmp_path: Path, earlier: str, later: str
) -> None:
    assert changes(tmp_path, earlier, later) == []


def test_the_newest_count_is_what_a_later_letter_changes(tmp_path: Path) -> None:
    first, second, third = (f"In de opvang verblijven {count} kinderen." for count in ("9.000", "9.500", "8.700"))
    assert changes(tmp_path, first, second, third) == [(first, second), (second, third)]
