"""Kamerbrief: the one place that wires the parts, and the way in for programs."""

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Self

from kamerbrief.answers.answering import Answering, Money
from kamerbrief.answers.chat_writer import make_chat_writer
from kamerbrief.answers.material import cut, passage_of
from kamerbrief.answers.question import Question, ask_about
from kamerbrief.errors import LetterError, QuestionError, SettingsError, UnknownLetterError
from kamerbrief.index.chunks import chunk, sentence_positions
from kamerbrief.index.embedders import Embedder, embedder_name, make_embedder, make_reader
from kamerbrief.index.passages import Embedded, PassageText
from kamerbrief.index.rows import EmbeddedChunk, Passage
from kamerbrief.index.search import SHIPPED, Found, Ranking, Search, hit_of
from kamerbrief.index.store import EmbeddedLetter, Store
from kamerbrief.letters.labels import label
from kamerbrief.letters.reading import read_letter
from kamerbrief.records import (
    Added,
    Answer,
    Chunk,
    DraftSentence,
    Filters,
    Hit,
    Letter,
    LetterHead,
    Outcome,
    Refusal,
    Sentence,
    Status,
    Turn,
    WriterName,
)
from kamerbrief.settings import Settings, load

SourceLike = str | os.PathLike[str] | bytes | BinaryIO

