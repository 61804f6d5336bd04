"""What proving a sentence takes, and how soon a proven one leaves.

Proving: each claim of the set `unfaithful` (dev) against the paragraphs that it cites, all read before. Leaving: the
library answers from a model that gives its reply in pieces; measured is the time from the piece that completes the
first sentence to that sentence.
"""

import json
import statistics
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from eval.paths import SAMPLE, SETS
from eval.sets.cases import Claim, load
from eval.sets.corpus import read_documents
from eval.speed.base import Row
from kamerbrief.answers.answering import answer
from kamerbrief.answers.chat_writer import ChatWriter, TokenBudget
from kamerbrief.answers.means import Asked
from kamerbrief.answers.question import ask_about
from kamerbrief.clock import utc_now
from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.index.search import SHIPPED
from kamerbrief.library import Kamerbrief
from kamerbrief.models.chat import ChatReply, ChatRequest, ChatStream
from kamerbrief.proof.prover import Prover
from kamerbrief.proof.sources import cut, passage_of
from kamerbrief.records.answers import DraftSentence
from kamerbrief.records.letters import Filters, Letter
from kamerbrief.settings import load as load_settings
from kamerbrief.wiring import Parts

QUESTION = "Hoeveel helmen heeft Nederland geleverd aan de Koerden?"
SAID = "Nederland heeft 1.000 helmen geleverd aan de Koerdische Regionale Autoriteiten."
REPEATS = 20


class InPieces:
    """A model that writes the same sentence to every prompt, five characters at a time, 10 ms apart; `complete` is when
    it gave the last piece of it."""

    complete = 0.0

    def chat(self, request: ChatRequest) -> ChatReply:
        raise NotImplementedError

    def stream(self, request: ChatRequest) -> ChatStream:
        return ChatStream(self._pieces(request))

    def _pieces(self, request: ChatRequest) -> Generator[str, None, ChatReply]:
        (line,) = [line for line in request.user.splitlines() if "1.000 helmen" in line]
        sentence = json.dumps({"sources": [line[1 : line.index("]")]], "text": SAID}, ensure_ascii=False)
        text = '{"sentences": [' + sentence
        for at in range(0, len(text), 5):
            time.sleep(0.01)
            self.complete = time.perf_counter()
            yield text[at : at + 5]
        yield "]}"
        return ChatReply(text + "]}", "stop", "schema")


def measure_proof(data: Path) -> list[Row]:
    """Milliseconds of both: median and p95."""
    embedder = E5Embedder()
    return [
        _spread("a sentence, proven", list(proving(embedder, read_documents(data))), "5 ms"),
        _spread("from its last token to the first sentence, proven", list(leaving()), "50 ms"),
    ]


def proving(embedder: E5Embedder, letters: dict[str, Letter]) -> Generator[float, None, None]:
    """Milliseconds of each claim."""
    prover = Prover(embedder.tokens)
    for claim in load(SETS / "unfaithful.jsonl", Claim).askable(letters, "dev"):
        sources = cut([passage_of(letters[one.letter], one.paragraph) for one in claim.sources])
        labels = tuple(one.label for one in sources.sentences)
        prove = partial(prover.prove, DraftSentence(text=claim.text, labels=labels), sources)
        prove()
        yield timed(prove)


def leaving() -> Generator[float, None, None]:
    """Milliseconds of each answer, the library made anew each time so that nothing is remembered."""
    with tempfile.TemporaryDirectory() as folder:
        with Kamerbrief(folder) as kb:
            kb.add(SAMPLE)
        settings = load_settings(data_dir=Path(folder))
        for _ in range(REPEATS):
            model = InPieces()
            parts = Parts(settings, SHIPPED, utc_now)
            writer = ChatWriter(model, "pieces", settings.prompts_dir, TokenBudget(8192, 700))
            asked = Asked(ask_about(QUESTION), (), Filters(), 10, "model", "first")
            with closing(parts), closing(answer(replace(parts.answering(), chat=writer), asked)) as said:
                first = next(said)
                now = time.perf_counter()
            assert first.text == SAID
            yield (now - model.complete) * 1000


def timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _spread(step: str, milliseconds: list[float], goal: str) -> Row:
    middle, p95 = statistics.median(milliseconds), statistics.quantiles(milliseconds, n=20)[-1]
    return Row(step, f"median {middle:.1f} ms, p95 {p95:.1f} ms, of {len(milliseconds)}", middle, goal)
