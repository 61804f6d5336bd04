"""The writer that asks a language model. What it writes is a draft, and is not trusted."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from kamerbrief.answers.evidence import gives_orders
from kamerbrief.answers.question import Question
from kamerbrief.embedding.tokens import count_tokens
from kamerbrief.errors import ContextTooLongError, ModelError, ModelSenselessError, ModelUnavailableError
from kamerbrief.language.dates import format_date
from kamerbrief.language.lexicon import lexicons
from kamerbrief.letters.labels import label
from kamerbrief.models.chat import ChatReply, ChatRequest, ChatStream, Mode
from kamerbrief.models.drafts import Parsed, parse_draft, parse_field
from kamerbrief.models.prompts import Prompt, load_prompt
from kamerbrief.models.spending import Usage
from kamerbrief.proof.sources import Sources, SourceSentence
from kamerbrief.records.answers import DraftSentence, Turn
from kamerbrief.settings import Settings

TRIES = 2  # for a reply that is senseless, or that breaks off before its first sentence
SMALLEST = 200  # tokens of sources: with less it is not worth asking
# cl100k_base counts for all models: others take up to some 30 % more tokens for Dutch.
MARGIN = 1.3
_LABEL_TOKENS = 8  # "[12.3] " and the end of the line
# What could pass for the marks of the prompt, of a chat format or of JSON, and what stands in its stead.
_HARMLESS = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")", "{": "(", "}": ")", "|": "/"})
_REPAIR = '\n\nReply with JSON of this form, and with nothing else: {"sentences": [{"sources": ["1.1"], "text": "…"}]}'


class ChatClient(Protocol):
    """A server's chat models, as `OpenAIClient` reaches them."""

    def chat(self, request: ChatRequest) -> ChatReply: ...

    def stream(self, request: ChatRequest) -> ChatStream: ...


@dataclass(frozen=True)
class Limits:
    """In tokens: `context` is what the model can take, question and answer; `reserve` is the answer's share of it."""

    context: int
    reserve: int


@dataclass(frozen=True)
class Source:
    """A paragraph as the model sees it: its number, the letter's label, its heading, its numbered sentences."""

    number: int
    label: str
    heading: str
    sentences: tuple["Numbered", ...]


@dataclass(frozen=True)
class Numbered:
    label: str
    text: str


Prepare = Callable[[Sequence[str]], None]


class ChatWriter:
    """Writes drafts with a model of a server. `prompts` is the folder of the prompt files."""

    name = "model"

    def __init__(self, client: ChatClient, model: str, prompts: Path, limits: Limits) -> None:
        self.model = model
        self._client = client
        self._prompts = prompts
        self._limits = limits

    def write(
        self,
        question: Question,
        sources: Sources,
        today: datetime.date,
        usage: Usage,
        prepare: Prepare = lambda _: None,
    ) -> "Writing":
        """The draft of an answer. Raises PromptError.

        `prepare` is called with the labels of a sentence while its text is still being written.
        """
        prompt = self.prompt("answer", question.language)
        given = {"question": harmless(question.text), "today": format_date(today)}
        return self.draft(prompt, given, sources_of(sources), usage, prepare)

    def prompt(self, name: str, language: str) -> Prompt:
        """Raises PromptError."""
        return load_prompt(self._prompts, name, language)

    def draft(
        self,
        prompt: Prompt,
        given: Mapping[str, object],
        sources: Sequence[Source],
        usage: Usage,
        prepare: Prepare = lambda _: None,
    ) -> "Writing":
        """The draft that a prompt asks for out of as many of the sources as fit, sentence by sentence as the model
        completes them. `given` are the prompt's other variables. Raises PromptError."""

        def request(budget: int) -> ChatRequest:
            fitting = fit(sources, self._room(budget, prompt, given))
            system, user = prompt.render(**given, sources=fitting)
            return ChatRequest(self.model, system, user, prompt.schema, self._limits.reserve)

        return Writing(self._client, request, prompt, self._limits.context - self._limits.reserve, usage, prepare)

    def room(self, prompt: Prompt, given: Mapping[str, object]) -> int:
        """How many tokens of sources can be put to the model at once."""
        return self._room(self._limits.context - self._limits.reserve, prompt, given)

    def most_tokens(self, prompt: Prompt, given: Mapping[str, object], sources: Sequence[Source]) -> Usage:
        """What a draft takes at most, as far as can be told beforehand."""
        asked = count_tokens("".join(prompt.render(**given, sources=sources)))
        return Usage(round(asked * MARGIN), self._limits.reserve)

    def _room(self, budget: int, prompt: Prompt, given: Mapping[str, object]) -> int:
        return round(budget / MARGIN) - count_tokens("".join(prompt.render(**given, sources=[])))

    def condense(self, question: Question, turns: Sequence[Turn], usage: Usage) -> str:
        """The question as it stands without the turns before it, in the model's words; "" where it gives none.

        Raises ModelError, PromptError.
        """
        prompt = self.prompt("condense", question.language)
        told = [{"question": harmless(turn.question), "answer": harmless(turn.answer)} for turn in turns]
        system, user = prompt.render(question=harmless(question.text), turns=told)
        request = ChatRequest(self.model, system, user, prompt.schema, self._limits.reserve)
        reply = self._client.chat(request)
        usage.add(request, reply.text, reply)
        return parse_field(reply.text, "question")


