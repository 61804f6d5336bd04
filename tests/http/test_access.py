"""Who gets in, for how much, and what the log tells of it."""

import datetime
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from kamerbrief import Kamerbrief
from tests.cli.test_cli import runner
from tests.http.service import QUESTION, Service, serving
from tests.program import run_to_its_end

KEYS = ("reader", "editor", "admin")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> dict[str, str]:
    """A key of each role, an expired and a revoked one, and the `folder` that knows them."""
    folder = tmp_path_factory.mktemp("keyed")
    past = datetime.datetime.now(datetime.UTC) - datetime.timedelta(1)
    with Kamerbrief(folder) as kb:
        kb.add(sample)
        found = {role: kb.keys.create(role, role) for role in KEYS}  # type: ignore[arg-type]
        found |= {"expired": kb.keys.create("expired", "admin", past), "revoked": kb.keys.create("revoked", "admin")}
        kb.keys.revoke("revoked")
    return found | {"folder": str(folder)}


@pytest.fixture(scope="module")
def keyed(keys: dict[str, str]) -> Iterator[Service]:
    with serving(Path(keys["folder"]), requests_a_minute="30") as service:
        yield service


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


@pytest.mark.parametrize("who", ["nobody", "wrong", "expired", "revoked"])
def test_nobody_gets_in_without_a_valid_key(keyed: Service, keys: dict[str, str], who: str) -> None:
    key = keys.get(who, "kb_wrong")
    for place in ("/v1/letters", "/v1/search?q=x", "/metrics"):
        reply = keyed.http.get(place, headers={} if who == "nobody" else bearer(key))
        assert reply.status_code == 401
        assert reply.headers["WWW-Authenticate"] == "Bearer"
        assert reply.headers["Content-Type"] == "application/problem+json"


def test_health_and_the_contract_are_open(keyed: Service) -> None:
    for place in ("/health/live", "/health/ready", "/v1/openapi.json", "/v1/docs"):
        assert keyed.http.get(place).status_code == 200


@pytest.mark.parametrize(("role", "allowed"), [("reader", 1), ("editor", 2), ("admin", 3)])
def test_a_role_may_do_what_it_may(keyed: Service, keys: dict[str, str], role: str, allowed: int) -> None:
    calls = [("GET", "/v1/letters"), ("DELETE", "/v1/letters/kst-1-1"), ("GET", "/v1/questions")]
    statuses = [keyed.http.request(*call, headers=bearer(keys[role])).status_code for call in calls]
    assert [status != 403 for status in statuses] == [place < allowed for place in range(3)]


def test_a_key_is_kept_nowhere(keys: dict[str, str]) -> None:
    stored = b"".join(path.read_bytes() for path in Path(keys["folder"]).rglob("*.sqlite*"))
    assert b"editor" in stored
    assert keys["editor"].encode() not in stored


def test_neither_keys_nor_questions_are_in_the_log_and_request_ids_are(keyed: Service, keys: dict[str, str]) -> None:
    headers = bearer(keys["reader"]) | {"X-Request-ID": "from-the-client-1"}
    reply = keyed.http.post("/v1/questions", json={"question": QUESTION}, headers=headers)
    assert reply.headers["X-Request-ID"] == "from-the-client-1"
    keyed.http.get("/v1/search", params={"q": QUESTION}, headers=headers)
    odd = keyed.http.get("/v1/letters", headers=bearer(keys["reader"]) | {"X-Request-ID": 'a"b\\n{'})
    assert odd.headers["X-Request-ID"] != 'a"b\\n{'
    text = keyed.log.read_text()
    lines = [json.loads(line) for line in text.splitlines()[1:]]
    (line,) = [line for line in lines if line["requestId"] == "from-the-client-1" and line["method"] == "POST"]
    assert (line["route"], line["status"], line["key"]) == ("/v1/questions", 201, "reader")
    assert "helmen" not in text
    assert keys["reader"] not in text
    assert "127.0.0.1:" not in "".join(json.dumps(line) for line in lines if line["logger"] == "kamerbrief.access")


@pytest.mark.slow
def test_who_asks_too_much_is_told_when_there_is_more(tmp_path: Path) -> None:
    with Kamerbrief(tmp_path / "data") as kb:
        key, other = kb.keys.create("a", "reader"), kb.keys.create("b", "reader")
    with serving(tmp_path / "data", key=key, requests_a_minute="2") as service:
        statuses = [service.http.get("/v1/letters").status_code for _ in range(3)]
        over = service.http.get("/v1/letters")
        assert statuses.count(429) >= 1
        assert over.status_code == 429
        assert 1 <= int(over.headers["Retry-After"]) <= 60
        assert service.http.get("/v1/letters", headers=bearer(other)).status_code == 200


