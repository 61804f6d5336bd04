"""What a later letter says otherwise than an earlier one, and what it repeats or says of something else."""

from pathlib import Path

import pytest

from kamerbrief.briefings.choose.changes import changes
from kamerbrief.briefings.find.finders import ALL, find_all
from kamerbrief.briefings.find.points import Candidate, Findings
from kamerbrief.briefings.find.statements import statements, understood
from kamerbrief.letters.reading import read_letter

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


def told(folder: Path, *letters: str) -> list[tuple[str, str]]:
    """What changed between letters of these texts, in time."""
    files = [folder / f"{number}.txt" for number in range(len(letters))]
    for file, text in zip(files, letters, strict=True):
        file.write_text(text, "utf-8")
    return [(one.earlier.text, one.later.text) for one in changes([said(file) for file in files])]


def of_one_dossier(folder: Path, *texts: str) -> list[tuple[str, str]]:
    years = enumerate(texts, start=2021)
    return told(folder, *(LETTER.format(year=y, next_year=y + 1, number=y - 1900, text=text) for y, text in years))


def said(file: Path) -> Findings:
    letter = read_letter(file)
    of_letter = statements(letter, [])
    candidates = [Candidate(one, {}, one.vector, understood(at, of_letter)) for at, one in enumerate(of_letter)]
    return Findings(letter, 0, {ALL: list(find_all(candidates))})


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("In de opvang verblijven 12.400 kinderen zonder ouders.", "In de opvang verblijven nu 9.800 kinderen."),
        ("De bouw van het instituut kost € 40 miljoen.", "De bouw van het instituut gaat € 55 miljoen kosten."),
        ("De gemiddelde wachttijd bedraagt zes weken.", "De gemiddelde wachttijd is opgelopen tot negen weken."),
        ("Van de scholen doet 45 procent mee aan de proef.", "Van de scholen doet 60 procent mee."),
        ("De regeling geldt voor veertien gemeenten in het noorden.", "De regeling geldt nu voor twintig gemeenten."),
        ("De brug wordt in 2026 geopend voor het verkeer.", "De brug wordt pas in 2028 geopend."),
        ("Het kabinet onderzoekt of een spoorlijn nodig is.", "Van een spoorlijn ziet het kabinet af."),
        ("Over de bouw van de brug is nog geen besluit genomen.", "De bouw van de brug is in mei begonnen."),
        ("Ik zie geen aanleiding de jachtwet te wijzigen.", "Het kabinet heeft besloten de jachtwet te wijzigen."),
        ("Uw Kamer ontvangt in mei een visie op de mijnbouw.", "De visie op de mijnbouw heb ik in mei gestuurd."),
    ],
)  # fmt: skip
def test_what_is_counted_anew_has_changed(tmp_path: Path, earlier: str, later: str) -> None:
    assert of_one_dossier(tmp_path, earlier, later) == [(earlier, later)]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("De gemiddelde wachttijd bedraagt zes weken.", "De gemiddelde wachttijd bedraagt zes weken in alle regio's."),
        ("De regeling voor pleegouders kost € 4 miljoen.", "De campagne over alcohol kost € 6 miljoen."),
        ("Het fonds heeft 40 medewerkers in dienst.", "De inspectie bezocht 55 instellingen in de zorg."),
        ("De bouw van het instituut kost € 40 miljoen.", "De bouw van het instituut duurt nog drie jaar."),
        ("In de opvang verblijven 12.400 kinderen.", "In de opvang verblijven 6 kinderen met een zeldzame ziekte."),
        ("De brug wordt in 2026 geopend voor het verkeer.", "De brug wordt zoals voorzien in 2026 geopend."),
        ("Het kabinet onderzoekt of een spoorlijn nodig is.", "Het kabinet onderzoekt of een spoorlijn nodig is."),
        ("De minister bezocht in maart de haven.", "De minister heeft in mei de luchthaven bezocht."),
    ],
)  # fmt: skip
def test_what_is_repeated_or_counted_of_something_else_has_not_changed(
    tmp_path: Path, earlier: str, later: str
) -> None:
    assert of_one_dossier(tmp_path, earlier, later) == []


def test_the_newest_count_is_what_a_later_letter_changes(tmp_path: Path) -> None:
    first, second, third = (f"In de opvang verblijven {count} kinderen." for count in ("9.000", "9.500", "8.700"))
    assert of_one_dossier(tmp_path, first, second, third) == [(first, second), (second, third)]


WITHOUT_DOSSIER = """Aan de Voorzitter van de Tweede Kamer der Staten-Generaal

Den Haag, {date}

Betreft {title}

Geachte voorzitter,

{text}

De Minister van Infrastructuur en Waterstaat,

H. de Groot
"""


def without_dossier(date: str, title: str, *sentences: str) -> str:
    return WITHOUT_DOSSIER.format(date=date, title=title, text=" ".join(sentences))


BRIDGE = without_dossier(
    "14 mei 2024",
    "De brug over de rivier",
    "De bouw van de brug kost € 40 miljoen.",
    "De brug wordt in 2026 geopend voor het verkeer.",
    "Schippers varen nu twintig kilometer om.",
)


def test_letters_without_a_dossier_are_held_against_each_other_where_they_are_on_one_matter(tmp_path: Path) -> None:
    later = without_dossier(
        "20 november 2024",
        "Vervolg van de brug",
        "De bouw van de brug gaat € 55 miljoen kosten.",
        "De brug wordt pas in 2028 geopend.",
    )
    assert [text for _, text in told(tmp_path, BRIDGE, later)] == [
        "De bouw van de brug gaat € 55 miljoen kosten.",
        "De brug wordt pas in 2028 geopend.",
    ]


def test_letters_on_two_matters_change_nothing_of_each_other(tmp_path: Path) -> None:
    other = without_dossier(
        "20 november 2024",
        "Veilige scholen",
        "De bouw van een school kost gemiddeld € 35 miljoen.",
        "Leraren volgen een training in de omgang met ruzie.",
        "Ouders kunnen een klacht indienen bij het bestuur.",
        "De inspectie bezoekt elke school om de vier jaar.",
    )
    assert told(tmp_path, BRIDGE, other) == []
