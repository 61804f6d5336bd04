"""How long things take: each a table, of a time, and of how many passes of the embedding model it would hold."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.commands.options import DataFolder, Keep
from eval.paths import DATA

if TYPE_CHECKING:
    from eval.speed.base import Timed

app = typer.Typer(no_args_is_help=True)
REFERENCE = "reference before, after; load of 1 and 5 minutes"
HEAD = "| step | figure | × reference | goal |\n|---|---|---|---|"
Store = Annotated[Path | None, typer.Option("--store", help="a data folder that is filled, or is to be kept")]


@app.command()
def adding(
    store: Store = None,
    pages: Annotated[int, typer.Option(help="how many sgd pages are in --store; what is there is not added again")] = 0,
    data: DataFolder = DATA,
    kept: Keep = False,
) -> None:
    """Adding the letters and answers of the data folder to a new store; and with pages to --store."""
    from eval.speed.adding import measure_adding
    from eval.speed.base import beside_reference

    table = _Table("adding", kept)
    with tempfile.TemporaryDirectory() as folder:
        table.show(beside_reference(measure_adding, Path(folder), data, 0))
    if store is not None:
        table.show(beside_reference(measure_adding, store, data, pages))
    table.keep(f" --pages {pages}" if store else "")


@app.command()
def reading(data: DataFolder = DATA, kept: Keep = False) -> None:
    """Reading the largest document of each format."""
    from eval.speed.base import beside_reference
    from eval.speed.reading import measure_reading

    table = _Table("reading", kept)
    table.show(beside_reference(measure_reading, data))
    table.keep()


@app.command()
def page(data: DataFolder = DATA, kept: Keep = False) -> None:
    """The views of the page in Chromium, beside an empty page."""
    from eval.speed.base import beside_reference
    from eval.speed.page import measure_page

    table = _Table("page", kept)
    with tempfile.TemporaryDirectory() as folder:
        table.show(beside_reference(measure_page, Path(folder) / "data", data))
    table.keep()


@app.command()
def asking(
    store: Store = None,
    questions: Annotated[int, typer.Option(help="how many real ones to ministers, beside the golden ones")] = 200,
    data: DataFolder = DATA,
    kept: Keep = False,
) -> None:
    """Asking in a process that is warm, and by a program that is started anew."""
    from eval.speed.asking import measure_asking, measure_starting
    from eval.speed.asking import questions as real
    from eval.speed.base import beside_reference

    table = _Table("asking", kept)
    with _filled(store, data) as there:
        table.show(beside_reference(measure_asking, there, real(data, questions)))
        table.show(beside_reference(measure_starting, there))
    table.keep()


@app.command()
def embedding(
    passages: Annotated[int, typer.Option(help="how many, of 124 tokens on average")] = 270,
    data: DataFolder = DATA,
    kept: Keep = False,
) -> None:
    """The embedded model, and the package beside it whose weights it runs."""
    from eval.speed.base import beside_reference
    from eval.speed.embedding import measure_embedding

    table = _Table("embedding", kept)
    table.show(beside_reference(measure_embedding, data, passages))
    table.keep()


@app.command()
def briefings(data: DataFolder = DATA, kept: Keep = False) -> None:
    """Briefings of up to 200 letters: seconds, and memory beyond that of the open library."""
    from eval.speed.base import beside_reference
    from eval.speed.briefings import fill, measure_briefing

    table = _Table("briefings", kept)
    with tempfile.TemporaryDirectory() as folder:
        for ids in fill(Path(folder), data):
            table.show(beside_reference(measure_briefing, Path(folder), ids))
    table.keep()


@app.command()
def proof(data: DataFolder = DATA, kept: Keep = False) -> None:
    """Proving a sentence, and how soon a proven one leaves."""
    from eval.speed.base import beside_reference
    from eval.speed.proof import measure_proof

    table = _Table("proof", kept)
    table.show(beside_reference(measure_proof, data))
    table.keep()


@app.command()
def load(
    store: Store = None,
    clients: Annotated[int, typer.Option(help="how many ask at once")] = 16,
    seconds: Annotated[int, typer.Option(help="for how long")] = 20,
    answers: Annotated[int, typer.Option(help="so many more are asked, the memory read on the way")] = 0,
    data: DataFolder = DATA,
    kept: Keep = False,
) -> None:
    """The service under load, and the library beside it; needs the program wrk."""
    from eval.speed.base import beside_reference
    from eval.speed.load import measure_load

    table = _Table("load", kept)
    with _filled(store, data) as there:
        table.show(beside_reference(measure_load, there, data, clients, seconds, answers))
    table.keep()


@app.command()
def workers(
    store: Store = None,
    clients: Annotated[int, typer.Option(help="how many ask at once")] = 16,
    seconds: Annotated[int, typer.Option(help="for how long")] = 20,
    count: Annotated[int | None, typer.Option("--workers", min=2, help="processes; without, the cores")] = None,
    data: DataFolder = DATA,
    kept: Keep = False,
) -> None:
    """A service in one process beside one in several; needs the program wrk."""
    from eval.speed.base import beside_reference
    from eval.speed.workers import measure_workers

    table = _Table("workers", kept)
    with _filled(store, data) as there:
        table.show(beside_reference(measure_workers, there, data, clients, seconds, count))
    table.keep(f" --clients {clients}")


@contextmanager
def _filled(store: Path | None, data: Path) -> Iterator[Path]:
    """The data folder that is given, or a new one with the real documents."""
    from eval.sets.corpus import documents
    from kamerbrief.library import Kamerbrief

    if store is not None:
        yield store
        return
    with tempfile.TemporaryDirectory() as folder:
        with Kamerbrief(folder) as kb:
            for outcome in kb.add_all(documents(data)):
                if isinstance(outcome, Exception):
                    raise outcome
        yield Path(folder)


class _Table:
    """Shows what was measured as it comes, and in the end keeps it, if that is wanted."""

    def __init__(self, name: str, kept: bool) -> None:
        self._name, self._kept = name, kept
        self._timed: list[Timed] = []
        print(f"{os.cpu_count()} cores\n\n{HEAD}", flush=True)

    def show(self, timed: "Timed") -> None:
        self._timed.append(timed)
        for row in timed.rows:
            ratio = timed.ratio(row)
            print(f"| {row.step} | {row.figure} | {'' if ratio is None else f'{ratio:.2f}'} | {row.goal} |")
        print(f"| *{REFERENCE}* | {timed.reference} | 1 | |", flush=True)

    def keep(self, options: str = "") -> None:
        """Under the command's name. The value of a figure is its ratio to the reference."""
        from eval.reporting.measured import Value, keep, of_command

        if not self._kept:
            return
        found = {}
        for number, timed in enumerate(self._timed, 1):
            for row in timed.rows:
                ratio = timed.ratio(row)
                value = None if ratio is None else round(ratio, 2)
                step = row.step if row.step not in found else f"{row.step} ({number})"
                found[step] = Value(value=value, text=row.figure, goal=row.goal)
            found[f"{REFERENCE} ({number})"] = Value(value=1, text=timed.reference)
        print(keep(f"speed-{self._name}", of_command(f"python -m eval speed {self._name}{options} --keep", found)))
