// mcp-remote, by which programs that only start servers themselves (Claude Desktop, for one) reach one that runs.
// needs: mcp-remote@0.15.1 @modelcontextprotocol/sdk@1.32.2
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { assert, FOUND, KEY, LETTER, MCP, QUESTION, Trying } from "./telling.mjs";

const trying = new Trying("mcp-remote", "mcp-remote (npm)");
const args = ["node_modules/.bin/mcp-remote", MCP.href, "--allow-http", "--header", `Authorization:Bearer ${KEY}`];

await trying.works("tools and resources", async () => {
  const client = new Client({ name: "trying", version: "1" });
  await client.connect(new StdioClientTransport({ command: "node", args, stderr: "ignore" }));
  try {
    assert((await client.listTools()).tools.some(({ name }) => name === "ask"));
    const answer = await client.callTool({ name: "ask", arguments: { question: QUESTION } });
    assert(answer.content[0].text.includes(FOUND));
    assert((await client.readResource({ uri: `kamerbrief://letters/${LETTER}` })).contents.length);
  } finally {
    await client.close();
  }
});
trying.tell();
