"""What answers are made with, and what they are made of: a question as it was asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kamerbrief.answers.chat_writer import ChatWriter
from kamerbrief.answers.question import Question
from kamerbrief.clock import Clock
from kamerbrief.embedding.embedders import Embedder
from kamerbrief.embedding.reader import TogetherReader
from kamerbrief.index.search import Search
from kamerbrief.models.spending import Purse
from kamerbrief.proof.prover import Prover
from kamerbrief.records.answers import Answer, Turn, WriterName
from kamerbrief.records.letters import Filters
from kamerbrief.store.store import Store


@dataclass(frozen=True)
class Means:
    """What answers are made with. `reader` reads a question together with paragraphs; what `prover` does not let out
    is not said. From the `threshold` on (a probability) the extractive writer answers.

    `chat` is the writer with a language model, if there is one. With `stand_in` its failures are told on the answer,
    and the extractive writer's sentences are added as far as the model did not tell them; without, failures are raised,
    and what the draft does not prove is "not found". `log` gets every whole answer.
    """

    store: Store
    search: Search
    embedder: Embedder
    reader: TogetherReader
    threshold: float
    prover: Prover
    chat: ChatWriter | None
    purse: Purse
    clock: Clock
    stand_in: bool
    log: Callable[[Answer], None]


@dataclass(frozen=True)
class Asked:
    """A question, understood; the questions before it, oldest first; where to look, and at how many chunks for each
    part; who is to write; what the answer is to be called; whether to follow references."""

    question: Question
    turns: Sequence[Turn]
    filters: Filters
    k: int
    writer: WriterName
    id: str
    follow: bool = False
