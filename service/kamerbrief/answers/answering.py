"""From a question to an answer: find, write, verify. What is proven first leaves first.

The extractive writer always proposes: it costs no tokens, tells how sure an answer is and which paragraphs may hold it,
and adds what a model's draft does not prove.
"""

import datetime
import uuid
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from kamerbrief.answers.chat_writer import ChatWriter, Writing
from kamerbrief.answers.extractive import ExtractiveWriter, Proposal
from kamerbrief.answers.follow_ups import stand_alone
from kamerbrief.answers.question import Question, parts_of
from kamerbrief.answers.question_parts import aimed, apart, by_turns, joined, together
from kamerbrief.answers.selection import fits, is_told, who_wrote
from kamerbrief.embedding.embedders import Embedder
from kamerbrief.errors import ModelError
from kamerbrief.index.search import Search, hit_of
from kamerbrief.models.spending import Purse, Usage
from kamerbrief.proof.prover import Prover, Read
from kamerbrief.proof.sources import Sources, gather
from kamerbrief.records.answers import Answer, DraftSentence, Hit, Refusal, Sentence, Turn, WriterName
from kamerbrief.records.letters import Filters
from kamerbrief.stopwatch import Stopwatch
from kamerbrief.store.generation import Generation
from kamerbrief.store.store import Store

NEAREST = 3
OFF_TOPIC = "off-topic"


@dataclass
class _Making:
    """An answer in the making. `failure` is what went wrong with the model."""

    clock: Stopwatch
    hits: tuple[Hit, ...]
    of_parts: Sequence[Sources]  # of each part of the question, for the extractive writer
    of_all: Sources  # the best hits of all parts first, for a model
    proposal: Proposal
    writing: Writing | None = None
    failure: ModelError | None = None
    draft: list[DraftSentence] = field(default_factory=list)
    first: float | None = None
    sentences: list[Sentence] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    def say(self, judged: Sentence | Refusal, writer: WriterName) -> Iterator[Sentence]:
        """Gives the sentence with its writer's name, if it may be said and was not yet."""
        if isinstance(judged, Refusal):
            self.refusals.append(judged)
        elif all(judged.text != one.text for one in self.sentences):
            self.first = self.first or self.clock.elapsed
            self.sentences.append(judged.model_copy(update={"writer": writer}))
            yield self.sentences[-1]


