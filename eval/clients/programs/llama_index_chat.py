"""LlamaIndex's model for servers like OpenAI's."""
# needs: llama-index-llms-openai-like==0.8.1

from llama_index.core.llms import ChatMessage
from llama_index.core.prompts.default_prompts import DEFAULT_TEXT_QA_PROMPT
from llama_index.llms.openai_like import OpenAILike
from pydantic import BaseModel
from telling import FOUND, KEY, OPENAI, QUESTION, Trying


class Reply(BaseModel):
    """An answer."""

    answer: str


trying = Trying("llama-index-llms-openai-like")
model = OpenAILike(api_base=OPENAI, api_key=KEY, model="kamerbrief", is_chat_model=True)

with trying.works("`chat`"):
    assert FOUND in model.chat([ChatMessage(role="user", content=QUESTION)]).message.content
with trying.works("`complete`"):
    assert FOUND in model.complete(QUESTION).text
with trying.works("`stream_chat`"):
    assert FOUND in "".join(one.delta or "" for one in model.stream_chat([ChatMessage(role="user", content=QUESTION)]))
with trying.works("its template for text and question"):
    asked = DEFAULT_TEXT_QA_PROMPT.format(context_str="Er zijn 7 helmen geleverd.", query_str=QUESTION)
    assert FOUND in model.complete(asked).text
with trying.works("`as_structured_llm` by `json_schema`"):
    sure = OpenAILike(
        api_base=OPENAI, api_key=KEY, model="kamerbrief", is_chat_model=True, should_use_structured_outputs=True
    )
    assert FOUND in sure.as_structured_llm(Reply).complete(QUESTION).raw.answer
trying.tell()