def test_a_revoked_key_is_worthless_at_once(keyed: Service, keys: dict[str, str]) -> None:
    with Kamerbrief(keys["folder"]) as kb:
        key = kb.keys.create("short-lived", "reader")
        assert keyed.http.get("/v1/letters", headers=bearer(key)).status_code == 200
        kb.keys.revoke("short-lived")
    assert keyed.http.get("/v1/letters", headers=bearer(key)).status_code == 401


def test_without_keys_other_machines_get_nowhere(tmp_path: Path) -> None:
    environment = {"KAMERBRIEF_DATA_DIR": str(tmp_path), "HOME": str(tmp_path)}
    done = run_to_its_end("serve", "--host", "0.0.0.0", environment=environment)
    assert done.returncode == 2
    assert done.stderr.startswith("kamerbrief: there are no keys, and 0.0.0.0 can be reached by others")


def test_without_keys_pages_of_other_sites_get_nowhere(service: Service) -> None:

    def ask(**headers: str) -> int:
        return service.http.post("/v1/questions", json={"question": QUESTION}, headers=headers).status_code

    assert ask(Origin="https://evil.example") == 403
    assert ask(Host="evil.example") == 403
    told = service.http.get("/v1/letters", headers={"Origin": "app://notes"}).json()["detail"]
    assert told == "pages of app://notes may not use this service: KAMERBRIEF_CORS_ORIGINS names those that may"
    assert ask(Origin=service.url) == 201
    assert "Access-Control-Allow-Origin" not in service.http.get("/v1/letters", headers={"Origin": service.url}).headers


def test_pages_of_sites_that_are_set_may_ask(tmp_path: Path) -> None:
    site = "https://kamer.example"
    with serving(tmp_path / "data", cors_origins=f"{site}, https://b.example") as service:
        asked = {
            "Origin": site,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type,http-referer,x-stainless-os",
            "Access-Control-Request-Private-Network": "true",
        }
        allowed = service.http.options("/v1/questions", headers=asked)
        assert (allowed.status_code, allowed.headers["Access-Control-Allow-Origin"]) == (200, site)
        assert "x-stainless-os" in allowed.headers["Access-Control-Allow-Headers"]
        assert allowed.headers["Access-Control-Allow-Private-Network"] == "true"
        assert (
            service.http.options("/v1/letters", headers=asked | {"Origin": "https://evil.example"}).status_code == 400
        )
        reply = service.http.post("/v1/questions", json={"question": QUESTION}, headers={"Origin": site})
        assert (reply.status_code, reply.headers["Access-Control-Allow-Origin"]) == (201, site)


def test_behind_tls_browsers_are_told_to_stay_there(service: Service) -> None:
    assert "Strict-Transport-Security" not in service.http.get("/v1/letters").headers
    behind = service.http.get("/v1/letters", headers={"X-Forwarded-Proto": "https"})
    assert behind.headers["Strict-Transport-Security"]


@pytest.mark.slow
def test_keys_are_made_listed_and_revoked_on_the_command_line(tmp_path: Path) -> None:
    run = runner(tmp_path)
    key = run("keys", "create", "redactie", "--role", "editor", "--expires", "2099-12-31").stdout.strip()
    assert key.startswith("kb_")
    (listed,) = json.loads(run("keys", "list", "--json").stdout)
    assert (listed["name"], listed["role"], listed["expires_at"][:10]) == ("redactie", "editor", "2099-12-31")
    assert "redactie  editor" in run("keys", "list").stdout
    assert "there is a key 'redactie' already" in run("keys", "create", "redactie", code=2).stderr
    run("keys", "revoke", "redactie")
    assert "revoked" in run("keys", "list").stdout
    assert "there is no key 'x'" in run("keys", "revoke", "x", code=2).stderr
    assert "not known" in run("keys", "create", "y", "--role", "king", code=2).stderr
    assert "in the past" in run("keys", "create", "y", "--expires", "2001-01-01", code=2).stderr


def test_a_revoked_last_key_opens_nothing(tmp_path: Path, sample: Path) -> None:
    with Kamerbrief(tmp_path / "data") as kb:
        kb.add(sample)
        kb.keys.create("only", "admin")
        kb.keys.revoke("only")
    with serving(tmp_path / "data") as service:
        assert service.http.get("/v1/letters").status_code == 401


@pytest.mark.slow
def test_the_log_says_what_was_not_foreseen_and_the_client_hears_nothing_of_it(tmp_path: Path, sample: Path) -> None:
    folder = tmp_path / "data"
    with Kamerbrief(folder) as kb:
        kb.add(sample)
    with serving(folder) as service:
        with closing(sqlite3.connect(folder / "store-1" / "catalog.sqlite")) as db:
            db.execute("DROP TABLE paragraphs")
        reply = service.http.get("/v1/letters/kst-27925-504")
        assert reply.status_code in (500, 503)
        assert reply.headers["Content-Type"] == "application/problem+json"
        assert str(tmp_path) not in reply.text
        assert "Traceback" not in reply.text
        assert "no such table: paragraphs" in service.log.read_text()
        assert httpx.get(f"{service.url}/health/live").status_code == 200
