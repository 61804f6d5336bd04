"""Lists of letters: their order, a page after another, and the words that are looked for in them."""

import datetime
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kamerbrief.http.paging import place_of
from kamerbrief.records.letters import Filters, Signatory
from kamerbrief.store.listing import Listing, Order
from kamerbrief.store.store import Store
from tests.store.letters import CHUNKING, EMBEDDER, a_letter

DAY = datetime.date(2020, 5, 1)
LETTERS = (("c", None), ("a", DAY), ("b", DAY), ("d", DAY + datetime.timedelta(1)), ("e", None))
SIGNED = (Signatory(name="J. Bakker"), Signatory(name="Mr. A.B. van Geël-Mulder", office="Minister van Defensie"))
DOSSIERS = {"a": "30000", "d": "29000", "e": "29000"}
OLDEST_FIRST = ["c", "e", "a", "b", "d"]
BY_DOSSIER = ["e", "d", "a", "c", "b"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("listed")


@pytest.fixture(scope="module")
def listing(folder: Path) -> Iterator[Listing]:
    """Five letters, two without a date."""
    with Store(folder, EMBEDDER, CHUNKING) as store:
        for name, day in LETTERS:
            letter, chunks = a_letter(name, "1")
            told = {"title": f"Steun aan Oekraïne, deel-{name}", "signatories": SIGNED, "dossier": DOSSIERS.get(name)}
            store.put([(letter.model_copy(update={"date": day, **told}), chunks)])
        with store.reading() as generation:
            yield generation.catalog.listing


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("date", OLDEST_FIRST),
        ("-date", OLDEST_FIRST[::-1]),
        ("dossier", BY_DOSSIER),
        ("-dossier", BY_DOSSIER[::-1]),
    ],
)
@pytest.mark.parametrize("limit", [1, 2, 5])
def test_pages_go_on_where_the_one_before_ended(
    listing: Listing, limit: int, order: Order, expected: list[str]
) -> None:
    found: list[str] = []
    after = None
    while page := listing.page(Filters(), limit, after=after, order=order):
        found += [head.id for head in page]
        after = place_of(page[-1])
    assert found == expected


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("oekraine", 5),
        ("OEKRAÏNE bakker", 5),
        ("deel-b bakker", 1),
        ("100%", 0),
        ("_", 0),
        ("oekraine pater", 0),
        ("", 5),
    ],
)
def test_all_words_stand_in_what_a_letter_is_told_by(listing: Listing, words: str, found: int) -> None:
    assert len(listing.page(Filters(), 9, words)) == listing.count(Filters(), words) == found


@pytest.mark.parametrize(
    ("person", "found"),
    [
        ("Bakker", 5),
        ("J. BAKKER", 5),
        ("Jan Bakker", 5),
        ("minister Bakker", 5),
        ("P. Bakker", 0),
        ("Bak", 0),
        ("Geël", 5),
        ("van Geel-Mulder", 5),
        ("mr. A. van Geel", 5),
        ("van Mulder", 0),
        ("", 0),
    ],
)
def test_a_person_is_found_by_the_surname_and_the_first_letter(listing: Listing, person: str, found: int) -> None:
    assert listing.count(Filters(person=person)) == found


def test_no_more_than_is_wanted_is_counted(listing: Listing) -> None:
    assert listing.count(Filters(), most=3) == 3
    assert listing.count(Filters(since=DAY, until=DAY)) == 2


@pytest.mark.parametrize(
    ("asked", "indexes"),
    [
        ("told_by LIKE '%x%'", ["listing"]),
        ("row IN (SELECT letter FROM ministries WHERE name = 'x')", ["listing", "ministries_by_name"]),
    ],
)
def test_a_page_is_read_out_of_indexes_alone(listing: Listing, folder: Path, asked: str, indexes: list[str]) -> None:
    query = f"SELECT row FROM letters WHERE state = 'here' AND {asked} ORDER BY date DESC NULLS LAST, id DESC LIMIT 9"
    with closing(sqlite3.connect(next(folder.glob("*/catalog.sqlite")))) as db:
        plan = " ".join(step[-1] for step in db.execute(f"EXPLAIN QUERY PLAN {query}"))
    assert re.findall(r"(?:SEARCH|SCAN|SORT)\b(?: \w+ USING COVERING INDEX (\w+))?", plan) == indexes
    assert "TEMP B-TREE" not in plan
