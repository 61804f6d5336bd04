"""What is asked of a chat model and what it replies, and how a request is worded for servers that differ."""

import json
import re
from dataclasses import dataclass, replace
from typing import Any, Literal

from kamerbrief.streams import Stream

Mode = Literal["schema", "json", "text"]
_LOWER: dict[Mode, Mode] = {"schema": "json", "json": "text"}
_STRUCTURE = re.compile(r"response_format|json_schema|json_object|schema|grammar|unsupported|not supported", re.I)
# In JSON mode a model sees no schema, and OpenAI refuses the mode when no message speaks of JSON.
_INSTRUCTION = "\n\nReply with one JSON object of this JSON schema, and with nothing else: "
# A server that does not stop at the token limit is cut off here. No tokeniser is known for it: a token of prose has
# some 4 characters, 32 leave room for the longest words; the rest is for limits of a few tokens.
CHARACTERS_PER_TOKEN = 32
_SPARE = 1024
# What a piece counts at least, so that empty ones cannot go on for ever. It leaves room for pieces of one character.
_PIECE = 4


@dataclass(frozen=True)
class ChatRequest:
    """One question to a chat model: its system and its user message, and the JSON schema that the answer must have.

    `max_tokens` bounds the answer. `schema` is for OpenAI's strict mode: every property required, no additional ones.
    """

    model: str
    system: str
    user: str
    schema: dict[str, Any]
    max_tokens: int
    temperature: float = 0.0


@dataclass(frozen=True)
class ChatReply:
    """What the model answered. The text is the model's own: parse it with care.

    `finished` is "length" when the token limit cut the text off. `mode` is how the schema was put to the server: as a
    schema to hold the model to, as JSON mode, or in words alone. The tokens are the server's count, 0 where it does not
    count.
    """

    text: str
    finished: Literal["stop", "length"]
    mode: Mode
    prompt_tokens: int = 0
    completion_tokens: int = 0


ChatStream = Stream[str, ChatReply]
"""The pieces of a reply's text as they come, then the reply. Closing it breaks the connection off, so that the server
stops."""


@dataclass(frozen=True)
class Dialect:
    """How a server wants to be asked for a model, as far as its refusals have taught."""

    mode: Mode = "schema"
    proven: bool = False
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    temperature: bool = True
    stream_options: bool = True

    def arguments(self, request: ChatRequest, *, stream: bool) -> dict[str, Any]:
        """The request in the words of OpenAI's chat completions."""
        system = request.system
        if self.mode != "schema":
            system += _INSTRUCTION + json.dumps(request.schema, ensure_ascii=False)
        messages = [{"role": "system", "content": _sound(system)}, {"role": "user", "content": _sound(request.user)}]
        arguments: dict[str, Any] = {"model": request.model, "messages": messages, self.limit: request.max_tokens}
        if self.temperature:
            arguments["temperature"] = request.temperature
        if self.mode == "schema":
            named = {"name": "reply", "strict": True, "schema": request.schema}
            arguments["response_format"] = {"type": "json_schema", "json_schema": named}
        elif self.mode == "json":
            arguments["response_format"] = {"type": "json_object"}
        if stream:
            arguments["stream"] = True
        if stream and self.stream_options:
            arguments["stream_options"] = {"include_usage": True}
        return arguments

    def after(self, status: int, reason: str) -> "Dialect | None":
        """How to ask once more after a refusal with this status and reason; None when asking otherwise cannot help."""
        if status not in (400, 404, 422) and status < 500:
            return None
        # OpenAI's reasoning models: another name for the limit, and no temperature but their own.
        if self.limit == "max_tokens" and "max_completion_tokens" in reason:
            return replace(self, limit="max_completion_tokens")
        if self.temperature and "temperature" in reason:
            return replace(self, temperature=False)
        if self.stream_options and ("stream_options" in reason or "include_usage" in reason):
            return replace(self, stream_options=False)
        untried = not self.proven and status in (400, 422)
        if self.mode in _LOWER and (untried or _STRUCTURE.search(reason)):
            return replace(self, mode=_LOWER[self.mode], proven=False)
        return None


class Incoming:
    """A reply as it comes in, whole or in pieces, none of it trusted: the package does not check what it is sent."""

    def __init__(self, request: ChatRequest, mode: Mode) -> None:
        self.finished: Literal["stop", "length"] | None = None
        self.filtered = False
        self.refusal = ""
        self._mode = mode
        self._texts: list[str] = []
        self._room = request.max_tokens * CHARACTERS_PER_TOKEN + _SPARE
        self._usage = (0, 0)

    @property
    def full(self) -> bool:
        """Whether the server sent more than the token limit can hold."""
        return self._room <= 0

    def take(self, part: Any) -> str:
        """Takes in a completion, or a chunk of one, and gives its text.

        Raises ValueError, TypeError, AttributeError or IndexError when it is neither.
        """
        usage = getattr(part, "usage", None)
        if usage is not None:
            self._usage = (counted(usage, "prompt_tokens"), counted(usage, "completion_tokens"))
        if part.choices == []:  # so comes the usage at the end, and Azure's filter results at the start
            return ""
        choice = part.choices[0]
        said = choice.delta if hasattr(choice, "delta") else choice.message
        self.refusal += self._fitting(getattr(said, "refusal", None))
        text = self._fitting(said.content)
        self._texts.append(text)
        self._finish(choice.finish_reason)
        return text

    def _fitting(self, text: object) -> str:
        if not isinstance(text, str | None):
            raise TypeError
        fitting = _sound(text or "")[: max(self._room, 0)]
        self._room -= max(len(text or ""), _PIECE)
        return fitting

    def _finish(self, reason: object) -> None:
        if self.full or reason == "length":
            self.finished = "length"
        elif reason == "content_filter":
            self.filtered = True
        elif isinstance(reason, str) and reason:
            self.finished = "stop"

    def reply(self) -> ChatReply:
        """All that was taken in."""
        return ChatReply("".join(self._texts), self.finished or "stop", self._mode, *self._usage)


def _sound(text: str) -> str:
    """The text without halves of surrogate pairs, which JSON can hold, and no request, file or database."""
    return text.encode(errors="replace").decode()


def counted(usage: object, name: str) -> int:
    """The server's count of this name; 0 where it does not count, or counts nonsense."""
    count = getattr(usage, name, None)
    return count if type(count) is int and count > 0 else 0
