"""Agents of pydantic-ai."""
# needs: pydantic-ai-slim[openai,mcp]==2.68.0

import asyncio

from pydantic import BaseModel
from pydantic_ai import Agent, NativeOutput, PromptedOutput
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider
from telling import FOUND, KEY, OPENAI, QUESTION, Trying


class Reply(BaseModel):
    """An answer."""

    answer: str
    sources: list[str]


trying = Trying("pydantic-ai-slim")
model = OpenAIChatModel("kamerbrief", provider=OpenAIProvider(base_url=OPENAI, api_key=KEY))

with trying.works("text"):
    assert FOUND in Agent(model, instructions="Be brief.").run_sync(QUESTION).output


async def streamed() -> None:
    async with Agent(model).run_stream(QUESTION) as run:
        assert FOUND in "".join([one async for one in run.stream_text(delta=True)])


with trying.works("stream"):
    asyncio.run(streamed())
with trying.works("a talk"):
    first = Agent(model).run_sync(QUESTION)
    assert Agent(model).run_sync("En hoeveel vesten?", message_history=first.all_messages()).output
with trying.works("`NativeOutput`"):
    assert FOUND in Agent(model, output_type=NativeOutput(Reply)).run_sync(QUESTION).output.answer
with trying.works("`PromptedOutput`"):
    assert FOUND in Agent(model, output_type=PromptedOutput(Reply)).run_sync(QUESTION).output.answer
with trying.works("a class as output without more, which it makes a tool of"):
    assert FOUND in Agent(model, output_type=Reply).run_sync(QUESTION).output.answer
with trying.refused("a tool of one's own beside it", "no tools are called"):
    Agent(model, output_type=Reply, tools=[len]).run_sync(QUESTION)
trying.tell()
