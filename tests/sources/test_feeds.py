"""Letters come out of feeds, with the files that entries carry or the pages that they lead to."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from kamerbrief import Kamerbrief
from kamerbrief.errors import UnusableError
from kamerbrief.records.fetching import FeedQuery, Fetched
from tests.letters.made import Drawn, made_pdf
from tests.sources.repository import Reply, Repository, made_file, repository

ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Brieven</title>
<entry><id>urn:brief:1</id><title>Dijken</title><updated>{updated}</updated>{links}</entry></feed>"""
RSS = """<rss version="2.0"><channel><title>Brieven & meer</title><item><title>Dijken</title>
<link>{here}/dijken</link><guid isPermaLink="false">doc-1</guid><pubDate>Wed, 07 Jul 2021 10:00:00 GMT</pubDate>
</item><item><title>Niets</title></item></channel></rss>"""
PDF = made_pdf([Drawn().lines(70, 700, ["Den Haag, 6 juli 2021", "", "De dijken zijn hoog genoeg voor het water."])])
PAGE = '<html><body><p>Een brief over dijken.</p><a href="/over">Over</a><a href="{file}">Download</a></body></html>'


def put(there: Repository, path: str, body: str | bytes, kind: str) -> None:
    there.always[path] = Reply(body if isinstance(body, bytes) else body.encode(), headers={"Content-Type": kind})


def fetch(kb: Kamerbrief, there: Repository) -> list[Fetched]:
    return list(kb.fetch(FeedQuery(address=f"{there.url}/feed")))


def atom(links: str, updated: str = "2021-07-07T10:00:00Z") -> str:
    return ATOM.format(links=links, updated=updated)


def test_the_best_file_of_an_entry_is_taken(kb: Kamerbrief, there: Repository) -> None:
    links = (
        '<link rel="enclosure" type="application/pdf" href="/1.pdf"/><link href="/dijken"/>'
        '<link rel="enclosure" type="application/xml" href="/1.xml"/>'
    )
    put(there, "/feed", atom(links), "application/atom+xml")
    put(there, "/1.xml", made_file("kst-27625-1", "De dijken zijn hoog genoeg.", "xml"), "application/xml")
    (done,) = fetch(kb, there)
    assert (done.outcome, done.letters, done.total) == ("new", ("kst-27625-1",), 1)
    assert there.asked == ["/feed", "/1.xml"]


def test_the_file_that_is_linked_on_the_page_of_an_entry_is_taken(kb: Kamerbrief, there: Repository) -> None:
    put(there, "/feed", RSS.format(here=there.url), "application/rss+xml")  # with a "&" that it should not have
    put(there, "/dijken", PAGE.format(file="/brief.pdf"), "text/html")
    put(there, "/brief.pdf", PDF, "application/pdf")
    (done,) = fetch(kb, there)
    assert done.outcome == "new"
    assert "De dijken zijn hoog genoeg" in kb.letter(done.letters[0]).paragraphs[-1].text


def test_a_page_without_a_file_is_the_letter(kb: Kamerbrief, there: Repository) -> None:
    put(there, "/feed", atom('<link href="/dijken"/>'), "text/xml")
    put(
        there,
        "/dijken",
        "<html><body><p>Den Haag, 6 juli 2021</p><p>De dijken zijn hoog.</p></body></html>",
        "text/html",
    )
    (done,) = fetch(kb, there)
    assert kb.letter(done.letters[0]).source.format == "html"


def test_an_entry_is_fetched_again_once_it_changes(kb: Kamerbrief, there: Repository) -> None:
    links = '<link rel="enclosure" type="application/xml" href="/1.xml"/>'
    put(there, "/feed", atom(links), "text/xml")
    put(there, "/1.xml", made_file("kst-27625-1", "De dijken zijn hoog genoeg.", "xml"), "application/xml")
    fetch(kb, there)
    there.asked.clear()
    assert fetch(kb, there)[0].outcome == "same"
    assert there.asked == ["/feed"]
    put(there, "/feed", atom(links, "2021-07-08T10:00:00Z"), "text/xml")
    put(there, "/1.xml", made_file("kst-27625-1", "De dijken zijn te laag.", "xml"), "application/xml")
    assert fetch(kb, there)[0].outcome == "changed"


@pytest.fixture
def elsewhere() -> Iterator[Repository]:
    with repository() as running:
        yield running


def test_files_on_another_host_are_refused_until_it_is_named(
    kb: Kamerbrief, there: Repository, elsewhere: Repository, tmp_path: Path
) -> None:
    put(
        there, "/feed", atom(f'<link rel="enclosure" type="application/pdf" href="{elsewhere.url}/1.pdf"/>'), "text/xml"
    )
    put(elsewhere, "/1.pdf", PDF, "application/pdf")
    (done,) = fetch(kb, there)
    host = elsewhere.url.removeprefix("http://")
    assert (done.outcome, elsewhere.asked) == ("failed", [])
    assert f"add {host} to KAMERBRIEF_FETCH_HOSTS" in (done.reason or "")
    settings = kb.settings.model_copy(update={"fetch_hosts": f"example.org, {host}", "data_dir": tmp_path / "other"})
    with Kamerbrief(settings=settings) as other:
        assert fetch(other, there)[0].outcome == "new"


@pytest.mark.parametrize("body", [b"<html><body>storing</body></html>", b"/etc/hostname", b""])
def test_what_is_no_feed_is_told(kb: Kamerbrief, there: Repository, body: bytes) -> None:
    put(there, "/feed", body, "text/xml")
    with pytest.raises(UnusableError, match="no Atom or RSS feed"):
        fetch(kb, there)


def test_entities_are_not_expanded(kb: Kamerbrief, there: Repository) -> None:
    put(there, "/feed", '<!DOCTYPE a [<!ENTITY b "c">]>' + RSS.format(here="&b;"), "text/xml")
    assert fetch(kb, there)[0].outcome == "failed"


@pytest.mark.parametrize("address", ["file:///etc/passwd", "example.org", "http:///x", ""])
def test_what_is_no_address_is_none(address: str) -> None:
    with pytest.raises(ValidationError, match=r"https://example\.org/atom"):
        FeedQuery(address=address)
