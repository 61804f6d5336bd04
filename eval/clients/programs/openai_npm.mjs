// OpenAI's package for Node.
// needs: openai@6.49.0
import OpenAI from "openai";
import { assert, FOUND, KEY, OPENAI, QUESTION, Trying } from "./telling.mjs";

const trying = new Trying("openai", "openai (npm)");
const client = new OpenAI({ baseURL: OPENAI, apiKey: KEY, maxRetries: 0 });
const asked = { model: "kamerbrief", messages: [{ role: "user", content: QUESTION }] };
const schema = { type: "object", properties: { answer: { type: "string" } }, required: ["answer"], additionalProperties: false };
const add = { type: "function", function: { name: "add", parameters: { type: "object", properties: {} } } };

await trying.works("text", async () => {
  const [{ message }] = (await client.chat.completions.create(asked)).choices;
  assert(message.content.includes(FOUND));
  assert(message.annotations[0].url_citation.title.startsWith("Kamerstuk 27 925"));
});
await trying.works("stream", async () => {
  let said = "";
  for await (const chunk of await client.chat.completions.create({ ...asked, stream: true }))
    said += chunk.choices[0]?.delta.content ?? "";
  assert(said.includes(FOUND));
});
await trying.works("`chat.completions.stream`", async () => {
  assert((await client.chat.completions.stream(asked).finalContent()).includes(FOUND));
});
await trying.works("`json_schema`", async () => {
  const response_format = { type: "json_schema", json_schema: { name: "reply", strict: true, schema } };
  const parsed = await client.chat.completions.parse({ ...asked, response_format });
  assert(parsed.choices[0].message.parsed.answer.includes(FOUND));
});
await trying.works("models", async () => {
  assert((await client.models.list()).data.some(({ id }) => id === "kamerbrief"));
});
await trying.works("errors", async () => {
  await assert.rejects(client.chat.completions.create({ ...asked, model: "gpt-6" }), OpenAI.NotFoundError);
  await assert.rejects(client.chat.completions.create({ ...asked, messages: [] }), OpenAI.BadRequestError);
  const wrong = new OpenAI({ baseURL: OPENAI, apiKey: "kb_wrong", maxRetries: 0 });
  await assert.rejects(wrong.models.list(), OpenAI.AuthenticationError);
});
await trying.refused('`tool_choice: "required"` of a tool that takes no answer', "no tools are called", () =>
  client.chat.completions.create({ ...asked, tools: [add], tool_choice: "required" }),
);
trying.tell();
