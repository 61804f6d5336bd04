"""Measures briefings of many letters, and prints a Markdown table.

    python -m eval.speed.briefings

Of one letter of 32 pages, then of 50, 100 and 200 letters: the seconds once the library is open, and how much memory
that took beyond opening it. Each is a process of its own. The letters are the real documents of ../shared/data, over
and over under other ids. Machines differ: the first line says how long the embedding model takes for a passage here.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from eval.sets.corpus import DATA, read_documents
from eval.speed.asking import reference
from kamerbrief.index.chunks import chunk
from kamerbrief.library import Kamerbrief
from kamerbrief.store.store import EmbeddedLetter

MOST = 200
SIZES = (50, 100, MOST)
LONG = "kamerbrief-water-en-bodem-2022"
DOSSIER = "99999"
MEGABYTE = 1024  # kilobytes, in which Linux tells the highest memory


def main() -> None:
    if not DATA.is_dir():
        sys.exit("the real documents of ../shared/data are not here")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, a passage {reference():.0f} ms\n")
    print("| letters | words | seconds | memory, MB more |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        long, ids = fill(Path(folder))
        for chosen in ([long], *(ids[:size] for size in SIZES)):
            print(
                "| {letters} | {words:,} | {seconds:.1f} | {memory:.0f} |".format(**apart(folder, chosen)), flush=True
            )


def fill(folder: Path) -> tuple[str, list[str]]:
    """Puts the letters into a store. Gives the id of the long one, and those of all the others."""
    letters = read_documents(DATA)
    with Kamerbrief(folder) as kb:
        found = kb._adding.embedded([(letter, chunk(letter)) for letter in letters.values()])
        copies = list(islice(_copies(found), MOST))
        for at in range(0, len(copies), len(found)):
            kb._store.put(copies[at : at + len(found)])
        kb._store.put([one for one in found if one[0].id == letters[LONG].id])
    return letters[LONG].id, [letter.id for letter, _ in copies]


def _copies(found: Sequence[EmbeddedLetter]) -> Iterator[EmbeddedLetter]:
    number = 0
    while True:
        for letter, chunks in found:
            number += 1
            yield letter.model_copy(update={"id": f"kst-{DOSSIER}-{number}", "dossier": DOSSIER}), chunks


def apart(folder: str, ids: Sequence[str]) -> dict[str, float]:
    """One briefing in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "eval.briefing_speed", folder], input="\n".join(ids), stdout=subprocess.PIPE, text=True
    )
    if done.returncode:
        sys.exit(f"the briefing of {len(ids)} letters failed")
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def measure(folder: str, ids: Sequence[str]) -> dict[str, float]:
    """Figures of the second briefing of two: the first warms what is loaded once."""
    with Kamerbrief(folder) as kb:
        kb.brief(ids[:1])
        before, start = _memory(), time.perf_counter()
        kb.brief(ids)
        seconds, memory = time.perf_counter() - start, _memory() - before
        words = sum(len(one.text.split()) for name in ids for one in kb.letter(name).paragraphs)
    return {"letters": len(ids), "words": words, "seconds": seconds, "memory": memory}


def _memory() -> float:
    """The most memory this process has had so far, in megabytes. `resource` would count its parent's."""
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / MEGABYTE


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1], sys.stdin.read().split())))
    else:
        main()
