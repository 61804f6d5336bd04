"""Kamerbrief: the one place that wires the parts, and the way in for programs."""

import datetime
import os
import uuid
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from typing import Self

from kamerbrief.answers.answering import Answering
from kamerbrief.answers.chat_writer import ChatWriter, make_chat_writer
from kamerbrief.answers.question import Question, ask_about
from kamerbrief.briefings.planning import Plan, Planner
from kamerbrief.embedding.embedders import Embedder, embedder_name
from kamerbrief.errors import (
    LetterError,
    QuestionError,
    SettingsError,
    UnknownAnswerError,
    UnknownLetterError,
)
from kamerbrief.index.adding import Adding, SourceLike
from kamerbrief.index.chunks import VERSION as CHUNKING
from kamerbrief.index.chunks import chunk
from kamerbrief.index.search import SHIPPED, Ranking, Search, hit_of
from kamerbrief.language.characters import is_text
from kamerbrief.language.memory import forget
from kamerbrief.models.spending import Prices, Purse
from kamerbrief.proof.prover import Prover, Read
from kamerbrief.proof.sources import cut, passage_of
from kamerbrief.records.answers import (
    Answer,
    DraftSentence,
    Feedback,
    Hit,
    Refusal,
    Sentence,
    Turn,
    Verdict,
    WriterName,
)
from kamerbrief.records.briefings import Briefing, BriefingLength, BriefingRequest
from kamerbrief.records.letters import Added, Filters, Letter, LetterHead
from kamerbrief.records.service import Status
from kamerbrief.settings import Settings, load
from kamerbrief.store.catalog import Catalog
from kamerbrief.store.jobs import Jobs
from kamerbrief.store.keys import Keys
from kamerbrief.store.store import EmbeddedLetter, Store
from kamerbrief.wiring import make_embedder, make_reader


