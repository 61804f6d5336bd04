"""Kamerbrief: the way in for programs. What it is made of is in wiring.py."""

import os
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kamerbrief.answers.answering import answer
from kamerbrief.answers.means import Asked
from kamerbrief.answers.understanding import understand
from kamerbrief.clock import Clock, utc_now
from kamerbrief.errors import LetterError, UnknownAnswerError
from kamerbrief.index.changes import changes_of, since
from kamerbrief.index.letters import check_known, export, letter_of, references_of, versions_of
from kamerbrief.index.search import SHIPPED, Ranking
from kamerbrief.language.memory import forget
from kamerbrief.letters.sources import SourceLike
from kamerbrief.records.answers import Answer, Feedback, Hit, Refusal, Sentence, Turn, Verdict, WriterName
from kamerbrief.records.briefings import Briefing, BriefingLength, BriefingRequest
from kamerbrief.records.fetching import Fetched, FetchReport, SourceQuery
from kamerbrief.records.letters import Added, Filters, Key, Letter, LetterHead
from kamerbrief.records.references import LetterReferences
from kamerbrief.records.service import Status
from kamerbrief.records.versions import Changes, Since, Version
from kamerbrief.settings import Settings, load
from kamerbrief.store.answer_log import AnswerLog
from kamerbrief.store.fetch_jobs import FetchJobs
from kamerbrief.store.jobs import Jobs
from kamerbrief.store.keys import Keys
from kamerbrief.store.listing import Order, Place
from kamerbrief.streams import Stream
from kamerbrief.wiring import Parts, make_source

if TYPE_CHECKING:
    from kamerbrief.briefings.planning import Plan


