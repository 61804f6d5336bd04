"""Bodies, money, periods and what is done already are the sources' own."""

import pytest

from kamerbrief.language.lexicon import lexicons
from kamerbrief.proof.rules.added import added_thing
from tests.proof.retold import fault

DUTCH = (
    "Het Rijk en de decentrale overheden spraken met de VNG over de buurgemeenten. "
    "Wie zich er niet aan houdt, riskeert een sanctie. Hiervoor zijn middelen op de begroting gereserveerd."
)


@pytest.mark.parametrize(
    "claim",
    [
        "De gemeenten overlegden met het Rijk.",
        "Ook provincies overlegden daarover.",
        "Er staat een boete op.",
        "Er is subsidie voor, elk jaar.",
        "The municipalities discussed it.",
        "There is a subsidy for it.",
        "De ministeries spraken erover.",  # of no list
    ],
)
def test_what_the_source_names_in_some_way_passes(claim: str) -> None:
    assert fault(added_thing, claim, DUTCH) is None


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("Het Rijk overlegde met de politie.", "politie"),
        ("Het Rijk sprak met ouders.", "ouders"),
        ("Het Rijk heeft inmiddels middelen gereserveerd.", "inmiddels"),
        ("Het Rijk spreekt maandelijks met overheden.", "maandelijks"),
        ("Een onafhankelijke partij legt de sanctie op.", "onafhankelijke"),
        ("The police were consulted.", "police"),
        ("It meets every week.", "every week"),
    ],
)
def test_what_it_does_not_is_stopped(claim: str, words: str) -> None:
    assert fault(added_thing, claim, DUTCH) == words


def test_the_first_word_at_fault_is_shown() -> None:
    assert fault(added_thing, "De politie sprak maandelijks met ouders.", DUTCH) == "politie"


def test_the_question_and_the_letters_own_data_lend_theirs() -> None:
    claim = "De politie en de veiligheidsregio's waren erbij."
    assert fault(added_thing, claim, DUTCH) == "politie"
    asked, about = "Was de politie erbij?", "Veiligheidsregio's en politie"
    assert fault(added_thing, claim, DUTCH, question=asked, about=about) is None


def test_abbreviations_count_by_themselves_only() -> None:
    assert fault(added_thing, "De provincies doen mee.", "Het IPO doet mee.") is None
    assert fault(added_thing, "De provincies doen mee.", "De tipofoon doet mee.") == "provincies"


def test_each_thing_is_known_in_every_language() -> None:
    for table in ("said", "told_by"):
        assert len({frozenset(one.table(f"proof.added.{table}")) for one in lexicons()}) == 1
