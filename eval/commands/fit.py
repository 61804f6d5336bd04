"""Fits the weights of the service. They are printed, and put in their place with --write."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.checked import EvalError
from eval.commands.options import DataFolder
from eval.paths import CACHE, DATA, ROOT
from kamerbrief.files import write_whole

if TYPE_CHECKING:
    from kamerbrief.linear import Fitted

app = typer.Typer(no_args_is_help=True)
Write = Annotated[bool, typer.Option("--write", help="put the weights into the service")]
Folder = Annotated[Path, typer.Option("--folder", help="where states (3 GB) and checkpoints are kept, to go on from")]
Seed = Annotated[int, typer.Option("--seed", help="the chance that it is trained by")]
PairsShown = Annotated[int, typer.Option("--pairs", min=1, help="how many pairs it is shown")]
Without = Annotated[
    list[str] | None, typer.Option("--without", help="a source of pairs to leave out, or own; may be given again")
]
Share = Annotated[float, typer.Option("--share", min=0.01, max=1.0, help="how much of the pairs is taken")]
Onward = Annotated[
    Path | None, typer.Option("--onward", help="weights that were trained before, to train further", exists=True)
]
EVERY = 38_000  # pairs between two judgements
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


@app.command()
def reader(
    data: DataFolder = DATA,
    folder: Folder = CACHE / "reader",
    seed: Seed = 1,
    pairs: PairsShown = 115_000,
    without: Without = None,
    share: Share = 1.0,
    onward: Onward = None,
    write: Write = False,
) -> None:
    """Whether a passage answers a question or supports a sentence: a network, trained for an hour on one core."""
    if find_spec("torch") is None:
        raise EvalError("a network is trained with PyTorch: python -m pip install -e '.[eval,fitting]'")
    from eval.fitting.reader.fitting import Choice, fit_network
    from eval.fitting.reader.training import Training

    folder.mkdir(parents=True, exist_ok=True)
    file = fit_network(data, folder, Training(seed, pairs, EVERY, onward), Choice(without or [], share))
    print(f"{file}: {file.stat().st_size} bytes")
    if write:
        place = SERVICE / "embedding" / "reader.npz"
        write_whole(place, file.read_bytes())
        print(f"written: {place}")


def _show(fitted: "Fitted", file: Path, write: bool) -> None:
    from eval.fitting.weights import as_text, save

    print(as_text(fitted))
    if write:
        save(fitted, file)
        print(f"written: {file}")
