"""Attachments come along where they are asked for, and are documents of their letters."""

import json
from pathlib import Path

import pytest

from kamerbrief import Kamerbrief
from kamerbrief.http.mcp.results import references_text
from kamerbrief.records.fetching import ParliamentQuery
from kamerbrief.settings import load
from tests.letters.made import Drawn, made_pdf
from tests.sources.conftest import Fetch
from tests.sources.repository import Paper, Reply, Repository, path_of

LETTER, ATTACHMENT = "kst-35300-63", "blg-936562"
FILE = made_pdf([Drawn().lines(70, 700, ["De concentratie van chroom 6 is gemeten in 2.500 monsters."])])
PDF = Reply(FILE, headers={"Content-Type": "application/pdf"})


@pytest.fixture
def recorded(there: Repository, data: Path) -> Repository:
    """A letter with an attachment, whose official metadata record is a recorded one."""
    metadata = (data / "koop/sru/metadata_owms-blg-kst.xml").read_bytes().replace(b"kst-35300-X-63", LETTER.encode())
    there.papers = {LETTER: Paper("Bijgaand treft u de notitie aan.")}
    there.attachments = {ATTACHMENT: LETTER, "blg-1": "kst-1-1"}
    there.always[path_of(ATTACHMENT, "pdf")] = PDF
    there.always[path_of(ATTACHMENT, "metadata")] = Reply(metadata, headers={"Content-Type": "text/xml"})
    return there


def test_attachments_of_publications_come_on_wish(kb: Kamerbrief, recorded: Repository, fetch: Fetch) -> None:
    assert fetch()[0].new == 1
    assert [query for query in recorded.queries if "Bijlage" in query] == []

    report, outcomes = fetch(attachments=True)

    assert (report.new, report.same) == (1, 1)
    assert [(one.id, one.letters, one.total) for one in outcomes] == [
        (LETTER, (LETTER,), 1),
        (ATTACHMENT, (ATTACHMENT,), 2),
    ]
    assert fetch(attachments=True)[0].same == 2


def test_letter_and_attachment_name_each_other(kb: Kamerbrief, recorded: Repository, fetch: Fetch) -> None:
    fetch(attachments=True)

    of_letter, of_attachment = kb.references(LETTER), kb.references(ATTACHMENT)

    assert [(one.id, one.label) for one in of_letter.attachments] == [
        (ATTACHMENT, "Bijlage blg-936562 bij Kamerstuk 35 300, nr. 63")
    ]
    assert of_letter.referred_by == ()
    assert "Attachments:\n- blg-936562; attachment; 2020-06-16; Eindnotitie" in references_text(of_letter)
    assert [(one.id, one.kind, one.here) for one in of_attachment.refers_to] == [(LETTER, "attached", True)]
    attached = kb.letter(ATTACHMENT)
    assert (attached.kind, attached.number, str(attached.date)) == ("other", None, "2020-06-16")
    assert (attached.title or "").startswith("Eindnotitie verkenning")
    assert kb.ask("Hoeveel brieven zijn er?").sentences[0].text == "Er is 1 brief."


def test_attachments_of_the_parliament_are_tied_to_the_letters_that_came(
    kb: Kamerbrief, there: Repository, embedder: str
) -> None:
    first, second, third = (f"{n}176b1f5-b5a8-46f1-9d2c-5e66fd14604f" for n in (1, 2, 3))
    told = {"ContentType": "application/pdf", "ApiGewijzigdOp": "2024-04-10T10:06:34Z", "Verwijderd": False}
    attached = {"Id": second, "Onderwerp": "Chroom 6 \x00 & meer", "Datum": "2021-07-05T00:00:00+02:00", **told}
    letters = [
        {"Id": first, "BijlageDocument": [attached], **told},
        {"Id": third, **told, "BijlageDocument": [{**attached, "Id": "4" + third[1:]}]},
    ]
    there.always["/odata/Document"] = Reply(
        json.dumps({"value": letters}).encode(), headers={"Content-Type": "application/json"}
    )
    letter = made_pdf([Drawn().lines(70, 700, ["Den Haag, 6 juli 2021", "", "Bijgaand treft u de notitie aan."])])
    there.always[f"/odata/Document({first})/resource"] = Reply(letter, headers=PDF.headers)
    there.always[f"/odata/Document({second})/resource"] = PDF
    there.always[f"/odata/Document({third})/resource"] = Reply(b"%PDF-1.4 no", headers=PDF.headers)
    settings = load(**{**kb.settings.model_dump(), "parliament_url": f"{there.url}/odata"})

    with Kamerbrief(settings=settings) as other:
        outcomes = {one.id: one for one in other.fetch(ParliamentQuery(attachments=True))}

        assert {one.id[0]: one.outcome for one in outcomes.values()} == {
            "1": "new", "2": "new", "3": "failed", "4": "failed",
        }  # fmt: skip
        assert outcomes["4" + third[1:]].reason == "the letter that it is attached to is not there"
        (of,), (attachment,) = outcomes[first].letters, outcomes[second].letters
        assert [one.id for one in other.references(of).attachments] == [attachment]
        assert other.references(attachment).refers_to[0].id == of
        assert other.letter(attachment).title == "Chroom 6  & meer"
        assert attachment.startswith("brief-20210705-")
