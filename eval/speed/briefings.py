"""Briefings of many letters: how long, and how much memory beyond that of the open library.

Of one letter of 32 pages, then of 50, 100 and 200 letters. The letters are the real documents, over and over under
other ids.
"""

import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from eval.checked import EvalError
from eval.sets.corpus import read_documents
from eval.sets.passages import VectorCache, embed
from eval.speed.base import Row, peak_memory
from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.index.chunks import VERSION as CHUNKING
from kamerbrief.library import Kamerbrief
from kamerbrief.store.store import EmbeddedLetter, Store

MOST = 200
SIZES = (50, 100, MOST)
GOALS = {1: "≤ 3 s", MOST: "≤ 60 s; memory flat"}
LONG = "kamerbrief-water-en-bodem-2022"
DOSSIER = "99999"


def fill(folder: Path, data: Path) -> list[list[str]]:
    """Puts the letters into a store, and gives the ids of those to be briefed together: of the long one, then of more
    and more of the others. Raises EvalError without the real documents."""
    letters = read_documents(data)
    if LONG not in letters:
        raise EvalError(f"{data} has no {LONG}: give the folder of real documents with --data")
    embedder = E5Embedder()
    (found,) = embed(letters.values(), "subject", VectorCache(embedder, None))
    copies = list(islice(_copies(found), MOST))
    with Store(folder, embedder.name, CHUNKING) as store:
        for at in range(0, len(copies), len(found)):
            store.put(copies[at : at + len(found)])
        store.put([one for one in found if one[0].id == letters[LONG].id])
    return [[letters[LONG].id], *([letter.id for letter, _ in copies[:size]] for size in SIZES)]


def _copies(found: Sequence[EmbeddedLetter]) -> Iterator[EmbeddedLetter]:
    number = 0
    while True:
        for letter, chunks in found:
            number += 1
            yield letter.model_copy(update={"id": f"kst-{DOSSIER}-{number}", "dossier": DOSSIER}), chunks


def measure_briefing(folder: Path, ids: Sequence[str]) -> list[Row]:
    """Figures of the second briefing of two: the first warms what is loaded once."""
    with Kamerbrief(folder) as kb:
        kb.brief(ids[:1])
        before, start = peak_memory(), time.perf_counter()
        kb.brief(ids)
        seconds, memory = time.perf_counter() - start, peak_memory() - before
        words = sum(len(one.text.split()) for name in ids for one in kb.letter(name).paragraphs)
    letters = "1 letter" if len(ids) == 1 else f"{len(ids)} letters"
    step, goal = f"{letters}, {words:,} words", GOALS.get(len(ids), "")
    return [Row(step, f"{seconds:.1f} s, {memory:.0f} MB more", seconds * 1000, goal)]
