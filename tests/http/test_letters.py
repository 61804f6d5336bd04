"""Letters over HTTP: added, listed, read and removed, and what is no letter told by file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.http.service import Service, serving
from tests.letters.packing import zip_of

LETTER = "kst-27925-504"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service without a letter, for tests that change it and leave it empty."""
    with serving(tmp_path_factory.mktemp("empty"), max_source_bytes="60000", max_upload_files="5") as service:
        yield service


@pytest.fixture
def numbered(sample: Path) -> Any:
    """The sample letter under other numbers."""
    return lambda number: sample.read_bytes().replace(b"nr. 504", b"nr. %d" % number)


def add(service: Service, *files: tuple[str, bytes]) -> httpx.Response:
    return service.http.post("/v1/letters", files=[("files", file) for file in files])


def test_a_letter_is_added_read_and_removed(empty: Service, sample: Path) -> None:
    reply = add(empty, ("brief.txt", sample.read_bytes()))
    place = reply.headers["Location"]
    assert (reply.status_code, place) == (201, f"/v1/letters/{LETTER}")
    assert reply.json()["files"][0]["added"]["outcome"] == "new"
    assert add(empty, ("brief.txt", sample.read_bytes())).status_code == 200
    detail = empty.http.get(place).json()
    assert (detail["label"], detail["paragraphs"], detail["date"]) == ("Kamerstuk 27 925, nr. 504", 9, "2014-09-10")
    assert len(empty.http.get(f"{place}/paragraphs").json()["paragraphs"]) == 9
    last = empty.http.get(f"{place}/paragraphs/9").json()
    assert last["label"].endswith("alinea 9")
    assert (last["before"]["number"], last["after"]) == (8, None)
    assert "1.000 helmen" in last["paragraph"]["text"]
    assert empty.http.delete(place).status_code == 204
    assert empty.http.get(place).status_code == 404
    assert empty.http.delete(place).json()["type"] == "urn:kamerbrief:unknown-letter"


def test_each_file_has_its_own_outcome(empty: Service, numbered: Any) -> None:
    files = [("a.txt", numbered(101)), ("b.pdf", b"%PDF-1.7 broken"), ("../../c", b""), ("d.txt", b"x" * 60_001)]
    reply = add(empty, *files)
    assert reply.status_code == 207
    outcomes = reply.json()["files"]
    assert [file["source"] for file in outcomes] == ["a.txt", "b.pdf", "../../c", "d.txt"]
    assert outcomes[0]["added"]["letter"] == "kst-27925-101"
    assert [file["problem"]["status"] for file in outcomes[1:]] == [400, 400, 413]
    assert empty.http.delete("/v1/letters/kst-27925-101").status_code == 204


def test_a_zip_gives_an_outcome_for_each_letter_in_it(empty: Service, numbered: Any) -> None:
    packed = zip_of({"a.txt": numbered(101), "b.txt": numbered(102), "c.txt": b""})
    reply = add(empty, ("brieven.zip", packed), ("d.txt", numbered(103)))
    assert reply.status_code == 207
    outcomes = reply.json()["files"]
    names = ["brieven.zip/a.txt", "brieven.zip/b.txt", "brieven.zip/c.txt", "d.txt"]
    assert [file["source"] for file in outcomes] == names
    assert outcomes[2]["problem"]["detail"].startswith("brieven.zip/c.txt is empty")
    for number in (101, 102, 103):
        assert empty.http.delete(f"/v1/letters/kst-27925-{number}").status_code == 204


def test_a_letter_is_read_in_each_of_its_versions(empty: Service, sample: Path) -> None:
    place, other = f"/v1/letters/{LETTER}", sample.read_bytes().replace(b"1.000 helmen", b"2.000 helmen")
    added = add(empty, ("een.txt", sample.read_bytes()), ("twee.txt", other)).json()["files"]
    assert [(one["added"]["outcome"], one["added"]["version"]) for one in added] == [("new", 1), ("changed", 2)]
    versions = empty.http.get(f"{place}/versions").json()["versions"]
    assert [(one["number"], one["paragraphs"]) for one in versions] == [(1, 9), (2, 9)]
    for version, said in (({}, "2.000 helmen"), ({"version": 1}, "1.000 helmen"), ({"version": 2}, "2.000 helmen")):
        number = version.get("version", 2)
        assert empty.http.get(place, params=version).json()["textSha256"] == versions[number - 1]["textSha256"]
        assert said in empty.http.get(f"{place}/paragraphs/9", params=version).json()["paragraph"]["text"]
        assert said in empty.http.get(f"{place}/paragraphs", params=version).json()["paragraphs"][8]["text"]
    assert empty.http.get(place, params={"version": 3}).status_code == 404
    changes = empty.http.get(f"{place}/changes", params={"from": 1, "to": 2}).json()
    assert changes == empty.http.get(f"{place}/changes").json()
    (changed,) = [one for one in changes["compared"] if one["change"] != "same"]
    assert [one["text"] for one in changed["words"] if one["change"] != "same"] == ["1.000 ", "2.000 "]
    asked = empty.http.post("/v1/questions", json={"question": "Hoeveel helmen zijn geleverd?"}).json()
    assert {one["version"] for said in asked["sentences"] for one in said["citations"]} == {2}
    assert empty.http.get(f"/v1/questions/{asked['id']}/since").json() == {"since": []}
    assert empty.http.get(place, params={"version": 0}).status_code == 400
    assert empty.http.delete(place).status_code == 204
    assert empty.http.get(place, params={"version": 1}).status_code == 404
    assert empty.http.get(f"{place}/versions").status_code == 404


