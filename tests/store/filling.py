"""Fills a small disk with a store, and says what happens. Run with a folder on it."""

import sys
from pathlib import Path

from kamerbrief.errors import StoreError
from kamerbrief.store.store import Store
from tests.store.holding import agrees, heads_in, letter_in
from tests.store.letters import CHUNKING, EMBEDDER, a_letter


def main(folder: Path) -> None:
    """Each line is what was said of a full disk; the last three are what still went well."""
    there: list[str] = []
    data, ballast = folder / "data", folder / "ballast"
    ballast.write_bytes(bytes(5_000_000))
    with Store(data, EMBEDDER, CHUNKING) as store:
        for number in range(100):
            name = f"letter-{number:03}"
            try:
                store.put([a_letter(name, "een", 40)])
            except StoreError as error:
                print(str(error))
                break
            there.append(name)
        try:
            store.rebuild(lambda _: [[a_letter("letter-000", "twee", 40)]])
        except StoreError as error:
            print(str(error))
    ballast.unlink()
    check(data, there)
    print("read")
    with Store(data, EMBEDDER, CHUNKING) as store:
        store.remove(there[:-1])
        assert store.whole()
        assert agrees(store)
        print("whole")
        store.put([a_letter("letter-999", "drie", 4)])
        assert heads_in(store) == [there[-1], "letter-999"]
        print("removed and added again")


def check(data: Path, there: list[str]) -> None:
    with Store(data, EMBEDDER, CHUNKING) as store:
        assert heads_in(store) == there
        for name in there:
            letter = letter_in(store, name)
            assert letter is not None
            assert len(letter.paragraphs) == 40


if __name__ == "__main__":
    main(Path(sys.argv[1]))