class Kamerbrief:
    """Letters in a data folder, and the questions one can ask them.

    `data_dir` wins over the settings; without either, the user's data directory is used. Close it when done, or use it
    in a `with`. `ranking` holds the weights of search. All methods raise KamerbriefError kinds (see errors.py) whose
    text is one line for people.
    """

    def __init__(
        self,
        data_dir: str | os.PathLike[str] | None = None,
        *,
        settings: Settings | None = None,
        ranking: Ranking = SHIPPED,
    ) -> None:
        settings = settings or load()
        self.settings = settings if data_dir is None else settings.model_copy(update={"data_dir": Path(data_dir)})
        self._store = Store(self.settings.data_dir, embedder_name(self.settings), CHUNKING)
        self._search = Search(ranking)

    @cached_property
    def _embedder(self) -> Embedder:
        return make_embedder(self.settings)

    @cached_property
    def _adding(self) -> Adding:
        return Adding(self._store, lambda: self._embedder, self.settings.max_source_bytes)

    @cached_property
    def _chat(self) -> ChatWriter | None:
        return make_chat_writer(self.settings)

    @cached_property
    def _purse(self) -> Purse:
        settings = self.settings
        prices = Prices(settings.chat_price_prompt, settings.chat_price_completion, settings.cost_a_day)
        return Purse(self._store.service.log, prices)

    @cached_property
    def _read(self) -> Read:
        return make_reader(self.settings, self._embedder)

    @cached_property
    def _prover(self) -> Prover:
        return Prover(lambda texts: self._read(texts))  # a briefing without a model needs nothing read

    @cached_property
    def _answering(self) -> Answering:
        settings = self.settings
        return Answering(
            self._store,
            self._search,
            self._embedder,
            self._read,
            self._prover,
            self._chat,
            purse=self._purse,
            stand_in=settings.stand_in,
            log=self._log,
        )

    @cached_property
    def _planner(self) -> Planner:
        settings = self.settings
        return Planner(
            self._store,
            lambda topic, filters, k: self.search(topic, filters=filters, k=k),
            self._chat,
            self._prover,
            self._purse,
            stand_in=settings.stand_in,
            tokens=settings.briefing_tokens,
        )

    def close(self) -> None:
        self._store.close()

    def warm(self) -> None:
        """Loads the models now, and not at the first question."""
        self._answering  # noqa: B018

    def held(self) -> AbstractContextManager[None]:
        """Keeps other processes from changing the data folder, for as long as it is a service's. Raises
        StoreLockedError when one is at it."""
        return self._store.held()

    @property
    def keys(self) -> Keys:
        """The keys of the service."""
        return self._store.service.keys

    @property
    def jobs(self) -> Jobs:
        """The briefings that the service makes and has made."""
        return self._store.service.jobs

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # letters

    def add(self, source: SourceLike, *, name: str | None = None) -> Added:
        """Reads a letter (a path, bytes or a stream) and makes it findable. Raises LetterError when it is none."""
        for outcome in self.add_all([source], name=name):
            if isinstance(outcome, LetterError):
                raise outcome
            return outcome
        raise AssertionError("a source gives an outcome")

    def add_all(self, sources: Iterable[SourceLike], *, name: str | None = None) -> Iterator[Added | LetterError]:
        """Adds many sources, in groups that become visible together. Gives one outcome for each, in order, once its
        letter is on disk. Raises StoreError when the store cannot take them."""
        return self._adding.add_all(sources, name)

    def letters(self, filters: Filters | None = None) -> list[LetterHead]:
        """The letters that pass the filters, by date, without their texts."""
        with self._store.reading() as store:
            return store.catalog.heads(filters or Filters())

    def page(
        self, filters: Filters, limit: int, *, after: tuple[str, str] | None = None, newest_first: bool = False
    ) -> list[LetterHead]:
        """The first `limit` of the letters, or those after a place: a date as in ISO 8601 ("" for none), and an id."""
        with self._store.reading() as store:
            return store.catalog.page(filters, limit, after=after, newest_first=newest_first)

    def letter(self, letter_id: str) -> Letter:
        """The letter with this id. Raises UnknownLetterError."""
        with self._store.reading() as store:
            letter = store.catalog.letter(letter_id)
        if letter is None:
            raise self._unknown(letter_id)
        return letter

    def remove(self, ids: Sequence[str]) -> None:
        """Removes letters, leaving nothing of them in any store. Raises UnknownLetterError before removing any."""
        self._check_known(ids)
        self._store.remove(ids)
        forget()

    def reindex(self, progress: Callable[[LetterHead], None] = lambda _: None) -> int:
        """Chunks and embeds all letters anew, with the settings of now; until it is done the old index stays.

        Calls `progress` after each letter and gives how many there are.
        """
        done = 0

        def groups(old: Catalog) -> Iterator[list[EmbeddedLetter]]:
            nonlocal done
            for head in old.heads(Filters()):
                letter = old.letter(head.id)
                if letter is not None:
                    yield self._adding.embedded([(letter, chunk(letter))])
                done += 1
                progress(head)

        self._store.rebuild(groups)
        return done

    def status(self) -> Status:
        """What the data folder holds, counted in each store."""
        store = self._store
        with store.reading() as now:
            counts = now.catalog.counts()
        vectors, words = store.chunks_in()
        return Status(
            data_dir=str(self.settings.data_dir),
            **counts,
            answers=store.service.log.count(),
            vectors=vectors,
            words=words,
            embedder=store.made_by(),
            whole=store.whole(),
        )

    def ready(self) -> bool:
        """Whether the three stores agree, as far as they can while letters are being added."""
        return self._store.changing or self._store.whole() or self._store.changing

    # questions

    def search(self, question: str, *, filters: Filters | None = None, k: int = 10) -> list[Hit]:
        """The k best chunks for a question, best first.

        Raises QuestionError, UnknownLetterError (in the filters), StoreModelError.
        """
        filters = filters or Filters()
        asked = self._asked(question, filters)
        vector = self._embedder.questions([asked.text])[0]
        with self._store.reading() as store:
            found = self._search.find(store, asked.text, vector, filters, k)
            passages = store.catalog.passages([one.stored for one in found])
        return [hit_of(one, passages) for one in found]

    def ask(
        self,
        question: str,
        *,
        filters: Filters | None = None,
        k: int = 10,
        turns: Sequence[Turn] = (),
        writer: WriterName | None = None,
    ) -> Answer:
        """The answer to a question out of the k best chunks, every sentence proven, or "not found".

        `turns` are the earlier questions of a conversation, oldest first. `writer` is the model where one is set, else
        the extractive one. Raises QuestionError, UnknownLetterError (in the filters), StoreModelError; SettingsError
        for a model that is not set; ModelError where the model fails and nothing may stand in.
        """
        *_, answer = self.stream(question, filters=filters, k=k, turns=turns, writer=writer)
        assert isinstance(answer, Answer)
        return answer

    def stream(
        self,
        question: str,
        *,
        filters: Filters | None = None,
        k: int = 10,
        turns: Sequence[Turn] = (),
        writer: WriterName | None = None,
        answer_id: str | None = None,
    ) -> Generator[Sentence | Answer, None, None]:
        """As `ask`: each sentence as soon as it is proven, and the whole answer last. Closing it stops the model.
        `answer_id` is what the answer will be called in the log."""
        filters, chosen = filters or Filters(), self._chosen(writer)
        asked = self._asked(question, filters)
        for turn in turns:
            _check_text(turn.question + turn.answer, "an earlier turn")
        return self._answering.answer(asked, turns, filters, k, model=chosen == "model", answer_id=answer_id)

    def brief(
        self,
        ids: Sequence[str] = (),
        *,
        filters: Filters | None = None,
        about: str = "",
        length: BriefingLength = "normal",
        writer: WriterName | None = None,
        confirmed: bool = False,
    ) -> Briefing:
        """A briefing of letters by id, of those that pass the filters, or of those that search finds for a topic.

        Raises FilterError when none of these is given or no letter is found, UnknownLetterError, QuestionError,
        StoreModelError; SettingsError for a model that is not set; UnconfirmedError where it may take more tokens than
        is set; ModelError where it fails and nothing may stand in.
        """
        filters = (filters or Filters()).model_copy(update={"letters": tuple(ids)} if ids else {})
        wanted = BriefingRequest(filters=filters, about=about, length=length, writer=writer, confirmed=confirmed)
        return self.plan(wanted).run().finish()

    def plan(self, request: BriefingRequest) -> Plan:
        """The briefing that was asked for, its letters chosen: `plan.estimate` is what it will take of the language
        model at most, `plan.run()` makes it, letter by letter. Raises as `brief`, but what its run raises."""
        self._check_known(request.filters.letters)
        return self._planner.plan(request, model=self._chosen(request.writer) == "model")

    # the log

    def answer(self, answer_id: str) -> Answer:
        """An answer that was given. Raises UnknownAnswerError."""
        answer = self._store.service.log.get(answer_id)
        if answer is None:
            raise _no_answer(answer_id)
        return answer

    def answers(self, limit: int, *, before: str | None = None) -> list[Answer]:
        """The newest answers, newest first; or those before the one with this id."""
        return self._store.service.log.page(limit, before=before)

    def give_feedback(self, answer_id: str, verdict: Verdict, text: str = "") -> Feedback:
        """Keeps what a reader says of an answer. Raises UnknownAnswerError."""
        now = datetime.datetime.now(datetime.UTC)
        feedback = Feedback(id=uuid.uuid4().hex, answer=answer_id, given_at=now, verdict=verdict, text=text)
        if not self._store.service.log.add_feedback(feedback):
            raise _no_answer(answer_id)
        return feedback

    def feedback(self) -> Iterator[tuple[Answer, Feedback]]:
        """All feedback with the answers it is about, oldest answer first."""
        return self._store.service.log.with_feedback()

    def _log(self, answer: Answer) -> None:
        log, days = self._store.service.log, self.settings.keep_answers_days
        if self._store.read_only:
            return
        if not self.settings.log_questions:
            answer = answer.model_copy(update={"question": "", "asked": ""})
        log.add(answer)
        if days:
            log.forget(answer.asked_at - datetime.timedelta(days))

    # proof

    def check(self, text: str, sources: Sequence[tuple[str, int]], *, question: str = "") -> Sentence | Refusal:
        """Whether a sentence is proven by these paragraphs (letter id, number), all of whose sentences it may rest on.

        Gives it with its citations, or the rule that stops it. Raises UnknownLetterError, ParagraphError.
        """
        cited = cut([passage_of(self.letter(letter), number) for letter, number in dict.fromkeys(sources)])
        labels = tuple(one.label for one in cited.sentences)
        return self._prover.prove(DraftSentence(text=text, labels=labels), cited, question=question)

    def _chosen(self, writer: WriterName | None) -> WriterName:
        if writer == "model" and not self.settings.chat_model:
            raise SettingsError("no language model is set", "KAMERBRIEF_CHAT_MODEL names one")
        return writer or ("model" if self.settings.chat_model else "extractive")

    def _asked(self, question: str, filters: Filters) -> Question:
        """The question understood, and all checked that can be before a model server is bothered with it."""
        _check_text(question, "the question")
        asked = ask_about(question)
        self._store.check_model()
        self._check_known(filters.letters)
        return asked

    def _check_known(self, ids: Sequence[str]) -> None:
        with self._store.reading() as store:
            for letter_id in ids:
                if store.catalog.digest_of(letter_id) is None:
                    raise self._unknown(letter_id)

    def _unknown(self, letter_id: str) -> UnknownLetterError:
        return UnknownLetterError(f"no letter {letter_id!r}", "`kamerbrief letters` lists them")


def _check_text(given: str, what: str) -> None:
    if not is_text(given):
        raise QuestionError(f"{what} holds bytes that are no text", "write it in UTF-8")


def _no_answer(answer_id: str) -> UnknownAnswerError:
    return UnknownAnswerError(f"no answer {answer_id!r} in the log", "answers name their id")
