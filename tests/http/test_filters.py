"""Filters are declared once: every way in offers all of them, and says the same of each."""

from typing import Any

import pytest
from typer.main import get_command

from kamerbrief.cli.main import app
from kamerbrief.http.mcp.tools import TOOLS
from kamerbrief.records.letters import FILTER_NAMES, HeadFilters
from tests.http.service import Service

SAID = {name: field.description for name, field in HeadFilters.model_fields.items()}
COMMANDS, ASKING = ("ask", "search"), ("ask", "search_letters")
NAMED = {FILTER_NAMES.get(name, name): said for name, said in SAID.items()}


@pytest.mark.parametrize("command", ["ask", "search", "letters", "brief"])
def test_a_command_has_an_option_for_each(command: str) -> None:
    parameters: Any = get_command(app).commands[command].params  # type: ignore[attr-defined]
    options = {name.removeprefix("--"): one for one in parameters for name in one.opts}
    assert {name: options[name].help for name in NAMED} == NAMED


@pytest.mark.parametrize("path", ["/letters", "/search"])
def test_a_query_has_a_parameter_for_each(service: Service, path: str) -> None:
    contract = service.http.get("/v1/openapi.json").json()
    parameters = {one["name"]: one.get("description") for one in contract["paths"][path]["get"]["parameters"]}
    assert {name: parameters.get(name) for name in NAMED} == NAMED


@pytest.mark.parametrize("tool", ["ask", "search_letters", "list_letters"])
def test_a_tool_has_an_argument_for_each(tool: str) -> None:
    arguments = TOOLS[tool].arguments.model_json_schema()["properties"]
    assert {name: arguments[name]["description"] for name in SAID} == SAID


def test_references_are_followed_by_every_way_in(service: Service) -> None:
    options: Any = get_command(app).commands  # type: ignore[attr-defined]
    assert all("--follow" in {name for one in options[command].params for name in one.opts} for command in COMMANDS)
    assert all(TOOLS[tool].arguments.model_validate({tool_word(tool): "helmen", "follow": True}) for tool in ASKING)
    asked = {"question": "Hoeveel helmen heeft Nederland geleverd?", "follow": True}
    assert service.http.post("/v1/questions", json=asked).json()["follow"] is True
    hits = service.http.get("/v1/search", params={"q": "helmen", "k": 1, "follow": "true"}).json()["hits"]
    assert [hit["via"] for hit in hits] == [None]
    assert service.http.post("/v1/questions", json={**asked, "follow": "ja"}).status_code == 400


def tool_word(tool: str) -> str:
    return "question" if tool == "ask" else "query"


@pytest.mark.parametrize("name", ["since", "letters", "dossiers"])
def test_a_query_takes_no_other_names(service: Service, name: str) -> None:
    refused = service.http.get("/v1/letters", params={name: "2014-09-10"})
    assert (refused.status_code, refused.json()["errors"][0]["location"]) == (400, {"name": name})
