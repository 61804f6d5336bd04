"""LangChain's chat model for OpenAI's interface, and its tools of MCP servers."""
# needs: langchain-openai==1.7.4 langchain-mcp-adapters==0.3.2

import asyncio

from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
from langchain_core.prompts import ChatPromptTemplate
from langchain_mcp_adapters.client import MultiServerMCPClient
from langchain_openai import ChatOpenAI
from pydantic import BaseModel
from telling import FOUND, KEY, MCP, OPENAI, QUESTION, Trying


class Reply(BaseModel):
    """An answer and where it stands."""

    answer: str
    sources: list[str]


trying = Trying("langchain-openai")
chat = ChatOpenAI(base_url=OPENAI, api_key=KEY, model="kamerbrief")

with trying.works("`invoke`"):
    assert FOUND in chat.invoke(QUESTION).content
with trying.works("a talk"):
    said = [SystemMessage("Be brief."), HumanMessage(QUESTION), AIMessage(chat.invoke(QUESTION).content)]
    assert chat.invoke([*said, HumanMessage("En hoeveel vesten?")]).content
with trying.works("`stream`"):
    assert FOUND in "".join(one.content for one in chat.stream(QUESTION))
with trying.works("a chain with context"):
    template = ChatPromptTemplate.from_template(
        "Answer from the context.\n\nContext: {context}\n\nQuestion: {question}"
    )
    assert FOUND in (template | chat).invoke({"context": "Er zijn 7 helmen.", "question": QUESTION}).content
with trying.works('`with_structured_output(method="json_schema")`'):
    assert FOUND in chat.with_structured_output(Reply, method="json_schema").invoke(QUESTION).answer
with trying.works('`with_structured_output(method="json_mode")`'):
    assert (
        FOUND in chat.with_structured_output(Reply.model_json_schema(), method="json_mode").invoke(QUESTION)["answer"]
    )
with trying.works('`with_structured_output(method="function_calling")`'):
    assert FOUND in chat.with_structured_output(Reply, method="function_calling").invoke(QUESTION).answer


async def over_mcp() -> None:
    server = {"url": MCP, "transport": "streamable_http", "headers": {"Authorization": f"Bearer {KEY}"}}
    tools = {tool.name: tool for tool in await MultiServerMCPClient({"letters": server}).get_tools()}
    assert FOUND in str(await tools["ask"].ainvoke({"question": QUESTION}))


with trying.works("tools by `langchain-mcp-adapters`"):
    asyncio.run(over_mcp())
trying.tell()