class Answering:
    """Answers questions out of a store. `read` gives the token states of texts by the embedded model; what `prover`
    does not let out is not said.

    `chat` is the writer with a language model, if there is one. With `stand_in` its failures are told on the answer,
    and the extractive writer's sentences are added as far as the model did not tell them; without, failures are raised,
    and what the draft does not prove is "not found". `log` gets every whole answer.
    """

    def __init__(
        self,
        store: Store,
        search: Search,
        embedder: Embedder,
        read: Read,
        prover: Prover,
        chat: ChatWriter | None = None,
        *,
        purse: Purse,
        stand_in: bool = True,
        log: Callable[[Answer], None],
    ) -> None:
        self._store = store
        self._search = search
        self._embedder = embedder
        self._prover = prover
        self._extractive = ExtractiveWriter(read)
        self._chat = chat
        self._purse = purse
        self._stand_in = stand_in
        self._log = log

    def answer(
        self,
        question: Question,
        turns: Sequence[Turn],
        filters: Filters,
        k: int,
        *,
        model: bool,
        answer_id: str | None = None,
    ) -> Generator[Sentence | Answer, None, None]:
        """The proven sentences as they come, then the whole answer. `turns` are the questions before this one; with
        `model` the language model writes, where there is one. `answer_id` is the answer's, where it must be known
        before it is there.

        Raises PromptError, and ModelError where the model fails and nothing stands in.
        """
        chat = self._chat if model else None
        clock, usage = Stopwatch(), Usage()
        try:
            failure = self._purse.empty() if chat else None
            if failure and not self._stand_in:
                raise failure
            asked = question
            if turns:
                with clock("condense"):
                    reword = partial(chat.condense, usage=usage) if chat and not failure else None
                    asked = stand_alone(question, turns, reword)
            with self._store.reading() as store:
                making = self._find(store, asked, filters, k, clock)
            making.failure = failure
            if chat and not failure and making.hits:
                yield from self._write(chat, making, asked, usage)
            if not chat or self._stand_in:
                yield from self._quote(making, asked)
        finally:
            self._purse.pay(usage)
        answer = self._made(answer_id or uuid.uuid4().hex, question, asked, filters, making, chat, usage)
        self._log(answer)
        yield answer

    def _made(
        self,
        answer_id: str,
        question: Question,
        asked: Question,
        filters: Filters,
        making: _Making,
        chat: ChatWriter | None,
        usage: Usage,
    ) -> Answer:
        answered = bool(making.sentences)
        writing = making.writing
        return Answer(
            id=answer_id,
            asked_at=datetime.datetime.now(datetime.UTC),
            question=question.text,
            asked=asked.text,
            filters=filters,
            status="answered" if answered else "not_found",
            message=None if answered else asked.not_found,
            sentences=tuple(making.sentences),
            nearest=() if answered else making.hits[:NEAREST],
            confidence=making.proposal.confidence,
            writer=who_wrote({one.writer for one in making.sentences}, "model" if chat else "extractive"),
            embedder=self._embedder.name,
            model=chat.model if chat else None,
            prompt=writing.prompt if writing else None,
            mode=writing.mode if writing else None,
            failure=str(making.failure) if making.failure else None,
            draft=tuple(making.draft),
            refusals=tuple(making.refusals),
            hits=making.hits,
            tokens=usage.total,
            cost=self._purse.cost(usage),
            milliseconds=making.clock.milliseconds,
            first_sentence=making.first,
        )

    # the steps

    def _find(self, store: Generation, asked: Question, filters: Filters, k: int, clock: Stopwatch) -> _Making:
        with clock("embed"):
            parts = parts_of(asked)
            texts = dict.fromkeys([asked.text, *(part.text for part in parts)])
            vectors = aimed(self._embedder.questions(list(texts)))
        with clock("search"):
            searched = [
                self._search.find(store, part.text, v, filters, k) for part, v in zip(parts, vectors, strict=True)
            ]
            found = by_turns(searched)
            passages = store.catalog.passages([one.stored for one in found])
            of_parts = apart([gather(some, passages) for some in searched])
        with clock("write"):
            rarity = store.words.rarity
            asking = zip(parts, of_parts, strict=True)
            proposal = together([self._extractive.write(part, one, rarity(part.text)) for part, one in asking])
        hits = tuple(hit_of(one, passages) for one in found)
        return _Making(clock, hits, of_parts, gather(found, passages), proposal)

    def _write(self, chat: ChatWriter, making: _Making, asked: Question, usage: Usage) -> Iterator[Sentence]:
        """What the model writes, as far as it is proven and speaks of what was asked."""
        sources = making.of_all
        prepare = partial(self._prover.read_ahead, sources=sources)
        making.writing = chat.write(asked, sources, datetime.date.today(), usage, prepare)
        drafts = iter(making.writing)
        try:
            while True:
                with making.clock("model"):
                    draft = next(drafts, None)
                if draft is None:
                    break
                making.draft.append(draft)
                with making.clock("verify"):
                    judged = self._prover.prove(draft, sources, question=asked.text)
                    if isinstance(judged, Sentence) and not fits(judged, asked, making.proposal):
                        judged = Refusal(text=judged.text, rule=OFF_TOPIC)
                yield from making.say(judged, "model")
            making.failure = making.writing.broken
        except ModelError as error:
            if not self._stand_in:
                raise
            making.failure = error

    def _quote(self, making: _Making, asked: Question) -> Iterator[Sentence]:
        """What the extractive writer proposes, as far as the model has not told it."""
        sources, told = joined(making.of_parts), tuple(making.sentences)
        for draft in making.proposal.draft.sentences:
            with making.clock("verify"):
                judged = self._prover.prove(draft, sources, question=asked.text)
            if isinstance(judged, Refusal) or not is_told(judged, told):
                yield from making.say(judged, "extractive")
