"""The evaluation suite: `python -m eval --help`."""

import os
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn, track

from eval.reporting import gate as gates
from eval.reporting import judge as judges
from eval.reporting.figures import compare as compared
from eval.reporting.figures import figures, sides
from eval.reporting.tables import differences_table, figures_table, side_by_side
from eval.runs.files import RUNS, Run, SetName, load_run
from eval.runs.results import RESULTS, Results
from eval.runs.running import load_set, measures_of, perform
from eval.sets.cases import EvalError
from eval.sets.corpus import DATA, read_documents
from kamerbrief.errors import KamerbriefError
from kamerbrief.library import Kamerbrief
from kamerbrief.models.openai_client import OpenAIClient

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Measures kamerbrief, and compares what was measured."
)
CACHE = Path(__file__).parent / "cache"
DataFolder = Annotated[Path, typer.Option("--data", help="the folder of real documents")]
SIDES = ("gold paragraph cited", "vital nuggets, strict", "refused", "stopped", "orders obeyed", "recall@10")


@app.command()
def run(
    files: Annotated[list[Path], typer.Argument(help="run files, or names of those in eval/runs")],
    data: DataFolder = DATA,
    output: Annotated[Path, typer.Option("--output", "-o", help="the folder for the results")] = RESULTS,
    fresh: Annotated[bool, typer.Option("--fresh", help="begin anew where results are there already")] = False,
) -> None:
    """Runs run files; what is there already of the same run is kept, and the rest is added."""
    for file in files:
        path = file if file.suffix else RUNS / f"{file}.toml"
        results = _performed(path.stem, load_run(path), output / path.stem, data, fresh=fresh)
        _show(results)


@app.command()
def report(
    results: Path,
    data: DataFolder = DATA,
    test: Annotated[bool, typer.Option("--test", help="show cases of the test half, too")] = False,
) -> None:
    """Writes report.md and report.html beside the results."""
    from eval.reporting.report import write  # matplotlib takes a second to load

    for path in write(Results(_folder(results)), data, test=test):
        print(path)


@app.command()
def table(results: list[Path]) -> None:
    """Puts results of one set side by side; which differences are no chance, `compare` tells."""
    found = [Results(_folder(one)) for one in results]
    _same_set(found)
    measures = measures_of(found[0].meta.run.set)
    print(side_by_side({one.meta.name: figures(one.scores, measures) for one in found}, measures))


@app.command()
def compare(a: Path, b: Path) -> None:
    """Compares two results: the differences with their intervals, and the cases that changed sides."""
    first, second = Results(_folder(a)), Results(_folder(b))
    _same_set([first, second])
    before, after = first.scores, second.scores
    shared = len(before.keys() & after.keys())
    print(f"{first.meta.name} ({len(before)} cases) and {second.meta.name} ({len(after)}): {shared} shared\n")
    found = compared(before, after, measures_of(first.meta.run.set))
    print(differences_table(found, first.meta.name, second.meta.name))
    for metric in SIDES:
        for word, cases in zip(("rose", "fell"), sides(before, after, metric), strict=True):
            if cases:
                print(f"\n{metric} {word} in {len(cases)}: {', '.join(cases)}")


@app.command()
def judge(
    results: Path,
    model: Annotated[str, typer.Option(help="the judge, another model than the one that wrote the answers")],
    url: Annotated[str, typer.Option(help="its OpenAI-compatible server, up to /v1")] = "",
    data: DataFolder = DATA,
) -> None:
    """Lets a language model judge the facts of the answers, and tells how far it agrees with the accepted spellings.

    Its key is taken from OPENAI_API_KEY.
    """
    found = Results(_folder(results))
    cases = {case.id: case for case in load_set(found.meta.run.set, read_documents(data), data).cases}
    client = OpenAIClient(url, os.environ.get("OPENAI_API_KEY", ""))
    judged = list(track(judges.judge(found, cases, client, model), console=Console(stderr=True)))
    summary = judges.agreement(model, judged)
    print(judges.write(found.folder, judged, summary))
    print(
        f"{summary.nuggets} vital nuggets of {len(judged)} answers, {summary.senseless} judged senselessly: spelled "
        f"{summary.spelled:.3f}, stated by {model} {summary.stated:.3f}; they agree in {summary.agreement:.3f}, "
        f"Cohen's kappa {summary.kappa:.3f}"
    )


