"""What the service counts, as Prometheus reads it; no label ever holds what a user sent.

Where several processes share one port they share a folder too, named by PROMETHEUS_MULTIPROC_DIR
before this module is imported: each writes its own part there, and any of them tells the sum.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Metric, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from outfitter.adapters.leftovers import leftovers
from outfitter.adapters.process_lock import ProcessLock

SHARED = "PROMETHEUS_MULTIPROC_DIR"
_FOLDER, _OWNER = "outfitter-metrics-", "owner"
# How old another process's gauges may be when they are read.
_EVERY = 1.0
# From an answer out of memory to a turn whose model thought to its deadline.
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """The counters of one running service."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._is_shared = SHARED in os.environ
        self._watched: list[tuple[Gauge, Callable[[], float]]] = []
        if not self._is_shared:
            # Memory, processor time and open files; nothing where the system does not tell them.
            ProcessCollector(registry=self._registry)
        self._requests = self._counter(
            "requests", "Requests answered.", "method", "route", "status"
        )
        self._seconds = self._histogram(
            "request_seconds", "Seconds from a request to the end of its answer.", "route"
        )
        says = "Turns answered, replays not among them."
        self._turns = self._counter("turns", says, "status", "analyzer")
        says = "Times that Claude gave no usable analysis and the offline analyzer answered."
        self._failures = self._counter("model_failures", says, "reason")
        says = "Calls to the model, each try counted."
        self._calls = self._counter("model_calls", says, "outcome")
        self._call_seconds = self._histogram("model_call_seconds", "Seconds of a model's call.")
        self._tokens = self._counter("model_tokens", "Tokens the model read and wrote.", "kind")

    def requested(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request; `route` is the template it matched, `method` one there is or "other"."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def answered(self, status: str, analyzer: str) -> None:
        """Count a turn."""
        self._turns.labels(status, analyzer).inc()

    def model_failed(self, reason: str) -> None:
        """Count a failure of the model."""
        self._failures.labels(reason).inc()

    def called(self, outcome: str, seconds: float, read: int, written: int) -> None:
        """Count a call to the model, with the tokens it read and wrote."""
        self._calls.labels(outcome).inc()
        self._call_seconds.observe(seconds)
        self._tokens.labels("input").inc(read)
        self._tokens.labels("output").inc(written)

    @asynccontextmanager
    async def watching(
        self, in_use: Callable[[], float], keys_age: Callable[[], float] | None
    ) -> AsyncIterator[None]:
        """Show how many database connections are out, and how old an auth server's keys are."""
        says = "Connections in use."
        self._watch("outfitter_database_connections_in_use", says, in_use, "livesum")
        if keys_age:
            says = "Seconds since the auth server's keys came; infinite before."
            self._watch("outfitter_jwks_age_seconds", says, keys_age, "livemax")
        self._look()
        looking = asyncio.create_task(self._keep_looking()) if self._is_shared else None
        try:
            yield
        finally:
            if looking:
                looking.cancel()
                with suppress(asyncio.CancelledError):
                    await looking

    def text(self) -> str:
        """Everything in Prometheus' text format."""
        self._look()
        registry = self._registry
        if self._is_shared:
            registry = CollectorRegistry()
            registry.register(_Together(Path(os.environ[SHARED])))
        return generate_latest(registry).decode()

    def _counter(self, name: str, says: str, *labels: str) -> Counter:
        return Counter(f"outfitter_{name}", says, labels, registry=self._registry)

    def _histogram(self, name: str, says: str, *labels: str) -> Histogram:
        name = f"outfitter_{name}"
        return Histogram(name, says, labels, buckets=_SECONDS, registry=self._registry)

    def _watch(
        self,
        name: str,
        description: str,
        value: Callable[[], float],
        together: Literal["livesum", "livemax"],
    ) -> None:
        gauge = Gauge(name, description, registry=self._registry, multiprocess_mode=together)
        self._watched.append((gauge, value))

    def _look(self) -> None:
        for gauge, value in self._watched:
            gauge.set(value())

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(_EVERY)
            self._look()


class _Together(Collector):
    """The sums of what all processes have counted; one of them may only be starting."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def collect(self) -> Iterable[Metric]:
        """The sums; a file that was made this moment and has nothing in it yet is passed over."""
        files = [str(one) for one in self._folder.glob("*.db") if _has_begun(one)]
        found: Iterable[Metric] = MultiProcessCollector.merge(files)  # type: ignore[no-untyped-call]
        return found


def _has_begun(file: Path) -> bool:
    try:
        return file.stat().st_size > 0
    except FileNotFoundError:
        return False


@contextmanager
def shared() -> Iterator[Path]:
    """A folder for several processes until the context ends; those of services that died go."""
    for folder in leftovers(_FOLDER, _OWNER):
        shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_FOLDER) as name:
        owner = ProcessLock(Path(name, _OWNER))
        owner.take()
        os.environ[SHARED] = name  # the processes inherit it
        try:
            yield Path(name)
        finally:
            del os.environ[SHARED]
            owner.release()


def forget_all_but(alive: Collection[int], folder: Path) -> None:
    """Drop the gauges of processes that are gone; what they counted stays in the sums."""
    for file in folder.glob("gauge_*.db"):
        process = int(file.stem.rpartition("_")[2])
        if process not in alive:
            mark_process_dead(process, str(folder))  # type: ignore[no-untyped-call]
