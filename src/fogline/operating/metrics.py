"""Metrics for Prometheus: of a server, asked at ``/metrics``, and of a build, as a file for node_exporter's textfile collector.

``prometheus-client`` (the extra ``metrics``) does the counting and writes the format. Each server and each build has a
registry of its own; nothing is counted where nobody asked for it.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fogline import __version__
from fogline.errors import FoglineError, UsageError
from fogline.ports import Progress

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

    from fogline.flow import Summary

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Upper bounds of the classes of how long an answer takes: from a page of claims to a brief of a large ledger."""


def need_library() -> None:
    """Raise ``UsageError`` where the library that counts is not installed."""
    if find_spec("prometheus_client") is None:
        raise UsageError("prometheus_client is not installed.", "Install it with: pip install 'fogline[metrics]'.")


class ServerMetrics:
    """What a server has answered, how long that took, and what its ledger holds when it is asked."""

    def __init__(self, held: Callable[[], Mapping[str, int]]) -> None:
        """``held`` counts what the ledger holds (documents, claims ...); it is called once a scrape."""
        need_library()
        from prometheus_client import CollectorRegistry, Counter, Histogram, PlatformCollector, ProcessCollector

        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self._answered = Counter(
            "fogline_requests", "Requests answered.", ("method", "route", "status"), registry=self._registry
        )
        self._took = Histogram(
            "fogline_request_seconds", "Seconds an answer took.", ("route",), buckets=_SECONDS, registry=self._registry
        )
        self._registry.register(_Held(held))
        _info(self._registry)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answer; ``route`` is the address as declared, so that what people ask for is not in it."""
        self._answered.labels(method, route, str(status)).inc()
        self._took.labels(route).observe(seconds)

    def text(self) -> tuple[bytes, str]:
        """All of it in Prometheus' text format, and that format's media type."""
        from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

        return generate_latest(self._registry), CONTENT_TYPE_LATEST


class _Held:
    """Asks what the ledger holds when the metrics are asked for, not at every change."""

    def __init__(self, held: Callable[[], Mapping[str, int]]) -> None:
        self._held = held

    def collect(self) -> Iterator[Any]:
        """One gauge: how many of each there are."""
        from prometheus_client.core import GaugeMetricFamily

        gauge = GaugeMetricFamily("fogline_ledger", "What the ledger holds.", labels=("what",))
        for name, many in self._held().items():
            gauge.add_metric((name,), many)
        yield gauge

    def describe(self) -> Iterator[Any]:
        """Nothing: the ledger is not read before it is asked for."""
        return iter(())


class BuildMetrics:
    """What one build did, how long each of its stages took, and how much memory the process had at most."""

    def __init__(self, file: Path, clock: Callable[[], float] = time.monotonic) -> None:
        """Of a build that starts now, to be written to ``file``, which Prometheus' conventions want to end in ``.prom``."""
        need_library()
        from prometheus_client import CollectorRegistry, Gauge

        self._file = file
        self._clock = clock
        self._begun = self._since = clock()
        self._stage = ""
        self._summary: Summary | None = None
        self._registry = CollectorRegistry()
        self._seconds = Gauge(
            "fogline_build_seconds", "Seconds the stages of the last build took.", ("stage",), registry=self._registry
        )
        _info(self._registry)

    def watched(self, progress: Progress) -> Progress:
        """The progress, its stages timed."""

        def advance(stage: str, done: int, total: int) -> None:
            if stage != self._stage:
                self._turn(stage)
            progress(stage, done, total)

        return advance

    def came_to(self, summary: Summary) -> None:
        """That the build came to its end, and with what."""
        self._summary = summary

    def write(self, at: float) -> None:
        """Write the file whole or not at all; ``at`` is the time in seconds since 1970.

        Raises ``FoglineError`` where it cannot be written.
        """
        from prometheus_client import Gauge, write_to_textfile

        self._turn("")
        self._seconds.labels("all").set(self._clock() - self._begun)
        gauges = {
            "success": ("1 where the last build came to its end, else 0.", float(self._summary is not None)),
            "end_timestamp_seconds": ("When the last build ended.", at),
            "peak_memory_bytes": ("The most memory that the last build's own process had.", float(_peak())),
        }
        for name, (told, value) in gauges.items():
            Gauge(f"fogline_build_{name}", told, registry=self._registry).set(value)
        if self._summary is not None:
            self._tell(self._summary)
        try:
            write_to_textfile(str(self._file), self._registry)
        except OSError as error:
            raise FoglineError(
                f"{self._file}: the metrics cannot be written ({error.strerror}).", "Name another --metrics file."
            ) from error

    def _turn(self, stage: str) -> None:
        now = self._clock()
        if self._stage:
            self._seconds.labels(self._stage).inc(now - self._since)
        self._stage, self._since = stage, now

    def _tell(self, summary: Summary) -> None:
        from prometheus_client import Gauge

        reports = Gauge(
            "fogline_build_reports",
            "Reports of the last build, by what became of them.",
            ("outcome",),
            registry=self._registry,
        )
        for outcome, many in (("read", summary.read), ("known", summary.known), ("failed", len(summary.failures))):
            reports.labels(outcome).set(many)
        holds = Gauge("fogline_build_ledger", "What the ledger held after it.", ("what",), registry=self._registry)
        for what in ("documents", "claims", "families", "disputes", "places"):
            holds.labels(what).set(getattr(summary, what))


def _info(registry: CollectorRegistry) -> None:
    from prometheus_client import Info

    Info("fogline", "Which fogline this is.", registry=registry).info({"version": __version__})


def _peak() -> int:
    """The most memory that this process had so far, in bytes; 0 where the system does not tell."""
    if os.name != "posix":
        return 0
    import resource

    told = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return told if sys.platform == "darwin" else told * 1024
