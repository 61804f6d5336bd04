"""Bars on a terminal while something goes on, on stderr; nothing where that is none."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
from rich.text import Text

from kamerbrief.cli.terminal import count, printable
from kamerbrief.errors import LetterError
from kamerbrief.records.briefings import Progress as LetterRead
from kamerbrief.records.fetching import Fetched
from kamerbrief.records.letters import Added, LetterHead

OUTCOMES = {
    "new": "added",
    "same": "there already",
    "changed": "version {version}",
    "older": "an older version ({version})",
}


def adding(
    outcomes: Iterator[tuple[object, Added | LetterError]], total: int, *, quiet: bool
) -> Iterator[tuple[object, Added | LetterError]]:
    """Passes outcomes on while showing a bar with files per second, and, unless quiet, a line for each letter."""
    with _progress() as progress:
        lines = _lines(progress)
        task = progress.add_task("adding", total=total)
        before: object | None = None
        for source, outcome in outcomes:
            progress.advance(task, source is not before)  # a ZIP or an e-mail is one file and may be several letters
            before = source
            if isinstance(outcome, Added) and not quiet:
                became = OUTCOMES[outcome.outcome].format(version=outcome.version)
                about = f"{count(outcome.paragraphs, 'paragraph')}, {became}"
                line = Text.assemble((outcome.letter, "bold"), f"  {printable(outcome.label)}  ", (about, "dim"))
                lines.print(line, soft_wrap=True)
            yield source, outcome


def fetching(outcomes: Iterator[Fetched], *, quiet: bool) -> Iterator[Fetched]:
    """Passes outcomes on while showing a bar, and, unless quiet, a line for each record that is not as it was."""
    with _progress("records") as progress:
        lines = _lines(progress)
        task = progress.add_task("fetching", total=None)
        for done in outcomes:
            progress.update(task, advance=1, total=done.total)
            if done.outcome not in ("same", "failed") and not quiet:
                line = Text.assemble((printable(done.id), "bold"), (f"  {done.outcome}", "dim"))
                lines.print(line, soft_wrap=True)
            yield done


@contextmanager
def reindexing(total: int) -> Iterator[Callable[[LetterHead], None]]:
    """Shows a bar; call what it gives once a letter."""
    with _progress() as progress:
        task = progress.add_task("indexing", total=total)
        yield lambda _letter: progress.advance(task)


@contextmanager
def briefing_progress() -> Iterator[Callable[[LetterRead], None]]:
    """Shows a bar; call what it gives with each letter that was read."""
    with _progress() as progress:
        task = progress.add_task("reading", total=None)
        yield lambda step: progress.update(task, completed=step.done, total=step.letters)


class _Speed(ProgressColumn):
    def __init__(self, noun: str) -> None:
        self._noun = noun
        super().__init__()

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:.1f} {self._noun}/s", style="dim")


def _progress(noun: str = "letters") -> Progress:
    """A bar on stderr, where that is a terminal; stdout is left to the results."""
    console = Console(stderr=True, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Speed(noun))
    return Progress(*columns, console=console, transient=True, redirect_stdout=False, disable=not console.is_terminal)


def _lines(progress: Progress) -> Console:
    """Where lines beside a bar go: where both are one terminal through the bar's console, or they would tear it."""
    return progress.console if progress.console.is_terminal and sys.stdout.isatty() else Console(highlight=False)
