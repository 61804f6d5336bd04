"""What stands between quotation marks is the letter's own."""

import pytest

from kamerbrief.proof.rules.quotation import altered_quotation
from tests.proof.retold import fault

DUTCH = "De minister noemt de levering – na overleg – ‘een eerste stap’ en spreekt van “blijvende steun, ook later”."
ENGLISH = "The minister calls the delivery “a first step” and speaks of ‘the allies’ lasting support’."


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("De levering is “een eerste stap”.", DUTCH),
        ("De levering is 'een eerste stap'.", DUTCH),
        ("Er komt «blijvende steun, ook later».", DUTCH),
        ("De minister noemt de levering - na overleg - een eerste stap.", DUTCH),
        ("Volgens de minister is er „blijvende steun,” ook later.", DUTCH),
        ("The minister speaks of “blijvende steun”.", DUTCH),
        ("The minister calls it ‘een eerste stap’.", DUTCH),
        ("The delivery is called 'a first step'.", ENGLISH),
        ('There is "the allies\' lasting support".', ENGLISH),
        ("It isn't a last step, and the minister's support stays.", ENGLISH),
    ],
)
def test_words_of_the_letter_may_be_quoted(claim: str, source: str) -> None:
    assert fault(altered_quotation, claim, source) is None


@pytest.mark.parametrize(
    ("claim", "source", "words"),
    [
        ("De levering is “een laatste stap”.", DUTCH, "een laatste stap"),
        ("De levering is 'de eerste stap'.", DUTCH, "de eerste stap"),
        ("Er komt «blijvende steun, ook nu».", DUTCH, "blijvende steun, ook nu"),
        ("Er is ‘een eerste stap’ en “steun voor altijd”.", DUTCH, "steun voor altijd"),
        ("De minister spreekt van „Blijvende steun”.", DUTCH, "Blijvende steun"),
        ("The minister speaks of “lasting support”.", DUTCH, "lasting support"),
        ("The minister calls it ‘a first step’.", DUTCH, "a first step"),
        ("The delivery is called 'the first step'.", ENGLISH, "the first step"),
        ('There is "the ally\'s lasting support".', ENGLISH, "the ally's lasting support"),
        ("De minister noemt het “een eerste stap”.", ENGLISH, "een eerste stap"),
    ],
)
def test_words_that_are_not_the_letters_may_not(claim: str, source: str, words: str) -> None:
    assert fault(altered_quotation, claim, source) == words
