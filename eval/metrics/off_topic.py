"""What is far off topic: every question of it is to be refused."""

from eval.metrics.base import Measure, Metric, mean
from eval.metrics.refusals import REFUSED, Refused
from eval.sets.cases import Entry

METRICS: tuple[Metric[Entry], ...] = (Refused(),)
MEASURES: tuple[Measure, ...] = (mean(REFUSED, exact=True),)
