"""What can be asked: the library in this process, a running service, or a peer."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import httpx
from pydantic import ValidationError

from eval.checked import EvalError
from eval.sets.corpus import documents
from eval.sets.passages import PAGES, VectorCache, embed, pages
from eval.systems.lead import lead
from eval.systems.outcomes import Outcome
from eval.systems.run_files import Run
from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.index.chunks import VERSION as CHUNKING
from kamerbrief.library import Kamerbrief
from kamerbrief.records.answers import Answer, Sentence, Turn
from kamerbrief.records.briefings import Briefing
from kamerbrief.records.letters import Key, Letter
from kamerbrief.settings import load
from kamerbrief.store.store import Store

TIMEOUT = 120.0  # seconds for one answer of a service

Extract = Callable[[Sequence[Letter], int], Iterable[Sentence]]
"""Writes a briefing of letters in so many words, out of their sentences."""


class LostError(RuntimeError):
    """The system does not answer any more: the run ends with what it has, and can go on later."""


class System(Protocol):
    """Something that answers questions. `describe` names its parts for the record."""

    def describe(self) -> dict[str, str]: ...

    def ask(self, question: str) -> Outcome: ...


class Library:
    """kamerbrief in this process. `kb` is it, for the sets that need more than asking."""

    def __init__(self, kb: Kamerbrief, k: int) -> None:
        self.kb = kb
        self._k = k

    def describe(self) -> dict[str, str]:
        return {"system": "library", "embedder": self.kb.status().embedder}

    def ask(self, question: str, turns: Sequence[Turn] = ()) -> Outcome:
        """The answer to a question, after the turns of a conversation."""
        return Outcome.of(self.kb.ask(question, k=self._k, turns=turns))

    def proves(self, text: str, sources: Sequence[Key]) -> bool:
        """Whether `verify` lets out this sentence with these paragraphs."""
        return isinstance(self.kb.check(text, sources), Sentence)

    def brief(self, letters: Sequence[Letter]) -> Briefing:
        """A briefing of letters, of the usual length."""
        return self.kb.brief([letter.id for letter in letters], length="normal", confirmed=True)


class Service:
    """A service that is running: `POST /v1/questions` with question and k gives an Answer."""

    def __init__(self, url: str, k: int) -> None:
        self._url = url.rstrip("/")
        self._k = k
        self._http = httpx.Client(timeout=TIMEOUT)

    def describe(self) -> dict[str, str]:
        return {"system": "service", "url": self._url}

    def ask(self, question: str) -> Outcome:
        """Raises LostError when the service cannot be reached or answers anything but an Answer."""
        try:
            reply = self._http.post(f"{self._url}/v1/questions", json={"question": question, "k": self._k})
        except httpx.HTTPError as error:
            raise LostError(f"{self._url} cannot be asked: {error}") from None
        if reply.status_code not in (200, 201):
            raise LostError(f"{self._url} answered {reply.status_code}")
        try:
            return Outcome.of(Answer.model_validate_json(reply.content))
        except ValidationError as error:
            raise LostError(f"{self._url} answered something that is no answer: {error.error_count()} faults") from None


@contextmanager
def library(run: Run, data: Path, cache: Path, texts: Mapping[str, bytes] | None = None) -> Iterator[Library]:
    """The library over the documents (or other letters, their `texts` by name) and the run's pages, in a store of its
    own. Raises EvalError without the pages."""
    if run.pages and not (data / PAGES).exists():
        raise EvalError(f"{data / PAGES}: the run wants {run.pages} pages of other papers, and they are not there")
    with tempfile.TemporaryDirectory() as folder:
        if run.pages:
            _fill_with_pages(Path(folder), data, run.pages, cache)
        settings = load(chat_model=run.model, chat_context=run.context, chat_reserve=run.reserve)
        with Kamerbrief(folder, settings=settings, ranking=run.ranking) as kb:
            for outcome in kb.add_all([] if texts else documents(data)):
                if isinstance(outcome, Exception):
                    raise outcome
            for name, text in (texts or {}).items():
                kb.add(text, name=f"{name}.txt")
            yield Library(kb, run.k)


@contextmanager
def system(run: Run, data: Path) -> Iterator[System]:
    """The system that a run asks, where it is not the library."""
    if run.system == "service":
        yield Service(run.url, run.k)
        return
    from eval.systems.llamaindex import LlamaIndex  # installed by the extra "peers" only

    with tempfile.TemporaryDirectory() as folder:
        yield LlamaIndex(Path(folder), data, run.pages, run.k)


def baseline(name: str) -> tuple[Extract, dict[str, str]]:
    """What writes the briefings that ours have to beat, and what it is made of."""
    if name == "lead":
        return lead, {"system": name}
    from eval.systems.sumy_ranks import rank  # installed by the extra "peers" only

    return partial(rank, name), {"system": name, "sumy": version("sumy")}


def _fill_with_pages(folder: Path, data: Path, count: int, cache: Path) -> None:
    """Pages of one paper have its id and would replace each other: they are put in under ids of their own."""
    embedder = E5Embedder()
    with Store(folder, embedder.name, CHUNKING) as store:
        for group in embed(pages(data, count), "subject", VectorCache(embedder, cache)):
            store.put(group)
