"""The one door to OpenAI-compatible servers: batches, retries, usage, and errors that people can act on."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import openai
from numpy.typing import NDArray

from kamerbrief.errors import (
    ContextTooLongError,
    ModelError,
    ModelRefusedError,
    ModelRejectedError,
    ModelUnavailableError,
)
from kamerbrief.models.calls import Loop, current
from kamerbrief.models.chat import ChatReply, ChatRequest, ChatStream, Dialect, Incoming, Mode, counted

OPENAI_URL = "https://api.openai.com/v1"
# OpenAI takes 2,048 texts and 300,000 tokens a request; a token is a byte at least, so that bytes need no tokeniser to
# keep within that. Both are far less, so that a slow server answers within the time limit and a retry repeats little.
BATCH_TEXTS = 64
BATCH_BYTES = 100_000
_SHOWN = 200  # characters of what a server says that go into an error
_CHAT = "a chat model"
_REFUSED = "ask it otherwise, or take another model"
# How OpenAI, Azure, vLLM, llama.cpp, Mistral and Text Generation Inference say it, where they have no code for it.
_TOO_LONG = re.compile(
    r"context.?(length|size|window)|maximum model length|(prompt|inputs?|messages?) .{0,60}too (long|large)"
    r"|reduce the length|inputs. tokens \+ .max_new_tokens",
    re.I,
)
# What the package raises, or we do, at a reply of the wrong shape: it does not check what it is sent.
_SENSELESS = (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError)
# Failures that another way of asking may mend. Those of the text or of the model stay.
_OF_THE_SERVER = (ModelRejectedError, ModelUnavailableError)


class OpenAIClient:
    """A connection to one server. Safe to share between threads.

    `base_url` ends before "/embeddings" ("http://127.0.0.1:8000/v1"); empty means OpenAI's own. `api_key` may be empty
    for a server that wants none; it is never shown. `timeout` is in seconds, for one try. Broken connections and the
    replies 408, 409, 429 and 5xx are tried `max_retries` times more, after the server's Retry-After if it is at most
    two minutes, else after 0.5 seconds, doubled each time, to 8 seconds.

    All methods raise StoppedError when the current call (see calls.py) is stopped, and break the connection off.
    """

    def __init__(self, base_url: str = "", api_key: str = "", *, timeout: float = 60.0, max_retries: int = 4) -> None:
        base_url = base_url or OPENAI_URL
        self._server = urlsplit(base_url).netloc.rpartition("@")[2] or base_url
        self._key = api_key
        # A value even where there is no key: for None the package would take the environment's, whosever that is.
        self._openai = openai.AsyncOpenAI(
            base_url=base_url,
            api_key=api_key or "none",
            timeout=timeout,
            max_retries=max_retries,
            http_client=openai.DefaultAsyncHttpxClient(event_hooks={"request": [_tidy_up]}),
        )
        self._loop = Loop(self._openai.close)
        # Only the loop's thread changes these.
        self._tokens_used = 0
        self._dialects: dict[str, Dialect] = {}

    def __repr__(self) -> str:
        return f"OpenAIClient({self._server!r})"

    def close(self) -> None:
        """Breaks off what runs, and closes the connections. A client that nobody needs any more does so by itself."""
        self._loop.close()

    @property
    def tokens_used(self) -> int:
        """Tokens that the server has counted for this client so far; 0 for a server that does not count."""
        return self._tokens_used

    def embed(self, model: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """The texts' vectors as the server gives them, shape (number of texts, dimension). No text may be empty.

        Raises ModelUnavailableError when no usable reply came, ModelRejectedError when the server refused.
        """
        parts = self._loop.run(self._embed(model, _batches(texts)))
        if len({part.shape[1] for part in parts}) > 1:
            raise self._senseless()
        return np.concatenate(parts) if parts else np.empty((0, 0), np.float32)

    def chat(self, request: ChatRequest) -> ChatReply:
        """The model's whole answer. A server that takes no JSON schema is asked in JSON mode, then in words alone; what
        it took is remembered for the model.

        Raises ModelUnavailableError when no usable reply came, ContextTooLongError when the server finds the request
        too long for the model, ModelRefusedError when the model or a filter would not answer, ModelRejectedError when
        the server refused for another reason.
        """
        return self._loop.run(self._chat(request))

    def stream(self, request: ChatRequest) -> ChatStream:
        """The model's answer in pieces as it writes them; the errors of `chat` come while the pieces are read.

        A reply that breaks off half way is not tried again: its pieces are already given. The timeout is then the
        longest wait for the next bytes.
        """
        return ChatStream(self._loop.stream(partial(self._stream, request)))

    async def _chat(self, request: ChatRequest) -> ChatReply:
        reply, mode = await self._ask(request, stream=False)
        incoming = Incoming(request, mode)
        try:
            incoming.take(reply)
        except _SENSELESS:
            raise self._senseless() from None
        return self._read(request, incoming)

    async def _stream(self, request: ChatRequest, give: Callable[[str], None]) -> ChatReply:
        chunks, mode = await self._ask(request, stream=True)
        incoming, chunk = Incoming(request, mode), None
        try:
            async with chunks:
                async for chunk in chunks:
                    text = incoming.take(chunk)
                    if text:
                        give(text)
                    if incoming.full:
                        break
        except openai.OpenAIError as error:
            raise self._translated(error, request.model, _CHAT) from None
        except _SENSELESS:
            raise self._senseless() from None
        if chunk is None:
            raise self._senseless()
        if incoming.finished is None and not incoming.filtered:
            # Where the length is not told, a cut connection looks like an end.
            raise ModelUnavailableError(f"the model server {self._server} broke its reply off", "try again")
        return self._read(request, incoming)

    async def _ask(self, request: ChatRequest, *, stream: bool) -> tuple[Any, Mode]:
        """The package's reply, or its stream, and the mode that the server took; asked as often as its refusals say."""
        dialect = known = self._dialects.get(request.model, Dialect())
        while True:
            arguments = dialect.arguments(request, stream=stream)
            try:
                reply = await self._openai.chat.completions.create(**arguments, extra_headers=_headers())
            except openai.OpenAIError as error:
                failure = self._translated(error, request.model, _CHAT)
                other = None
                if isinstance(error, openai.APIStatusError) and type(failure) in _OF_THE_SERVER:
                    other = dialect.after(error.status_code, _reason(error))
                if other is None:
                    raise failure from None
                dialect = other
            except _SENSELESS:
                raise self._senseless() from None
            else:
                # A mode that worked before is kept: what the server did not take is this one schema.
                if not known.proven or dialect.mode == known.mode:
                    self._dialects[request.model] = replace(dialect, proven=True)
                return reply, dialect.mode

    def _read(self, request: ChatRequest, incoming: Incoming) -> ChatReply:
        """The reply that was read to its end, unless it holds no answer."""
        reply = incoming.reply()
        self._tokens_used += reply.prompt_tokens + reply.completion_tokens
        if incoming.filtered:
            raise ModelRefusedError(f"the answer of {request.model!r} was held back by a content filter", _REFUSED)
        if not reply.text and incoming.refusal:
            said = self._line(incoming.refusal)
            raise ModelRefusedError(f"{request.model!r} refused to answer: “{said}”", _REFUSED)
        if not reply.text and reply.finished == "stop":
            raise ModelUnavailableError(
                f"the model server {self._server} gave an empty answer", "try again, or take another model"
            )
        return reply

    async def _embed(self, model: str, batches: Iterable[list[str]]) -> list[NDArray[np.float32]]:
        return [await self._embed_batch(model, batch) for batch in batches]

    async def _embed_batch(self, model: str, texts: list[str]) -> NDArray[np.float32]:
        try:
            reply = await self._openai.embeddings.create(model=model, input=texts, extra_headers=_headers())
            rows = sorted(reply.data, key=lambda row: row.index)
            vectors = np.array([row.embedding for row in rows], np.float32)
        except openai.OpenAIError as error:
            # Without its cause, which holds the request and in it the key.
            raise self._translated(error, model, "an embedding model") from None
        except _SENSELESS:
            raise self._senseless() from None
        if vectors.ndim != 2 or not vectors.size or len(vectors) != len(texts) or not np.isfinite(vectors).all():
            raise self._senseless()
        self._tokens_used += counted(reply.usage, "total_tokens")
        return vectors

    def _senseless(self) -> ModelError:
        return ModelUnavailableError(
            f"the server {self._server} answered something that is no reply of the OpenAI interface",
            'check the base URL: it mostly ends in "/v1"',
        )

    def _translated(self, error: openai.OpenAIError, model: str, kind: str) -> ModelError:
        server = f"the model server {self._server}"
        reason = self._line(_reason(error))
        said = f", {reason}" if reason else ""
        match error:
            case openai.APITimeoutError():
                return ModelUnavailableError(f"{server} did not answer in time", "try again, or allow it more time")
            case openai.APIConnectionError():
                return ModelUnavailableError(
                    f"{server} cannot be reached, or breaks the connection off", "check the base URL and the network"
                )
            case openai.AuthenticationError() | openai.PermissionDeniedError():
                return ModelRejectedError(f"{server} refused the key ({error.status_code})", "check the API key")
            case openai.APIError() if _is_too_long(error):
                return ContextTooLongError(f"{server} finds the request too long{said}", "ask with less text")
            case openai.APIError() if error.code == "content_filter":
                return ModelRefusedError(f"a content filter of {server} refused the request{said}", _REFUSED)
            case openai.NotFoundError():
                return ModelRejectedError(
                    f"{server} does not know the model {model!r} or the path (404)", "check the model and the base URL"
                )
            case openai.APIStatusError() if error.status_code in (408, 409, 429) or error.status_code >= 500:
                wait = self._line(error.response.headers.get("retry-after", ""))
                when = f"after {wait} seconds" if wait.isdecimal() else f"after {wait}" if wait else "later"
                return ModelUnavailableError(f"{server} kept answering {error.status_code}{said}", f"try again {when}")
            case openai.APIStatusError():
                return ModelRejectedError(
                    f"{server} refused the request ({error.status_code}{said})", f"check that {model!r} is {kind}"
                )
            case openai.APIError() if not isinstance(error, openai.APIResponseValidationError):
                return ModelUnavailableError(f"{server} broke its reply off{said}", "try again")
            case _:
                return self._senseless()

    def _line(self, text: str) -> str:
        """What a server said, as it may be shown: one line, cut, without the key even if the server repeats it."""
        text = text.replace(self._key, "…") if self._key else text
        return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_SHOWN]


