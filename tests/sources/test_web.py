"""How a host is asked: again where that may help, no longer than is decent, and no other host than it."""

import datetime
from email.utils import format_datetime

import pytest

from kamerbrief.errors import FetchError, MissingError, UnreachableError, UnusableError
from kamerbrief.sources.web import ATTEMPTS, Got, Manners, Validators, Web
from tests.sources.repository import Reply, Repository, repository

XML = {"Content-Type": "text/xml; charset=utf-8"}
GOOD = Reply(b"<goed/>", headers=XML)
GZIP_WITH_A_LONG_NAME = b"\x1f\x8b\x08\x08" + bytes(6) + b"x" * 700
"""The head of a packed file, of which no byte comes out."""


@pytest.fixture
def waited() -> list[float]:
    """The pauses that were made, in seconds; none of them is waited out."""
    return []


def web_of(there: Repository, waited: list[float], *, pause: float = 0, seconds: float = 5) -> Web:
    return Web(
        [there.url.removeprefix("http://")], Manners("griffie@voorbeeld.nl", pause, seconds, 1000), waited.append
    )


def get(web: Web, there: Repository, known: Validators | None = None) -> Got | None:
    return web.get(f"{there.url}/a.xml", ["text/xml"], known)


@pytest.mark.parametrize(
    "fault",
    [
        Reply(status=429),
        Reply(status=500),
        Reply(status=503),
        Reply(status=0),  # hangs up without a word
        Reply(b"<goed/>", headers=XML, cut=3),
    ],
    ids=["429", "500", "503", "hangs up", "breaks off"],
)
def test_what_may_pass_is_asked_again(there: Repository, waited: list[float], fault: Reply) -> None:
    there.faults["/a.xml"] = [fault, fault]
    there.always["/a.xml"] = GOOD
    with web_of(there, waited) as web:
        got = get(web, there)
    assert got is not None
    assert got.data == b"<goed/>"
    assert len(there.asked) == 3


def test_in_the_end_it_gives_up(there: Repository, waited: list[float]) -> None:
    there.always["/a.xml"] = Reply(status=500)
    with web_of(there, waited) as web, pytest.raises(UnreachableError, match=r"a\.xml answers 500 .*: try again later"):
        get(web, there)
    assert len(there.asked) == ATTEMPTS


def test_there_is_a_pause_between_requests_and_a_growing_one_after_faults(
    there: Repository, waited: list[float]
) -> None:
    there.faults["/a.xml"] = [Reply(status=500), Reply(status=500)]
    there.always["/a.xml"] = GOOD
    with web_of(there, waited, pause=2) as web:
        get(web, there)
    first, pause, second, again = waited
    assert (pause, again) == (2, 2)
    assert first < second


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_server_that_asks_for_a_pause_gets_it(there: Repository, waited: list[float], form: str) -> None:
    at = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=90)
    told = "90" if form == "seconds" else format_datetime(at, usegmt=True)
    there.faults["/a.xml"] = [Reply(status=429, headers={"Retry-After": told})]
    there.always["/a.xml"] = GOOD
    with web_of(there, waited) as web:
        get(web, there)
    assert max(waited) == pytest.approx(90, abs=10)


def test_a_pause_of_hours_is_not_waited_for(there: Repository, waited: list[float]) -> None:
    there.always["/a.xml"] = Reply(status=503, headers={"Retry-After": "86400"})
    with web_of(there, waited) as web, pytest.raises(UnreachableError):
        get(web, there)
    assert len(there.asked) == 1


@pytest.mark.parametrize(
    ("body", "encoding"), [(b"<goed/>" * 100, {}), (GZIP_WITH_A_LONG_NAME, {"Content-Encoding": "gzip"})]
)
def test_a_slow_drip_ends_when_its_time_is_over(
    there: Repository, waited: list[float], body: bytes, encoding: dict[str, str]
) -> None:
    there.always["/a.xml"] = Reply(body, headers=XML | encoding, drip=0.01)
    with web_of(there, waited, seconds=1) as web, pytest.raises(UnreachableError, match=r"KAMERBRIEF_FETCH_TIMEOUT"):
        get(web, there)


@pytest.mark.parametrize(
    ("reply", "kind", "said"),
    [
        (Reply(status=404), MissingError, "answers 404 Not Found"),
        (Reply(status=410), MissingError, "answers 410"),
        (Reply(status=403), UnusableError, "answers 403 Forbidden"),
        (Reply(b"<html>", headers={"Content-Type": "text/html"}), UnusableError, "text/html: text/xml was to be there"),
        (Reply(b"x" * 1001, headers=XML), UnusableError, "KAMERBRIEF_MAX_SOURCE_BYTES"),
        (Reply(b"no gzip at all", headers={**XML, "Content-Encoding": "gzip"}), UnusableError, "cannot be used"),
        (Reply(status=302, headers={"Location": "/a.xml"}), UnusableError, "redirects"),
        (Reply(status=302, headers={"Location": "ftp://127.0.0.1/a"}), UnusableError, "another host"),
    ],
)
def test_what_will_not_pass_is_told_at_once(
    there: Repository, waited: list[float], reply: Reply, kind: type[FetchError], said: str
) -> None:
    there.always["/a.xml"] = reply
    with web_of(there, waited) as web, pytest.raises(kind, match=said):
        get(web, there)
    assert len(set(there.asked)) == 1


def test_no_other_host_is_asked(there: Repository, waited: list[float]) -> None:
    with repository() as other, web_of(there, waited) as web:
        there.always["/a.xml"] = Reply(status=302, headers={"Location": f"{other.url}/b.xml"})
        with pytest.raises(UnusableError, match="on another host"):
            get(web, there)
        with pytest.raises(UnusableError, match="on another host"):
            web.get(f"{other.url}/b.xml", ["text/xml"])
        assert other.asked == []


def test_a_redirect_on_the_host_is_followed(there: Repository, waited: list[float]) -> None:
    there.always["/a.xml"] = Reply(status=301, headers={"Location": "/b.xml"})
    there.always["/b.xml"] = GOOD
    with web_of(there, waited) as web:
        assert get(web, there)


def test_what_has_not_changed_is_not_sent_again(there: Repository, waited: list[float]) -> None:
    there.always["/a.xml"] = Reply(status=304)
    with web_of(there, waited) as web:
        assert get(web, there, Validators('"1"', "Wed, 07 Jul 2021 10:00:00 GMT")) is None


def test_a_host_that_is_not_there_is_named(waited: list[float]) -> None:
    with (
        Web(["127.0.0.1:9"], Manners("", 0, 1, 1), waited.append) as web,
        pytest.raises(UnreachableError) as one,
    ):
        web.get("http://127.0.0.1:9/a.xml", ["text/xml"])
    assert "http://127.0.0.1:9/a.xml was not reached" in str(one.value)