class Kamerbrief:
    """Letters in a data folder, and the questions one can ask them.

    `data_dir` wins over the settings; without either, the user's data directory is used. Close it, or use a `with`.
    `ranking` holds the weights of search, `clock` the time. All methods raise kinds of KamerbriefError (errors.py).
    """

    def __init__(
        self,
        data_dir: str | os.PathLike[str] | None = None,
        *,
        settings: Settings | None = None,
        ranking: Ranking = SHIPPED,
        clock: Clock = utc_now,
    ) -> None:
        settings = settings or load()
        self.settings = settings if data_dir is None else settings.model_copy(update={"data_dir": Path(data_dir)})
        self._parts = Parts(self.settings, ranking, clock)
        self._store, self.pages = self._parts.store, self._parts.pages

    def close(self) -> None:
        self._parts.close()

    def warm(self) -> None:
        """Loads the models and the languages now, and not at the first question."""
        self._parts.warm()

    def share(self) -> None:
        """Loads all that, and closes every file, for the processes forked off next (Store.share)."""
        self.warm()
        self._store.share()

    def held(self) -> AbstractContextManager[None]:
        """Keeps other processes from changing the data folder while the block runs. Raises StoreLockedError."""
        return self._store.held()

    @property
    def keys(self) -> Keys:
        """The keys of the service, and who is signed in with them."""
        return self._store.service.keys

    @property
    def log(self) -> AnswerLog:
        """The answers that were given, and what was said of them."""
        return self._store.service.log

    @property
    def jobs(self) -> Jobs:
        """The briefings that the service makes and has made."""
        return self._store.service.jobs

    @property
    def fetches(self) -> FetchJobs:
        """The fetches that the service makes and has made."""
        return self._store.service.fetches

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, source: SourceLike, *, name: str | None = None) -> Added:
        """Reads a letter (a path, bytes or a stream) and makes it findable. Raises LetterError when it is none. Of a
        ZIP or an e-mail all letters are added, and the first is told of; `add_all` tells of each."""
        outcomes = list(self.add_all([source], name=name))
        first = next((outcome for outcome in outcomes if isinstance(outcome, Added)), outcomes[0])
        if isinstance(first, LetterError):
            raise first
        return first

    def add_all(self, sources: Iterable[SourceLike], *, name: str | None = None) -> Iterator[Added | LetterError]:
        """Adds many sources, in groups that become visible together. Gives an outcome for each letter in them, in
        order, once it is on disk. Raises StoreError when the store cannot take them."""
        return (outcome for _, outcome in self.add_each(sources, name=name))

    def add_each(
        self, sources: Iterable[SourceLike], *, name: str | None = None
    ) -> Iterator[tuple[SourceLike, Added | LetterError]]:
        """As `add_all`, each outcome with the source that it is of."""
        return self._parts.adding.add_each(sources, name)

    def fetch(self, wanted: SourceQuery, *, dry_run: bool = False) -> Stream[Fetched, FetchReport]:
        """Fetches what is new or changed at an official source: what became of each record, and the report as the
        result. Raises FetchError where the source fails, SettingsError, StoreError; what was fetched stays."""
        return Stream(self._parts.fetching().run(make_source(self.settings, wanted), dry=dry_run))

    def watch(
        self, folder: str | os.PathLike[str], stopped: Callable[[float], bool], *, remove: bool = False
    ) -> Iterator[Fetched]:
        """Adds what is in a folder, and what comes into it: what became of each file. `stopped` waits so many seconds,
        and tells whether to stop (as the `wait` of a threading.Event). With `remove`, letters go whose files went."""
        return self._parts.watching().run(Path(folder), stopped, remove=remove)

    def letters(self, filters: Filters | None = None) -> list[LetterHead]:
        """The letters that pass the filters, by date, without their texts."""
        with self._store.reading() as store:
            return store.catalog.heads(filters or Filters())

    def page(
        self, filters: Filters, limit: int, words: str = "", *, after: Place | None = None, order: Order = "date"
    ) -> list[LetterHead]:
        """The first `limit` of the letters in this order, or those after a place.
        All `words` stand in the id, subject, senders, ministries or reference of each."""
        with self._store.reading() as store:
            return store.catalog.listing.page(filters, limit, words, after=after, order=order)

    def count(self, filters: Filters, words: str = "", most: int | None = None) -> int:
        """How many letters `page` would give in all; with `most`, no more than these are counted."""
        with self._store.reading() as store:
            return store.catalog.listing.count(filters, words, most)

    def letter(self, letter_id: str, version: int | None = None) -> Letter:
        """The letter with this id: as it is now, or as it was in a version. Raises UnknownLetterError."""
        return letter_of(self._store, letter_id, version)

    def versions(self, letter_id: str) -> list[Version]:
        """The texts that this letter has had, oldest first; the last is that of now. Raises UnknownLetterError."""
        return versions_of(self._store, letter_id)

    def changes(self, letter_id: str, earlier: int | None = None, later: int | None = None) -> Changes:
        """What became of a letter between two versions, or the last two. Raises UnknownLetterError."""
        return changes_of(self._store, letter_id, earlier, later)

    def references(self, letter: str | Letter, version: int | None = None) -> LetterReferences:
        """What this letter refers to, and the letters that refer to it. Raises UnknownLetterError for an id."""
        return references_of(self._store, letter if isinstance(letter, Letter) else self.letter(letter, version))

    def export(self, file: str | os.PathLike[str]) -> int:
        """Writes all letters as JSON Lines, which `add` takes. Gives how many there are. Raises StoreError."""
        return export(self._store, Path(file))

    def remove(self, ids: Sequence[str], *, quotes_too: bool = False) -> None:
        """Removes letters with all their versions from all stores. Raises UnknownLetterError before removing any.
        With `quotes_too` also what quotes them, and every byte of them; then letters that are gone may be named too."""
        if quotes_too:
            self._store.forget(ids)
        else:
            check_known(self._store, ids)
            self._store.remove(ids)
        forget()

    def reindex(self, progress: Callable[[LetterHead], None] = lambda _: None) -> int:
        """Chunks and embeds all letters anew; until it is done the old index stays. Gives how many there are."""
        return self._parts.adding.reindex(progress)

    def status(self) -> Status:
        """What the data folder holds, counted in each store."""
        return self._parts.status()

    def backup(self, file: str | os.PathLike[str]) -> int:
        """Writes all letters, the log and the keys into a ZIP file, whole and with every checksum right, while others
        use the data folder. Gives how many letters there are. Raises StoreError."""
        from kamerbrief.store.backup import back_up  # only this wants it

        return back_up(self._store, Path(file))

    def ready(self) -> bool:
        """Whether the three stores agree, as far as they can while letters are being added."""
        return self._store.changing or self._store.whole() or self._store.changing

    def search(self, question: str, *, filters: Filters | None = None, k: int = 10, follow: bool = False) -> list[Hit]:
        """The k best chunks for a question, best first; `follow` looks one reference further, both ways (Search.find).
        Raises QuestionError, UnknownLetterError (in the filters), StoreModelError."""
        return self._parts.hits(question, filters or Filters(), k, follow=follow)

    def ask(
        self,
        question: str,
        *,
        filters: Filters | None = None,
        k: int = 10,
        turns: Sequence[Turn] = (),
        writer: WriterName | None = None,
        follow: bool = False,
    ) -> Answer:
        """The answer to a question out of the k best chunks (`search`), every sentence proven, or "not found".
        `turns` are the earlier questions of a talk, oldest first. `writer` is the model where one is set, else the
        extractive one. Raises QuestionError, UnknownLetterError (in the filters), StoreModelError; SettingsError for a
        model that is not set; ModelError where nothing may stand in."""
        return self.stream(question, filters=filters, k=k, turns=turns, writer=writer, follow=follow).finish()

    def stream(
        self,
        question: str,
        *,
        filters: Filters | None = None,
        k: int = 10,
        turns: Sequence[Turn] = (),
        writer: WriterName | None = None,
        follow: bool = False,
        answer_id: str | None = None,
    ) -> Stream[Sentence, Answer]:
        """As `ask`: each sentence as soon as it is proven, and the answer as the result. Closing it stops the model.
        What is wrong with the question is raised at once. `answer_id` is what the answer will be called in the log."""
        filters, chosen = filters or Filters(), self._parts.chosen(writer)
        understood = understand(self._store, question, filters, turns)
        asked = Asked(understood, turns, filters, k, chosen, answer_id or uuid.uuid4().hex, follow)
        return Stream(answer(self._parts.answering(), asked))

    def examples(self, count: int) -> list[str]:
        """At most so many questions that the newest letters are found to answer; none goes to the log."""
        return self._parts.examples(count)

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
        Raises FilterError when none is given or found, UnknownLetterError, QuestionError, StoreModelError;
        SettingsError for a model that is not set; UnconfirmedError, ModelError where nothing may stand in."""
        filters = (filters or Filters()).model_copy(update={"letters": tuple(ids)} if ids else {})
        wanted = BriefingRequest(filters=filters, about=about, length=length, writer=writer, confirmed=confirmed)
        return self.plan(wanted).run().finish()

    def plan(self, request: BriefingRequest) -> "Plan":
        """The briefing that was asked for, its letters chosen: `plan.estimate` is what it will take of the language
        model at most, `plan.run()` makes it, letter by letter. Raises as `brief`, but what its run raises."""
        check_known(self._store, request.filters.letters)
        return self._parts.planner().plan(request, model=self._parts.chosen(request.writer) == "model")

    def answer(self, answer_id: str) -> Answer:
        """An answer that was given. Raises UnknownAnswerError."""
        if answer := self.log.get(answer_id):
            return answer
        raise _no_answer(answer_id)

    def since(self, answer_id: str) -> tuple[Since, ...]:
        """What became of what this answer cites, where its letters have another text now. Raises UnknownAnswerError."""
        return since(self._store, self.answer(answer_id))

    def answers(self, limit: int, *, before: str | None = None) -> list[Answer]:
        """The newest answers, newest first; or those before the one with this id."""
        return self._store.service.log.page(limit, before=before)

    def give_feedback(self, answer_id: str, verdict: Verdict, text: str = "") -> Feedback:
        """Keeps what a reader says of an answer. Raises UnknownAnswerError."""
        id_, now = uuid.uuid4().hex, self._parts.clock()
        feedback = Feedback(id=id_, answer=answer_id, given_at=now, verdict=verdict, text=text)
        if not self._store.service.log.add_feedback(feedback):
            raise _no_answer(answer_id)
        return feedback

    def feedback(self) -> Iterator[tuple[Answer, Feedback]]:
        """All feedback with the answers it is about, oldest answer first."""
        return self._store.service.log.with_feedback()

    def check(self, text: str, sources: Sequence[tuple[str, int] | Key], *, question: str = "") -> Sentence | Refusal:
        """Whether a sentence is proven by these whole paragraphs (letter id, number; of a note its mark): with its
        citations, or the rule that stops it. Raises UnknownLetterError, ParagraphError."""
        return self._parts.check(text, [Key(*source) for source in sources], question)


def _no_answer(answer_id: str) -> UnknownAnswerError:
    return UnknownAnswerError(f"no answer {answer_id!r} in the log", "answers name their id")
