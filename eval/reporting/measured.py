"""What was measured, kept for the pages: `eval/measured/NAME.json`.

The tables of the README and of docs are written from these files (`eval.reporting.pages`), so a figure on a page is
one that a command gave, and the file says which one, when, of which code, and on what machine.
"""

import datetime
import json
import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from pydantic import Field, ValidationError

from eval.checked import Checked, EvalError, first_error
from eval.metrics.base import Measure
from eval.paths import MEASURED
from eval.reporting.figures import Scores, figures, table
from eval.runs.checkout import checkout
from eval.runs.results import Results
from eval.systems.run_files import SetName
from kamerbrief.files import write_whole

DIGITS = 6


class Value(Checked):
    """A figure: its 95 % interval from `low` to `high` if it has one, and of how many (`n`) it was made.

    What is not a number is told in `text`; `goal` is what it ought to be.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    text: str = ""
    goal: str = ""


class Measured(Checked):
    """The figures that one command gave. `changed` says that the checkout had changes besides its commit.

    `note` says what else there is to know, such as that figures were carried over. `set` and `set_sha256` are those of
    the set that was asked: when the set is another one now, the figures are stale.
    """

    command: str = Field(min_length=1)
    date: datetime.date
    commit: str = Field(min_length=7)
    changed: bool = False
    machine: str = ""
    note: str = ""
    set: SetName | None = None
    set_sha256: str = ""
    figures: dict[str, Value]


def of_results(results: Results, measures: list[Measure]) -> Measured:
    """The figures of a run: n is the number of cases to which the metric of that name applies."""
    meta, scores = results.meta, results.scores
    return Measured(
        command=f"python -m eval run {meta.name} --keep",
        date=datetime.date.fromisoformat(meta.started[:10]),
        commit=meta.commit,
        changed=meta.changed,
        machine=machine(),
        set=meta.run.set,
        set_sha256=meta.set_sha256,
        figures=values(scores, measures),
    )


def values(scores: Scores, measures: list[Measure]) -> dict[str, Value]:
    """Each measure that applies to anything, rounded."""
    columns, found = table(scores, scores), figures(scores, measures)
    return {
        name: Value(
            value=round(one.value, DIGITS),
            low=None if np.isnan(one.low) else round(one.low, DIGITS),
            high=None if np.isnan(one.high) else round(one.high, DIGITS),
            n=int((~np.isnan(columns[name])).sum()) if name in columns else len(scores),
        )
        for name, one in found.items()
        if not np.isnan(one.value)
    }


def of_command(command: str, found: Mapping[str, Value]) -> Measured:
    """Figures that a command gave just now."""
    return Measured(
        command=command,
        date=datetime.datetime.now(datetime.UTC).date(),
        **checkout(),
        machine=machine(),
        figures=dict(found),
    )


def machine() -> str:
    """The cores, and the load of the last minute."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"


def path_of(name: str) -> Path:
    return MEASURED / f"{name}.json"


def keep(name: str, measured: Measured) -> Path:
    """Puts figures in the place of those kept under the same name; raises OSError."""
    head = measured.model_dump(mode="json", exclude={"figures"}, exclude_defaults=True)
    lines = (
        f"{json.dumps(figure, ensure_ascii=False)}: {value.model_dump_json(exclude_defaults=True)}"
        for figure, value in measured.figures.items()
    )
    text = json.dumps(head, ensure_ascii=False, indent=0)[:-2] + ',\n"figures": {\n' + ",\n".join(lines) + "\n}}\n"
    MEASURED.mkdir(exist_ok=True)
    write_whole(path_of(name), text.encode())
    return path_of(name)


def load(name: str) -> Measured:
    """The figures kept under a name. Raises EvalError."""
    path = path_of(name)
    try:
        return Measured.model_validate_json(path.read_text("utf-8"))
    except ValidationError as error:
        raise EvalError(f"{path}: {first_error(error)}") from None
    except OSError as error:
        raise EvalError(f"{path} cannot be read: {error}") from None
