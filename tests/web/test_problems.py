"""What goes wrong is told in the language of the page, and in words of its own."""

import datetime
import re
from pathlib import Path

import httpx
import pytest

from kamerbrief import Kamerbrief, errors
from kamerbrief.http.problems import STATUSES
from kamerbrief.records.briefings import BriefingRequest, Job
from kamerbrief.records.fetching import Fetched, FetchReport, FetchRequest
from kamerbrief.web.rendering import POLICY
from kamerbrief.web.texts import texts_in
from tests.conftest import ROOT
from tests.http.service import QUESTION
from tests.letters.packing import zip_of
from tests.web.served import browsing, served

NOBODY = "0" * 32
OURS = (errors.LexiconError, errors.WeightsError, errors.StoppedError)
"""Faults that nobody asked for: the log tells of them."""


def kinds(of: type[errors.KamerbriefError]) -> set[type[errors.KamerbriefError]]:
    return {of}.union(*map(kinds, of.__subclasses__())) if of not in OURS else set()


def alert(page: str) -> str:
    """What the page says went wrong."""
    found = re.search(r'<div class="alert" role="alert".*?</div>', page, re.DOTALL)
    assert found
    return found[0]


def test_every_kind_of_error_has_its_words() -> None:
    code = "".join(
        path.read_text() for room in ("http", "web") for path in (ROOT / "service/kamerbrief" / room).rglob("*.py")
    )
    codes = {one("").code for one in kinds(errors.KamerbriefError) - {errors.KamerbriefError}}
    codes |= set(re.findall(r'code="([a-z-]+)"', code))
    assert len(codes) > 40
    told = texts_in("nl")
    assert {one for one in codes if not told.reasons.named(one, "")} == set()
    assert {one for one in STATUSES if not told.problem.status.named(one, "")} == set()


@pytest.mark.parametrize(
    ("method", "path", "given", "said"),
    [
        ("GET", "/letters/kst-1-1", {}, "Deze brief, of deze versie ervan, is er niet, of niet meer."),
        ("GET", f"/questions/{NOBODY}", {}, "Dit antwoord is er niet, of niet meer."),
        ("GET", f"/briefings/{NOBODY}", {}, "Deze briefing is er niet, of niet meer."),
        ("GET", "/dossiers/99999", {}, "Van dit dossier zijn er geen brieven."),
        ("GET", "/nergens", {}, "Dit is er niet, of niet meer."),
        ("GET", "/letters?from=gisteren&kind=novel", {}, "<li>Soort: kies een van de mogelijkheden</li>"),
        ("POST", "/questions", {"question": ""}, "Stel een vraag, van ten hoogste 2.000 tekens."),
        ("POST", "/questions", {"question": "a" * 2001}, "<li>Vraag: dit is te lang</li>"),
        ("POST", "/questions", {"question": QUESTION, "letter": "kst-1-1"}, "Deze brief, of deze versie ervan"),
        ("POST", "/questions", {"question": QUESTION, "since": "morgen"}, "<li>Vanaf: schrijf dit als 2014-09-10</li>"),
        ("POST", "/briefings", {"dossier": "99999"}, "Geen brief past bij wat u vraagt."),
    ],
)
def test_it_is_told_in_dutch(http: httpx.Client, method: str, path: str, given: dict[str, str], said: str) -> None:
    reply = http.request(method, path, data=given)
    assert reply.status_code in (400, 404)
    assert said in alert(reply.text)
    assert 'lang="en"' not in alert(reply.text)
    english = http.request(method, path, data=given, headers={"Accept-Language": "en"}).text
    assert said not in alert(english)


def test_what_is_too_large_for_the_service_is_told_on_a_page_too(http: httpx.Client) -> None:
    reply = http.post("/questions", data={"question": "a" * 1_100_000})
    assert reply.status_code == 413
    assert "Dit is te veel in één keer." in alert(reply.text)
    assert reply.headers["Content-Security-Policy"] == POLICY
    program = http.post("/questions", data={"question": "a" * 1_100_000}, headers={"Accept": "application/json"})
    assert program.headers["Content-Type"] == "application/problem+json"


def test_of_each_letter_in_a_zip_it_is_told_by_name(tmp_path: Path, sample: Path) -> None:
    twice_encoded = sample.read_text().replace("humanitaire", "humanitaire geïnteresseerde").encode()
    mended = twice_encoded.decode("cp1252", "replace").encode()
    packed = zip_of({"kapot.pdf": b"%PDF-1.7 kapot", "dubbel.txt": mended})
    with Kamerbrief(tmp_path) as kb, served(kb) as address, browsing(address) as http:
        page = http.post("/letters", files={"files": ("brieven.zip", packed)}).text
    assert "<strong>brieven.zip/kapot.pdf</strong> is niet toegevoegd. Het is beschadigd." in page
    assert "<li>De tekst was dubbel gecodeerd; dat is hersteld.</li>" in page
    assert 'lang="en"' not in page.partition("<main")[2]


def test_what_failed_while_nobody_waited_is_told_too(tmp_path: Path) -> None:
    now = datetime.datetime.now(datetime.UTC)
    with Kamerbrief(tmp_path) as kb:
        job = Job(id=NOBODY, created_at=now, request=BriefingRequest(about="helmen"), state="failed")
        kb.jobs.add(job.model_copy(update={"failure": "said in English", "failure_code": "unreachable"}), "nobody")
        fetch = kb.fetches.ask(FetchRequest.model_validate({"feed": {"address": "https://example.org/atom"}}))
        failed = Fetched(id="kst-1-1", outcome="failed", reason="said in English", code="broken-source")
        report = FetchReport(failed=1, failures=(failed,))
        came = {"state": "failed", "failure": "said in English", "failure_code": "missing", "report": report}
        kb.fetches.put(fetch.model_copy(update={**came, "due_at": None}))
        with served(kb) as address, browsing(address) as http:
            briefing, overview = http.get(f"/briefings/{NOBODY}").text, http.get("/overview").text
            assert "De bron van brieven antwoordt niet" in briefing
            assert "De bron heeft dit niet" in overview
            assert "kst-1-1: Het is beschadigd." in overview
            assert "said in English" not in briefing + overview
