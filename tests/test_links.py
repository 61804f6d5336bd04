"""Letters that lead to each other, in whatever order they come."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kamerbrief import Kamerbrief
from kamerbrief.records.answers import Via
from kamerbrief.records.letters import Added, Filters
from kamerbrief.settings import load
from tests.servers import Reply, scripted_server, vectors

HEAD = """Tweede Kamer der Staten-Generaal

Vergaderjaar 2023–2024

{dossier}

Waterbeheer

Nr. {number}

BRIEF VAN DE MINISTER VAN {minister}

Aan de Voorzitter van de Tweede Kamer der Staten-Generaal

Den Haag, {date}

{text}

De Minister van {minister},

J. Jansen
"""


def letter(
    number: str, date: str, text: str, *, dossier: str = "27 625", minister: str = "Infrastructuur en Waterstaat"
) -> bytes:
    return HEAD.format(number=number, date=date, text=text, dossier=dossier, minister=minister).encode()


FIRST = letter("12", "3 mei 2024", "De dijken langs de Maas worden in 2025 verhoogd.")
LATER = letter("13", "1 juni 2024", "Hierbij ontvangt u deze brief ter vervanging van mijn brief van 3 mei 2024.")
ORIGINAL, REPRINT = FIRST, FIRST.replace(b"Nr. 12", b"Nr. 12 HERDRUK").replace(b"2025", b"2026")
OTHERS = [
    letter("99", "3 mei 2024", "Hier gaat het over geld.", minister="Financiën"),
    letter("98", "3 mei 2024", "Hier gaat het over wegen.", dossier="29 385"),
    letter("97", "4 mei 2024", "Hier gaat het over sluizen."),
]
SECOND_OF_THE_DAY = letter("96", "3 mei 2024", "De stuwen zijn nagezien.")


MOTION = letter("5", "1 februari 2024", "De Kamer verzoekt de regering daarmee spoed te maken.", dossier="31 710")
DEALT = letter("14", "2 juli 2024", "Over de dijken en de motie op Kamerstuk 31 710, nr. 5 bericht ik u het volgende.")
DIKES = [letter(str(n), "5 juli 2024", f"De dijken van vak {n} en de dijken van vak {n + 1}.") for n in range(20, 26)]


@pytest.fixture(scope="module")
def embedder() -> Iterator[str]:
    """A server whose vectors are all alike: words alone tell what is found."""
    with scripted_server(lambda request: Reply(body=vectors(*[[1.0, 0.5]] * len(request["input"])))) as server:
        yield server.url


@pytest.fixture
def kb(tmp_path: Path, embedder: str) -> Iterator[Kamerbrief]:
    settings = load(data_dir=tmp_path, embedding_model="some-model", embedding_base_url=embedder)
    with Kamerbrief(settings=settings) as kamerbrief:
        yield kamerbrief


def add(kb: Kamerbrief, *letters: bytes) -> list[Added]:
    return [kb.add(one, name="brief.txt") for one in letters]


@pytest.mark.parametrize("order", [(FIRST, LATER), (LATER, FIRST)])
def test_a_letter_that_is_named_by_its_date_is_linked_whichever_came_first(
    kb: Kamerbrief, order: tuple[bytes, ...]
) -> None:
    add(kb, *OTHERS, *order)
    (told,) = kb.references("kst-27625-13").refers_to
    assert (told.id, told.kind, told.here, str(told.date)) == ("kst-27625-12", "replaces", True, "2024-05-03")
    assert [one.id for one in kb.references("kst-27625-12").replaced_by] == ["kst-27625-13"]
    assert kb.references("kst-29385-98").referred_by == ()


def test_where_several_letters_are_of_that_day_the_date_alone_is_told(kb: Kamerbrief) -> None:
    add(kb, FIRST, LATER, SECOND_OF_THE_DAY)
    (told,) = kb.references("kst-27625-13").refers_to
    assert (told.id, told.here, told.text, str(told.date)) == (None, False, "mijn brief van 3 mei 2024", "2024-05-03")
    assert kb.references("kst-27625-12").referred_by == ()
    kb.remove(["kst-27625-96"])
    assert [one.id for one in kb.references("kst-27625-12").replaced_by] == ["kst-27625-13"]


def test_a_reprint_stays_the_letter_when_its_original_comes_after_it(kb: Kamerbrief) -> None:
    came = add(kb, REPRINT, ORIGINAL, ORIGINAL)
    assert [(one.outcome, one.version) for one in came] == [("new", 1), ("older", 2), ("same", 2)]
    assert "2026" in kb.letter("kst-27625-12").paragraphs[0].text
    assert [one.number for one in kb.versions("kst-27625-12")] == [2, 1]
    changes = kb.changes("kst-27625-12")
    assert (changes.earlier, changes.later) == (2, 1)
    kb.reindex()
    assert [one.number for one in kb.versions("kst-27625-12")] == [2, 1]
    assert kb.letter("kst-27625-12").reprint
    assert kb.status().whole
    again = letter("12 HERDRUK", "3 mei 2024", "De dijken langs de Maas worden in 2027 verhoogd.")
    assert [(one.outcome, one.version) for one in add(kb, again)] == [("changed", 3)]


@pytest.fixture
def dikes(kb: Kamerbrief) -> Kamerbrief:
    """With a letter on dikes among others, and a motion that it names, which has no word of it."""
    add(kb, MOTION, DEALT, *DIKES)
    return kb


def found(kb: Kamerbrief, k: int = 6, *letters: str, follow: bool = True) -> dict[str, Via | None]:
    hits = kb.search("dijken motie bericht", filters=Filters(letters=letters), k=k, follow=follow)
    assert len(hits) <= k
    return {hit.letter: hit.via for hit in hits}


def test_what_the_best_hits_refer_to_has_its_places(dikes: Kamerbrief) -> None:
    alone, followed = found(dikes, follow=False), found(dikes)
    assert "kst-31710-5" not in alone
    assert followed["kst-31710-5"] == Via(letter="kst-27625-14", label="Kamerstuk 27 625, nr. 14", way="refers_to")
    assert {id_ for id_, via in followed.items() if via} == {"kst-31710-5"}
    assert set(alone) - set(followed) <= {f"kst-27625-{n}" for n in range(20, 26)}
    assert found(dikes, 2) == found(dikes, 2, follow=False)  # too few places to give one away


def test_letters_that_are_named_are_left_by_one_reference(dikes: Kamerbrief) -> None:
    assert set(found(dikes, 9, "kst-27625-14", follow=False)) == {"kst-27625-14"}
    assert set(found(dikes, 9, "kst-27625-14")) == {"kst-27625-14", "kst-31710-5"}
    back = found(dikes, 9, "kst-31710-5")
    assert back["kst-31710-5"] is None
    assert back["kst-27625-14"] == Via(letter="kst-31710-5", label="Kamerstuk 31 710, nr. 5", way="referred_by")
    assert set(found(dikes, 9, "kst-27625-20")) == {"kst-27625-20"}
