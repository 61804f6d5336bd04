"""The vector store: Chroma, embedded. It holds the chunks' vectors by their catalog ids and nothing else.

Chroma holds what it has read in memory and knows nothing of other processes, so only the holder of the lock opens it.
"""

import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

BATCH = 1000  # vectors a call, under the limit of SQLite variables behind Chroma


class Vectors:
    """Nearest vectors by cosine. Ids are the catalog's chunk ids."""

    def __init__(self, folder: Path) -> None:
        import chromadb  # takes half a second, and who only reads does without
        from chromadb.api.shared_system_client import SharedSystemClient
        from chromadb.config import Settings

        # No telemetry: nothing leaves the machine.
        settings = Settings(anonymized_telemetry=False)
        try:
            # The declared type is the API without `close`.
            self._client: Any = chromadb.PersistentClient(str(folder), settings=settings)
        except BaseException:
            # What could not be started, on a full disk say, is kept by Chroma for all that open the folder later.
            SharedSystemClient._identifier_to_system.pop(str(folder), None)
            raise
        self._collection = self._client.get_or_create_collection(
            "chunks", embedding_function=None, configuration={"hnsw": {"space": "cosine", "ef_search": 200}}
        )

    def close(self) -> None:
        self._client.close()

    def count(self) -> int:
        return int(self._collection.count())

    def ids(self) -> set[int]:
        return {int(name) for name in self._collection.get(include=[])["ids"]}

    def put(self, ids: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Stores vectors, shape (len(ids), dimension); an id that is there already gets the new one."""
        for start in range(0, len(ids), BATCH):
            part = slice(start, start + BATCH)
            self._collection.upsert(ids=[str(i) for i in ids[part]], embeddings=vectors[part])

    def remove(self, ids: Sequence[int]) -> None:
        for start in range(0, len(ids), BATCH):
            self._collection.delete(ids=[str(i) for i in ids[start : start + BATCH]])

    def nearest(self, vector: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
        """The ids of the k nearest vectors (all, if there are fewer) with their cosine similarity, best first."""
        found = self._collection.query(query_embeddings=vector[None], n_results=k, include=["distances"])
        distances = (found["distances"] or [[]])[0]
        return [(int(name), 1.0 - distance) for name, distance in zip(found["ids"][0], distances, strict=True)]


def blank_unused(folder: Path) -> None:
    """Writes zeros over the room for vectors to come: hnswlib saves it as it lay in memory, with whatever had been
    there before, a letter's text too. `header.bin` begins with its version, the offset of the first vector's bytes, for
    how many there is room, how many there are, and the bytes of one."""
    for header in folder.rglob("header.bin"):
        _, _, room, used, size = struct.unpack_from("<i4Q", header.read_bytes())
        file = header.with_name("data_level0.bin")
        if file.stat().st_size == room * size:
            with file.open("r+b") as data:
                data.seek(used * size)
                data.write(bytes((room - used) * size))
