"""The catalog: the truth about letters and chunks, in one SQLite file. Vectors and words are derived of it."""

from collections.abc import Iterator, Sequence, Set
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import (
    Connection,
    Engine,
    Select,
    delete,
    func,
    insert,
    select,
    tuple_,
    update,
)

from kamerbrief.records.letters import Chunk, Filters, Footnote, Key, Letter, LetterHead, Section, Unit, key_of
from kamerbrief.store import schema as t
from kamerbrief.store import upgrading
from kamerbrief.store.engines import Access, engine_of
from kamerbrief.store.filtering import HERE_BESIDE, conditions
from kamerbrief.store.kept_files import KeptFiles
from kamerbrief.store.links import Links
from kamerbrief.store.listing import Listing
from kamerbrief.store.rows import chunk_of, insert_letter, paragraph_of, read_letter, stored_chunk
from kamerbrief.store.stored import EmbeddedChunk, Passage, StoredChunk, Vectors
from kamerbrief.store.versions import KEPT, Versions, numbered, originals_among

ASKED = 10_000  # ids in one query: SQLite takes some 32,000
CHANGE = "change"  # the line of `about` that counts changes


class Catalog:
    """Reads and writes the catalog. Every method is one transaction; all may be called from several threads."""

    def __init__(self, path: Path, access: Access, service: Engine | None = None) -> None:
        """Opens the file, or makes it; then, what an older version kept in it for the service goes to `service`.
        Raises StoreError."""
        self._engine = engine_of(path, access)
        self.versions = Versions(self._engine)
        self.listing = Listing(self._engine)
        self.links = Links(self._engine)
        self.files = KeptFiles(self._engine)
        try:
            if access == "make":
                upgrading.upgrade(self._engine, "catalog", t.metadata, path, service)
            else:
                upgrading.check(self._engine, "catalog", path)
        except BaseException:
            self._engine.dispose()
            raise

    def close(self) -> None:
        self._engine.dispose()

    # what the store is

    def about(self) -> dict[str, str]:
        """What the store says of itself: the embedder's name, its dimension, the version of the chunking rules."""
        with self._engine.connect() as db:
            query = select(t.about).where(t.about.c.key != CHANGE)
            return {row.key: row.value for row in db.execute(query)}

    def describe(self, facts: dict[str, str]) -> None:
        with self._engine.begin() as db:
            db.execute(delete(t.about).where(t.about.c.key != CHANGE))
            db.execute(insert(t.about), [{"key": key, "value": value} for key, value in facts.items()])

    def change(self) -> int:
        """A number that grows whenever letters become visible or invisible."""
        with self._engine.connect() as db:
            return int(db.scalar(select(t.about.c.value).where(t.about.c.key == CHANGE)) or 0)

    def counts(self) -> dict[str, int]:
        """How many letters, paragraphs and chunks (of letters that are here) there are."""
        here = t.letters.c.state == "here"
        with self._engine.connect() as db:
            return {
                "letters": _count(db, select(t.letters.c.row).where(here)),
                "paragraphs": _count(db, select(t.paragraphs.c.number).join(t.letters).where(here)),
                "chunks": _count(db, select(t.chunks.c.id).join(t.letters).where(here)),
            }

    # changing: in halves, so that the other stores can follow

    def prepare(self, letters: Sequence[tuple[Letter, Sequence[EmbeddedChunk]]]) -> list[StoredChunk]:
        """Writes the letters whole, but invisible yet (`adding`). Gives their chunks with the ids they now have."""
        with self._engine.begin() as db:
            return [stored for letter, chunks in letters for stored in insert_letter(db, numbered(db, letter), chunks)]

    def reveal(self, rows: Set[int]) -> None:
        """Makes prepared letters visible, and what they replace invisible (`older`; `leaving`, where it is the same
        text), in one step. The original of a reprint that is here is older itself."""
        with self._engine.begin() as db:
            originals = originals_among(db, rows)
            db.execute(update(t.letters).where(t.letters.c.row.in_(originals)).values(state="older"))
            new = sorted(set(rows) - originals)
            names = tuple_(t.letters.c.id, t.letters.c.version)
            ids, again = (select(*of).where(t.letters.c.row.in_(new)) for of in ([t.letters.c.id], names.clauses))
            old = update(t.letters).where(t.letters.c.id.in_(ids), t.letters.c.state == "here")
            db.execute(old.where(names.in_(again)).values(state="leaving"))
            db.execute(old.values(state="older"))
            db.execute(update(t.letters).where(t.letters.c.row.in_(new)).values(state="here"))
            _changed(db)

    def hide(self, ids: Sequence[str]) -> None:
        """Makes letters invisible (`leaving`), with their older versions."""
        with self._engine.begin() as db:
            where = t.letters.c.id.in_(ids) & t.letters.c.state.in_(KEPT)
            if db.execute(update(t.letters).where(where).values(state="leaving")).rowcount:
                _changed(db)

    def halves(self) -> list[int]:
        """The rows of letters that are being added, removed, or replaced, or were left so by a crash."""
        chunked = select(t.chunks.c.id).where(t.chunks.c.letter == t.letters.c.row).exists()
        half = (t.letters.c.state == "older") & chunked | t.letters.c.state.not_in(KEPT)
        with self._engine.connect() as db:
            return list(db.scalars(select(t.letters.c.row).where(half)))

    def chunk_ids_of(self, rows: Sequence[int]) -> list[int]:
        with self._engine.connect() as db:
            return list(db.scalars(select(t.chunks.c.id).where(t.chunks.c.letter.in_(rows))))

    def forget(self, rows: Sequence[int]) -> None:
        """Deletes letters and all that hangs on them; of older versions the chunks alone."""
        with self._engine.begin() as db:
            db.execute(delete(t.chunks).where(t.chunks.c.letter.in_(rows)))
            db.execute(delete(t.letters).where(t.letters.c.row.in_(rows), t.letters.c.state != "older"))

    def hashes(self) -> set[str]:
        """The text_sha256 of all letters that are visible or about to be."""
        with self._engine.connect() as db:
            return set(db.scalars(select(t.letters.c.text_sha256).where(t.letters.c.state.in_(("adding", "here")))))

    def is_empty(self) -> bool:
        """Whether no letter is visible or about to be."""
        with self._engine.connect() as db:
            return db.scalar(select(t.letters.c.row).where(t.letters.c.state.in_(("adding", "here"))).limit(1)) is None

    # letters

    def digest_of(self, letter_id: str) -> str | None:
        """The text_sha256 of the visible letter with this id, or None."""
        query = select(t.letters.c.text_sha256).where(t.letters.c.id == letter_id, t.letters.c.state == "here")
        with self._engine.connect() as db:
            return db.scalar(query)

    def ids(self) -> list[str]:
        """Those of all visible letters."""
        with self._engine.connect() as db:
            return list(db.scalars(select(t.letters.c.id).where(t.letters.c.state == "here")))

    def letter(self, letter_id: str) -> Letter | None:
        """The visible letter with this id, whole."""
        query = select(t.letters.c.row, t.letters.c.head).where(
            t.letters.c.id == letter_id, t.letters.c.state == "here"
        )
        with self._engine.connect() as db:
            found = db.execute(query).first()
            return read_letter(db, found.row, found.head) if found else None

    def heads(self, filters: Filters) -> list[LetterHead]:
        """The visible letters that pass the filters, by date and id, without their texts."""
        query = select(t.letters.c.head).where(*conditions(filters)).order_by(t.letters.c.date, t.letters.c.id)
        with self._engine.connect() as db:
            return [LetterHead.model_validate_json(head) for head in db.scalars(query)]

    def visible_rows(self, filters: Filters) -> list[int]:
        """The rows of the visible letters that pass the filters."""
        with self._engine.connect() as db:
            return list(db.scalars(select(t.letters.c.row).where(*conditions(filters))))

    # chunks

    def texts(self, ids: Sequence[int], filters: Filters) -> list[tuple[int, Chunk]]:
        """The chunks with these ids, without their vectors, each with the row of its letter, which must pass the
        filters."""
        query = select(t.chunks.c.letter, t.chunks.c.record).join(t.letters).order_by(t.chunks.c.id)
        query = query.where(*conditions(filters, beside=True))
        with self._engine.connect() as db:
            return [
                (row.letter, chunk_of(row.record))
                for start in range(0, len(ids), ASKED)
                for row in db.execute(query.where(t.chunks.c.id.in_(ids[start : start + ASKED])))
            ]

    def chunks(self, ids: Sequence[int]) -> list[StoredChunk]:
        """The chunks with these ids that belong to visible letters, in the order of `ids`; others are left out."""
        query = select(t.chunks, t.letters.c.id.label("letter_id")).join(t.letters)
        query = query.where(t.chunks.c.id.in_(ids), HERE_BESIDE)
        with self._engine.connect() as db:
            found = {row.id: stored_chunk(row) for row in db.execute(query)}
        return [found[i] for i in ids if i in found]

    def chunks_of(self, letter_id: str) -> list[StoredChunk]:
        """All chunks of a visible letter, in the order of its text."""
        query = select(t.chunks, t.letters.c.id.label("letter_id")).join(t.letters).order_by(t.chunks.c.id)
        query = query.where(t.letters.c.id == letter_id, t.letters.c.state == "here")
        with self._engine.connect() as db:
            return [stored_chunk(row) for row in db.execute(query)]

    def passages(self, chunks: Sequence[StoredChunk]) -> dict[Key, Passage]:
        """The paragraphs and notes of these chunks in their places."""
        spans = ((chunk.letter, span) for chunk in chunks for span in chunk.embedded.chunk.spans)
        return self.passages_at({(row, span.paragraph, span.footnote) for row, span in spans})

    def passages_at(self, wanted: Set[tuple[int, int | None, str | None]]) -> dict[Key, Passage]:
        """The paragraphs and notes in their places, by letter row, paragraph number and mark."""
        rows, numbers = {row for row, *_ in wanted}, {number for _, number, _ in wanted}
        noted = {row for row, _, mark in wanted if mark is not None}
        heads = select(t.letters.c.row, t.letters.c.head).where(t.letters.c.row.in_(rows))
        lines = select(t.paragraphs, t.sections.c.record.label("section_record")).join(
            t.sections,
            (t.sections.c.letter == t.paragraphs.c.letter) & (t.sections.c.number == t.paragraphs.c.section),
        )
        # A few more than are wanted: asked for the pairs themselves, SQLite would read every paragraph there is.
        lines = lines.where(t.paragraphs.c.letter.in_(rows), t.paragraphs.c.number.in_(numbers))
        notes = select(t.footnotes.c.letter, t.footnotes.c.record).where(t.footnotes.c.letter.in_(noted))
        with self._engine.connect() as db:
            head_of = {row: LetterHead.model_validate_json(head) for row, head in db.execute(heads)}
            headings, units = dict[Key, str | None](), list[tuple[LetterHead, Unit]]()
            for line in db.execute(lines):
                head, paragraph = head_of[line.letter], paragraph_of(line._mapping)
                headings[key_of(head.id, paragraph)] = Section.model_validate_json(line.section_record).heading
                units.append((head, paragraph))
            if noted:
                units += ((head_of[row], Footnote.model_validate_json(record)) for row, record in db.execute(notes))
        found = (
            Passage(head, headings.get(key_of(head.id, unit)._replace(footnote=None)), unit) for head, unit in units
        )
        keys = {Key(head_of[row].id, number, mark) for row, number, mark in wanted if row in head_of}
        return {one.key: one for one in found if one.key in keys}

    def all_chunks(self, batch: int = 1000) -> Iterator[StoredChunk]:
        """Every visible chunk, by id."""
        after = 0
        while True:
            query = select(t.chunks, t.letters.c.id.label("letter_id")).join(t.letters)
            query = query.where(t.chunks.c.id > after, HERE_BESIDE).order_by(t.chunks.c.id).limit(batch)
            with self._engine.connect() as db:
                rows = db.execute(query).all()
            if not rows:
                return
            yield from (stored_chunk(row) for row in rows)
            after = rows[-1].id

    def visible_chunk_ids(self) -> list[int]:
        with self._engine.connect() as db:
            return list(db.scalars(select(t.chunks.c.id).join(t.letters).where(t.letters.c.state == "here")))

    def letters_of(self, ids: Sequence[int]) -> dict[int, int]:
        """The rows of the letters that these chunks belong to, by chunk id."""
        query = select(t.chunks.c.id, t.chunks.c.letter).where(t.chunks.c.id.in_(ids))
        with self._engine.connect() as db:
            return {row.id: row.letter for row in db.execute(query)}

    def visible_vectors(self, after: int) -> tuple[list[int], Vectors]:
        """The ids and vectors, shape (n, dimension), of the visible chunks with an id above this one."""
        query = select(t.chunks.c.id, t.chunks.c.vector).join(t.letters).order_by(t.chunks.c.id)
        with self._engine.connect() as db:
            return _matrix(db.execute(query.where(t.chunks.c.id > after, HERE_BESIDE)).all())

    def vectors_of(self, rows: Sequence[int]) -> tuple[list[int], Vectors]:
        """The ids and vectors, shape (n, dimension), of the chunks of these letter rows."""
        query = select(t.chunks.c.id, t.chunks.c.vector).where(t.chunks.c.letter.in_(rows))
        with self._engine.connect() as db:
            return _matrix(db.execute(query).all())


def _matrix(rows: Sequence[Any]) -> tuple[list[int], Vectors]:
    vectors = np.frombuffer(b"".join(row.vector for row in rows), np.float16).astype(np.float32)
    return [row.id for row in rows], vectors.reshape(len(rows), -1) if rows else vectors.reshape(0, 0)


def _changed(db: Connection) -> None:
    number = int(db.scalar(select(t.about.c.value).where(t.about.c.key == CHANGE)) or 0)
    db.execute(delete(t.about).where(t.about.c.key == CHANGE))
    db.execute(insert(t.about), {"key": CHANGE, "value": str(number + 1)})


def _count(db: Connection, query: Select[Any]) -> int:
    return db.scalar(select(func.count()).select_from(query.subquery())) or 0
