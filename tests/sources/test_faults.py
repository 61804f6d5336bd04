"""Whatever a source does wrong on the way is told, and the next run makes good what can be made good."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kamerbrief import Kamerbrief
from kamerbrief.errors import StoreLockedError, UnreachableError
from kamerbrief.records.fetching import PublicationsQuery
from kamerbrief.sources.fetching import MOST_IN_A_ROW
from kamerbrief.sources.web import ATTEMPTS
from tests.conftest import ROOT
from tests.sources.conftest import Fetch
from tests.sources.repository import Paper, Reply, Repository, path_of

FIRST, SECOND, THIRD = (f"kst-27625-{n}" for n in (1, 2, 3))


def test_what_failed_on_the_way_comes_with_the_next_run(there: Repository, fetch: Fetch) -> None:
    """However old it is: the next run begins there."""
    there.papers = {
        FIRST: Paper("De dijken zijn hoog genoeg.", modified="2021-01-08"),
        SECOND: Paper("De sluizen zijn te oud.", modified="2021-07-08"),
    }
    there.always[path_of(FIRST, "xml")] = Reply(status=500)
    report, outcomes = fetch()
    assert (report.new, report.failed) == (1, 1)
    assert "answers 500" in (outcomes[0].reason or "")

    there.always.clear()
    there.asked.clear()
    report, _ = fetch()
    assert (report.new, report.same) == (1, 1)
    assert there.times("/frbr/") == {path_of(FIRST, "xml"): 1, path_of(FIRST, "metadata"): 1}
    fetch()
    assert 'dt.modified>="2021-07-01"' in there.queries[-1]


def test_a_wrong_content_type_is_told(there: Repository, fetch: Fetch) -> None:
    there.papers = {FIRST: Paper("De dijken zijn hoog genoeg.")}
    there.always[path_of(FIRST, "xml")] = Reply(b"<html>storing</html>", headers={"Content-Type": "text/html"})
    _, (outcome,) = fetch()
    assert "text/html" in (outcome.reason or "")


def test_a_source_that_is_down_is_not_asked_for_every_file(there: Repository, fetch: Fetch, kb: Kamerbrief) -> None:
    there.papers = {f"kst-27625-{n}": Paper(f"Brief {n}.") for n in range(1, 20)}
    for n in range(3, 20):
        there.always[path_of(f"kst-27625-{n}", "xml")] = Reply(status=503)
    with pytest.raises(UnreachableError):
        fetch()
    assert len(there.asked) == 1 + 2 * 2 + MOST_IN_A_ROW * ATTEMPTS
    there.always.clear()
    there.asked.clear()
    assert fetch()[0].new == 19
    assert set(there.times("/xml/")) == {path_of(f"kst-27625-{n}", "xml") for n in range(3, 20)}


def test_a_source_that_asks_for_hours_of_peace_gets_them(there: Repository, fetch: Fetch) -> None:
    there.papers = {FIRST: Paper("De dijken."), SECOND: Paper("De sluizen.")}
    there.always[path_of(FIRST, "xml")] = Reply(status=429, headers={"Retry-After": "7200"})
    with pytest.raises(UnreachableError, match="answers 429"):
        fetch()
    assert there.asked == ["/sru", path_of(FIRST, "xml")]


def test_a_page_that_fails_ends_the_run_and_what_came_before_stays(
    there: Repository, fetch: Fetch, kb: Kamerbrief
) -> None:
    there.papers = {f"kst-27625-{n}": Paper(f"Brief {n}.", forms=()) for n in range(1, 150)}
    there.papers[FIRST].forms = ("xml",)
    stream = kb.fetch(PublicationsQuery())
    next(stream)
    there.always["/sru"] = Reply(status=500)
    with pytest.raises(UnreachableError):
        stream.finish()
    there.always.clear()
    assert fetch()[0].new == 1
    assert there.times("/xml/") == {path_of(FIRST, "xml"): 1}


def test_two_do_not_fetch_at_once(there: Repository, kb: Kamerbrief) -> None:
    there.papers = {FIRST: Paper("Brief.", forms=()), SECOND: Paper("Brief.", forms=())}
    with kb.fetch(PublicationsQuery()) as first:
        next(first)
        with pytest.raises(StoreLockedError, match="being fetched already"):
            kb.fetch(PublicationsQuery()).finish()
    assert kb.fetch(PublicationsQuery()).finish().failed == 2


FETCH = """
from kamerbrief import Kamerbrief
from kamerbrief.records.fetching import PublicationsQuery

with Kamerbrief() as kb:
    for done in kb.fetch(PublicationsQuery()):
        print(done.id, flush=True)
"""


@pytest.mark.slow
def test_a_run_that_is_killed_goes_on_and_fetches_nothing_twice(
    there: Repository, kb: Kamerbrief, embedder: str, tmp_path: Path
) -> None:
    """But for the file that was on its way. Killed once in the middle of fetching, and once when some were added."""
    there.papers = {f"kst-27625-{n}": Paper(f"Dit is brief {n} over water.") for n in range(1, 31)}
    settings = {
        "DATA_DIR": tmp_path,
        "PUBLICATIONS_URL": f"{there.url}/sru",
        "CONTACT_EMAIL": "griffie@voorbeeld.nl",
        "FETCH_DELAY": 0,
        "EMBEDDING_MODEL": "some-model",
        "EMBEDDING_BASE_URL": embedder,
    }
    environment = {**os.environ, **{f"KAMERBRIEF_{name}": str(value) for name, value in settings.items()}}
    for files in (6, 22):
        with subprocess.Popen([sys.executable, "-c", FETCH], env=environment, cwd=ROOT, stdout=-3) as process:
            while len(there.times("/xml/")) < files and process.poll() is None:
                time.sleep(0.001)
            process.send_signal(signal.SIGKILL)
        assert process.returncode == -signal.SIGKILL

    report = kb.fetch(PublicationsQuery()).finish()

    assert report.failed == 0
    assert {head.id for head in kb.letters()} == set(there.papers)
    assert kb.status().whole
    times = there.times("/xml/")
    assert set(times) == {path_of(name, "xml") for name in there.papers}
    assert sum(times.values()) <= len(times) + 2
    assert not (tmp_path / "fetching").exists()
