"""What retrieval is measured on: answers to members, pages of other papers, and their vectors."""

import gzip
import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

import numpy as np

from kamerbrief.embedding.embedders import Embedder
from kamerbrief.embedding.passages import Embedded, PassageText
from kamerbrief.errors import LetterError
from kamerbrief.index.chunks import chunk, sentence_positions
from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Chunk, Letter
from kamerbrief.store.store import EmbeddedLetter
from kamerbrief.store.stored import EmbeddedChunk

Context = Literal["none", "subject", "question"]

PAGES = Path("sgd", "pages.jsonl.gz")
GROUP = 500  # letters stored together


def answer_letters(data: Path) -> list[Letter]:
    """The PDFs of answers to members."""
    return [read_letter(path) for path in sorted((data / "answers-to-members").glob("ah-tk-*.pdf"))]


def pages(data: Path, limit: int) -> Iterator[Letter]:
    """Pages of old parliamentary papers, each a letter of its own; a page without text is passed over."""
    with gzip.open(data / PAGES, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(itertools.islice(lines, limit), 1):
            page = json.loads(line)
            try:
                letter = read_letter(page["text"].encode(), name=page["url"])
            except LetterError:
                continue
            # Pages of one paper have its id; as letters of the same id they would replace each other.
            yield letter.model_copy(update={"id": f"sgd-{number}"})


def chunks_of(letter: Letter, context: Context) -> list[Chunk]:
    """The letter's chunks with nothing, the subject and heading, or the member's question as well in front of them."""
    if context == "none":
        return [one.model_copy(update={"context": ""}) for one in chunk(letter)]
    if context == "subject":
        return chunk(letter)
    return [
        one.model_copy(update={"context": f"{one.context}\n{_asked(letter, one)}".strip()}) for one in chunk(letter)
    ]


def _asked(letter: Letter, one: Chunk) -> str:
    asked = letter.sections[one.section - 1].answers
    return " ".join(paragraph.text for paragraph in letter.paragraphs if paragraph.section == asked)


class VectorCache:
    """Embeds passages, each only once when given a folder to keep the vectors in."""

    def __init__(self, embedder: Embedder, folder: Path | None) -> None:
        self._embedder = embedder
        self._folder = folder

    def passages(self, texts: Sequence[PassageText]) -> list[Embedded]:
        """The vectors of these passages, out of one file in the cache."""
        if self._folder is None:
            return self._embedder.passages(texts)
        digest = hashlib.sha256(repr((self._embedder.name, texts)).encode()).hexdigest()
        path = self._folder / f"{digest}.npz"
        if not path.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh = self._embedder.passages(texts)
            np.savez(
                path,
                vectors=np.stack([one.vector for one in fresh]).astype(np.float16),
                sentences=np.concatenate([one.sentences for one in fresh]).astype(np.float16),
            )
        with np.load(path) as kept:
            vectors, flat = kept["vectors"].astype(np.float32), kept["sentences"].astype(np.float32)
        ends = np.cumsum([len(text.sentences) for text in texts])
        return [Embedded(*pair) for pair in zip(vectors, np.split(flat, ends[:-1]), strict=True)]


def embed(letters: Iterable[Letter], context: Context, cache: VectorCache) -> Iterator[list[EmbeddedLetter]]:
    """The letters chunked and embedded, in groups fit for a store."""
    source = iter(letters)
    while group := list(itertools.islice(source, GROUP)):
        yield [_embedded(letter, chunks_of(letter, context), cache) for letter in group]


def _embedded(letter: Letter, chunks: Sequence[Chunk], cache: VectorCache) -> EmbeddedLetter:
    texts = [PassageText(one.context, one.text, sentence_positions(one)) for one in chunks]
    vectors = cache.passages(texts) if texts else []
    return letter, [EmbeddedChunk(c, v.vector, v.sentences) for c, v in zip(chunks, vectors, strict=True)]
