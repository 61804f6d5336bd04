"""Adding letters, step by step: read, as far as it must be waited for, chunk, embed, store."""

import gzip
import json
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

from eval.sets.corpus import documents
from eval.sets.passages import PAGES
from eval.speed.base import Row, Steps, peak_memory
from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.index import adding
from kamerbrief.index.chunks import chunk
from kamerbrief.letters.apart import Outcome, Readers
from kamerbrief.letters.sources import SourceLike
from kamerbrief.library import Kamerbrief
from kamerbrief.records.letters import Added, Letter
from kamerbrief.store.store import Store


def measure_adding(store: Path, data: Path, pages: int) -> list[Row]:
    """Adds the letters of the data folder, and so many sgd pages, as far as the store lacks them.

    Paragraphs a second end to end, the model loaded, and the share of each step.
    """
    with Kamerbrief(store) as kb:
        there = {head.id for head in kb.letters()}
        wanted = {name: text for name, text in _pages(data, pages) if name not in there}
        kb.ask("Is het model geladen?")
        steps = Steps()
        with _adding_timed(steps, wanted):
            start, idle = time.perf_counter(), time.process_time()
            outcomes = list(kb.add_all([*documents(data), *wanted.values()]))
            seconds, busy = time.perf_counter() - start, time.process_time() - idle
        added = [one for one in outcomes if isinstance(one, Added) and one.outcome != "same"]
        status = kb.status()
    rows = [Row("in the store", f"{status.letters} letters, {status.paragraphs} paragraphs, {status.chunks} chunks")]
    if not added:
        return rows
    count = sum(one.paragraphs for one in added)
    what = f"adding {len(added)} letters, {count} paragraphs"
    rate = f"{count / seconds:.0f} paragraphs/s ({busy * 1000 / count:.1f} ms of processor each)"
    rows += [Row(what, rate, seconds * 1000 / count, "≥ 40")]
    shares = {name: sum(times) / 1000 for name, times in steps.times.items()}
    shares["the rest"] = seconds - sum(shares.values())
    rows += [Row(f"… {name}", f"{share:.2f} s, {share / seconds:.0%}") for name, share in shares.items()]
    return [*rows, Row("memory of the adding process, at most", f"{peak_memory():.0f} MB")]


@contextmanager
def _adding_timed(steps: Steps, pages: Iterable[str]) -> Iterator[None]:
    """Times the steps of adding. What is added as bytes is a page and gets the next id of `pages`: the numbers printed
    on pages are not their own, and those that share one would replace each other."""
    ids, each = iter(pages), Readers.each

    def read(*args: Any) -> Iterator[tuple[SourceLike, Outcome]]:
        found = each(*args)
        wait = steps.timed("read", lambda: next(found, None))
        while (read := wait()) is not None:
            source, one = read
            page = {"id": next(ids)} if isinstance(source, bytes) else {}
            yield source, one.model_copy(update=page) if isinstance(one, Letter) else one

    with (
        patch.object(Readers, "each", read),
        patch.object(adding, "chunk", steps.timed("chunk", chunk)),
        patch.object(E5Embedder, "passages", steps.timed("embed", E5Embedder.passages)),
        patch.object(Store, "put", steps.timed("store", Store.put)),
    ):
        yield


def _pages(data: Path, count: int) -> Iterator[tuple[str, bytes]]:
    path = data / PAGES
    if count and path.exists():
        with gzip.open(path, "rt") as lines:
            for number, line in enumerate(islice(lines, count), 1):
                yield f"sgd-{number}", json.loads(line)["text"].encode()
