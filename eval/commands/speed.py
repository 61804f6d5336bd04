"""How long things take: each a table, of a time, and of how many passes of the embedding model it would hold."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.commands.options import DataFolder
from eval.paths import DATA

if TYPE_CHECKING:
    from eval.speed.base import Timed

app = typer.Typer(no_args_is_help=True)
HEAD = "| step | figure | × reference | goal |\n|---|---|---|---|"
Store = Annotated[Path | None, typer.Option("--store", help="a data folder that is filled, or is to be kept")]


@app.command()
def adding(
    store: Store = None,
    pages: Annotated[int, typer.Option(help="how many sgd pages are in --store; what is there is not added again")] = 0,
    data: DataFolder = DATA,
) -> None:
    """Adding the letters and answers of the data folder to a new store; and with pages to --store."""
    from eval.speed.adding import measure_adding
    from eval.speed.base import beside_reference

    _begin()
    with tempfile.TemporaryDirectory() as folder:
        _show(beside_reference(measure_adding, Path(folder), data, 0))
    if store is not None:
        _show(beside_reference(measure_adding, store, data, pages))


@app.command()
def asking(
    store: Store = None,
    questions: Annotated[int, typer.Option(help="how many real ones to ministers, beside the golden ones")] = 200,
    data: DataFolder = DATA,
) -> None:
    """Asking in a process that is warm, and by a program that is started anew."""
    from eval.speed.asking import measure_asking, measure_starting
    from eval.speed.asking import questions as real
    from eval.speed.base import beside_reference

    _begin()
    with _filled(store, data) as there:
        _show(beside_reference(measure_asking, there, real(data, questions)))
        _show(beside_reference(measure_starting, there))


@app.command()
def embedding(
    passages: Annotated[int, typer.Option(help="how many, of 124 tokens on average")] = 270, data: DataFolder = DATA
) -> None:
    """The embedded model, and the package beside it whose weights it runs."""
    from eval.speed.base import beside_reference
    from eval.speed.embedding import measure_embedding

    _begin()
    _show(beside_reference(measure_embedding, data, passages))


@app.command()
def briefings(data: DataFolder = DATA) -> None:
    """Briefings of up to 200 letters: seconds, and memory beyond that of the open library."""
    from eval.speed.base import beside_reference
    from eval.speed.briefings import fill, measure_briefing

    _begin()
    with tempfile.TemporaryDirectory() as folder:
        for ids in fill(Path(folder), data):
            _show(beside_reference(measure_briefing, Path(folder), ids))


@app.command()
def proof(data: DataFolder = DATA) -> None:
    """Proving a sentence, and how soon a proven one leaves."""
    from eval.speed.base import beside_reference
    from eval.speed.proof import measure_proof

    _begin()
    _show(beside_reference(measure_proof, data))


@app.command()
def load(
    store: Store = None,
    clients: Annotated[int, typer.Option(help="how many ask at once")] = 16,
    seconds: Annotated[int, typer.Option(help="for how long")] = 20,
    answers: Annotated[int, typer.Option(help="so many more are asked, the memory read on the way")] = 0,
    data: DataFolder = DATA,
) -> None:
    """The service under load, and the library beside it; needs the program wrk."""
    from eval.speed.base import beside_reference
    from eval.speed.load import measure_load

    _begin()
    with _filled(store, data) as there:
        _show(beside_reference(measure_load, there, data, clients, seconds, answers))


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


def _begin() -> None:
    print(f"{os.cpu_count()} cores\n\n{HEAD}", flush=True)


def _show(timed: "Timed") -> None:
    for row in timed.rows:
        ratio = timed.ratio(row)
        print(f"| {row.step} | {row.figure} | {'' if ratio is None else f'{ratio:.2f}'} | {row.goal} |")
    load = ", ".join(f"{average:.1f}" for average in timed.loads)
    print(
        f"| *reference before, after; load of 1 and 5 minutes* | {timed.before:.1f} ms, {timed.after:.1f} ms; {load} "
        "| 1 | |",
        flush=True,
    )
