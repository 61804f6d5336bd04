"""The SDK of MCP for Python: over HTTP, and with the program that it starts itself."""
# needs: mcp==2.3.0

import asyncio

import httpx2
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError
from telling import FOLDER, FOUND, KEY, LETTER, MCP, PROGRAM, QUESTION, Trying

trying = Trying("mcp", "mcp (Python)")


async def talk(client: Client) -> None:
    tools = {tool.name for tool in (await client.list_tools()).tools}
    assert {"ask", "search_letters", "get_paragraph", "list_letters"} <= tools
    answer = await client.call_tool("ask", {"question": QUESTION})
    assert FOUND in answer.content[0].text
    assert FOUND in answer.structured_content["sentences"][0]["text"]
    assert (await client.call_tool("get_paragraph", {"letter": LETTER, "number": 99})).is_error
    read = await client.read_resource(f"kamerbrief://letters/{LETTER}")
    assert "Koerdische" in read.contents[0].text
    assert (await client.list_resources()).resources


async def over_http(mode: str, key: str = KEY) -> None:
    async with (
        httpx2.AsyncClient(headers={"Authorization": f"Bearer {key}"}, timeout=60) as http,
        Client(streamable_http_client(MCP, http_client=http), mode=mode) as client,
    ):
        await talk(client)


async def as_program(mode: str) -> None:
    server = StdioServerParameters(command=PROGRAM, args=["mcp"], env={"KAMERBRIEF_DATA_DIR": FOLDER})
    async with Client(server, mode=mode) as client:
        await talk(client)


for what, act in (("`/mcp`", over_http), ("`kamerbrief mcp`", as_program)):
    with trying.works(f"tools and resources over {what}"):
        asyncio.run(act("auto"))
    with trying.works(f"the same in the protocol of before 2026, {what}"):
        asyncio.run(act("legacy"))
with trying.works("a wrong key is turned away"):
    try:
        asyncio.run(over_http("auto", "kb_wrong"))
    except* MCPError:
        pass
    else:
        raise AssertionError("it was let in")
trying.tell()
