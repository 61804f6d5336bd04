"""What a store holds, asked as a reader would."""

from kamerbrief.records.letters import Filters, Letter
from kamerbrief.store.store import Store
from tests.store.letters import vector_of


def agrees(store: Store) -> bool:
    """Whether catalog, vectors and words hold the same chunks, read out of each."""
    catalog, vectors, words = store.ids()
    return catalog == vectors == words


def letter_in(store: Store, letter_id: str) -> Letter | None:
    with store.reading() as now:
        return now.catalog.letter(letter_id)


def file_in(store: Store, letter_id: str, version: int = 1) -> bytes | None:
    with store.reading() as now:
        assert now.catalog.files.has(letter_id, version) == (now.catalog.files.of(letter_id, version) is not None)
        return now.catalog.files.of(letter_id, version)


def heads_in(store: Store) -> list[str]:
    with store.reading() as now:
        return [head.id for head in now.catalog.heads(Filters())]


def found_by(store: Store, word: str) -> list[str]:
    """The visible letters with a chunk that has the word, one for each chunk."""
    with store.reading() as now:
        ids = [chunk for chunk, _ in now.words.search(word, 100)]
        return sorted(chunk.letter_id for chunk in now.catalog.chunks(ids))


def near_to(store: Store, number: int) -> list[str]:
    """The visible letters whose chunk of this number is among the nearest to its vector, which all of them share."""
    with store.reading() as now:
        ids = [chunk for chunk, cosine in now.vectors.nearest(vector_of(number), 50) if cosine > 0.99]
        return sorted(chunk.letter_id for chunk in now.catalog.chunks(ids))
