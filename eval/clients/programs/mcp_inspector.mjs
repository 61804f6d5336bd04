// The inspector of MCP, as a command.
// needs: @modelcontextprotocol/inspector@0.17.5
import { execFileSync } from "node:child_process";
import { assert, FOLDER, FOUND, KEY, LETTER, MCP, PROGRAM, QUESTION, Trying } from "./telling.mjs";

const trying = new Trying("@modelcontextprotocol/inspector", "@modelcontextprotocol/inspector `--cli`");
const ways = {
  "`/mcp`": [MCP.href, "--transport", "http", "--header", `Authorization: Bearer ${KEY}`],
  "`kamerbrief mcp`": ["-e", `KAMERBRIEF_DATA_DIR=${FOLDER}`, PROGRAM, "mcp"],
};

const inspected = (way, ...asked) =>
  execFileSync("node_modules/.bin/mcp-inspector", ["--cli", ...way, ...asked], { encoding: "utf8", stdio: "pipe" });

for (const [name, way] of Object.entries(ways))
  await trying.works(`tools and resources over ${name}`, () => {
    assert(inspected(way, "--method", "tools/list").includes("search_letters"));
    assert(inspected(way, "--method", "tools/call", "--tool-name", "ask", "--tool-arg", `question=${QUESTION}`).includes(FOUND));
    assert(inspected(way, "--method", "resources/list").includes("kamerbrief://letters"));
    assert(inspected(way, "--method", "resources/read", "--uri", `kamerbrief://letters/${LETTER}`).includes("Koerdische"));
  });
trying.tell();
