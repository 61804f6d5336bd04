"""What is said of letters' records is held against these."""

from collections.abc import Sequence

import numpy as np
import pytest

from kamerbrief import Kamerbrief
from kamerbrief.embedding.passages import TokenStates
from kamerbrief.letters.fields import field_of, spans_of
from kamerbrief.proof.prover import Prover
from kamerbrief.proof.sources import UNSEARCHED, Sources, SourceSentence
from kamerbrief.records.answers import DraftSentence, Refusal
from kamerbrief.records.letters import FieldName, LetterHead, Signatory
from kamerbrief.store.stored import Passage

NAMED = "Kamerstuk 27 925, nr. 504"


def unread(texts: Sequence[str]) -> list[TokenStates]:
    raise AssertionError(f"read without need: {texts}")


@pytest.fixture
def heads(kb: Kamerbrief) -> tuple[LetterHead, LetterHead]:
    """The sample letter, and one that its minister of Defence signed alone, a year before."""
    (head,) = kb.letters()
    assert head.date
    other = {
        "id": "kst-27925-400",
        "number": "400",
        "date": head.date.replace(year=2013),
        "signatories": (Signatory(name="J.A. Hennis-Plasschaert", office="Minister van Defensie"),),
    }
    return head, head.model_copy(update=other)


def sources(heads: tuple[LetterHead, ...], name: FieldName) -> Sources:
    """Each value of a field of these letters, labelled as "1.2": the second of the first letter."""
    return Sources(
        tuple(
            SourceSentence(
                f"{at}.{place}", Passage(head, None, field), start, end, 0.0, np.zeros(0, np.float32), 0, UNSEARCHED
            )
            for at, head in enumerate(heads, 1)
            if (field := field_of(head, name))
            for place, (start, end) in enumerate(spans_of(head, name), 1)
        ),
        records=True,
    )


def judged(text: str, of: Sources, *labels: str) -> str:
    """What it is cited by, or the rule that stops it."""
    proven = Prover(unread).prove(DraftSentence(text=text, labels=labels), of)
    return proven.rule if isinstance(proven, Refusal) else " | ".join(one.quote for one in proven.citations)


BOTH = "F.C.G.M. Timmermans, Minister van Buitenlandse Zaken en J.A. Hennis-Plasschaert, Minister van Defensie"


@pytest.mark.parametrize(
    ("text", "labels", "cited"),
    [
        (f"{NAMED} is ondertekend door {BOTH}.", ("1.1", "1.2"), BOTH.replace("Zaken en", "Zaken |")),
        (
            f"{NAMED} was signed by {BOTH.replace('Zaken en', 'Zaken and')}.",
            ("1.1", "1.2"),
            BOTH.replace("Zaken en", "Zaken |"),
        ),
        (f"{NAMED} is ondertekend door {BOTH}.", ("1.1",), "not-recorded"),
        (f"{NAMED} is ondertekend door {BOTH[::-1]}.", ("1.1", "1.2"), "not-recorded"),
        (f"{NAMED} is ondertekend door F.C.G.M. Timmermans, minister van Defensie.", ("1.1",), "not-recorded"),
        (f"Kamerstuk 27 925, nr. 400 is ondertekend door {BOTH}.", ("1.1", "1.2"), "not-recorded"),
        (f"{NAMED} is geschreven door {BOTH}.", ("1.1", "1.2"), "not-recorded"),
        (f"{NAMED} is gericht aan {BOTH}.", ("1.1", "1.2"), "not-recorded"),
    ],
)
def test_a_field_is_said_as_it_stands_in_the_record(
    heads: tuple[LetterHead, LetterHead], text: str, labels: tuple[str, ...], cited: str
) -> None:
    assert judged(text, sources(heads, "signatories"), *labels) == cited


@pytest.mark.parametrize(
    ("text", "proven"),
    [
        ("Er zijn 2 brieven van de minister van Defensie.", True),
        ("Er zijn 3 brieven van de minister van Defensie.", False),
        ("Er zijn 2 brieven van de minister van Buitenlandse Zaken.", False),
        ("Er zijn 2 brieven van Hennis-Plasschaert.", True),
        ("Er zijn 2 brieven van de minister van Defensie vanaf 1 januari 2013 in dossier 27 925.", True),
        ("Er zijn 2 brieven van de minister van Defensie uit 2014.", False),
        ("Er zijn 2 brieven van de minister van Defensie in dossier 27 926.", False),
        ("Er zijn 2 brieven aan de Eerste Kamer.", False),
        ("Er zijn 2 brieven met «Defensie» in onderwerp of tekst.", True),
        ("Er zijn 2 brieven met «Defensie» in het onderwerp.", False),
        ("There are 2 letters from the Minister of Defence up to 31 December 2014.", True),
    ],
)
def test_what_is_counted_is_true_of_every_letter(heads: tuple[LetterHead, LetterHead], text: str, proven: bool) -> None:
    found = judged(text, sources(heads, "signatories"), "1.1", "1.2", "2.1")
    assert (found != "not-recorded") is proven


def test_the_last_letter_is_the_last_of_all(heads: tuple[LetterHead, LetterHead]) -> None:
    of = sources(heads, "date")
    assert judged(f"De laatste brief is {NAMED}, van 10 september 2014.", of, "1.1") == "10 september 2014"
    other = "Kamerstuk 27 925, nr. 400, van 10 september 2013."
    assert judged(f"De laatste brief is {other}", of, "2.1") == "not-recorded"
    assert judged(f"De eerste brief is {other}", of, "2.1") == "10 september 2013"
