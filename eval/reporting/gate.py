"""The gate: sets against their committed baselines.

A baseline holds the numbers of every case, so that the difference is paired. There is one for each state that a machine
can be in: with the real documents of ../shared/data (`all`), and with the sample letter alone (`sample`).
"""

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from eval.checked import Checked, EvalError, first_error
from eval.metrics.base import Measure
from eval.paths import BASELINES
from eval.reporting.figures import Difference, compare, table, value
from eval.reporting.measured import Measured
from eval.reporting.tables import number
from eval.runs.results import Results

DIGITS = 6


class Baseline(Checked):
    """The numbers of a run that later ones are held against; `letters` are the ids of those that were asked about."""

    run: str
    commit: str
    letters: tuple[str, ...]
    scores: dict[str, dict[str, float]]


def path_of(run: str, letters: Mapping[str, str]) -> Path:
    """The baseline of a run for the letters that are here; one over the sample letter alone is the same wherever."""
    return BASELINES / f"{run.removesuffix('-sample')}-{'sample' if len(letters) == 1 else 'all'}.json"


def load(path: Path) -> Baseline:
    """A baseline. Raises EvalError."""
    try:
        return Baseline.model_validate_json(path.read_text("utf-8"))
    except ValidationError as error:
        raise EvalError(f"{path}: {first_error(error)}") from None
    except OSError as error:
        raise EvalError(f"{path}: cannot be read, make it with `python -m eval gate --update`: {error}") from None


def save(results: Results, measures: list[Measure]) -> Path:
    """Makes these results the baseline, without what the clock said."""
    meta = results.meta
    timed = {measure.name for measure in measures if not measure.gated}
    scores = {
        case: {name: value for name, value in row.items() if name not in timed}
        for case, row in sorted(_rounded(results).items())
    }
    path = path_of(meta.name, meta.letters)
    head = {"run": meta.name, "commit": meta.commit, "letters": sorted(meta.letters)}
    lines = ",\n".join(f"{json.dumps(case)}: {json.dumps(row)}" for case, row in scores.items())
    path.write_text(f'{json.dumps(head)[:-1]}, "scores": {{\n{lines}\n}}}}\n')
    return path


def differences(results: Results, baseline: Baseline, measures: list[Measure]) -> list[Difference]:
    """The gated measures, new against baseline. Raises EvalError when they are not of the same cases."""
    scores = _rounded(results)
    if set(scores) != set(baseline.scores):
        odd = sorted(set(scores) ^ set(baseline.scores))
        raise EvalError(
            f"{len(odd)} cases are in the set or in the baseline alone ({', '.join(odd[:3])} …): the set has changed, "
            "so renew the baseline with `python -m eval gate --update`, in a commit of its own"
        )
    return compare(baseline.scores, scores, [measure for measure in measures if measure.gated])


def outdated(kept: Measured, results: Results, cases: Collection[str], measures: Sequence[Measure]) -> list[str]:
    """The figures that pages tell of some cases, and that these results tell otherwise; of another set, none."""
    if kept.set_sha256 != results.meta.set_sha256 or not set(cases) <= results.results.keys():
        return []
    columns = table(results.scores, cases)
    return [
        f"{one.name} {number(was, one)}, now {number(now, one)}"
        for one in measures
        if one.gated and one.name in kept.figures and (was := kept.figures[one.name].value) is not None
        if number(was, one) != number(now := value(one, columns), one)
    ]


def _rounded(results: Results) -> dict[str, dict[str, float]]:
    """The scores as a baseline keeps them: what is beyond its digits is no difference."""
    return {case: {name: round(value, DIGITS) for name, value in row.items()} for case, row in results.scores.items()}