def _headers() -> dict[str, str]:
    """Tells the server which call its request is for, so that both logs can be laid side by side."""
    call = current()
    return {"X-Request-ID": call.id} if call else {}


async def _tidy_up(request: Any) -> None:
    """Closes the request's connection when it is cancelled within the TLS handshake: httpcore leaves it open there."""
    opened: list[Any] = []

    async def trace(event: str, info: dict[str, Any]) -> None:
        if event.endswith("connect_tcp.complete"):
            opened.append(info["return_value"])
        elif event.endswith("start_tls.failed"):
            for stream in opened:
                await stream.aclose()

    request.extensions["trace"] = trace


def _reason(error: openai.OpenAIError) -> str:
    """What the server gave as its reason; empty where it gave none, or a web page."""
    body = getattr(error, "body", None)
    if isinstance(body, dict):
        body = body.get("message") or body.get("detail")
    if isinstance(body, list):  # FastAPI's: where, what, and the whole input, which is left out
        items = [item for item in body if isinstance(item, dict)]
        body = "; ".join(f"{item.get('loc', '')} {item.get('msg', '')}" for item in items)
    return body if isinstance(body, str) and not body.lstrip().startswith("<") else ""


def _is_too_long(error: openai.APIError) -> bool:
    kinds = ("context_length_exceeded", "exceed_context_size_error")
    return error.code in kinds or error.type in kinds or bool(_TOO_LONG.search(_reason(error)))


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    """The texts in order, as many together as a request may hold; a text over the limit goes alone."""
    batch: list[str] = []
    size = 0
    for text in texts:
        length = len(text.encode(errors="replace"))
        if batch and (len(batch) == BATCH_TEXTS or size + length > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += length
    if batch:
        yield batch
