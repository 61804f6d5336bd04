"""Names are the letter's, in any of their spellings; who signs is named only where they speak."""

import pytest

from kamerbrief.proof.rules.names import silent_office, unproven_name
from tests.proof.retold import fault

DUTCH = (
    "Nederland en de Verenigde Staten steunen de Koerden; het RIVM en Haider al-Abadi spraken met de NAVO in Brussel."
)
ENGLISH = "The Netherlands and the United States support the Kurds; Haider al-Abadi spoke with NATO in Brussels."


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("De Nederlandse steun gaat naar de Koerdische autoriteiten.", DUTCH),
        ("De VS steunen de Koerden.", DUTCH),
        ("Al-Abadi sprak in Brussel met de NAVO.", DUTCH),
        ("Het RIVM sprak ook.", DUTCH),
        ("De Nederlandse regering steunt de Koerden.", DUTCH),
        ("The Netherlands supports the Kurds.", DUTCH),
        ("The US and the Dutch support the Kurdish authorities.", DUTCH),
        ("NATO spoke with Haider al-Abadi in Brussels.", DUTCH),
        ("The Dutch government supports the Kurds.", DUTCH),
        ("They spoke with the RIVM.", DUTCH),
        ("De Verenigde Staten en Nederland steunen de Koerden.", ENGLISH),
        ("Haider al-Abadi spoke in Brussels.", ENGLISH),
    ],
)
def test_a_name_of_the_letter_passes(claim: str, source: str) -> None:
    assert fault(unproven_name, claim, source, read=True) is None


@pytest.mark.parametrize(
    ("claim", "source", "words"),
    [
        ("Het was België dat de Koerden steunde.", DUTCH, "België"),
        ("De Koerden en de Soennieten spraken met de NAVO.", DUTCH, "Soennieten"),
        ("Haider al-Maliki sprak met de NAVO.", DUTCH, "al-Maliki"),
        ("Het CBS sprak met de NAVO.", DUTCH, "CBS"),
        ("Nederland sprak in Den Haag met de NAVO.", DUTCH, "Den Haag"),
        ("It was Belgium that supported the Kurds.", DUTCH, "Belgium"),
        ("The Kurds and the Turks spoke with NATO.", DUTCH, "Turks"),
        ("They spoke with Nouri al-Maliki in Brussels.", DUTCH, "Nouri al-Maliki"),
        ("They spoke with the OECD in Brussels.", DUTCH, "OECD"),
        ("They spoke with NATO in Vienna.", DUTCH, "Vienna"),
        ("Duitsland steunt de Koerden, Nederland ook.", ENGLISH, "Duitsland"),
        ("They spoke with NATO in Athens.", ENGLISH, "Athens"),
    ],
)
def test_another_name_is_stopped(claim: str, source: str, words: str) -> None:
    assert fault(unproven_name, claim, source, read=True) == words


def test_the_question_and_the_letters_own_data_lend_their_names() -> None:
    claim = "De levering aan België liep via Antwerpen."
    assert fault(unproven_name, claim, DUTCH) == "België"
    assert fault(unproven_name, claim, DUTCH, question="Ging er iets naar België, via Antwerpen?") is None
    assert fault(unproven_name, claim, DUTCH, about="Vervoer naar België. Haven van Antwerpen") is None


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("De minister steunt de Koerden.", "Ik steun de Koerden."),
        ("De minister steunt de Koerden.", "De staatssecretaris en ik steunen hen."),
        ("Het kabinet steunt de Koerden.", "Wij steunen de Koerden."),
        ("De staatssecretaris steunt de Koerden.", "Dat is ons besluit."),
        ("De Koerden worden gesteund.", "De Koerden krijgen steun."),
        ("The minister supports the Kurds.", "Ik steun de Koerden."),
        ("The cabinet supports the Kurds.", "De regering steunt de Koerden."),
        ("The state secretary supports the Kurds.", "Dat is mijn besluit."),
        ("The minister supports the Kurds.", "The cabinet supports the Kurds."),
        ("The Kurds are supported.", "De Koerden krijgen steun."),
    ],
)
def test_who_signs_is_named_where_they_speak(claim: str, source: str) -> None:
    assert fault(silent_office, claim, source) is None


@pytest.mark.parametrize(
    ("claim", "source", "words"),
    [
        ("De minister steunt de Koerden.", "De Koerden krijgen steun.", "minister"),
        ("Volgens het kabinet krijgen zij steun.", "De Koerden krijgen steun.", "kabinet"),
        ("De staatssecretaris steunt hen.", "De Koerden krijgen steun.", "staatssecretaris"),
        ("Een bewindspersoon steunt hen.", "Er is steun.", "bewindspersoon"),
        ("De steun komt van de minister.", "Er is steun.", "minister"),
        ("The minister supports the Kurds.", "De Koerden krijgen steun.", "minister"),
        ("According to the cabinet they are supported.", "De Koerden krijgen steun.", "cabinet"),
        ("The state secretary supports them.", "Er is steun.", "state secretary"),
        ("The minister supports them.", "The Kurds are supported.", "minister"),
        ("Support comes from the cabinet.", "There is support.", "cabinet"),
    ],
)
def test_who_signs_is_not_named_where_they_are_silent(claim: str, source: str, words: str) -> None:
    assert fault(silent_office, claim, source) == words