@pytest.mark.parametrize(
    ("content", "status", "kind"),
    [
        (b"", 400, "empty-source"),
        (b"x", 400, "empty-source"),
        (b"\x89PNG" + b"\x00" * 100, 415, "unknown-format"),
        (b"PK\x03\x04" + b"\x00" * 100, 400, "broken-source"),
        (zip_of({"../brief.txt": b"Den Haag"}), 400, "unsafe-archive"),
        (b"x" * 60_001, 413, "too-large"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', 400, "unsafe-xml"),
    ],
)
def test_what_is_no_letter_says_why(empty: Service, content: bytes, status: int, kind: str) -> None:
    reply = add(empty, ("brief", content))
    assert reply.status_code == status
    (fault,) = reply.json()["errors"]
    assert (fault["code"], fault["location"]) == (kind, {"pointer": "/files/0"})


def test_too_much_at_once_is_refused(empty: Service) -> None:
    assert add(empty, *[(f"{n}.txt", b"x") for n in range(6)]).status_code == 400
    assert add(empty).status_code == 400
    reply = add(empty, ("big.txt", b"x" * 2_000_000))
    assert reply.status_code == 413
    assert reply.headers["Content-Type"] == "application/problem+json"


def test_the_list_is_sorted_filtered_and_paged(empty: Service, numbered: Any) -> None:
    numbers = [201, 202, 203]
    for number in numbers:
        date = b"%d september 2014" % (number - 190)
        add(empty, ("x.txt", numbered(number).replace(b"10 september 2014", date)))

    def pages(query: str) -> Iterator[str]:
        place = f"/v1/letters?limit=1&{query}"
        while place:
            reply = empty.http.get(place)
            yield from (letter["number"] for letter in reply.json()["letters"])
            place = reply.links.get("next", {}).get("url", "")

    assert list(pages("sort=date")) == ["201", "202", "203"]
    assert list(pages("")) == ["203", "202", "201"]
    assert list(pages("sort=dossier")) == ["201", "202", "203"]
    assert list(pages("from=2014-09-12&sort=date&dossier=27%20925")) == ["202", "203"]
    assert list(pages("ministry=defensie&to=2014-09-11")) == ["201"]
    assert list(pages("ministry=Financi%C3%ABn")) == []
    for number in numbers:
        empty.http.delete(f"/v1/letters/kst-27925-{number}")


@pytest.mark.parametrize("query", ["cursor=abc", "cursor=W10", "limit=0", "sort=title", "from=gisteren", "page=2"])
def test_a_wrong_query_is_told_by_name(service: Service, query: str) -> None:
    reply = service.http.get(f"/v1/letters?{query}")
    assert reply.status_code == 400
    (fault,) = reply.json()["errors"]
    assert (fault["in"], fault["location"]) == ("query", {"name": query.partition("=")[0]})


def test_what_a_client_has_is_not_sent_again(service: Service) -> None:
    for place in ("/v1/letters", f"/v1/letters/{LETTER}", f"/v1/letters/{LETTER}/paragraphs/1"):
        tag = service.http.get(place).headers["ETag"]
        again = service.http.get(place, headers={"If-None-Match": f'"other", W/{tag}'})
        assert (again.status_code, again.content) == (304, b"")
        assert service.http.get(place, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("place", "status"),
    [(f"{LETTER}/paragraphs/10", 404), (f"{LETTER}/paragraphs/0", 400), (f"{LETTER}/paragraphs/x", 400),
     ("kst-1-1/paragraphs", 404), ("../../etc/passwd", 404), ("%2e%2e%2f", 404)],
)  # fmt: skip
def test_what_is_not_there_is_not_found(service: Service, place: str, status: int) -> None:
    assert service.http.get(f"/v1/letters/{place}").status_code == status


def test_hits_are_found(service: Service) -> None:
    hits = service.http.get("/v1/search", params={"q": "helmen voor de Koerden", "k": 2, "letter": LETTER}).json()[
        "hits"
    ]
    assert len(hits) == 2
    assert hits[0]["paragraphs"] == [9]
    assert service.http.get("/v1/search", params={"q": "x", "letter": "kst-1-1"}).status_code == 400
    assert service.http.get("/v1/search").json()["errors"][0]["location"] == {"name": "q"}


def test_letters_lead_to_what_they_refer_to_and_to_what_refers_to_them(empty: Service, sample: Path) -> None:
    naming = b"""Aan de Voorzitter van de Tweede Kamer der Staten-Generaal

Den Haag, 5 februari 2024

In antwoord op uw brief, nr. 2024Z11859, beantwoord ik de vragen over de brief (Kamerstuk 27 925, nr. 504)."""
    added = add(empty, ("brief.txt", sample.read_bytes()), ("antwoord.txt", naming)).json()["files"]
    newer = added[1]["added"]["letter"]

    refers = empty.http.get(f"/v1/letters/{newer}/references").json()
    named = empty.http.get(f"/v1/letters/{LETTER}/references").json()

    assert [(one["id"], one["here"], one["url"]) for one in refers["refersTo"]] == [
        ("kv-tk-2024Z11859", False, "https://zoek.officielebekendmakingen.nl/kv-tk-2024Z11859.html"),
        (LETTER, True, f"https://zoek.officielebekendmakingen.nl/{LETTER}.html"),
    ]
    assert refers["referredBy"] == []
    assert [one["id"] for one in named["referredBy"]] == [newer]
    for letter in (newer, LETTER):
        empty.http.delete(f"/v1/letters/{letter}")
