"""Figures for Prometheus: requests, operations, subscriptions and statements, added up over all workers."""

import os
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from prometheus_client import REGISTRY as OWN_REGISTRY
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
    multiprocess,
)

from engine import OperationFacts

disable_created_metrics()  # type: ignore[no-untyped-call]

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

REQUESTS = Counter("shopwright_requests", "HTTP requests answered.", ["method", "route", "status"])
REQUEST_SECONDS = Histogram("shopwright_request_seconds", "Time to answer.", ["route"], buckets=SECONDS)
REFUSED = Counter("shopwright_requests_refused", "GraphQL requests that ran nothing.", ["schema", "transport", "code"])
OPERATIONS = Counter(
    "shopwright_operations",
    "GraphQL operations run, by compiled plan or by graphql-core.",
    ["schema", "kind", "outcome", "way"],
)
OPERATION_SECONDS = Histogram("shopwright_operation_seconds", "Time to run.", ["schema", "kind"], buckets=SECONDS)
KEPT = Counter("shopwright_answers_kept", "Answers that were served from, or put into, the cache.", ["schema", "way"])
PROVIDERS = Histogram(
    "shopwright_payment_request_seconds",
    "Time that payment providers took to answer, and with what.",
    ["gateway", "act", "outcome"],
    buckets=SECONDS,
)
CALLBACKS = Counter("shopwright_payment_callbacks", "Messages of payment providers.", ["gateway", "outcome"])
SUBSCRIPTIONS = Counter("shopwright_subscriptions", "Subscriptions ever opened.", ["schema"])
OPEN = Gauge("shopwright_subscriptions_open", "Subscriptions open.", ["schema"], multiprocess_mode="livesum")
DELIVERED = Counter("shopwright_events_delivered", "Events handed to live streams.", ["schema"])
SLOW = Counter(
    "shopwright_slow_readers_closed", "Streams and sockets closed as nothing was read.", ["schema", "transport"]
)
FEED_CONNECTS = Counter("shopwright_feed_connects", "Connections made to hear of changes: one, and one a break.")
FEED_DELAY = Histogram(
    "shopwright_feed_delay_seconds", "From announcing to hearing, tried now and then.", buckets=SECONDS
)
TASKS = Gauge("shopwright_tasks", "Tasks of the event loops, looked at every two seconds.", multiprocess_mode="livesum")
STATEMENTS = Histogram("shopwright_database_statement_seconds", "Time of a statement.", buckets=SECONDS)
STARTED = Gauge("shopwright_started_seconds", "When the oldest worker started.", multiprocess_mode="livemin")


class Figures:
    """Counts what the engine of one schema does. Names of operations are the client's words, so they are no label."""

    def __init__(self, schema: str) -> None:
        self._schema = schema
        self._open = OPEN.labels(schema)
        self._delivered = DELIVERED.labels(schema)
        STARTED.set(time.time())

    def request_refused(self, transport: str, *, codes: Sequence[str]) -> None:
        REFUSED.labels(self._schema, transport, outcome(codes)).inc()

    def answer_kept(self, *, found: bool) -> None:
        KEPT.labels(self._schema, "served" if found else "stored").inc()

    def operation_started(self, operation: OperationFacts) -> None:
        """Counted when it ends."""

    def operation_finished(self, operation: OperationFacts, *, codes: Sequence[str], seconds: float) -> None:
        OPERATIONS.labels(self._schema, operation.kind, outcome(codes), operation.way).inc()
        OPERATION_SECONDS.labels(self._schema, operation.kind).observe(seconds)

    def subscription_opened(self, operation: OperationFacts) -> None:
        SUBSCRIPTIONS.labels(self._schema).inc()
        self._open.inc()

    def event_delivered(self, operation: OperationFacts) -> None:
        self._delivered.inc()

    def slow_reader_closed(self, transport: str) -> None:
        SLOW.labels(self._schema, transport).inc()

    def subscription_closed(self, operation: OperationFacts, *, codes: Sequence[str]) -> None:
        self._open.dec()


class FeedFigures:
    """Counts how the feed of changes fares."""

    def feed_connected(self) -> None:
        FEED_CONNECTS.inc()

    def feed_delayed(self, seconds: float) -> None:
        FEED_DELAY.observe(seconds)


def outcome(codes: Sequence[str]) -> str:
    """The first code, or that it went well."""
    return codes[0] if codes else "ok"


def statement_ran(_sql: str, seconds: float) -> None:
    """Count one statement; given to the database to call."""
    STATEMENTS.observe(seconds)


def exposition() -> bytes:
    """Every figure in Prometheus' text format."""
    folder = os.environ.get(FOLDER)
    if not folder:
        return generate_latest(OWN_REGISTRY)
    _forget_the_dead(Path(folder))
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def _forget_the_dead(folder: Path) -> None:
    """What only living workers may count does not outlive a worker that was killed."""
    for file in folder.glob("gauge_live*_*.db"):
        pid = int(file.stem.rpartition("_")[2])
        if not Path(f"/proc/{pid}").exists() and not _answers(pid):
            with suppress(FileNotFoundError):
                multiprocess.mark_process_dead(pid)  # type: ignore[no-untyped-call]


def _answers(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
