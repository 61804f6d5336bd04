"""A run with its progress on the terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from eval.paths import CACHE

if TYPE_CHECKING:
    from eval.runs.results import Results
    from eval.systems.library import Library
    from eval.systems.run_files import Run


def performed(
    name: str, what: "Run", folder: Path, data: Path, *, fresh: bool, found: "Library | None" = None
) -> "Results":
    """Runs with a progress bar, asking the library that was `found` if there is one.

    Ends the program when the system was lost on the way.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from eval.runs.results import Results
    from eval.runs.running import perform

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    lost = ""
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(name, total=None)
        for progress in perform(name, what, folder, data, CACHE, fresh=fresh, found=found):
            bar.update(task, completed=progress.done, total=progress.total)
            lost = progress.lost
    if lost:
        done = len(Results(folder).results)
        print(
            f"{name}: {lost}; {done} of {progress.total} cases are in {folder}: run it again to go on", file=sys.stderr
        )
        raise typer.Exit(1)
    return Results(folder)


@contextmanager
def opening(data: Path) -> Iterator["Callable[[Run], Library | None]"]:
    """Gives the library that a run asks, opened once for all runs that ask the same one: to read the letters takes
    longer than to ask. None for a run that asks another system, or letters of its own."""
    from eval.runs.running import OF_THEIR_OWN, folder_of
    from eval.systems.library import library

    opened: dict[str, Library] = {}
    with ExitStack() as stack:

        def library_of(run: "Run") -> "Library | None":
            if run.system != "library" or run.set in ("injection", *OF_THEIR_OWN):
                return None
            alike = run.model_copy(update={"set": "golden", "split": None}).model_dump_json()
            if alike not in opened:
                opened[alike] = stack.enter_context(library(run, folder_of(run, data), CACHE))
            return opened[alike]

        yield library_of
