"""What answers are made with, and what they are made of: a question as it was asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kamerbrief.answers.chat_writer import ChatWriter
from kamerbrief.answers.matching import Read
from kamerbrief.answers.question import Question
from kamerbrief.clock import Clock
from kamerbrief.embedding.embedders import Embedder
from kamerbrief.index.search import Search
from kamerbrief.models.spending import Purse
from kamerbrief.proof.prover import Prover
from kamerbrief.records.answers import Answer, Turn, WriterName
from kamerbrief.records.letters import Filters
from kamerbrief.store.store import Store


@dataclass(frozen=True)
class Means:
    """What answers are made with. `read` gives the token states of texts by the embedded model; what `prover`
    does not let out is not said. From the `threshold` on (a probability) the extractive writer answers. `reader` names
    the weights by which it reads question and paragraph together, if it does (see Answer).

    `chat` is the writer with a language model, if there is one. With `stand_in` its failures are told on the answer,
    and the extractive writer's sentences are added as far as the model did not tell them; without, failures are raised,
    and what the draft does not prove is "not found". `log` gets every whole answer.
    """

    store: Store
    search: Search
    embedder: Embedder
    read: Read
    reader: str | None
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
    part; who is to write; what the answer is to be called."""

    question: Question
    turns: Sequence[Turn]
    filters: Filters
    k: int
    writer: WriterName
    id: str
