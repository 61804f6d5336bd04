"""Figures as Markdown tables."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from eval.metrics.base import Measure
from eval.reporting.figures import Difference, Figure


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a bar in a cell is escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def number(value: float, measure: Measure, *, sign: bool = False) -> str:
    """As many digits as the measure wants; "–" where it applies to nothing."""
    return "–" if math.isnan(value) else f"{value:{'+' if sign else ''}.{measure.digits}f}"


def figures_table(found: Mapping[str, Figure], measures: Iterable[Measure]) -> str:
    """Every measure that applies, with its interval."""
    rows = [
        (m.name, number(f.value, m), f"{number(f.low, m)} to {number(f.high, m)}")
        for m in measures
        if not math.isnan((f := found[m.name]).value)
    ]
    return markdown(("measure", "value", "95 % interval"), rows)


def side_by_side(runs: Mapping[str, Mapping[str, Figure]], measures: Iterable[Measure]) -> str:
    """A row a measure, a column a run."""
    rows = [
        (m.name, *(number(found[m.name].value, m) for found in runs.values()))
        for m in measures
        if not all(math.isnan(found[m.name].value) for found in runs.values())
    ]
    return markdown(("measure", *runs), rows)


def differences_table(found: Iterable[Difference], a: str, b: str) -> str:
    rows: Iterator[Sequence[str]] = (
        (
            d.measure.name,
            number(d.a, d.measure),
            number(d.b, d.measure),
            number(d.change, d.measure, sign=True),
            f"{number(d.low, d.measure, sign=True)} to {number(d.high, d.measure, sign=True)}",
            d.verdict,
        )
        for d in found
        if not math.isnan(d.change)
    )
    return markdown(("measure", a, b, "change", "95 % interval", ""), rows)
