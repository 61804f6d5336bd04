"""FastMCP's client."""
# needs: fastmcp==4.2.3

import asyncio

from fastmcp import Client
from fastmcp.client.transports import StdioTransport, StreamableHttpTransport
from telling import FOLDER, FOUND, KEY, LETTER, MCP, PROGRAM, QUESTION, Trying

trying = Trying("fastmcp")


async def talk(transport: StdioTransport | StreamableHttpTransport) -> None:
    async with Client(transport) as client:
        assert "ask" in {tool.name for tool in await client.list_tools()}
        assert FOUND in str((await client.call_tool("ask", {"question": QUESTION})).structured_content)
        assert "Koerdische" in (await client.read_resource(f"kamerbrief://letters/{LETTER}"))[0].text
        assert await client.list_resources()
        assert await client.list_resource_templates()


with trying.works("tools and resources over `/mcp`"):
    asyncio.run(talk(StreamableHttpTransport(MCP, headers={"Authorization": f"Bearer {KEY}"})))
with trying.works("tools and resources over `kamerbrief mcp`"):
    asyncio.run(talk(StdioTransport(PROGRAM, ["mcp"], env={"KAMERBRIEF_DATA_DIR": FOLDER})))
trying.tell()
