"""Who gets to see the page where there are keys."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from kamerbrief import Kamerbrief
from kamerbrief.http.rate_limits import WRONG_KEYS
from tests.http.service import QUESTION
from tests.web.browsing import ask, opened
from tests.web.served import browsing, served
from tests.web.test_accessible import violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Iterator[tuple[str, str, Kamerbrief]]:
    """The address of a service with a key, and the key."""
    with Kamerbrief(tmp_path_factory.mktemp("keyed")) as kb:
        key = kb.keys.create("lezer", "reader")
        with served(kb) as address:
            yield address, key, kb


@pytest.fixture
def visitor(keyed: tuple[str, str, Kamerbrief]) -> Iterator[httpx.Client]:
    """Somebody who is not signed in."""
    with browsing(keyed[0]) as client:
        yield client


@pytest.fixture
def reader(visitor: httpx.Client, keyed: tuple[str, str, Kamerbrief]) -> httpx.Client:
    """Somebody who is."""
    assert visitor.post("/sign-in", data={"key": keyed[1], "to": "/"}).status_code == 303
    return visitor


def token(http: httpx.Client) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', http.get("/").text)
    assert found
    return found[1]


def test_who_comes_without_a_key_is_led_to_the_form_and_back(
    visitor: httpx.Client, keyed: tuple[str, str, Kamerbrief]
) -> None:
    led = visitor.get("/letters/kst-27925-504?version=1")
    assert led.headers["Location"] == "/sign-in?to=%2Fletters%2Fkst-27925-504%3Fversion%3D1"
    assert 'value="/letters/kst-27925-504?version=1"' in visitor.get(led.headers["Location"]).text
    back = visitor.post("/sign-in", data={"key": keyed[1], "to": "/letters/kst-27925-504?version=1"})
    assert back.headers["Location"] == "/letters/kst-27925-504?version=1"
    cookie = back.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert keyed[1] not in cookie


def test_over_tls_the_cookie_stays_there(visitor: httpx.Client, keyed: tuple[str, str, Kamerbrief]) -> None:
    reply = visitor.post("/sign-in", data={"key": keyed[1]}, headers={"X-Forwarded-Proto": "https"})
    assert "Secure" in reply.headers["Set-Cookie"]


@pytest.mark.parametrize("to", ["https://example.org/", "//example.org", "/\\example.org", "example.org"])
def test_nobody_is_led_elsewhere(visitor: httpx.Client, keyed: tuple[str, str, Kamerbrief], to: str) -> None:
    assert visitor.post("/sign-in", data={"key": keyed[1], "to": to}).headers["Location"] == "/"


def test_a_wrong_key_is_told(visitor: httpx.Client) -> None:
    reply = visitor.post("/sign-in", data={"key": "kb_wrong"})
    assert reply.status_code == 401
    assert "niet bekend" in reply.text
    assert visitor.get("/").status_code == 303


def test_wrong_keys_are_counted_for_each_address(keyed: tuple[str, str, Kamerbrief]) -> None:
    address, key, _ = keyed
    with browsing(address, **{"X-Forwarded-For": "192.0.2.1"}) as guesser, browsing(address) as other:
        tried = [guesser.post("/sign-in", data={"key": f"kb_{n}"}).status_code for n in range(WRONG_KEYS.amount + 1)]
        assert tried == [401] * WRONG_KEYS.amount + [429]
        stopped = guesser.post("/sign-in", data={"key": key})
        assert stopped.status_code == 429
        assert 0 < int(stopped.headers["Retry-After"]) <= 60
        assert other.post("/sign-in", data={"key": key}).status_code == 303


def test_another_site_signs_nobody_in(visitor: httpx.Client, keyed: tuple[str, str, Kamerbrief]) -> None:
    reply = visitor.post("/sign-in", data={"key": keyed[1]}, headers={"Origin": "https://example.org"})
    assert reply.status_code == 403


def test_what_changes_something_wants_the_token_too(reader: httpx.Client) -> None:
    assert reader.post("/questions", data={"question": QUESTION}).status_code == 403
    assert reader.post("/questions", data={"question": QUESTION, "csrf": "0" * 64}).status_code == 403
    assert reader.post("/questions", data={"question": QUESTION, "csrf": token(reader)}).status_code == 303


def test_the_session_opens_the_api_too_with_its_token(reader: httpx.Client) -> None:
    assert reader.get("/v1/letters").status_code == 200
    asked = {"question": QUESTION}
    assert reader.post("/v1/questions", json=asked).status_code == 403
    assert reader.post("/v1/questions", json=asked, headers={"X-CSRF-Token": token(reader)}).status_code == 201
    assert reader.delete("/v1/letters/kst-1-1", headers={"X-CSRF-Token": token(reader)}).status_code == 403


def test_signing_out_ends_the_session(reader: httpx.Client) -> None:
    cookie = reader.cookies["kamerbrief_session"]
    assert reader.post("/sign-out", data={"csrf": token(reader)}).status_code == 303
    reader.cookies.set("kamerbrief_session", cookie)
    assert reader.get("/").status_code == 303


def test_revoking_the_key_ends_its_sessions(keyed: tuple[str, str, Kamerbrief]) -> None:
    address, _, kb = keyed
    with browsing(address) as http:
        http.post("/sign-in", data={"key": kb.keys.create("tijdelijk", "reader")})
        assert http.get("/").status_code == 200
        kb.keys.revoke("tijdelijk")
        assert http.get("/").status_code == 303


def test_a_session_is_kept_as_a_hash(reader: httpx.Client, keyed: tuple[str, str, Kamerbrief]) -> None:
    folder = keyed[2].settings.data_dir
    stored = b"".join(path.read_bytes() for path in folder.rglob("service.sqlite*"))
    assert b"sessions" in stored
    assert reader.cookies["kamerbrief_session"].encode() not in stored


@pytest.mark.slow
def test_a_reader_signs_in_asks_and_signs_out_by_keys_alone(
    browser: "Browser", keyed: tuple[str, str, Kamerbrief]
) -> None:
    address, key, _ = keyed
    with opened(browser, address) as page:
        assert page.url == f"{address}/sign-in?to=%2F"
        assert violations(page) == []
        page.get_by_label("Sleutel").focus()
        page.keyboard.type(key)
        page.keyboard.press("Enter")
        page.get_by_label("Uw vraag").wait_for()
        ask(page, "Wat kost een brood?")
        assert page.locator(".answer__message").inner_text() == "Dit staat niet in de brieven."
        page.get_by_text("Ja, dit helpt").click()
        page.get_by_text("Dank u").wait_for()
        page.get_by_role("button", name="Afmelden").press("Enter")
        page.get_by_label("Sleutel").wait_for()
        page.goto(address)
        assert "/sign-in" in page.url
