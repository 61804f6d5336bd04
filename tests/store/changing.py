"""A process that changes a store without end, until it is killed. Run by test_crash.py with the store's folder."""

import sys
from pathlib import Path

from kamerbrief.store.store import Store
from tests.store.letters import CHUNKING, EMBEDDER, a_letter


def main(folder: str, seed: str) -> None:
    """Adds, replaces and removes letters of many chunks, several at a time."""
    with Store(Path(folder), EMBEDDER, CHUNKING) as store:
        store.put([a_letter("letter-0", seed, paragraphs=5)])
        print("ready", flush=True)
        round_number = 0
        while True:
            version = f"{seed} {round_number}"
            store.put([a_letter(f"letter-{n}", version, paragraphs=5 + n) for n in range(4)])
            store.remove([f"letter-{round_number % 4}"])
            round_number += 1


if __name__ == "__main__":
    main(*sys.argv[1:])
