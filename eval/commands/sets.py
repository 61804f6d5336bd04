"""What the sets hold, and what may become part of them."""

from collections import Counter
from pathlib import Path
from typing import Annotated, get_args

import typer

from eval.commands.options import DataFolder
from eval.paths import DATA


def sets(data: DataFolder = DATA) -> None:
    """Checks the sets against the letters, and counts their cases."""
    from eval.runs.running import load_set, read_letters
    from eval.systems.run_files import SetName

    names: tuple[SetName, ...] = get_args(SetName)
    for name in names:
        letters = read_letters(name, data)
        found = load_set(name, letters, data)
        asked = found.askable(letters)
        kinds = Counter(case.group for case in found.cases)
        halves = Counter(case.split for case in found.cases)
        counted = ", ".join(f"{count} {kind}" for kind, count in [*halves.items(), *kinds.most_common()])
        print(f"{name}: {len(found.cases)} cases, {len(found.cases) - len(asked)} skipped; {counted}")


def ministers(data: DataFolder = DATA) -> None:
    """Prints the set of questions to ministers, built from the documents, a case a line."""
    from eval.sets.corpus import read_documents
    from eval.sets.ministers import build

    for case in build(read_documents(data), data).cases:
        print(case.model_dump_json())


def candidates(
    folder: Annotated[Path, typer.Argument(help="the data folder of the service")],
) -> None:
    """Prints what readers of a service said of its answers, a candidate for a case a line, for people to judge."""
    from eval.sets.candidates import candidates
    from kamerbrief.library import Kamerbrief

    with Kamerbrief(folder) as kb:
        for candidate in candidates(kb):
            print(candidate.model_dump_json())
