"""A long run that is killed and resumed: what docs/faults.md tells of it."""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated
from unittest.mock import patch

import typer

from eval.checked import EvalError
from eval.commands.options import DataFolder
from eval.paths import DATA


def kills(
    folder: Annotated[Path, typer.Argument(help="where all is kept; a command that was cut off goes on there")],
    data: DataFolder = DATA,
    pages: Annotated[int, typer.Option(min=2, help="how many sgd pages, from the first on")] = 5023,
    times: Annotated[int, typer.Option(min=1, help="how often the run is killed")] = 10,
    seed: Annotated[int, typer.Option(help="of the moments")] = 20140910,
    questions: Annotated[int, typer.Option(help="how many real ones are searched for in both")] = 100,
    made: Annotated[bool, typer.Option("--made-vectors", help="of no meaning, which take no time to make")] = False,
) -> None:
    """Adds pages in one run, and beside it in one that is killed (SIGKILL) at random moments and resumed; compares what
    both came to."""
    from eval.metrics.same_stores import alike, differences, furthest, held
    from eval.speed.asking import questions as real
    from eval.systems.killed import add_killed, add_whole, write_pages
    from eval.systems.made_vectors import made_vectors

    there = write_pages(folder, data, pages)
    settings: AbstractContextManager[dict[str, str]] = made_vectors() if made else nullcontext({})
    with settings as environment, patch.dict(os.environ, environment), ThreadPoolExecutor() as beside:
        whole_run = beside.submit(add_whole, folder)
        runs = add_killed(folder, there, times, seed)
        print(f"in one run: {len(whole_run.result())} letters told of")
        for one in runs.kills:
            print(f"killed after {one.seconds} s, {one.told} letters told of")
        print(f"told as news twice: {len(runs.twice)}", flush=True)
        whole, killed = (held(folder / name, real(data, questions)) for name in ("whole", "killed"))
    print(f"{len(killed.letters)} letters, {killed.paragraphs} paragraphs, {len(killed.chunks)} chunks")
    print(f"vectors differ by {furthest(whole.vectors, killed.vectors):.1e} at most", end=", ")
    print(f"of sentences by {furthest(whole.sentences, killed.sentences):.1e}")
    print(alike(whole, killed))
    found = [*differences(whole, killed), *(f"told twice: {line}" for line in runs.twice)]
    print("\n".join(found) or "the same")
    if found:
        raise EvalError(f"{folder}: what was killed and resumed is not as it should be")
