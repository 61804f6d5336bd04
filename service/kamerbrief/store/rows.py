"""How the records of the index become rows of the catalog, and rows become records again."""

import datetime
import functools
import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from pydantic import TypeAdapter
from sqlalchemy import Connection, RowMapping, ScalarResult, Table, insert, select

from kamerbrief.records.letters import Chunk, Footnote, Letter, Paragraph, Section, Taken
from kamerbrief.store import schema as t
from kamerbrief.store.listing import told_by
from kamerbrief.store.senders import senders_of
from kamerbrief.store.stored import EmbeddedChunk, StoredChunk

RECENT = 2048  # chunks that are kept as read: some 10 MB
_REPORT = TypeAdapter(tuple[Taken, ...])
PARAGRAPH_FIELDS = {"number", "section", "kind", "page", "text", "recognised"}
TEXT_FIELDS = {"sections", "paragraphs", "footnotes", "report"}


def insert_letter(
    db: Connection,
    letter: Letter,
    chunks: Sequence[EmbeddedChunk],
    *,
    state: str = "adding",
    added_at: datetime.datetime | None = None,
) -> Iterator[StoredChunk]:
    values = {
        "id": letter.id,
        "version": letter.version,
        "state": state,
        "kind": letter.kind,
        "date": letter.date,
        "dossier": letter.dossier,
        "text_sha256": letter.text_sha256,
        "added_at": added_at or datetime.datetime.now(datetime.UTC),
        "head": letter.model_dump_json(exclude=TEXT_FIELDS),
        "told_by": told_by(letter),
    }
    (row,) = db.execute(insert(t.letters).values(values)).inserted_primary_key or (0,)
    for name in sorted({name.lower() for name in letter.ministries}):
        db.execute(insert(t.ministries), {"letter": row, "name": name})
    if senders := senders_of(letter.signatories):
        db.execute(insert(t.senders), [{"letter": row, **one} for one in senders])
    if papers := dict.fromkeys((one.id, one.date, one.kind) for one in letter.references if one.id or one.date):
        named = [{"paper": paper, "date": date, "kind": kind} for paper, date, kind in papers]
        db.execute(insert(t.named), [{"letter": row, "number": n, **one} for n, one in enumerate(named, 1)])
    db.execute(
        insert(t.sections),
        [{"letter": row, "number": s.number, "record": s.model_dump_json()} for s in letter.sections],
    )
    db.execute(
        insert(t.paragraphs),
        [{"letter": row, **p.model_dump(include=PARAGRAPH_FIELDS)} for p in letter.paragraphs],
    )
    if letter.footnotes:
        notes = enumerate(letter.footnotes, 1)
        db.execute(insert(t.footnotes), [{"letter": row, "number": n, "record": f.model_dump_json()} for n, f in notes])
    if letter.report:
        db.execute(insert(t.reports), {"letter": row, "record": _REPORT.dump_json(letter.report).decode()})
    if letter.file:
        db.execute(insert(t.files), {"letter": row, "data": letter.file})
    for embedded in chunks:
        record = {
            "letter": row,
            "record": embedded.chunk.model_dump_json(),
            "vector": embedded.vector.astype(np.float16).tobytes(),
            "sentence_vectors": embedded.sentence_vectors.astype(np.float16).tobytes(),
        }
        (chunk_id,) = db.execute(insert(t.chunks).values(record)).inserted_primary_key or (0,)
        yield StoredChunk(id=chunk_id, letter=row, letter_id=letter.id, embedded=embedded)


def read_letter(db: Connection, row: int, head: str) -> Letter:
    lines = db.execute(select(t.paragraphs).where(t.paragraphs.c.letter == row).order_by(t.paragraphs.c.number))
    return Letter(
        **json.loads(head),
        sections=tuple(Section.model_validate_json(record) for record in _records(db, t.sections, row)),
        paragraphs=tuple(paragraph_of(line) for line in lines.mappings()),
        footnotes=tuple(Footnote.model_validate_json(record) for record in _records(db, t.footnotes, row)),
        report=_REPORT.validate_json(db.scalar(select(t.reports.c.record).where(t.reports.c.letter == row)) or "[]"),
    )


def paragraph_of(line: RowMapping) -> Paragraph:
    return Paragraph(**{name: line[name] for name in PARAGRAPH_FIELDS})


def _records(db: Connection, table: Table, row: int) -> ScalarResult[str]:
    return db.scalars(select(table.c.record).where(table.c.letter == row).order_by(table.c.number))


def stored_chunk(row: Any) -> StoredChunk:
    vector = np.frombuffer(row.vector, np.float16).astype(np.float32)
    sentences = np.frombuffer(row.sentence_vectors, np.float16).astype(np.float32).reshape(-1, len(vector))
    return StoredChunk(row.id, row.letter, row.letter_id, EmbeddedChunk(chunk_of(row.record), vector, sentences))


@functools.lru_cache(RECENT)
def chunk_of(record: str) -> Chunk:
    """The chunk that a row of the catalog holds as JSON."""
    return Chunk.model_validate_json(record)
