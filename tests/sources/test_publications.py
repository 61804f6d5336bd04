"""Letters come from the repository of official publications: those that were asked for, and each once."""

from pathlib import Path

import pytest

from kamerbrief import Kamerbrief
from kamerbrief.errors import SettingsError, UnusableError
from kamerbrief.records.fetching import Fetched, FetchRequest, PublicationsQuery
from kamerbrief.sources.publications import PAGE
from tests.letters.made import Drawn, made_pdf
from tests.sources.conftest import Fetch
from tests.sources.repository import Paper, Reply, Repository, path_of
from tests.test_forgetting import holding

FIRST, SECOND = "kst-27625-1", "kst-27625-2"
KOOP = "koop/frbr/officielepublicaties"


def test_what_is_listed_becomes_letters_with_their_records(kb: Kamerbrief, there: Repository, fetch: Fetch) -> None:
    there.papers = {FIRST: Paper("De dijken zijn hoog genoeg."), SECOND: Paper("De sluizen zijn te oud.")}

    report, outcomes = fetch()

    assert (report.new, report.failed) == (2, 0)
    assert [(one.id, one.outcome, one.letters, one.total) for one in outcomes] == [
        (FIRST, "new", (FIRST,), 2),
        (SECOND, "new", (SECOND,), 2),
    ]
    assert kb.letter(FIRST).title == "Brief 1 over water"
    assert [one.text for one in kb.letter(SECOND).paragraphs][-1] == "De sluizen zijn te oud."


def test_the_recorded_answers_are_read(kb: Kamerbrief, there: Repository, fetch: Fetch, data: Path) -> None:
    """Five records: two papers, a scan, one whose address is broken, and one whose files are those of another."""
    answer = (data / "koop/sru/search.xml").read_bytes()
    here = f"{there.url}/repository.overheid.nl".encode()
    answer = answer.replace(b"http://__MOCK_SERVICE__/repository.overheid.nl", here)
    there.always["/sru"] = Reply(answer, headers={"Content-Type": "application/sru+xml"})
    for path in (data / KOOP).rglob("*.*"):
        kind = {".pdf": "application/pdf", ".html": "text/html"}.get(path.suffix, "text/xml")
        name = f"/repository.overheid.nl/frbr/{path.relative_to(data / 'koop/frbr')}"
        there.always[name] = Reply(path.read_bytes(), headers={"Content-Type": kind})

    _, outcomes = fetch()

    assert {one.id: (one.outcome, one.letters) for one in outcomes} == {
        "kst-32545-143": ("new", ("kst-32545-143",)),
        "ah-tk-20202021-3235": ("new", ("ah-tk-20202021-3235",)),
        "blg-1007826": ("failed", ()),
        "blg-1025203": ("failed", ()),
        "kst-32545-144": ("same", ("kst-32545-143",)),
    }
    assert kb.letter("kst-32545-143").title


def test_the_next_run_fetches_only_what_changed(kb: Kamerbrief, there: Repository, fetch: Fetch) -> None:
    there.papers = {FIRST: Paper("De dijken zijn hoog genoeg."), SECOND: Paper("De sluizen zijn te oud.")}
    fetch()
    there.asked.clear()

    report, _ = fetch()
    assert (report.new, report.changed, report.same) == (0, 0, 2)
    assert there.asked == ["/sru"]

    there.papers[SECOND] = Paper("De sluizen zijn vernieuwd.", modified="2021-07-09")
    report, outcomes = fetch()
    assert [(one.id, one.outcome) for one in outcomes] == [(FIRST, "same"), (SECOND, "changed")]
    assert kb.letter(SECOND).paragraphs[-1].text == "De sluizen zijn vernieuwd."


def test_a_record_that_changed_without_its_file_costs_one_conditional_request(there: Repository, fetch: Fetch) -> None:
    there.papers = {FIRST: Paper("De dijken zijn hoog genoeg.")}
    fetch()
    there.papers[FIRST].modified = "2021-07-08"
    there.asked.clear()

    report, _ = fetch()

    assert (report.same, there.not_modified) == (1, 1)
    assert there.asked == ["/sru", path_of(FIRST, "xml")]


def test_the_next_run_asks_for_what_changed_since_the_last_one_a_week_over(there: Repository, fetch: Fetch) -> None:
    there.papers = {FIRST: Paper("Oud.", modified="2021-06-01"), SECOND: Paper("Nieuw.", modified="2021-07-20")}
    fetch()
    report, _ = fetch()
    assert 'dt.modified>="2021-07-13"' in there.queries[-1]
    assert (report.same, report.new) == (1, 0)
    fetch(dossier="27625")  # another question, which was never asked
    assert "dt.modified" not in there.queries[-1]


