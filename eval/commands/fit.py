"""Fits the weights of the service. They are printed, and put in their place with --write."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.commands.options import DataFolder
from eval.paths import DATA, ROOT

if TYPE_CHECKING:
    from kamerbrief.linear import Fitted

app = typer.Typer(no_args_is_help=True)
Write = Annotated[bool, typer.Option("--write", help="put the weights into the service")]
SERVICE = ROOT / "service" / "kamerbrief"


@app.command()
def answers(data: DataFolder = DATA, write: Write = False) -> None:
    """Which paragraph and sentences answer, and whether they are to be said at all."""
    from eval.fitting.answers import fit_answers

    _show(fit_answers(data), SERVICE / "answers" / "weights.json", write)


@app.command()
def topics(data: DataFolder = DATA, write: Write = False) -> None:
    """Whether the letters are about what is asked at all."""
    from eval.fitting.topics import fit_topics

    _show(fit_topics(data), SERVICE / "answers" / "topic.json", write)


@app.command()
def support(data: DataFolder = DATA, write: Write = False) -> None:
    """Whether the words of a sentence find their like in its sources: the last rule of `verify`."""
    from eval.fitting.support import fit_support

    _show(fit_support(data), SERVICE / "proof" / "weights.json", write)


@app.command()
def briefings(data: DataFolder = DATA, write: Write = False) -> None:
    """How likely a sentence is a promise, a decision, an open point or a key fact."""
    from eval.fitting.briefings import fit_briefings

    _show(fit_briefings(data), SERVICE / "briefings" / "choose" / "weights.json", write)


def _show(fitted: "Fitted", file: Path, write: bool) -> None:
    from eval.fitting.weights import as_text, save

    print(as_text(fitted))
    if write:
        save(fitted, file)
        print(f"written: {file}")
