"""The contract and the page that shows it, and that the service keeps it."""

import http.client
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kamerbrief import Kamerbrief
from kamerbrief.http.contract import API_VERSION
from tests.conftest import ROOT
from tests.http.service import QUESTION, Service, serving

METHODS = {"get", "post", "put", "delete", "patch"}
CALLS = [
    "addLetters", "ask", "findPage", "giveFeedback", "listAnswers", "listFetches", "listLetters", "listVersions",
    "readAnswer", "readBriefing", "readChanges", "readContract", "readFetch", "readLetter", "readPage",
    "readParagraph", "readParagraphs", "readReferences", "readSince", "removeBriefing", "removeFetch", "removeLetter",
    "search", "startBriefing", "startFetch",
]  # fmt: skip


@pytest.fixture(scope="module")
def contract(service: Service) -> Any:
    reply = service.http.get("/v1/openapi.json")
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    return reply.json()


def calls(contract: Any) -> dict[str, Any]:
    return {call["operationId"]: call for calls in contract["paths"].values() for call in calls.values()}


def test_the_contract_says_who_what_and_which_version(contract: Any, service: Service) -> None:
    assert contract["openapi"].startswith("3.1")
    assert contract["info"]["version"] == API_VERSION == service.http.get("/v1/letters").headers["API-Version"]
    assert contract["info"]["license"]["name"] == "EUPL-1.2"
    assert all(contract["info"]["contact"][field] for field in ("name", "email", "url"))
    assert contract["servers"] == [{"url": "/v1"}]
    assert f"## {API_VERSION}" in (ROOT / "docs" / "api.md").read_text()


def test_paths_and_names_follow_the_rules(contract: Any) -> None:
    for path, of_path in contract["paths"].items():
        assert re.fullmatch(r"(/([a-z0-9.-]+|\{[a-z][A-Za-z]*\}))+", path)
        assert set(of_path) <= METHODS
    assert sorted(calls(contract)) == CALLS
    names = {name for schema in contract["components"]["schemas"].values() for name in schema.get("properties", {})}
    names |= {one["name"] for call in calls(contract).values() for one in call.get("parameters", [])} - {
        "Last-Event-ID"
    }
    assert all(re.fullmatch(r"[a-z][A-Za-z0-9]*", name) for name in names)


def test_dates_say_their_format_beside_their_name(contract: Any) -> None:
    for schema in contract["components"]["schemas"].values():
        for name, one in schema.get("properties", {}).items():
            if name == "date" or name.endswith("Date"):
                assert one["format"] == ("partial-date" if schema["title"] == "Event" else "date"), schema["title"]
    assert contract["components"]["schemas"]["LetterHead"]["properties"]["date"]["type"] == ["string", "null"]


def test_every_parameter_is_described(contract: Any) -> None:
    undescribed = [
        (name, one["name"])
        for name, call in calls(contract).items()
        for one in call.get("parameters", [])
        if "description" not in one
    ]
    assert undescribed == []


def test_every_call_tells_its_errors_and_the_version(contract: Any) -> None:
    for call in calls(contract).values():
        assert call["summary"]
        assert call["description"]
        assert {"400", "401", "429", "500"} <= set(call["responses"])
        for status, response in call["responses"].items():
            if status >= "400":
                assert set(response["content"]) == {"application/problem+json"}
            else:
                assert "API-Version" in response["headers"]


def test_every_call_has_an_example_that_fits(contract: Any) -> None:
    resolver = {"components": contract["components"]}
    for name, call in calls(contract).items():
        bodies = [call.get("requestBody", {})] + [call["responses"][s] for s in call["responses"] if s < "300"]
        media = [
            body["content"]["application/json"] for body in bodies if "application/json" in body.get("content", {})
        ]
        parameters = call.get("parameters", [])
        if name != "readContract":
            assert name in ("readPage", "removeBriefing", "removeFetch", "removeLetter") or any(
                "example" in one for one in media
            )
            assert all("example" in one for one in parameters if one["required"])
        for one in [*media, *parameters]:
            if "example" in one:
                jsonschema.validate(one["example"], one["schema"] | resolver)


def test_the_page_loads_nothing_from_elsewhere_and_runs_nothing_but_its_own(service: Service) -> None:
    page = service.http.get("/v1/docs")
    assert page.status_code == 200
    links = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert sorted(links) == ["data:,", "docs/swagger-ui-bundle.js", "docs/swagger-ui.css"]
    for link in (link for link in links if link.startswith("docs/")):
        assert service.http.get(f"/v1/{link}").status_code == 200
    assert "script-src 'self' 'sha256-" in page.headers["Content-Security-Policy"]
    assert '"validatorUrl": null' in page.text