def test_a_day_to_come_hides_nothing(there: Repository, fetch: Fetch) -> None:
    there.papers = {FIRST: Paper("Een klok loopt voor.", modified="2999-01-01")}
    fetch()
    there.papers[SECOND] = Paper("Dit is van vandaag.", modified="2998-01-01")
    assert fetch()[0].new == 1


def test_all_pages_are_read_and_what_is_listed_twice_is_one(there: Repository, fetch: Fetch) -> None:
    there.papers = {f"kst-27625-{n}": Paper(f"Brief {n}.", forms=()) for n in range(1, 2 * PAGE + 1)}
    there.papers[FIRST].forms = ("xml",)
    there.papers["kst-27625-150"].forms = ("xml",)
    there.listed_twice = (FIRST, "kst-27625-150")

    report, outcomes = fetch()

    assert (report.new, report.same, len(outcomes)) == (2, 2, 2 * PAGE + 2)
    assert set(there.times("/xml/").values()) == {1}
    assert len(there.queries) == 3


@pytest.mark.parametrize(
    ("forms", "asked"),
    [(("pdf", "html", "xml"), ["xml"]), (("pdf", "html"), ["html"])],
)
def test_the_best_form_is_fetched(there: Repository, fetch: Fetch, forms: tuple[str, ...], asked: list[str]) -> None:
    there.papers = {FIRST: Paper("De dijken zijn hoog genoeg, en de sluizen oud.", forms=forms)}
    assert fetch()[0].new == 1
    assert [path.split("/")[3] for path in there.asked if "/frbr/" in path] == [*asked, "metadata"]


def test_where_the_best_form_is_not_there_the_next_one_is_taken(there: Repository, fetch: Fetch) -> None:
    there.papers = {FIRST: Paper("De dijken zijn hoog genoeg, en de sluizen oud.", forms=("xml", "html"))}
    there.always[path_of(FIRST, "xml")] = Reply(status=404)
    assert fetch()[0].new == 1
    assert there.times("/html/")


def test_a_record_without_files_is_told(there: Repository, fetch: Fetch) -> None:
    there.papers = {FIRST: Paper("Leeg.", forms=()), SECOND: Paper("De sluizen zijn te oud.")}
    report, outcomes = fetch()
    assert (report.failed, report.new) == (1, 1)
    assert report.failures == (outcomes[0],)
    assert outcomes[0].reason == "it has no file"


def test_a_withdrawn_record_is_told_once_and_its_letter_stays(kb: Kamerbrief, there: Repository, fetch: Fetch) -> None:
    there.papers = {FIRST: Paper("De dijken zijn hoog genoeg.")}
    fetch()
    there.papers[FIRST].modified = "2021-07-08"
    there.always[path_of(FIRST, "xml")] = Reply(status=410)

    report, outcomes = fetch()
    assert (report.withdrawn, outcomes[0].letters) == (1, (FIRST,))
    assert kb.letter(FIRST).id == FIRST
    assert fetch()[0].same == 1

    del there.always[path_of(FIRST, "xml")]
    there.papers[FIRST].modified = "2021-07-09"
    assert fetch()[0].same == 1  # it is back


def test_what_was_forgotten_is_nowhere_and_does_not_come_again(
    kb: Kamerbrief, there: Repository, fetch: Fetch, tmp_path: Path
) -> None:
    there.papers = {FIRST: Paper("De dijken zijn hoog genoeg."), SECOND: Paper("De sluizen zijn te oud.")}
    fetch()
    report, _ = fetch()
    job = kb.fetches.ask(FetchRequest(publications=PublicationsQuery()))
    named = report.model_copy(update={"failures": (Fetched(id=FIRST, outcome="failed"),)})
    kb.fetches.put(job.model_copy(update={"report": named}))

    kb.remove([FIRST], quotes_too=True)

    assert holding(tmp_path, FIRST, "dijken") == []
    there.papers[FIRST].modified = "2021-07-09"
    assert fetch()[0].same == 2
    assert [head.id for head in kb.letters()] == [SECOND]


