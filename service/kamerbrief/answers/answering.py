"""From a question to an answer, step by step. What is proven first leaves first.

    understand   what is asked, and whether it can be            understanding.py
    follow up    the question as it stands without the turns     follow_ups.py
    search       the best chunks for each of its parts           question_parts.py
    read         what the letters' own sentences say to it, and  extractive.py
                 how sure that is
    write        what a language model drafts, where there is    chat_writer.py
                 one; then what was read
    prove        each drafted sentence                           proof/, selection.py
    tell         the record of it all

The extractive writer always reads: it costs no tokens, tells how sure an answer is and which paragraphs may hold it,
and adds what a model's draft does not prove.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from kamerbrief.answers.chat_writer import ChatWriter
from kamerbrief.answers.extractive import ExtractiveWriter, Proposal
from kamerbrief.answers.follow_ups import Followed, stand_alone
from kamerbrief.answers.matching import Read
from kamerbrief.answers.question import Question
from kamerbrief.answers.question_parts import Searched, aim, propose, search
from kamerbrief.answers.selection import is_told, on_topic, who_wrote
from kamerbrief.clock import Clock
from kamerbrief.embedding.embedders import Embedder
from kamerbrief.index.search import Search
from kamerbrief.models.spending import Purse, Usage
from kamerbrief.models.writing import Written
from kamerbrief.proof.prover import Prover
from kamerbrief.proof.sources import Sources
from kamerbrief.records.answers import Answer, DraftSentence, Refusal, Sentence, Turn, WriterName
from kamerbrief.records.letters import Filters
from kamerbrief.stopwatch import Stopwatch
from kamerbrief.store.store import Store
from kamerbrief.streams import Stream

NEAREST = 3


@dataclass(frozen=True)
class Means:
    """What answers are made with. `read` gives the token states of texts by the embedded model; what `prover`
    does not let out is not said.

    `chat` is the writer with a language model, if there is one. With `stand_in` its failures are told on the answer,
    and the extractive writer's sentences are added as far as the model did not tell them; without, failures are raised,
    and what the draft does not prove is "not found". `log` gets every whole answer.
    """

    store: Store
    search: Search
    embedder: Embedder
    read: Read
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


@dataclass(frozen=True)
class Proposed:
    """A drafted sentence, who drafted it, and what it may rest on."""

    draft: DraftSentence
    writer: WriterName
    sources: Sources


@dataclass
class Said:
    """What is said, each sentence once, and what is not. `first` is when the first was, in milliseconds."""

    clock: Stopwatch
    sentences: list[Sentence] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    first: float | None = None

    def take(self, judged: Sentence | Refusal | None) -> Iterator[Sentence]:
        """Gives the sentence, if it may be said and was not yet."""
        if isinstance(judged, Refusal):
            self.refusals.append(judged)
        elif judged and all(judged.text != one.text for one in self.sentences):
            self.first = self.first or self.clock.elapsed
            self.sentences.append(judged)
            yield judged


def answer(by: Means, asked: Asked) -> Generator[Sentence, None, Answer]:
    """The proven sentences as they come, and in the end the whole answer.

    Raises PromptError, and ModelError where the model fails and nothing stands in.
    """
    clock, usage = Stopwatch(), Usage()
    said = Said(clock)
    chat = by.chat if asked.writer == "model" else None
    spent = by.purse.empty() if chat else None
    if spent and not by.stand_in:
        raise spent
    model = None if spent else chat
    try:
        followed = Followed(asked.question)
        if asked.turns:
            with clock("condense"):
                reword = partial(model.condense, usage=usage) if model else None
                followed = stand_alone(asked.question, asked.turns, reword)
        question = followed.question
        with clock("embed"):
            aims = aim(question, by.embedder)
        with by.store.reading() as store:
            with clock("search"):
                searched = search(store, aims, by.search, asked.filters, asked.k)
            with clock("write"):
                proposal = propose(searched, ExtractiveWriter(by.read), store.words.rarity)
        with Stream(write(by, model, question, searched, proposal, usage, clock)) as writing:
            for proposed in writing:
                with clock("verify"):
                    judged = prove(by.prover, proposed, question, proposal, said.sentences)
                yield from said.take(judged)
    finally:
        by.purse.pay(usage)
    written = Written(failure=spent) if spent else writing.result
    told = tell(by, asked, followed, searched, proposal, written, said, usage)
    by.log(told)
    return told


def write(
    by: Means,
    model: ChatWriter | None,
    question: Question,
    searched: Searched,
    proposal: Proposal,
    usage: Usage,
    clock: Stopwatch,
) -> Generator[Proposed, None, Written]:
    """What the model drafts, then what was read in the letters. Raises ModelError where the model fails before its
    first sentence, and nothing stands in."""
    written = Written()
    if model and searched.hits:
        prepare = partial(by.prover.read_ahead, sources=searched.sources)
        with model.write(question, searched.sources, by.clock().date(), usage, prepare) as writing:
            for draft in clock.waits("model", writing):
                yield Proposed(draft, "model", searched.sources)
        written = writing.result
        if written.failure and not written.sentences and not by.stand_in:
            raise written.failure
    if not model or by.stand_in:
        for draft in proposal.draft.sentences:
            yield Proposed(draft, "extractive", searched.of_all_parts)
    return written


def prove(
    prover: Prover, proposed: Proposed, question: Question, proposal: Proposal, said: Sequence[Sentence]
) -> Sentence | Refusal | None:
    """The sentence, proven, or the rule that stops it; None where a model has told it already. A model's must speak of
    what was asked, too."""
    judged = prover.prove(proposed.draft, proposed.sources, question=question.text)
    if isinstance(judged, Refusal):
        return judged
    if proposed.writer == "model":
        return on_topic(judged.model_copy(update={"writer": "model"}), question, proposal)
    return None if is_told(judged, [one for one in said if one.writer == "model"]) else judged


def tell(
    by: Means,
    asked: Asked,
    followed: Followed,
    searched: Searched,
    proposal: Proposal,
    written: Written,
    said: Said,
    usage: Usage,
) -> Answer:
    """The record of an answer, and of how it came about."""
    answered, model = bool(said.sentences), by.chat.model if by.chat and asked.writer == "model" else None
    failures = [str(one) for one in (followed.failure, written.failure) if one]
    return Answer(
        id=asked.id,
        asked_at=by.clock(),
        question=asked.question.text,
        asked=followed.question.text,
        filters=asked.filters,
        status="answered" if answered else "not_found",
        message=None if answered else followed.question.not_found,
        sentences=tuple(said.sentences),
        nearest=() if answered else searched.hits[:NEAREST],
        confidence=proposal.confidence,
        writer=who_wrote({one.writer for one in said.sentences}, "model" if model else "extractive"),
        embedder=by.embedder.name,
        model=model,
        prompt=written.prompt,
        mode=written.mode,
        failure="; ".join(failures) or None,
        draft=written.sentences,
        refusals=tuple(said.refusals),
        hits=searched.hits,
        tokens=usage.total,
        cost=by.purse.cost(usage),
        milliseconds=said.clock.milliseconds,
        first_sentence=said.first,
    )
