"""Small letters for the stores: the vectors are arbitrary, since only their keeping is tested."""

import numpy as np

from kamerbrief.records.digest import text_digest
from kamerbrief.records.letters import Chunk, Letter, Paragraph, Section, Source, Span
from kamerbrief.store.store import EmbeddedLetter
from kamerbrief.store.stored import EmbeddedChunk, Vectors

EMBEDDER = "arbitrary"
CHUNKING = "1"
DIMENSION = 384


def a_letter(letter_id: str, version: str, paragraphs: int = 1) -> EmbeddedLetter:
    """A letter of short paragraphs that name its version, a chunk each, and its PDF."""
    texts = [f"Alinea {n} van {letter_id}, versie {version}." for n in range(1, paragraphs + 1)]
    sections = (Section(number=1),)
    alineas = tuple(Paragraph(number=n, section=1, text=text) for n, text in enumerate(texts, 1))
    digest = text_digest(sections, alineas, ())
    letter = Letter(
        id=letter_id,
        kind="letter",
        sections=sections,
        paragraphs=alineas,
        source=Source(name="arbitrary", format="text", sha256=digest, size=1),
        text_sha256=digest,
    )
    return letter.with_file(file_of(letter_id, version)), [_chunk(n, text) for n, text in enumerate(texts, 1)]


def file_of(letter_id: str, version: str) -> bytes:
    """What stands for the PDF that such a letter was read from."""
    return f"%PDF van {letter_id}, versie {version}".encode()


def _chunk(number: int, text: str) -> EmbeddedChunk:
    span = Span(paragraph=number, start=0, end=len(text))
    vector = vector_of(number)
    chunk = Chunk(number=number, section=1, spans=(span,), sentences=(span,), context="", text=text, tokens=9)
    return EmbeddedChunk(chunk, vector, vector[None])


def vector_of(number: int) -> Vectors:
    """The vector of a chunk by its number in its letter."""
    vector = np.random.default_rng(number).normal(size=DIMENSION).astype(np.float32)
    return np.asarray(vector / np.linalg.norm(vector), np.float32)
