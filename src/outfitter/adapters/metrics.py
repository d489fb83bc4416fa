"""What the process counts, as Prometheus reads it; no label ever holds what a user sent."""

from collections.abc import Callable
from http import HTTPMethod

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector

_METHODS = frozenset(HTTPMethod)
# From an answer out of memory to a turn whose model thought to its deadline.
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """The counters of one running service."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        # Memory, processor time and open files; nothing where the system does not tell them.
        ProcessCollector(registry=self._registry)
        self._requests = Counter(
            "outfitter_requests",
            "Requests answered.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "outfitter_request_seconds",
            "Seconds from a request to the end of its answer.",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._turns = Counter(
            "outfitter_turns",
            "Turns answered, replays not among them.",
            ("status", "analyzer"),
            registry=self._registry,
        )
        self._failures = Counter(
            "outfitter_model_failures",
            "Times that Claude gave no usable analysis and the offline analyzer answered.",
            ("reason",),
            registry=self._registry,
        )

    def requested(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request; `route` is the template it matched, never its path."""
        known = method if method in _METHODS else "other"
        self._requests.labels(known, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def answered(self, status: str, analyzer: str) -> None:
        """Count a turn."""
        self._turns.labels(status, analyzer).inc()

    def model_failed(self, reason: str) -> None:
        """Count a failure of the model."""
        self._failures.labels(reason).inc()

    def watch(self, in_use: Callable[[], float], keys_age: Callable[[], float] | None) -> None:
        """Show how many database connections are out, and how old an auth server's keys are."""
        self._show("outfitter_database_connections_in_use", "Connections in use.", in_use)
        if keys_age:
            says = "Seconds since the auth server's keys came; infinite before."
            self._show("outfitter_jwks_age_seconds", says, keys_age)

    def text(self) -> str:
        """Everything in Prometheus' text format."""
        return generate_latest(self._registry).decode()

    def _show(self, name: str, description: str, value: Callable[[], float]) -> None:
        Gauge(name, description, registry=self._registry).set_function(value)
