"""A run with its progress on the terminal."""

import sys
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
