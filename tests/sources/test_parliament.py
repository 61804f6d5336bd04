"""Letters come from the Tweede Kamer's documents."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from kamerbrief import Kamerbrief
from kamerbrief.errors import FilterError, UnusableError
from kamerbrief.records.fetching import Fetched, ParliamentQuery
from kamerbrief.settings import load
from tests.letters.made import Drawn, made_pdf
from tests.sources.repository import Reply, Repository

FIRST, SECOND = "8176b1f5-b5a8-46f1-9d2c-5e66fd14604f", "3849ce47-0ccb-417d-b883-7c13f31900e5"
JSON = {"Content-Type": "application/json; odata.metadata=minimal; odata.streaming=true; charset=utf-8"}
DOCUMENTS = "/odata/Document"


def pdf(text: str) -> Reply:
    body = made_pdf([Drawn().lines(70, 700, ["Den Haag, 6 juli 2021", "", text])])
    return Reply(body, headers={"Content-Type": "application/pdf"})


def answer(*documents: dict[str, Any], **more: Any) -> Reply:
    named = {f"@odata.{name}": value for name, value in more.items()}
    body = {"@odata.context": "https://example.org/$metadata#Document", **named, "value": documents}
    return Reply(json.dumps(body).encode(), headers=JSON)


def document(identifier: str, **more: Any) -> dict[str, Any]:
    told = {"ContentType": "application/pdf", "ContentLength": 9, "ApiGewijzigdOp": "2024-04-10T10:06:34.0095628Z"}
    return {"Id": identifier, "Verwijderd": False, **told, **more}


def resource(identifier: str) -> str:
    return f"/odata/Document({identifier})/resource"


def fetch(kb: Kamerbrief, **wanted: str) -> list[Fetched]:
    return list(kb.fetch(ParliamentQuery.model_validate(wanted)))


@pytest.fixture
def kb(kb: Kamerbrief, there: Repository) -> Iterator[Kamerbrief]:
    settings = kb.settings.model_copy(update={"parliament_url": f"{there.url}/odata"})
    with Kamerbrief(settings=settings) as kamerbrief:
        yield kamerbrief


def test_all_pages_are_read(kb: Kamerbrief, there: Repository) -> None:
    there.faults[DOCUMENTS] = [
        answer(document(FIRST), count=2, nextLink=f"{there.url}/odata/Document?$skip=1"),
        answer(document(SECOND, ContentType="application/msword")),
    ]
    there.always[resource(FIRST)] = pdf("De dijken zijn hoog genoeg voor het water.")
    first, second = sorted(fetch(kb), key=lambda one: one.outcome, reverse=True)
    assert (first.id, first.outcome, first.total) == (FIRST, "new", 2)
    assert "De dijken zijn hoog genoeg" in kb.letter(first.letters[0]).paragraphs[-1].text
    assert (second.id, second.outcome, second.reason) == (SECOND, "failed", "it has no file")


def test_what_was_withdrawn_is_told_of_what_was_fetched(kb: Kamerbrief, there: Repository) -> None:
    there.faults[DOCUMENTS] = [answer(document(FIRST))]
    there.always[resource(FIRST)] = pdf("De dijken zijn hoog genoeg voor het water.")
    (done,) = fetch(kb)
    gone = [{"Id": one, "Verwijderd": True, "ApiGewijzigdOp": "2024-04-11T10:00:00Z"} for one in (SECOND, FIRST)]
    there.faults[DOCUMENTS] = [answer(), answer(*gone)]

    (told,) = fetch(kb)

    assert (told.id, told.outcome, told.letters) == (FIRST, "withdrawn", done.letters)
    assert there.times(DOCUMENTS)[DOCUMENTS] == 3


def test_a_service_that_leads_in_a_circle_is_left(kb: Kamerbrief, there: Repository) -> None:
    there.always[DOCUMENTS] = answer(document(FIRST, ContentType=None), nextLink="Document?$skip=0")
    assert len(fetch(kb)) == 2


def test_a_next_page_on_another_host_is_refused(kb: Kamerbrief, there: Repository) -> None:
    there.always[DOCUMENTS] = answer(nextLink="http://127.0.0.1:9/odata/Document")
    with pytest.raises(UnusableError, match="on another host"):
        fetch(kb)


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"error": {"message": "nee"}}', b'{"value": [1]}'])
def test_what_is_no_answer_is_told(kb: Kamerbrief, there: Repository, body: bytes) -> None:
    there.always[DOCUMENTS] = Reply(body, headers=JSON)
    with pytest.raises(UnusableError, match=r"no whole JSON|does not answer as OData does"):
        fetch(kb)


def test_what_is_asked_for(kb: Kamerbrief, there: Repository) -> None:
    there.always[DOCUMENTS] = answer()
    period = {"since": "2021-01-01", "until": "2021-12-31"}
    fetch(kb, kind="letter", dossier="35 300 XV", ministry="Defensie", about="'s", **period)
    assert there.filters[-1] == (
        "Verwijderd eq false and Soort eq 'Brief regering'"
        " and Kamerstukdossier/any(d: d/Nummer eq 35300 and d/Toevoeging eq 'XV')"
        " and DocumentActor/any(a: contains(a/Functie,'van Defensie'))"
        " and Datum ge 2021-01-01 and Datum lt 2022-01-01 and contains(Onderwerp,'''s')"
    )
    with pytest.raises(FilterError, match="no number of a dossier"):
        fetch(kb, dossier="x) or (1 eq 1")


def test_the_addresses_are_the_official_ones() -> None:
    assert load().parliament_url == "https://gegevensmagazijn.tweedekamer.nl/OData/v4/2.0"
    assert load().publications_url == "https://repository.overheid.nl/sru"
