"""From sources to letters in the store: read, compared with what is there, chunked, embedded, put, in groups."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kamerbrief.embedding.embedders import Embedder
from kamerbrief.embedding.passages import Embedded, PassageText
from kamerbrief.errors import LetterError
from kamerbrief.index.chunks import chunk, sentence_positions
from kamerbrief.index.scans import Scans
from kamerbrief.language.characters import is_text
from kamerbrief.letters.apart import Readers
from kamerbrief.letters.labels import label
from kamerbrief.letters.sources import SourceLike
from kamerbrief.records.letters import Added, Chunk, Filters, Letter, LetterHead, Outcome
from kamerbrief.store.catalog import Catalog
from kamerbrief.store.store import EmbeddedLetter, Store
from kamerbrief.store.stored import EmbeddedChunk

Became = Added | LetterError

GROUP_CHUNKS = 96  # chunks embedded and stored together: enough to fill the batches, soon enough on disk
GROUP_LETTERS = 16

_Group = dict[str, tuple[Letter, list[Chunk]]]
_Waiting = list[tuple[SourceLike, Became]]


class Bounds(NamedTuple):
    """Bytes that a source may have, seconds that recognising its text may take, and bytes of a PDF that is kept."""

    source_bytes: int
    ocr_seconds: float
    kept_bytes: int


class Adding:
    """Adds letters to a store. `embedder` gives what embeds them, which is loaded when the first letter is read."""

    def __init__(self, store: Store, readers: Readers, embedder: Callable[[], Embedder], bounds: Bounds) -> None:
        self._store = store
        self._readers = readers
        self._embedder = embedder
        self._bounds = bounds
        self._scans = Scans(readers, bounds.ocr_seconds, bounds.source_bytes)

    def add_each(self, sources: Iterable[SourceLike], name: str | None) -> Iterator[tuple[SourceLike, Became]]:
        """Adds the sources; see Kamerbrief.add_each."""
        self._readers.warm()  # while the store is opened
        self._store.check_model()
        group: _Group = {}
        waiting: _Waiting = []
        named = ((source, name or _name_of(source)) for source in sources)
        for source, read in self._readers.each(named, self._bounds.source_bytes):
            letter = self._scans.with_text(source, name or _name_of(source), read)
            if isinstance(letter, LetterError):
                waiting.append((source, letter))
            else:
                if letter.id in group:
                    yield from self._flush(group, waiting)
                added = self._compared(letter)
                waiting.append((source, added))
                if added.outcome != "same":
                    group[letter.id] = (self._slim(letter), chunk(letter))
            if not group or len(group) >= GROUP_LETTERS or sum(len(c) for _, c in group.values()) >= GROUP_CHUNKS:
                yield from self._flush(group, waiting)
        yield from self._flush(group, waiting)

    def reindex(self, progress: Callable[[LetterHead], None]) -> int:
        """Chunks and embeds all letters anew; see Kamerbrief.reindex."""
        done = 0

        def groups(old: Catalog) -> Iterator[list[EmbeddedLetter]]:
            nonlocal done
            for head in old.heads(Filters()):
                letter = old.letter(head.id)
                if letter is not None:
                    yield self.embedded([(letter, chunk(letter))])
                done += 1
                progress(head)

        self._store.rebuild(groups)
        return done

    def embedded(self, letters: Sequence[tuple[Letter, Sequence[Chunk]]]) -> list[EmbeddedLetter]:
        """The letters with their chunks embedded, all in one call so that the batches are full."""
        texts = [
            PassageText(context=one.context, text=one.text, sentences=sentence_positions(one))
            for _, chunks in letters
            for one in chunks
        ]
        vectors = iter(self._embedder().passages(texts))
        return [(letter, [_embedded(one, next(vectors)) for one in chunks]) for letter, chunks in letters]

    def _flush(self, group: _Group, waiting: _Waiting) -> Iterator[tuple[SourceLike, Became]]:
        if group:
            self._store.put(self.embedded(list(group.values())))
        yield from waiting
        group.clear()
        waiting.clear()

    def _slim(self, letter: Letter) -> Letter:
        """Without its PDF, if that is larger than one is kept."""
        return letter if len(letter.file) <= self._bounds.kept_bytes else letter.with_file(b"")

    def _compared(self, letter: Letter) -> Added:
        with self._store.reading() as store:
            versions = store.catalog.versions.of(letter.id)
            now = store.catalog.heads(Filters(letters=(letter.id,))) if versions else []
        # One of before is no news either: a letter that lies there in two forms would else change at each adding.
        known = [one.number for one in versions if one.text_sha256 == letter.text_sha256]
        outcome: Outcome = "new" if not versions else "same" if known else "changed"
        if outcome == "changed" and not letter.reprint and any(one.reprint for one in now):
            outcome = "older"
        return Added(
            letter=letter.id,
            version=known[0] if known else len(versions) + 1,
            label=label(letter),
            source=letter.source.name,
            outcome=outcome,
            paragraphs=len(letter.paragraphs),
            warnings=letter.source.warnings,
        )


def _name_of(source: SourceLike) -> str | None:
    """A name for a file whose own holds bytes that are no text, which no record takes."""
    if isinstance(source, str | os.PathLike) and not is_text(str(source)):
        return Path(source).name.encode("utf-8", "replace").decode()
    return None


def _embedded(one: Chunk, vectors: Embedded) -> EmbeddedChunk:
    return EmbeddedChunk(one, vectors.vector, vectors.sentences)
