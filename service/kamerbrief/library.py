"""Kamerbrief: the one place that wires the parts, and the way in for programs."""

import datetime
import os
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Self

from kamerbrief.answers.extractive import ExtractiveWriter
from kamerbrief.answers.material import Material, cut, gather, passage_of
from kamerbrief.answers.parts import aimed, apart, by_turns, joined, together
from kamerbrief.answers.question import Question, ask_about, parts_of
from kamerbrief.answers.verify import Verdict, to_read, verify
from kamerbrief.errors import LetterError, QuestionError, UnknownLetterError
from kamerbrief.index.chunks import chunk, sentence_positions
from kamerbrief.index.embedders import Embedder, embedder_name, make_embedder, make_reader
from kamerbrief.index.passages import Embedded, PassageText, TokenStates
from kamerbrief.index.rows import EmbeddedChunk, Passage
from kamerbrief.index.search import SHIPPED, Found, Ranking, Search, hit_of
from kamerbrief.index.store import EmbeddedLetter, Store
from kamerbrief.letters.labels import label
from kamerbrief.letters.reading import read_letter
from kamerbrief.records import (
    Added,
    Answer,
    Chunk,
    Draft,
    DraftSentence,
    Filters,
    Hit,
    Letter,
    LetterHead,
    Outcome,
    Refusal,
    Sentence,
    Status,
)
from kamerbrief.settings import Settings, load
from kamerbrief.stopwatch import Stopwatch

SourceLike = str | os.PathLike[str] | bytes | BinaryIO

GROUP_CHUNKS = 96  # chunks embedded and stored together: enough to fill the batches, soon enough on disk
GROUP_LETTERS = 16
NEAREST = 3


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
    def _reader(self) -> Callable[[Sequence[str]], list[TokenStates]]:
        return make_reader(self.settings, self._embedder)

    @cached_property
    def _writer(self) -> ExtractiveWriter:
        return ExtractiveWriter(self._reader)

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

    def ask(self, question: str, *, filters: Filters | None = None, k: int = 10) -> Answer:
        """The answer to a question out of the k best chunks, every sentence proven, or "not found".

        Raises QuestionError, UnknownLetterError (in the filters), StoreModelError.
        """
        filters, clock = filters or Filters(), Stopwatch()
        asked = self._asked(question, filters)
        with clock("embed"):
            parts = parts_of(asked)
            texts = dict.fromkeys([asked.text, *(part.text for part in parts)])
            vectors = aimed(self._embedder.questions(list(texts)))
        with clock("search"):
            searched = [self._search.find(part.text, v, filters, k) for part, v in zip(parts, vectors, strict=True)]
            found = by_turns(searched)
            passages = self._passages(found)
            materials = apart([gather(some, passages) for some in searched])
        with clock("write"):
            rarity = self._store.words.rarity
            asking = zip(parts, materials, strict=True)
            proposal = together([self._writer.write(part, one, rarity(part.text)) for part, one in asking])
        with clock("verify"):
            verdict = self._verify(proposal.draft, joined(materials), asked.text)
        hits = tuple(hit_of(one, passages) for one in found)
        answered = bool(verdict.sentences)
        answer = Answer(
            id=uuid.uuid4().hex,
            asked_at=datetime.datetime.now(datetime.UTC),
            question=question,
            filters=filters,
            status="answered" if answered else "not_found",
            message=None if answered else asked.not_found,
            sentences=verdict.sentences,
            nearest=() if answered else hits[:NEAREST],
            confidence=proposal.confidence,
            writer=self._writer.name,
            embedder=self._store.made_by(),
            refusals=verdict.refusals,
            hits=hits,
            milliseconds=clock.milliseconds,
        )
        self._store.catalog.log(answer)
        return answer

    def check(self, text: str, sources: Sequence[tuple[str, int]], *, question: str = "") -> Sentence | Refusal:
        """Whether a sentence is proven by these paragraphs (letter id, number), all of whose sentences it may rest on.

        Gives it with its citations, or the rule that stops it. Raises UnknownLetterError, ParagraphError.
        """
        material = cut([passage_of(self.letter(letter), number) for letter, number in dict.fromkeys(sources)])
        labels = tuple(one.label for one in material.sentences)
        verdict = self._verify(Draft(sentences=(DraftSentence(text=text, labels=labels),)), material, question)
        return verdict.sentences[0] if verdict.sentences else verdict.refusals[0]

    def _verify(self, draft: Draft, material: Material, question: str) -> Verdict:
        texts = to_read(draft, material)
        states = dict(zip(texts, self._reader(texts), strict=True)) if texts else {}
        return verify(draft, material, question=question, states=states)

    def _asked(self, question: str, filters: Filters) -> Question:
        """The question understood, and all checked that can be before a model server is bothered with it."""
        if not _is_text(question):
            raise QuestionError("the question holds bytes that are no text", "write it in UTF-8")
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


def _embedded(one: Chunk, vectors: Embedded) -> EmbeddedChunk:
    return EmbeddedChunk(one, vectors.vector, vectors.sentences)
