// The SDK of MCP for TypeScript: over HTTP, and with the program that it starts itself.
// needs: @modelcontextprotocol/sdk@1.32.2
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { assert, FOLDER, FOUND, KEY, LETTER, MCP, PROGRAM, QUESTION, Trying } from "./telling.mjs";

const trying = new Trying("@modelcontextprotocol/sdk", "@modelcontextprotocol/sdk (npm)");

async function talk(transport) {
  const client = new Client({ name: "trying", version: "1" });
  await client.connect(transport);
  try {
    await client.ping();
    assert((await client.listTools()).tools.some(({ name }) => name === "ask"));
    const answer = await client.callTool({ name: "ask", arguments: { question: QUESTION } });
    assert(answer.structuredContent.sentences[0].text.includes(FOUND));
    const wrong = await client.callTool({ name: "get_paragraph", arguments: { letter: LETTER, number: 99 } });
    assert(wrong.isError);
    assert((await client.listResources()).resources.length);
    const { contents } = await client.readResource({ uri: `kamerbrief://letters/${LETTER}` });
    assert(contents[0].text.includes("Koerdische"));
  } finally {
    await client.close();
  }
}

const over = (url, key) => new StreamableHTTPClientTransport(url, { requestInit: { headers: { Authorization: `Bearer ${key}` } } });

await trying.works("tools and resources over `/mcp`", () => talk(over(MCP, KEY)));
await trying.works("tools and resources over `/mcp/`", () => talk(over(new URL("mcp/", new URL(".", MCP)), KEY)));
await trying.works("tools and resources over `kamerbrief mcp`", () =>
  talk(new StdioClientTransport({ command: PROGRAM, args: ["mcp"], env: { KAMERBRIEF_DATA_DIR: FOLDER } })),
);
await trying.works("a wrong key is turned away", () => assert.rejects(talk(over(MCP, "kb_wrong")), /send a key that is known/));
trying.tell();