def test_a_letter_that_came_as_a_pdf_first_is_the_same_one_in_xml(
    kb: Kamerbrief, there: Repository, fetch: Fetch
) -> None:
    """By the record beside it: papers are there as a PDF some days before they are there as XML."""
    there.papers = {FIRST: Paper("De dijken zijn hoog genoeg voor het water.", forms=("pdf",))}
    page = Drawn().lines(70, 700, ["Den Haag, 6 juli 2021", "", "De dijken zijn hoog genoeg voor het water."])
    there.always[path_of(FIRST, "pdf")] = Reply(made_pdf([page]), headers={"Content-Type": "application/pdf"})
    fetch()
    assert (kb.letter(FIRST).source.format, kb.letter(FIRST).title) == ("pdf", "Brief 1 over water")
    there.papers[FIRST] = Paper("De dijken zijn hoog genoeg.", modified="2021-07-09", forms=("pdf", "xml"))
    assert fetch()[0].changed == 1
    assert [head.id for head in kb.letters()] == [FIRST]
    assert kb.letter(FIRST).source.format == "xml"


def test_what_is_no_letter_is_told_and_not_fetched_again(there: Repository, fetch: Fetch) -> None:
    there.papers = {FIRST: Paper("x")}
    there.always[path_of(FIRST, "xml")] = Reply(b"<brief/>", headers={"Content-Type": "text/xml"})
    assert "no official publication" in (fetch()[0].failures[0].reason or "")
    there.asked.clear()
    assert fetch()[0].failed == 1
    assert there.asked == ["/sru"]


def test_a_dry_run_tells_and_fetches_nothing(kb: Kamerbrief, there: Repository, fetch: Fetch) -> None:
    there.papers = {FIRST: Paper("De dijken zijn hoog genoeg.")}
    assert fetch(dry_run=True)[0].new == 1
    assert (there.asked, kb.letters()) == (["/sru"], [])
    fetch()
    there.papers = {FIRST: Paper("Gewijzigd.", modified="2021-07-08"), SECOND: Paper("De sluizen zijn te oud.")}
    report, _ = fetch(dry_run=True)
    assert (report.changed, report.new) == (1, 1)
    assert fetch()[0] == report


def test_what_is_asked_for(there: Repository, fetch: Fetch) -> None:
    asked = {"dossier": "35 300 XV", "kind": "letter", "since": "2021-01-01", "until": "2021-12-31"}
    fetch(**asked, ministry="Defensie", about='de "Rode\\Zee" ')
    assert there.queries[-1] == (
        'c.product-area=="officielepublicaties"'
        ' and (w.publicatienaam=="Kamerstuk" and (w.subrubriek=="Brief" or w.subrubriek=="Brief regering"))'
        ' and w.dossiernummer=="35300-XV"'
        ' and (cql.textAndIndexes="minister van Defensie" or cql.textAndIndexes="staatssecretaris van Defensie"'
        ' or cql.textAndIndexes="ministerie van Defensie")'
        ' and dt.date>="2021-01-01" and dt.date<="2021-12-31"'
        r' and cql.textAndIndexes="de \"Rode\\Zee\"" sortBy dt.date/sort.ascending'
    )


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<sru:broken", "no whole XML"),
        (b"<a><diagnostics><diagnostic><message>Query syntax error</message></diagnostic></diagnostics></a>", "syntax"),
        (b"<html/>", "does not answer as SRU does"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "no whole XML"),
    ],
)
def test_an_answer_that_is_none_ends_the_run(there: Repository, fetch: Fetch, body: bytes, said: str) -> None:
    there.always["/sru"] = Reply(body, headers={"Content-Type": "text/xml"})
    with pytest.raises(UnusableError, match=said):
        fetch()


def test_the_source_is_told_who_asks(there: Repository, fetch: Fetch, tmp_path: Path) -> None:
    fetch()
    (agent,) = there.agents
    assert agent.startswith("kamerbrief/")
    assert agent.endswith("(+griffie@voorbeeld.nl)")
    with Kamerbrief(tmp_path / "other") as nobody, pytest.raises(SettingsError, match="KAMERBRIEF_CONTACT_EMAIL"):
        nobody.fetch(PublicationsQuery()).finish()


@pytest.mark.slow
def test_hundreds_of_records_are_each_fetched_once(
    kb: Kamerbrief, there: Repository, fetch: Fetch, tmp_path: Path
) -> None:
    there.papers = {f"kst-27625-{n}": Paper(f"Dit is brief {n} over water.") for n in range(1, 301)}
    assert fetch()[0].new == 300
    assert kb.status().letters == 300
    assert set(there.times("/frbr/").values()) == {1}
    assert not (tmp_path / "fetching").exists()
