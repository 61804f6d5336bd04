"""The word index: Tantivy with Dutch stemming, BM25. It holds the chunks' words by their catalog ids.
A text is indexed as its terms (language/terms.py).
"""

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import tantivy

from kamerbrief.language.terms import grams, term_set, terms

WRITER_HEAP = 50_000_000  # bytes, for both threads
SATURATION = 1.2  # Tantivy's k1 of BM25: what a word that is repeated for ever counts for is k1 + 1


class Words:
    """BM25 over chunks: their text with the subject and heading in front of it."""

    def __init__(self, folder: Path, *, make: bool = False) -> None:
        """Opens it for reading, or with `make` for changing, which makes it where it is not there. What is read is as
        it was when it was opened, whoever changes it. Raises ValueError where it cannot be opened."""
        if make:
            folder.mkdir(parents=True, exist_ok=True)
            self._index = tantivy.Index(_schema(), path=str(folder))
        else:
            self._index = tantivy.Index.open(str(folder))

    def close(self) -> None:
        """Nothing is to be done: what was put is committed."""

    def count(self) -> int:
        return int(self._searcher().num_docs)

    def ids(self) -> set[int]:
        searcher = self._searcher()
        found = searcher.search(tantivy.Query.all_query(), max(1, searcher.num_docs)).hits
        return set(self._ids(searcher, found))

    def put(self, documents: Iterable[tuple[int, int, str, str]], remove: Sequence[int] = ()) -> None:
        """Adds (chunk id, letter row, context, text) and takes chunks out, all in one commit."""
        rows = list(documents)
        gone = [*remove, *(row[0] for row in rows)]
        writer: Any = self._index.writer(WRITER_HEAP, 2)
        try:
            # A killed commit leaves files behind whose names the next one would want.
            writer.garbage_collect_files()
            # By query: a delete by term does not match unsigned fields in tantivy 0.27.
            writer.delete_documents_by_query(tantivy.Query.term_set_query(self._index.schema, "chunk", gone))
            for chunk, letter, context, text in rows:
                document = tantivy.Document()
                document.add_unsigned("chunk", chunk)
                document.add_unsigned("letter", letter)
                document.add_text("terms", " ".join(terms(f"{context}\n{text}")))
                writer.add_document(document)
            writer.commit()
        finally:
            writer.wait_merging_threads()
        self._index.reload()

    def search(self, question: str, k: int, letters: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The ids of the k best chunks with their scores, best first; `letters` are the rows allowed, if limited.

        A score is BM25 as a share of the most that a chunk could have for this question, so 0 to 1.
        """
        return self._search(question, k, "letter", letters)

    def scores(self, question: str, chunks: Sequence[int]) -> dict[int, float]:
        """The scores of these chunks, as `search` gives them; a chunk without a word of the question is left out."""
        return dict(self._search(question, len(chunks), "chunk", chunks))

    def _search(self, question: str, k: int, field: str, allowed: Sequence[int] | None) -> list[tuple[int, float]]:
        words = sorted(term_set(question))
        if not words or k < 1 or (allowed is not None and not allowed):
            return []
        schema, searcher = self._index.schema, self._searcher()
        most = (SATURATION + 1) * sum(_rarity(searcher, words).values())
        query = tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "terms", term)) for term in words]
        )
        if allowed is not None:
            within = tantivy.Query.const_score_query(tantivy.Query.term_set_query(schema, field, list(allowed)), 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, within)])
        hits = searcher.search(query, k).hits
        return list(zip(self._ids(searcher, hits), (float(score) / most for score, _ in hits), strict=True))

    def holding(self, words: Iterable[str]) -> list[int]:
        """The ids of all chunks that hold each of these words (their stems), or all letters of it four by four, as a
        longer word does that it is a part of."""
        schema, searcher = self._index.schema, self._searcher()

        def of(terms: Iterable[str]) -> tuple[tantivy.Occur, tantivy.Query]:
            each = [(tantivy.Occur.Must, tantivy.Query.term_query(schema, "terms", term)) for term in terms]
            return tantivy.Occur.Should, tantivy.Query.boolean_query(each)

        asked = [tantivy.Query.boolean_query([of([word]), of(grams(word))]) for word in words]
        if not asked or not searcher.num_docs:
            return []
        query = tantivy.Query.boolean_query([(tantivy.Occur.Must, one) for one in asked])
        return self._ids(searcher, searcher.search(query, searcher.num_docs, count=False).hits)

    def rarity(self, text: str) -> dict[str, float]:
        """The terms of a text, each with its inverse document frequency over all chunks (BM25's, never below 0)."""
        return _rarity(self._searcher(), sorted(term_set(text)))

    def _searcher(self) -> Any:
        return self._index.searcher()

    def _ids(self, searcher: Any, hits: Sequence[tuple[Any, Any]]) -> list[int]:
        if not hits:
            return []
        return [int(value) for value in searcher.fast_field_values("chunk", [address for _, address in hits])]


def _rarity(searcher: Any, terms: Iterable[str]) -> dict[str, float]:
    total = searcher.num_docs
    counts = {term: searcher.doc_freq("terms", term) for term in terms}
    return {term: math.log(1 + (total - n + 0.5) / (n + 0.5)) for term, n in counts.items()}


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("chunk", indexed=True, fast=True)
    builder.add_unsigned_field("letter", indexed=True)
    builder.add_text_field("terms", tokenizer_name="whitespace")
    return builder.build()
