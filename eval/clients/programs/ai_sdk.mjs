// The AI SDK with its provider for servers like OpenAI's, as many a chat program in TypeScript has it.
// needs: ai@5.0.277 @ai-sdk/openai-compatible@1.0.61 zod@4.1.13
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateObject, generateText, streamText } from "ai";
import { z } from "zod";
import { assert, FOUND, KEY, OPENAI, QUESTION, Trying } from "./telling.mjs";

const trying = new Trying("ai", "ai with @ai-sdk/openai-compatible (npm)");
const letters = createOpenAICompatible({ name: "letters", baseURL: OPENAI, apiKey: KEY, supportsStructuredOutputs: true });
const model = letters("kamerbrief");

await trying.works("`generateText`", async () => {
  assert((await generateText({ model, system: "Be brief.", prompt: QUESTION })).text.includes(FOUND));
});
await trying.works("`streamText`", async () => {
  let said = "";
  for await (const piece of streamText({ model, prompt: QUESTION }).textStream) said += piece;
  assert(said.includes(FOUND));
});
await trying.works("`generateObject`", async () => {
  const schema = z.object({ answer: z.string(), sources: z.array(z.string()) });
  assert((await generateObject({ model, schema, prompt: QUESTION })).object.answer.includes(FOUND));
});
trying.tell();
