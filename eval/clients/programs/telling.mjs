// What these programs share: what they are given, and how they tell what came of it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

export { assert };
const [url, key, folder, program] = process.argv.slice(2);
export const KEY = key, FOLDER = folder, PROGRAM = program;
export const OPENAI = new URL("openai/v1", url).href, MCP = new URL("mcp", url);
export const QUESTION = "Hoeveel helmen heeft Nederland geleverd aan de Koerden?";
export const FOUND = "1.000 helmen";
export const LETTER = "kst-27925-504";

export class Trying {
  constructor(name, client = name) {
    const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`));
    this.told = { client, version, works: [], refused: {}, broken: {} };
  }

  // Something that is to work.
  async works(what, act) {
    try {
      await act();
      this.told.works.push(what);
    } catch (error) {
      this.told.broken[what] = line(error);
    }
  }

  // Something that is to be refused, with this in the message.
  async refused(what, because, act) {
    try {
      await act();
      this.told.broken[what] = "was not refused";
    } catch (error) {
      if (line(error).includes(because)) this.told.refused[what] = because;
      else this.told.broken[what] = line(error);
    }
  }

  tell() {
    console.log(JSON.stringify(this.told));
  }
}

const line = (error) => `${error.name}: ${error.message}`.replace(/\s+/g, " ").slice(0, 500);
