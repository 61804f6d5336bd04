"""The gate."""

from typing import Annotated

import typer

from eval.commands.options import DataFolder
from eval.commands.performing import performed
from eval.paths import DATA, RESULTS, RUNS

KEPT = {"golden-test": "test", "golden-dev": "dev", "golden": None}
"""Figures on pages that the gate measures as well, with the half of the set that they are of."""


def gate(
    data: DataFolder = DATA,
    update: Annotated[bool, typer.Option("--update", help="make the new figures the baseline")] = False,
) -> None:
    """Fails when the golden set came out worse than the committed baseline by more than chance."""
    from eval.reporting import gate as gates
    from eval.reporting import measured
    from eval.reporting.tables import differences_table
    from eval.runs.running import measures_of
    from eval.sets.cases import load_golden
    from eval.systems.run_files import load_run

    results = performed("golden", load_run(RUNS / "golden.toml"), RESULTS / "gate", data, fresh=True)
    measures = measures_of("golden")
    if update:
        print(gates.save(results, measures))
        return
    path = gates.path_of(results.meta.name, results.meta.letters)
    baseline = gates.load(path)
    found = gates.differences(results, baseline, measures)
    print(f"{len(results.results)} cases, {results.meta.skipped} skipped for want of their letters\n")
    print(differences_table(found, f"baseline {baseline.commit[:7]}", "now"))
    for kept, split in KEPT.items():
        if measured.path_of(kept).exists():
            cases = [case.id for case in load_golden().cases if split in (None, case.split)]
            for one in gates.outdated(measured.load(kept), results, cases, measures):
                print(f"warning: pages tell of {kept}: {one}; `python -m eval run {kept} --keep` keeps it anew")
    failed = [one.measure.name for one in found if one.fails]
    if failed:
        print(f"\nworse than {path.name}: {', '.join(failed)}")
        raise typer.Exit(1)
