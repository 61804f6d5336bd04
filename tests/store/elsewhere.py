"""A process that makes one change to a store. Run with the store's folder, what to do, and a letter's id."""

import sys
from pathlib import Path

from kamerbrief.store.store import Store
from tests.store.letters import CHUNKING, EMBEDDER, a_letter


def main(folder: str, what: str, letter: str) -> None:
    with Store(Path(folder), EMBEDDER, CHUNKING) as store:
        if what == "put":
            store.put([a_letter(letter, "elders")])
        elif what == "remove":
            store.remove([letter])
        else:
            store.rebuild(lambda _: [[a_letter(letter, "elders")]])


if __name__ == "__main__":
    main(*sys.argv[1:])
