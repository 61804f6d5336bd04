"""Two pictures of a run as SVG: recall@k, and risk against coverage."""

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from eval.metrics.base import Columns
from eval.metrics.refusals import risk_coverage
from eval.metrics.retrieval import DEPTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_STYLE: Any = {"svg.hashsalt": "kamerbrief", "svg.fonttype": "path", "font.size": 9}  # same run, same file


def recall_plot(columns: Columns) -> str:
    """recall@k for k of 1 to 10."""
    ks = range(1, DEPTH + 1)
    means = [float(np.nanmean(columns[f"recall@{k}"])) for k in ks]

    def draw(axes: "Axes") -> None:
        axes.plot(ks, means, marker="o", markersize=3, color="#154273")
        axes.set(xlabel="k", ylabel="recall@k", ylim=(0, 1.02), xticks=ks)

    return _svg(draw)


def risk_plot(columns: Columns) -> str:
    """The share answered wrongly against the share answered, the surest answers first."""
    coverage, risk = risk_coverage(columns)

    def draw(axes: "Axes") -> None:
        axes.step(coverage, risk, where="post", color="#154273")
        axes.set(xlabel="coverage (share answered)", ylabel="risk (share of these wrong)", xlim=(0, 1), ylim=(0, 1))

    return _svg(draw)


def _svg(draw: "Callable[[Axes], None]", size: Sequence[float] = (4.2, 2.8)) -> str:
    import matplotlib  # takes a second to load
    from matplotlib.figure import Figure

    matplotlib.rcParams.update(_STYLE)
    figure = Figure(figsize=(size[0], size[1]), layout="constrained")
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(alpha=0.3)
    draw(axes)
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None}, transparent=True)
    svg = buffer.getvalue()
    return svg[svg.index("<svg") :]  # an HTML page takes it without the XML declaration
