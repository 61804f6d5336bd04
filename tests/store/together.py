"""Two adders, a reader and one who rebuilds, each a process of its own, on one store at once. Run by test_together.py:

    python -m tests.store.together FOLDER ROUNDS

Prints how often each did its work; whatever is wrong ends it with an error.
"""

import os
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import chromadb  # noqa: F401 - loaded once here, not in every process

from kamerbrief.errors import StoreLockedError
from kamerbrief.records.letters import Filters
from kamerbrief.store.keeping import EmbeddedLetter
from kamerbrief.store.store import Store
from kamerbrief.store.stored import EmbeddedChunk
from tests.store.holding import agrees, heads_in
from tests.store.letters import CHUNKING, EMBEDDER, a_letter, vector_of

PARAGRAPHS = 6
KEPT, COMES_AND_GOES, GONE = "letter-kept", "letter-comes", "letter-gone"


def opened(folder: Path) -> Store:
    return Store(folder, EMBEDDER, CHUNKING)


def patiently(work: Callable[[], None]) -> None:
    """Another one may be at work for longer than one waits."""
    while True:
        try:
            work()
            return
        except StoreLockedError:
            time.sleep(0.05)


def adder(folder: Path, name: str, rounds: int) -> None:
    """Adds a letter each round, and replaces one of its own; the one that comes is removed again."""
    with opened(folder) as store:
        for number in range(rounds):
            new = [f"{name}-{number}", f"{KEPT}-{name}", f"{COMES_AND_GOES}-{name}"]
            patiently(lambda: store.put([a_letter(one, str(number), PARAGRAPHS) for one in new]))  # noqa: B023
            assert set(new) <= set(heads_in(store))
            patiently(lambda: store.remove([f"{COMES_AND_GOES}-{name}"]))
            assert f"{COMES_AND_GOES}-{name}" not in heads_in(store)


def rebuilder(folder: Path, _: str, rounds: int) -> None:
    with opened(folder) as store:
        for _round in range(max(1, rounds // 2)):

            def work() -> None:
                store.rebuild(
                    lambda old: (
                        [whole(letter, old.chunks_of(head.id))]
                        for head in old.heads(Filters())
                        if (letter := old.letter(head.id))
                    )
                )

            def whole(letter: object, chunks: object) -> EmbeddedLetter:
                found: list[EmbeddedChunk] = [one.embedded for one in chunks]  # type: ignore[attr-defined]
                return letter, found  # type: ignore[return-value]

            patiently(work)


def reader(folder: Path, _: str, rounds: int) -> None:
    """Every answer is of whole letters, none of it of one that is gone; what was there once and stays, is there."""
    seen: set[str] = set()
    with opened(folder) as store:
        while not (folder.parent / "ended").exists():
            with store.reading() as now:
                names = {head.id for head in now.catalog.heads(Filters())}
                stay = {name for name in names if not name.startswith(COMES_AND_GOES)}
                assert seen <= stay, f"lost: {seen - stay}"
                assert GONE not in names
                # What this reading must find; one that is being replaced may be out of its sight for that moment.
                must, seen = {name for name in seen if not name.startswith(KEPT)}, stay
                ids = [chunk for chunk, _ in now.vectors.nearest(vector_of(1), 1000)]
                ids += [chunk for chunk, _ in now.words.search("alinea", 1000)]
                found = now.catalog.chunks(ids)
                assert GONE not in {chunk.letter_id for chunk in found}
                near = {chunk.letter_id for chunk in found}
                assert must <= near, f"not found: {must - near}"
                for name in sorted(names)[:20]:
                    letter = now.catalog.letter(name)
                    if letter is not None:
                        assert len(letter.paragraphs) == PARAGRAPHS
                        assert len({p.text.rpartition("versie ")[2] for p in letter.paragraphs}) == 1


def forked(work: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    return child


def ended_well(child: int) -> bool:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def main(folder: Path, rounds: int) -> None:
    def first() -> None:
        with opened(folder) as store:
            store.put([a_letter(GONE, "weg", PARAGRAPHS)])
            store.remove([GONE])

    assert ended_well(forked(first))
    reading = [forked(lambda: reader(folder, "", rounds)) for _ in range(2)]
    changing = [forked(lambda: adder(folder, name, rounds)) for name in ("een", "twee")]  # noqa: B023
    changing.append(forked(lambda: rebuilder(folder, "", rounds)))
    well = [ended_well(child) for child in changing]
    (folder.parent / "ended").touch()
    well += [ended_well(child) for child in reading]
    assert all(well), well

    def last() -> None:
        with opened(folder) as store:
            assert len(heads_in(store)) == 2 * rounds + 2
            assert agrees(store)

    assert ended_well(forked(last))
    print(f"2 adders, {rounds} rounds each; {max(1, rounds // 2)} rebuilds; 2 readers")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
