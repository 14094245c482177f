"""What is counted and measured while a service runs, for Prometheus. No id, no reference and no amount is in it."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from rules_engine.host.answered import Answered

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Figures:
    """The figures of one service."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.calls = Counter(
            "rules_engine_calls", "Calls answered.", ("method", "route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "rules_engine_call_seconds",
            "Seconds that a call took.",
            ("method", "route"),
            buckets=SECONDS,
            registry=self.registry,
        )
        self.events = Counter(
            "rules_engine_events", "Events answered: `new`, or on record already.", ("seen",), registry=self.registry
        )
        self.decisions = Counter(
            "rules_engine_decisions", "Decisions recorded.", ("programme", "outcome"), registry=self.registry
        )
        self.at_work = Gauge("rules_engine_calls_at_work", "Calls at work or waiting.", registry=self.registry)
        self.streams = Gauge("rules_engine_streams_open", "Event streams and batches open.", registry=self.registry)
        self.jobs = Gauge("rules_engine_jobs_open", "Jobs that wait or run.", registry=self.registry)
        self.last_number = Gauge(
            "rules_engine_feed_last_number", "The number of the last decision.", registry=self.registry
        )
        self.deliveries = Counter(
            "rules_engine_webhook_deliveries", "Webhook deliveries tried.", ("result",), registry=self.registry
        )

    def answered(self, answered: Answered) -> None:
        """Count an event that was answered, and what was recorded for it."""
        self.events.labels("new" if answered.is_new else "again").inc()
        if answered.is_new:
            for decision in answered:
                self.decisions.labels(decision.programme, decision.outcome.word).inc()

    def text(self) -> bytes:
        """Write all figures as Prometheus reads them."""
        return generate_latest(self.registry)
