"""What is asked of the catalog for a question reads the chunks that it names, however many letters there are."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from typing import Any

import pytest
from sqlalchemy import Engine, event

from kamerbrief.records.letters import Filters
from kamerbrief.store.catalog import Catalog
from kamerbrief.store.store import Store
from tests.store.letters import CHUNKING, EMBEDDER, a_letter


@pytest.mark.parametrize(
    "ask",
    [
        lambda catalog: catalog.chunks([1, 2]),
        lambda catalog: catalog.texts([1, 2], Filters()),
        lambda catalog: catalog.visible_vectors(1),
        lambda catalog: list(catalog.all_chunks()),
    ],
    ids=["chunks", "texts", "vectors", "all"],
)
def test_chunks_are_read_by_their_own_key(tmp_path: Path, ask: Callable[[Catalog], object]) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_: object, __: object, statement: str, parameters: Any, *___: object) -> None:
        asked.append((statement, parameters))

    with Store(tmp_path, EMBEDDER, CHUNKING) as store:
        store.put([a_letter("a", "1", 3)])
        with store.reading() as generation:
            event.listen(Engine, "before_cursor_execute", note)
            try:
                assert ask(generation.catalog)
            finally:
                event.remove(Engine, "before_cursor_execute", note)
    with closing(connect(next(tmp_path.glob("*/catalog.sqlite")))) as db:
        (first, *_), *_ = (
            [step[-1] for step in db.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            for statement, parameters in asked
            if "chunks" in statement
        )
    assert first.startswith("SEARCH chunks USING INTEGER PRIMARY KEY")
