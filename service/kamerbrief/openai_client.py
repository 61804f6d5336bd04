"""The one door to OpenAI-compatible servers: batches, retries, usage, and errors that people can act on."""

import threading
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import numpy as np
import openai
from numpy.typing import NDArray

from kamerbrief.errors import ModelError, ModelRejectedError, ModelUnavailableError

OPENAI_URL = "https://api.openai.com/v1"
# OpenAI takes 2,048 texts and 300,000 tokens a request; a token is a byte at least, so that bytes need no tokeniser to
# keep within that. Both are far less, so that a slow server answers within the time limit and a retry repeats little.
BATCH_TEXTS = 64
BATCH_BYTES = 100_000
_SHOWN = 200  # characters of what a server says that go into an error


class OpenAIClient:
    """A connection to one server. Safe to share between threads.

    `base_url` ends before "/embeddings" ("http://127.0.0.1:8000/v1"); empty means OpenAI's own. `api_key` may be empty
    for a server that wants none; it is never shown. `timeout` is in seconds, for one try. Broken connections and the
    replies 408, 409, 429 and 5xx are tried `max_retries` times more, after the server's Retry-After if it is at most
    two minutes, else after 0.5 seconds, doubled each time, to 8 seconds.
    """

    def __init__(self, base_url: str = "", api_key: str = "", *, timeout: float = 60.0, max_retries: int = 4) -> None:
        base_url = base_url or OPENAI_URL
        self._server = urlsplit(base_url).netloc.rpartition("@")[2] or base_url
        self._key = api_key
        # A value even where there is no key: for None the package would take the environment's, whosever that is.
        self._openai = openai.OpenAI(
            base_url=base_url, api_key=api_key or "none", timeout=timeout, max_retries=max_retries
        )
        self._lock = threading.Lock()
        self._tokens_used = 0

    def __repr__(self) -> str:
        return f"OpenAIClient({self._server!r})"

    @property
    def tokens_used(self) -> int:
        """Tokens that the server has counted for this client so far; 0 for a server that does not count."""
        return self._tokens_used

    def embed(self, model: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """The texts' vectors as the server gives them, shape (number of texts, dimension). No text may be empty.

        Raises ModelUnavailableError when no usable reply came, ModelRejectedError when the server refused.
        """
        parts = [self._embed(model, batch) for batch in _batches(texts)]
        if len({part.shape[1] for part in parts}) > 1:
            raise self._senseless()
        return np.concatenate(parts) if parts else np.empty((0, 0), np.float32)

    def _embed(self, model: str, texts: list[str]) -> NDArray[np.float32]:
        try:
            reply = self._openai.embeddings.create(model=model, input=texts)
            rows = sorted(reply.data, key=lambda row: row.index)
            vectors = np.array([row.embedding for row in rows], np.float32)
        except openai.OpenAIError as error:
            # Without its cause, which holds the request and in it the key.
            raise self._translated(error, model) from None
        except (ValueError, TypeError, AttributeError):  # the package does not check what it is sent
            raise self._senseless() from None
        if vectors.ndim != 2 or not vectors.size or len(vectors) != len(texts) or not np.isfinite(vectors).all():
            raise self._senseless()
        with self._lock:
            self._tokens_used += getattr(reply.usage, "total_tokens", 0) or 0  # not every server counts
        return vectors

    def _senseless(self) -> ModelError:
        return ModelUnavailableError(
            f"the server {self._server} answered something that is no reply of the OpenAI interface",
            'check the base URL: it mostly ends in "/v1"',
        )

    def _translated(self, error: openai.OpenAIError, model: str) -> ModelError:
        server = f"the model server {self._server}"
        match error:
            case openai.APITimeoutError():
                return ModelUnavailableError(f"{server} did not answer in time", "try again, or allow it more time")
            case openai.APIConnectionError():
                return ModelUnavailableError(f"{server} cannot be reached", "check the base URL and the network")
            case openai.AuthenticationError() | openai.PermissionDeniedError():
                return ModelRejectedError(f"{server} refused the key ({error.status_code})", "check the API key")
            case openai.NotFoundError():
                return ModelRejectedError(
                    f"{server} does not know the model {model!r} or the path (404)", "check the model and the base URL"
                )
            case openai.RateLimitError() | openai.InternalServerError() | openai.ConflictError():
                return ModelUnavailableError(
                    f"{server} kept answering {error.status_code}{self._said(error)}", "try again later"
                )
            case openai.APIStatusError() if error.status_code == 408:
                return ModelUnavailableError(f"{server} kept answering 408", "try again later")
            case openai.APIStatusError():
                return ModelRejectedError(
                    f"{server} refused the request ({error.status_code}{self._said(error)})",
                    f"check that {model!r} is an embedding model",
                )
            case _:
                return self._senseless()

    def _said(self, error: openai.APIError) -> str:
        """What the server gave as its reason: one line, without the key even if the server repeats it."""
        body = error.body
        reason = body.get("message") if isinstance(body, dict) else None
        if not isinstance(reason, str) or not reason.strip():
            return ""
        line = " ".join(reason.split())
        return ", " + (line.replace(self._key, "…") if self._key else line)[:_SHOWN]


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
