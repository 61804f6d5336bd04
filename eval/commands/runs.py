"""Runs of the sets, what came of them, and how they differ."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.checked import EvalError
from eval.commands.options import DataFolder, Keep
from eval.commands.performing import opening, performed
from eval.paths import DATA, RESULTS, RUNS

if TYPE_CHECKING:
    from eval.runs.results import Results

SIDES = ("gold paragraph cited", "vital nuggets, strict", "refused", "stopped", "orders obeyed", "recall@10")


def run(
    files: Annotated[list[Path], typer.Argument(help="run files, or names of those in eval/runs")],
    data: DataFolder = DATA,
    output: Annotated[Path, typer.Option("--output", "-o", help="the folder for the results")] = RESULTS,
    fresh: Annotated[bool, typer.Option("--fresh", help="begin anew where results are there already")] = False,
    kept: Keep = False,
) -> None:
    """Runs run files; what is there already of the same run is kept, and the rest is added."""
    from eval.reporting.measured import keep, of_results
    from eval.runs.running import measures_of
    from eval.systems.run_files import load_run

    with opening(data) as library_of:
        for file in files:
            path = file if file.suffix else RUNS / f"{file}.toml"
            what = load_run(path)
            results = performed(path.stem, what, output / path.stem, data, fresh=fresh, found=library_of(what))
            _show(results)
            if kept:
                print(keep(path.stem, of_results(results, measures_of(results.meta.run.set))))


def report(
    results: Path,
    data: DataFolder = DATA,
    test: Annotated[bool, typer.Option("--test", help="show cases of the test half, too")] = False,
) -> None:
    """Writes report.md and report.html beside the results."""
    from eval.reporting.report import write
    from eval.runs.results import Results

    for path in write(Results(_folder(results)), data, test=test):
        print(path)


def table(results: list[Path]) -> None:
    """Puts results of one set side by side; which differences are no chance, `compare` tells."""
    from eval.reporting.figures import figures
    from eval.reporting.tables import side_by_side
    from eval.runs.results import Results
    from eval.runs.running import measures_of

    found = [Results(_folder(one)) for one in results]
    _same_set(found)
    measures = measures_of(found[0].meta.run.set)
    print(side_by_side({one.meta.name: figures(one.scores, measures) for one in found}, measures))


def compare(a: Path, b: Path) -> None:
    """Compares two results: the differences with their intervals, and the cases that changed sides."""
    from eval.reporting.figures import compare, sides
    from eval.reporting.tables import differences_table
    from eval.runs.results import Results
    from eval.runs.running import measures_of

    first, second = Results(_folder(a)), Results(_folder(b))
    _same_set([first, second])
    before, after = first.scores, second.scores
    shared = len(before.keys() & after.keys())
    print(f"{first.meta.name} ({len(before)} cases) and {second.meta.name} ({len(after)}): {shared} shared\n")
    found = compare(before, after, measures_of(first.meta.run.set))
    print(differences_table(found, first.meta.name, second.meta.name))
    for metric in SIDES:
        for word, cases in zip(("rose", "fell"), sides(before, after, metric), strict=True):
            if cases:
                print(f"\n{metric} {word} in {len(cases)}: {', '.join(cases)}")


def judge(
    results: Path,
    model: Annotated[str, typer.Option(help="the judge, another model than the one that wrote the answers")],
    url: Annotated[str, typer.Option(help="its OpenAI-compatible server, up to /v1")] = "",
    data: DataFolder = DATA,
) -> None:
    """Lets a language model judge the facts of the answers, and tells how far it agrees with the accepted spellings.

    Its key is taken from OPENAI_API_KEY.
    """
    from rich.console import Console
    from rich.progress import track

    from eval.reporting.judge import agreement, write
    from eval.reporting.judge import judge as judged_by
    from eval.runs.results import Results
    from eval.runs.running import load_set
    from eval.sets.corpus import read_documents
    from kamerbrief.models.openai_client import OpenAIClient

    found = Results(_folder(results))
    cases = {case.id: case for case in load_set(found.meta.run.set, read_documents(data), data).cases}
    client = OpenAIClient(url, os.environ.get("OPENAI_API_KEY", ""))
    judged = list(track(judged_by(found, cases, client, model), console=Console(stderr=True)))
    summary = agreement(model, judged)
    print(write(found.folder, judged, summary))
    print(
        f"{summary.nuggets} vital nuggets of {len(judged)} answers, {summary.senseless} judged senselessly: spelled "
        f"{summary.spelled:.3f}, stated by {model} {summary.stated:.3f}; they agree in {summary.agreement:.3f}, "
        f"Cohen's kappa {summary.kappa:.3f}"
    )


def _show(results: "Results") -> None:
    from eval.reporting.figures import figures
    from eval.reporting.tables import figures_table
    from eval.runs.running import measures_of

    measures = measures_of(results.meta.run.set)
    found = figures(results.scores, measures)
    print(
        f"{results.meta.name}: {len(results.results)} cases, {results.meta.skipped} skipped for want of their letters\n"
    )
    print(figures_table(found, measures), end="\n\n")


def _same_set(results: list["Results"]) -> None:
    first, *others = results
    for other in others:
        if (first.meta.run.set, first.meta.set_sha256) != (other.meta.run.set, other.meta.set_sha256):
            names = f"{first.meta.name} is of the set {first.meta.run.set}, {other.meta.name} of {other.meta.run.set}"
            raise EvalError(f"{names}, or of another version of it: run both anew")


def _folder(results: Path) -> Path:
    return results if results.is_dir() else RESULTS / results
