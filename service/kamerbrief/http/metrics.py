"""What the service counts, for Prometheus."""

import importlib
import os
from collections.abc import Iterator
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, values
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from kamerbrief.library import Kamerbrief
from kamerbrief.records.answers import Answer
from kamerbrief.records.briefings import Briefing, Job

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # as the client for Prometheus calls it
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)


def count_together(folder: Path) -> None:
    """From now on this process and those that are forked off it count into files of a folder, and each tells the sums.
    For what is made after it."""
    os.environ[_FOLDER] = str(folder)
    importlib.reload(values)  # it looks at the variable when it is imported, and at no other time


class Metrics:
    """Counters of one service. The letters are counted when they are asked for."""

    def __init__(self, kb: Kamerbrief) -> None:
        self._now = _Now(kb)
        self._registry = registry = CollectorRegistry()
        self._requests = Counter(
            "kamerbrief_requests", "Requests, by route and status.", ("method", "route", "status"), registry=registry
        )
        self._seconds = Histogram(
            "kamerbrief_request_seconds", "Time of a request.", ("route",), buckets=_SECONDS, registry=registry
        )
        self._steps = Histogram(
            "kamerbrief_step_seconds", "Time of an answer's steps.", ("step",), buckets=_SECONDS, registry=registry
        )
        self._answers = Counter("kamerbrief_answers", "Answers.", ("status", "writer"), registry=registry)
        self._failures = Counter(
            "kamerbrief_model_failures", "Answers, and briefings, whose model failed.", registry=registry
        )
        self._dropped = Counter(
            "kamerbrief_dropped_sentences", "Sentences not let out, by rule.", ("rule",), registry=registry
        )
        self._tokens = Counter("kamerbrief_tokens", "Tokens of language models.", registry=registry)
        self._cost = Counter("kamerbrief_cost", "Cost of language models, in the currency set.", registry=registry)
        self._jobs = Counter("kamerbrief_briefings", "Briefings, by how they ended.", ("state",), registry=registry)

    def count_request(self, method: str, route: str, status: int, seconds: float) -> None:
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def count_answer(self, answer: Answer) -> None:
        self._answers.labels(answer.status, answer.writer).inc()
        for step, milliseconds in answer.milliseconds.items():
            self._steps.labels(step).observe(milliseconds / 1000)
        for refusal in answer.refusals:
            self._dropped.labels(refusal.rule).inc()
        self._count_model(answer)

    def count_job(self, job: Job) -> None:
        """Counts a job that is done or failed."""
        self._jobs.labels(job.state).inc()
        if briefing := job.briefing:
            for rule, count in briefing.refusals.items():
                self._dropped.labels(rule).inc(count)
            self._count_model(briefing)

    def _count_model(self, written: Answer | Briefing) -> None:
        self._tokens.inc(written.tokens)
        self._cost.inc(written.cost)
        if written.failure:
            self._failures.inc()

    def text(self) -> bytes:
        """All of it in Prometheus' text format."""
        told = CollectorRegistry()
        if _FOLDER in os.environ:
            MultiProcessCollector(told)  # type: ignore[no-untyped-call]
        else:
            told.register(self._registry)
        told.register(self._now)
        return generate_latest(told)


class _Now(Collector):
    """What is the same for all processes, counted when it is asked for."""

    def __init__(self, kb: Kamerbrief) -> None:
        self._kb = kb

    def collect(self) -> Iterator[GaugeMetricFamily]:
        waiting = self._kb.jobs.count("queued")
        yield GaugeMetricFamily("kamerbrief_briefings_queued", "Briefings that wait to be made.", waiting)
        yield GaugeMetricFamily("kamerbrief_letters", "Letters that can be asked about.", self._kb.status().letters)
