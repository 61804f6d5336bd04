"""The promises of a briefing alone, for letters of which nothing else was noted by hand."""

from eval.metrics import findings
from eval.metrics.base import Measure, Metric
from eval.sets.briefs import Brief

METRICS: tuple[Metric[Brief], ...] = tuple(
    findings.Count("promises", gold, met) for gold in (False, True) for met in (False, True)
)
MEASURES: tuple[Measure, ...] = tuple(one for one in findings.MEASURES if one.name.startswith("promises"))
