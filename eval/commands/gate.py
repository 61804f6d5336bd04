"""The gate."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.commands.options import DataFolder
from eval.commands.performing import opening, performed
from eval.paths import DATA, RESULTS, RUNS

if TYPE_CHECKING:
    from eval.runs.results import Results

GATED = ("golden", "conversations", "record", "record-sample", "far-off", "far-off-sample")
"""The runs that are held against baselines."""


def gate(
    data: DataFolder = DATA,
    update: Annotated[bool, typer.Option("--update", help="make the new figures the baselines")] = False,
) -> None:
    """Fails when a set came out worse than its committed baseline by more than chance."""
    from eval.reporting import gate as gates
    from eval.runs.running import measures_of
    from eval.systems.run_files import load_run

    failed: list[str] = []
    with opening(data) as library_of:
        for name in GATED:
            run = load_run(RUNS / f"{name}.toml")
            results = performed(name, run, RESULTS / "gate" / name, data, fresh=True, found=library_of(run))
            if update:
                print(gates.save(results, measures_of(run.set)))
            else:
                failed += _worse(results, data)
    if failed:
        print("\n".join(["", *failed]))
        raise typer.Exit(1)


def _worse(results: "Results", data: Path) -> list[str]:
    """Prints how results differ from their baseline, and what is outdated on pages; gives what is worse."""
    from eval.reporting import gate as gates
    from eval.reporting.tables import differences_table
    from eval.runs.running import measures_of

    measures = measures_of(results.meta.run.set)
    path = gates.path_of(results.meta.name, results.meta.letters)
    baseline = gates.load(path)
    found = gates.differences(results, baseline, measures)
    print(
        f"{results.meta.name}: {len(results.results)} cases, {results.meta.skipped} skipped for want of their letters\n"
    )
    print(differences_table(found, f"baseline {baseline.commit[:7]}", "now"), end="\n\n")
    _warn(results, data)
    worse = [one.measure.name for one in found if one.fails]
    return [f"worse than {path.name}: {', '.join(worse)}"] if worse else []


def _warn(results: "Results", data: Path) -> None:
    """Tells which figures that are kept for pages are other ones now, of the whole set and of its halves."""
    from eval.reporting import gate as gates
    from eval.reporting import measured
    from eval.runs.running import load_set, measures_of

    name, about = results.meta.name, results.meta.run.set
    cases = load_set(about, {}, data).cases  # none of the gated sets is made out of the letters
    for kept, split in ((f"{name}-test", "test"), (f"{name}-dev", "dev"), (name, None)):
        if measured.path_of(kept).exists():
            chosen = [case.id for case in cases if split in (None, case.split)]
            for one in gates.outdated(measured.load(kept), results, chosen, measures_of(about)):
                print(f"warning: pages tell of {kept}: {one}; `python -m eval run {kept} --keep` keeps it anew")
