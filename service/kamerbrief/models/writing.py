"""A model writes a draft: what of its failures is tried again, and what of a reply is kept that broke off."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from kamerbrief.errors import ContextTooLongError, ModelError, ModelSenselessError, ModelUnavailableError
from kamerbrief.models.chat import ChatReply, ChatRequest, ChatStream, Mode
from kamerbrief.models.drafts import Parsed, parse_draft
from kamerbrief.models.prompts import Prompt
from kamerbrief.models.spending import Usage
from kamerbrief.records.answers import DraftSentence
from kamerbrief.streams import Stream

TRIES = 2  # for a reply that is senseless, or that breaks off before its first sentence
SMALLEST = 200  # tokens of sources: with less it is not worth asking
_REPAIR = '\n\nReply with JSON of this form, and with nothing else: {"sentences": [{"sources": ["1.1"], "text": "…"}]}'

Prepare = Callable[[Sequence[str]], None]


class ChatClient(Protocol):
    """A server's chat models, as `OpenAIClient` reaches them."""

    def chat(self, request: ChatRequest) -> ChatReply: ...

    def stream(self, request: ChatRequest) -> ChatStream: ...


@dataclass(frozen=True)
class Written:
    """A draft, and how it came about: `prompt` is the prompt's hash, `mode` how the server took the schema, as far as
    that is known; `failure` says why the draft ends before its end, or why there is none."""

    prompt: str | None = None
    sentences: tuple[DraftSentence, ...] = ()
    mode: Mode | None = None
    failure: ModelError | None = None


Writing = Stream[DraftSentence, Written]
"""The sentences of a draft as the model completes them. No ModelError is raised: the result has it."""


def write(
    client: ChatClient,
    prompt: Prompt,
    request: Callable[[int], ChatRequest],
    budget: int,
    usage: Usage,
    prepare: Prepare,
) -> Writing:
    """The draft that a prompt asks for. `request` makes of it what is sent, in a budget of tokens: in a smaller one
    where the server finds that too long. What the model takes is added to `usage`, however it ends. `prepare` is called
    with the labels of a sentence while its text is still being written.
    """
    return Stream(_Draft(client, prompt.hash, request, budget, usage, prepare).sentences())


class _Draft:
    def __init__(
        self,
        client: ChatClient,
        prompt: str,
        request: Callable[[int], ChatRequest],
        budget: int,
        usage: Usage,
        prepare: Prepare,
    ) -> None:
        self._client = client
        self._request = request
        self._budget = budget
        self._usage = usage
        self._prepare = prepare
        self._prompt = prompt
        self._mode: Mode | None = None
        self._text = ""
        self._given: list[DraftSentence] = []
        self._hopeless = False

    def sentences(self) -> Generator[DraftSentence, None, Written]:
        tries = 0
        while True:
            request = self._request(self._budget)
            if tries:
                request = replace(request, user=request.user + _REPAIR)
            failure: ModelError | None = None
            try:
                yield from self._listen(request)
                last = True
            except ContextTooLongError as error:
                self._shorten()
                failure, last = error, self._budget < SMALLEST
            except (ModelSenselessError, ModelUnavailableError) as error:
                # Where nothing came at all the client has tried again already.
                tries += 1
                failure, last = error, tries == TRIES or self._hopeless or not self._text
            except ModelError as error:
                failure, last = error, True
            if last or self._given:
                return Written(self._prompt, tuple(self._given), self._mode, failure)

    def _listen(self, request: ChatRequest) -> Generator[DraftSentence, None, None]:
        self._text, parsed = "", Parsed()
        prepared: tuple[str, ...] = ()
        reply: ChatReply | None = None
        try:
            with self._client.stream(request) as stream:
                for piece in stream:
                    self._text += piece
                    parsed = parse_draft(self._text, whole=False) or Parsed()
                    yield from self._new(parsed)
                    if parsed.enough:
                        return
                    if parsed.growing != prepared:
                        prepared = parsed.growing
                        self._prepare(prepared)
                reply = stream.result
            self._mode = reply.mode
        finally:
            self._usage.add(request, self._text, reply)
        whole = parse_draft(self._text, whole=True)
        if reply.finished == "length" and not (whole and whole.sentences):
            self._hopeless = True  # it would only be cut off again
            what = f"the answer of {request.model!r} was cut off before its first sentence was complete"
            raise ModelSenselessError(what, "raise KAMERBRIEF_CHAT_RESERVE, or take another model")
        if whole is None:
            raise ModelSenselessError(f"{request.model!r} did not answer in the form asked for", "take another model")
        yield from self._new(whole)

    def _shorten(self) -> None:
        """Halves the budget until there is less to ask with."""
        asked = self._request(self._budget)
        while self._budget >= SMALLEST and self._request(self._budget) == asked:
            self._budget //= 2

    def _new(self, parsed: Parsed) -> Generator[DraftSentence, None, None]:
        for sentence in parsed.sentences[len(self._given) :]:
            self._given.append(sentence)
            yield sentence