@app.command()
def candidates(
    folder: Annotated[Path, typer.Argument(help="the data folder of the service")],
) -> None:
    """Prints what readers of a service said of its answers, a candidate for a case a line, for people to judge."""
    from eval.sets.candidates import candidates

    with Kamerbrief(folder) as kb:
        for candidate in candidates(kb):
            print(candidate.model_dump_json())


@app.command()
def gate(
    data: DataFolder = DATA,
    update: Annotated[bool, typer.Option("--update", help="make the new figures the baseline")] = False,
) -> None:
    """Fails when the golden set came out worse than the committed baseline by more than chance."""
    results = _performed("golden", load_run(RUNS / "golden.toml"), RESULTS / "gate", data, fresh=True)
    measures = measures_of("golden")
    if update:
        print(gates.save(results, measures))
        return
    path = gates.path_of(results.meta.name, results.meta.letters)
    baseline = gates.load(path)
    found = gates.differences(results, baseline, measures)
    print(f"{len(results.results)} cases, {results.meta.skipped} skipped for want of their letters\n")
    print(differences_table(found, f"baseline {baseline.commit[:7]}", "now"))
    failed = [one.measure.name for one in found if one.fails]
    if failed:
        print(f"\nworse than {path.name}: {', '.join(failed)}")
        raise typer.Exit(1)


@app.command()
def sets(data: DataFolder = DATA) -> None:
    """Checks the sets against the letters, and counts their cases."""
    letters = read_documents(data)
    names: tuple[SetName, ...] = ("golden", "ministers", "injection", "unfaithful", "briefings")
    for name in names:
        found = load_set(name, letters, data)
        asked = found.askable(letters)
        kinds = Counter(case.group for case in found.cases)
        halves = Counter(case.split for case in found.cases)
        counted = ", ".join(f"{count} {kind}" for kind, count in [*halves.items(), *kinds.most_common()])
        print(f"{name}: {len(found.cases)} cases, {len(found.cases) - len(asked)} skipped; {counted}")


def _performed(name: str, what: Run, folder: Path, data: Path, *, fresh: bool) -> Results:
    """Runs with a progress bar. Ends the program when the system was lost on the way."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    lost = ""
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(name, total=None)
        for progress in perform(name, what, folder, data, CACHE, fresh=fresh):
            bar.update(task, completed=progress.done, total=progress.total)
            lost = progress.lost
    if lost:
        done = len(Results(folder).results)
        print(
            f"{name}: {lost}; {done} of {progress.total} cases are in {folder}: run it again to go on", file=sys.stderr
        )
        raise typer.Exit(1)
    return Results(folder)


def _show(results: Results) -> None:
    measures = measures_of(results.meta.run.set)
    found = figures(results.scores, measures)
    print(
        f"{results.meta.name}: {len(results.results)} cases, {results.meta.skipped} skipped for want of their letters\n"
    )
    print(figures_table(found, measures), end="\n\n")


def _same_set(results: list[Results]) -> None:
    first, *others = results
    for other in others:
        if (first.meta.run.set, first.meta.set_sha256) != (other.meta.run.set, other.meta.set_sha256):
            names = f"{first.meta.name} is of the set {first.meta.run.set}, {other.meta.name} of {other.meta.run.set}"
            raise EvalError(f"{names}, or of another version of it: run both anew")


def _folder(results: Path) -> Path:
    return results if results.is_dir() else RESULTS / results


def main() -> None:
    """What is wrong is told in one line."""
    try:
        app()
    except (EvalError, KamerbriefError) as error:
        print(error, file=sys.stderr)
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
