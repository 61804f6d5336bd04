"""Conversations with the door for language models, by the SDK's own client."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx2
import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError
from mcp_types import CallToolResult, TextResourceContents

from tests.http.service import PROGRAM, QUESTION, Service

LETTER = "kst-27925-504"
OTHER = "kst-31111-504"

Said = TypeVar("Said")
Opening = Callable[[], AbstractAsyncContextManager[Client]]


def as_program(folder: Path, mode: str = "auto") -> Client:
    """The program, started by its client."""
    environment = {"KAMERBRIEF_DATA_DIR": str(folder)}
    return Client(StdioServerParameters(command=str(PROGRAM), args=["mcp"], env=environment), mode=mode)


@asynccontextmanager
async def over_http(service: Service, key: str = "", mode: str = "auto") -> AsyncIterator[Client]:
    """The door of a running service."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=60) as http,
        Client(streamable_http_client(f"{service.url}/mcp", http_client=http), mode=mode) as client,
    ):
        yield client


def talk(opening: Opening, say: Callable[[Client], Coroutine[Any, Any, Said]]) -> Said:
    """What is said to a server, and what comes of it. A `mode` "legacy" is the protocol of before 2026."""

    async def main() -> Said:
        async with opening() as client:
            return await say(client)

    return asyncio.run(main())


@dataclass
class Heard:
    """What a client was told: about the server, its tools and resources, and by its tools."""

    instructions: str
    tools: dict[str, Any]
    resources: list[str]
    called: dict[str, CallToolResult]
    read: dict[str, str]
    errors: dict[str, str]


CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "answered": ("ask", {"question": QUESTION, "letters": [LETTER]}),
    "not found": ("ask", {"question": "Wat kost een kop koffie in Parijs?"}),
    "followed on": (
        "ask",
        {"question": "En hoeveel vesten?", "earlier_questions": [QUESTION], "since": "2014-01-01", "dossier": "27 925"},
    ),
    "hits": ("search_letters", {"query": "helmen", "k": 2, "until": "2014-12-31"}),
    "paragraph": ("get_paragraph", {"letter": LETTER, "number": 9}),
    "references": ("get_references", {"letter": LETTER}),
    "page": ("list_letters", {"limit": 1}),
    "next page": ("list_letters", {"limit": 1, "cursor": OTHER}),
    "unknown letter": ("ask", {"question": QUESTION, "letters": ["kst-1-1"]}),
    "unknown paragraph": ("get_paragraph", {"letter": LETTER, "number": 10}),
    "bad arguments": ("ask", {"question": "x" * 2001, "k": 101, "from": "2014-01-01"}),
    "too little": ("ask", {}),
}
URIS = [
    "kamerbrief://letters",
    f"kamerbrief://letters/{LETTER}",
    "kamerbrief://letters/kst%2D27925%2D504",
    "kamerbrief://letters/a.b%28c)",
    "kamerbrief://letters/../keys",
    "file:///etc/passwd",
]


async def conversation(client: Client) -> Heard:
    """All of it: what there is, all calls and all resources."""
    called = {name: await client.call_tool(*call) for name, call in CALLS.items()}
    read, errors = {}, {}
    for uri in URIS:
        try:
            found = (await client.read_resource(uri)).contents[0]
            assert isinstance(found, TextResourceContents)
            read[uri] = found.text
        except MCPError as error:
            errors[uri] = error.message
    with pytest.raises(MCPError, match="no tool 'delete'"):
        await client.call_tool("delete", {})
    listed = (await client.list_resources()).resources, (await client.list_resource_templates()).resource_templates
    return Heard(
        instructions=client.instructions or "",
        tools={tool.name: tool for tool in (await client.list_tools()).tools},
        resources=[one.uri for one in listed[0]] + [one.uri_template for one in listed[1]],
        called=called,
        read=read,
        errors=errors,
    )
