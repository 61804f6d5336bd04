"""What a chat program sends: a conversation, of which the last question is answered."""

import re
from functools import cache
from typing import Annotated, Any, Literal

from fastapi import Request
from pydantic import BaseModel, BeforeValidator, ValidationError, model_validator
from pydantic_core import PydanticCustomError
from starlette.requests import ClientDisconnect

from kamerbrief.http.access import Reader
from kamerbrief.http.openai.pasted import question_in
from kamerbrief.http.openai.structured import NamedSchema, ResponseFormat, UnfitError, schema_in
from kamerbrief.http.openai.tools import demanded
from kamerbrief.http.problems import Fault, Location, ProblemError, invalid, problem
from kamerbrief.http.resources.questions import CLIENT_GONE
from kamerbrief.language.lexicon import lexicons
from kamerbrief.records.answers import Turn

TURNS = 20
MOST_BYTES = 1_000_000  # of a conversation
_MARKS = re.compile(r" (?:\[\d+\])+(?=\s|$)")


def _no_functions(choice: object) -> object:
    if choice in (None, "auto", "none"):
        return choice
    raise PydanticCustomError("no_tools", "no functions are called here: offer a tool, or let it be auto or none")


class Message(BaseModel):
    """A message of a conversation: the texts of its parts, and whether it had other ones, which cannot be read."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str
    more: bool

    @model_validator(mode="before")
    @classmethod
    def _of_parts(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        content = given.get("content")
        if not isinstance(content, list):
            return given | {"content": "" if content is None else content, "more": False}
        texts = [one.get("text", one.get("refusal")) if isinstance(one, dict) else one for one in content]
        kept = [text for text in texts if isinstance(text, str)]
        return given | {"content": "\n\n".join(kept), "more": len(kept) < len(texts)}


class Chat(BaseModel):
    """What of a request means something here."""

    model: str
    messages: list[Message]
    stream: bool | None = None
    stream_options: dict[str, object] | None = None
    n: Literal[1] | None = None
    response_format: ResponseFormat | None = None
    tools: object = None
    tool_choice: object = None
    function_call: Annotated[object, BeforeValidator(_no_functions)] = None

    def form(self) -> ResponseFormat | None:
        """The JSON that is wanted, if any. Raises ProblemError where no answer would fit."""
        if called := self._demanded():
            return called[1]
        if not self.response_format or self.response_format.type == "text":
            return None
        if self.response_format.type == "json_object":
            return self._told_schema() or self.response_format
        try:
            self.response_format.check()
        except UnfitError as error:
            raise unfit(error) from None
        return self.response_format

    def tool(self) -> str | None:
        """The tool that is to be called with that JSON, if any."""
        called = self._demanded()
        return called[0] if called else None

    def _demanded(self) -> tuple[str, ResponseFormat] | None:
        try:
            return demanded(self.tools, self.tool_choice)
        except UnfitError as error:
            raise invalid([fault_in("tool_choice", "no_tools", str(error))]) from None

    def _told_schema(self) -> ResponseFormat | None:
        """The form of a JSON object whose schema is in the orders, or beside the question."""
        orders = [one.content for one in self.messages if one.role in ("system", "developer")]
        last = [one.content for one in self.messages if one.role == "user"][-1:]
        schema = schema_in("\n".join(orders + last))
        return ResponseFormat(type="json_schema", json_schema=NamedSchema(schema=schema)) if schema else None

    def asked(self) -> tuple[str, list[Turn]]:
        """The question, which is in what the user said last, and the turns before it."""
        last = max((at for at, message in enumerate(self.messages) if message.role == "user"), default=None)
        if last is None:
            raise invalid([fault_in("messages", "no_question", "a message of the user is missing")])
        if self.messages[last].more:
            said = "only parts of the type text can be read"
            raise invalid([fault_in(f"messages.{last}.content", "text_only", said)])
        turns: list[Turn] = []
        for message in self.messages[:last]:
            if message.role == "user" and message.content.strip():
                turns.append(Turn(question=question_in(message.content)))
            elif message.role == "assistant" and turns:
                turns[-1] = Turn(question=turns[-1].question, answer=_bare(message.content))
        return question_in(self.messages[last].content), turns[-TURNS:]


def _bare(text: str) -> str:
    """An earlier answer without what `CitedText` adds to its sentences."""
    return _MARKS.sub("", _list().sub("", text))


@cache
def _list() -> re.Pattern[str]:
    """Finds the list of sources or of nearest paragraphs at the end of an answer."""
    heads = (re.escape(one.text(f"questions.{name}")) for one in lexicons() for name in ("sources", "nearest"))
    return re.compile(rf"\n\s*(?:{'|'.join(heads)})\n.*", re.DOTALL)


async def read_chat(request: Request, _: Reader) -> Chat:
    """The request's body, read once it is known who sends it, and no further than it may go."""
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > MOST_BYTES:
                raise problem(413, "The conversation is too long", f"at most {MOST_BYTES:,} bytes can be read")
        return Chat.model_validate_json(bytes(body))
    except ClientDisconnect:
        raise gone() from None
    except ValidationError as error:
        first = error.errors()[0]
        raise invalid([fault_in(".".join(map(str, first["loc"])), first["type"], first["msg"])]) from None


def unfit(error: UnfitError) -> ProblemError:
    """What to raise where an answer does not fit the schema that is asked for."""
    name = ".".join(filter(None, ["response_format.json_schema", error.path]))
    return invalid([fault_in(name, "unfit_schema", str(error))])


def fault_in(name: str, code: str, what: str) -> Fault:
    """What is wrong with the field of this name."""
    return Fault(in_="body", location=Location(name=name or None), code=code, detail=f"{name or 'body'}: {what}")


def gone() -> ProblemError:
    """The problem of a client that waits no more."""
    return problem(CLIENT_GONE, "Nobody is there", "the client has gone away")