class Writing:
    """A draft that is being written. Iterate over its sentences, once.

    Raises ModelError when the model fails before its first sentence; after it the draft ends there, and `broken` says
    why. `prompt` is the prompt's hash, `mode` how the server took the schema, as far as that is known.
    """

    def __init__(
        self,
        client: ChatClient,
        request: Callable[[int], ChatRequest],
        prompt: Prompt,
        budget: int,
        usage: Usage,
        prepare: Prepare,
    ) -> None:
        self.prompt = prompt.hash
        self.mode: Mode | None = None
        self.usage = usage
        self.broken: ModelError | None = None
        self._client = client
        self._request = request
        self._budget = budget
        self._prepare = prepare
        self._text = ""
        self._given = 0
        self._hopeless = False

    def __iter__(self) -> Iterator[DraftSentence]:
        tries = 0
        failure: ModelError
        while True:
            request = self._request(self._budget)
            if tries:
                request = replace(request, user=request.user + _REPAIR)
            try:
                yield from self._listen(request)
                return
            except ContextTooLongError as error:
                self._shorten()
                failure, last = error, self._budget < SMALLEST
            except (ModelSenselessError, ModelUnavailableError) as error:
                # Where nothing came at all the client has tried again already.
                tries += 1
                failure, last = error, tries == TRIES or self._hopeless or not self._text
            except ModelError as error:
                failure, last = error, True
            if self._given:
                self.broken = failure
                return
            if last:
                raise failure

    def _listen(self, request: ChatRequest) -> Iterator[DraftSentence]:
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
            self.mode = reply.mode
        finally:
            self.usage.add(request, self._text, reply)
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

    def _new(self, parsed: Parsed) -> Iterator[DraftSentence]:
        for sentence in parsed.sentences[self._given :]:
            self._given += 1
            yield sentence


def sources_of(sources: Sources) -> list[Source]:
    """The paragraphs as a prompt takes them, best hit first. Sentences that order their reader about are left out."""
    paragraphs: dict[int, list[SourceSentence]] = {}
    for one in sources.sentences:
        paragraphs.setdefault(int(one.label.partition(".")[0]), []).append(one)
    found = [
        Source(
            number,
            harmless(label(sentences[0].passage.head)),
            harmless(sentences[0].passage.heading or ""),
            tuple(
                Numbered(one.label, harmless(one.text)) for one in sentences if not gives_orders(one.text, lexicons())
            ),
        )
        for number, sentences in paragraphs.items()
    ]
    return [source for source in found if source.sentences]


def fit(sources: Sequence[Source], budget: int) -> list[Source]:
    """The first sources that take at most `budget` tokens together; one at least, so that there is something to ask."""
    fitting: list[Source] = []
    for source in sources:
        texts = [source.label, source.heading, *(one.text for one in source.sentences)]
        budget -= sum(count_tokens(text) + _LABEL_TOKENS for text in texts)
        if fitting and budget < 0:
            break
        fitting.append(source)
    return fitting


def harmless(text: str) -> str:
    """The text in one line, without what could pass for the prompt's own marks."""
    return " ".join(text.translate(_HARMLESS).split())


def make_chat_writer(settings: Settings) -> ChatWriter | None:
    """The writer with the language model that is set; None when none is."""
    if not settings.chat_model:
        return None
    from kamerbrief.models.openai_client import OpenAIClient  # heavy, and not needed without a model

    key = settings.chat_api_key.get_secret_value()
    client = OpenAIClient(settings.chat_base_url, key, timeout=settings.chat_timeout)
    limits = Limits(settings.chat_context, settings.chat_reserve)
    return ChatWriter(client, settings.chat_model, settings.prompts_dir, limits)