@pytest.mark.parametrize(
    "name",
    ["__init__.py", "favicon-32x32.png", "../__init__.py", "..%2F__init__.py", "%2e%2e%2f__init__.py", "/etc/passwd"],
)
def test_the_page_gives_out_no_file_but_its_own(service: Service, name: str) -> None:
    client = http.client.HTTPConnection(service.url.removeprefix("http://"))  # sends the path as it is given
    with closing(client):
        client.request("GET", f"/v1/docs/{name}")
        assert client.getresponse().status == 404


@pytest.mark.parametrize("path", ["/v1", "/v1/", "/v1/letters/", "/v1/nothing", "/nothing", "/v2/letters"])
def test_what_is_not_there_is_a_problem_too(service: Service, path: str) -> None:
    reply = service.http.get(path)
    assert (reply.status_code, reply.headers["Content-Type"]) == (404, "application/problem+json")


def test_every_response_is_dressed(service: Service) -> None:
    for reply in (service.http.get("/v1/letters"), service.http.put("/v1/letters"), service.http.get("/metrics")):
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert reply.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert reply.headers["X-Frame-Options"] == "DENY"
        assert reply.headers["X-Request-ID"]
        assert "Server" not in reply.headers
    assert service.http.put("/v1/letters").headers["Allow"]
    assert service.http.put("/v1/letters").json()["status"] == 405


@pytest.mark.parametrize(
    "path", ["/health/live", "/v1/letters", "/v1/docs", "/v1/openapi.json", "/openai/v1/models", "/v1/letters/kst-1-1"]
)
def test_a_head_is_a_get_without_its_body(service: Service, path: str) -> None:
    head, whole = service.http.head(path), service.http.get(path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    for name in ("Content-Type", "Content-Length", "Cache-Control"):
        assert head.headers[name] == whole.headers[name]


def test_who_comes_to_a_wrong_place_is_told_the_right_one(service: Service) -> None:
    told = service.http.post("/v1/chat/completions", json={}).json()["detail"]
    assert (
        told == "nothing is here; /v1/docs shows what there is, and beside it are /openai/v1 for chat programs and /mcp"
    )
    assert service.http.put("/v1/letters").headers["Allow"] == "GET, POST, HEAD"
    for kind in ("application/x-www-form-urlencoded", "text/plain"):
        sent = service.http.post("/v1/questions", content=b'{"question": "Hoe?"}', headers={"Content-Type": kind})
        assert sent.status_code == 400
        assert sent.json()["detail"] == "body: send a JSON object, with the header Content-Type: application/json"


def test_what_happens_is_counted(service: Service) -> None:
    service.http.post("/v1/questions", json={"question": QUESTION})
    counted = service.http.get("/metrics").text
    assert re.search(r'kamerbrief_requests_total\{method="POST",route="/v1/questions",status="201"\} [1-9]', counted)
    assert re.search(r'kamerbrief_answers_total\{status="answered",writer="extractive"\} [1-9]', counted)
    assert 'kamerbrief_step_seconds_count{step="search"}' in counted
    assert "kamerbrief_letters 1.0" in counted
    assert "helmen" not in counted


@pytest.fixture
def keyed(tmp_path: Path, sample: Path) -> Iterator[tuple[Service, str]]:
    """A service that may be changed, and an admin's key."""
    with Kamerbrief(tmp_path / "data") as kb:
        kb.add(sample)
        key = kb.keys.create("admin", "admin")
    with serving(tmp_path / "data", key=key, max_source_bytes="100000") as service:
        yield service, key


@pytest.mark.slow
def test_whatever_is_sent_is_answered_as_the_contract_says(keyed: tuple[Service, str], tmp_path: Path) -> None:
    service, key = keyed
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "run", f"{service.url}/v1/openapi.json"),
        *(
            "--url",
            f"{service.url}/v1",
            "--header",
            f"Authorization: Bearer {key}",
            "--phases",
            "examples,coverage,fuzzing",
        ),
        # That of data which fit their schema some are refused all the same is right: cursors, and what is in a file.
        *("--max-examples", "25", "--seed", "1", "--no-color", "--exclude-checks", "positive_data_acceptance"),
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-1000:]
    assert re.search(r"[1-9]\d\d+ generated", done.stdout)
    assert "Traceback" not in service.log.read_text()