GROUP_CHUNKS = 96  # chunks embedded and stored together: enough to fill the batches, soon enough on disk
GROUP_LETTERS = 16


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
        self._store = Store(self.settings.data_dir, embedder_name(self.settings))
        self._search = Search(self._store, ranking)

    @cached_property
    def _embedder(self) -> Embedder:
        return make_embedder(self.settings)

    @cached_property
    def _answering(self) -> Answering:
        settings = self.settings
        return Answering(
            self._store,
            self._search,
            self._embedder,
            make_reader(settings, self._embedder),
            make_chat_writer(settings),
            money=Money(settings.chat_price_prompt, settings.chat_price_completion, settings.cost_a_day),
            stand_in=settings.stand_in,
        )

    def close(self) -> None:
        self._store.close()

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
        self._store.check_model()
        group: dict[str, tuple[Letter, list[Chunk]]] = {}
        waiting: list[Added | LetterError] = []
        for source in sources:
            letter = self._read(source, name)
            if isinstance(letter, LetterError):
                waiting.append(letter)
            else:
                if letter.id in group:
                    yield from self._flush(group, waiting)
                outcome = self._compared(letter)
                waiting.append(outcome)
                if outcome.outcome != "same":
                    group[letter.id] = (letter, chunk(letter))
            if not group or len(group) >= GROUP_LETTERS or sum(len(c) for _, c in group.values()) >= GROUP_CHUNKS:
                yield from self._flush(group, waiting)
        yield from self._flush(group, waiting)

    def _flush(
        self, group: dict[str, tuple[Letter, list[Chunk]]], waiting: list[Added | LetterError]
    ) -> Iterator[Added | LetterError]:
        if group:
            self._store.put(self._embedded(list(group.values())))
        yield from waiting
        group.clear()
        waiting.clear()

    def letters(self, filters: Filters | None = None) -> list[LetterHead]:
        """The letters that pass the filters, by date, without their texts."""
        return self._store.catalog.heads(filters or Filters())

    def letter(self, letter_id: str) -> Letter:
        """The letter with this id. Raises UnknownLetterError."""
        letter = self._store.catalog.letter(letter_id)
        if letter is None:
            raise self._unknown(letter_id)
        return letter

    def remove(self, ids: Sequence[str]) -> None:
        """Removes letters, leaving nothing of them in any store. Raises UnknownLetterError before removing any."""
        self._check_known(ids)
        self._store.remove(ids)

    def reindex(self, progress: Callable[[LetterHead], None] = lambda _: None) -> int:
        """Chunks and embeds all letters anew, with the settings of now; until it is done the old index stays.

        Calls `progress` after each letter and gives how many there are.
        """
        heads = self.letters()
        catalog = self._store.catalog  # the old one: while the new is built the store's is the new one

        def groups() -> Iterator[list[EmbeddedLetter]]:
            for head in heads:
                letter = catalog.letter(head.id)
                if letter is not None:
                    yield self._embedded([(letter, chunk(letter))])
                progress(head)

        self._store.rebuild(groups())
        return len(heads)

    def status(self) -> Status:
        """What the data folder holds, counted in each store."""
        store = self._store
        return Status(
            data_dir=str(self.settings.data_dir),
            **store.catalog.counts(),
            vectors=store.vectors.count(),
            words=store.words.count(),
            embedder=store.made_by(),
            whole=store.whole(),
        )

    # questions

    def search(self, question: str, *, filters: Filters | None = None, k: int = 10) -> list[Hit]:
        """The k best chunks for a question, best first.

        Raises QuestionError, UnknownLetterError (in the filters), StoreModelError.
        """
        filters = filters or Filters()
        asked = self._asked(question, filters)
        vector = self._embedder.questions([asked.text])[0]
        found = self._search.find(asked.text, vector, filters, k)
        passages = self._passages(found)
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
    ) -> Generator[Sentence | Answer, None, None]:
        """As `ask`: each sentence as soon as it is proven, and the whole answer last. Closing it stops the model."""
        filters, chosen = filters or Filters(), self._chosen(writer)
        asked = self._asked(question, filters)
        for turn in turns:
            _check_text(turn.question + turn.answer, "an earlier turn")
        return self._answering.answer(asked, turns, filters, k, model=chosen == "model")

    def check(self, text: str, sources: Sequence[tuple[str, int]], *, question: str = "") -> Sentence | Refusal:
        """Whether a sentence is proven by these paragraphs (letter id, number), all of whose sentences it may rest on.

        Gives it with its citations, or the rule that stops it. Raises UnknownLetterError, ParagraphError.
        """
        material = cut([passage_of(self.letter(letter), number) for letter, number in dict.fromkeys(sources)])
        labels = tuple(one.label for one in material.sentences)
        return self._answering.prove(DraftSentence(text=text, labels=labels), material, question)

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

    def _passages(self, found: Sequence[Found]) -> dict[tuple[int, int], Passage]:
        return self._store.catalog.passages([one.stored for one in found])

    def _check_known(self, ids: Sequence[str]) -> None:
        for letter_id in ids:
            if self._store.catalog.digest_of(letter_id) is None:
                raise self._unknown(letter_id)

    def _unknown(self, letter_id: str) -> UnknownLetterError:
        return UnknownLetterError(
            f"no letter {letter_id!r} in {self.settings.data_dir}", "`kamerbrief letters` lists them"
        )

    # adding, in steps

    def _read(self, source: SourceLike, name: str | None) -> Letter | LetterError:
        if name is None and isinstance(source, str | os.PathLike) and not _is_text(str(source)):
            name = Path(source).name.encode("utf-8", "replace").decode()  # a name may be any bytes, a record may not
        try:
            return read_letter(source, name=name, max_bytes=self.settings.max_source_bytes)
        except LetterError as error:
            return error

    def _compared(self, letter: Letter) -> Added:
        there = self._store.catalog.digest_of(letter.id)
        outcome: Outcome = "new" if there is None else "same" if there == letter.text_sha256 else "changed"
        return Added(
            letter=letter.id,
            label=label(letter),
            source=letter.source.name,
            outcome=outcome,
            paragraphs=len(letter.paragraphs),
        )

    def _embedded(self, letters: Sequence[tuple[Letter, Sequence[Chunk]]]) -> list[EmbeddedLetter]:
        """The letters with their chunks embedded, all in one call so that the batches are full."""
        texts = [
            PassageText(context=one.context, text=one.text, sentences=sentence_positions(one))
            for _, chunks in letters
            for one in chunks
        ]
        vectors = iter(self._embedder.passages(texts))
        return [(letter, [_embedded(one, next(vectors)) for one in chunks]) for letter, chunks in letters]


def _is_text(given: str) -> bool:
    """False when it holds bytes that were no UTF-8 on the command line or in a file's name (lone surrogates)."""
    return not any("\ud800" <= character <= "\udfff" for character in given)


def _check_text(given: str, what: str) -> None:
    if not _is_text(given):
        raise QuestionError(f"{what} holds bytes that are no text", "write it in UTF-8")


def _embedded(one: Chunk, vectors: Embedded) -> EmbeddedChunk:
    return EmbeddedChunk(one, vectors.vector, vectors.sentences)
