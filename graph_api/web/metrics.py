"""What the service counts and measures, for Prometheus: no names of people, no documents, labels of closed sets only.

Whatever a client chooses would make as many time series as it likes, so none of it becomes a label.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, disable_created_metrics
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.gc_collector import GCCollector
from prometheus_client.openmetrics import exposition as openmetrics

from graph_api.errors import Code
from graph_api.settings import Method
from graph_api.web.finished import CANCELLED, Finished

SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)
"""Bounds of the durations that are told apart."""
COSTS = (10, 100, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
"""Bounds of the costs that are told apart: entities that an operation is expected to read."""
OK = "OK"
"""Stands for the code of an operation without errors."""

CODES = frozenset({OK, CANCELLED, *(code.value for code in Code)})
UNKNOWN = "unknown"
"""Stands for what was refused before it was known what it is."""
OPERATIONS = ("query", "mutation", "subscription", UNKNOWN)
HEAVY = ("running", "waiting")
Shown = Method | Literal["none"]
"""How a caller tried to prove who asks; `none`: with nothing, or with what is of no known shape."""


class Metrics:
    """The service's counts and measures, in a registry of their own, so that each application has its own."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call] # a second series for each, which nothing here asks for
        self.registry = registry = CollectorRegistry(auto_describe=True)
        ProcessCollector(registry=registry)
        GCCollector(registry=registry)
        about = Gauge("graph_api_build_info", "The version that runs; always 1.", ["version"], registry=registry)
        about.labels(version("graph-api")).set(1)
        operations = Counter(
            "graph_api_operations",
            "Operations that have ended, by their first error.",
            ["type", "code"],
            registry=registry,
        )
        seconds = Histogram(
            "graph_api_operation_duration_seconds",
            "Time from the reading of an operation to its whole answer; subscriptions last and are not in it.",
            ["type"],
            buckets=SECONDS,
            registry=registry,
        )
        cost = Histogram(
            "graph_api_operation_cost",
            "Entities that operations were expected to read.",
            ["type"],
            buckets=COSTS,
            registry=registry,
        )
        # All there are from the start: a series that appears with its first error hides that error from `rate()`.
        self._ended = {(type_, code): operations.labels(type_, code) for type_ in OPERATIONS for code in sorted(CODES)}
        self._seconds = {type_: seconds.labels(type_) for type_ in OPERATIONS if type_ != "subscription"}
        self._cost = {type_: cost.labels(type_) for type_ in OPERATIONS}
        self._in_flight = Gauge(
            "graph_api_operations_in_flight", "Operations that are being answered; no subscriptions.", registry=registry
        )
        heavy = Gauge("graph_api_heavy_operations", "Heavy operations, by what they do.", ["state"], registry=registry)
        self._heavy = {state: heavy.labels(state) for state in HEAVY}
        self._connections = Gauge(
            "graph_api_websocket_connections", "WebSocket connections that are open.", registry=registry
        )
        self._subscriptions = Gauge(
            "graph_api_subscriptions", "Subscriptions that are being followed.", registry=registry
        )
        self._limited = Counter(
            "graph_api_rate_limited", "Requests refused because one client sent too many.", registry=registry
        )
        self._up = Gauge("graph_api_neo4j_up", "Whether Neo4j answers: 1 or 0.", registry=registry)
        refused = Counter(
            "graph_api_authentication_failures",
            "Requests whose caller did not prove who they are, by what they showed.",
            ["method"],
            registry=registry,
        )
        self._refused = {method: refused.labels(method) for method in (*Method, "none")}

    def count_operation(self, finished: Finished) -> None:
        """Count an operation that has ended, by the first code of its errors."""
        operation = finished.sort if finished.sort in OPERATIONS else UNKNOWN
        code = finished.codes[0] if finished.codes else OK
        self._ended[operation, code if code in CODES else Code.INTERNAL.value].inc()
        if operation in self._seconds:
            self._seconds[operation].observe(finished.seconds)
        if finished.cost is not None:
            self._cost[operation].observe(finished.cost)

    @contextmanager
    def operation_in_flight(self) -> Iterator[None]:
        """Count an operation for as long as it is being answered."""
        with self._in_flight.track_inprogress():
            yield

    def heavy_operations(self, *, running: int, waiting: int) -> None:
        """Say how many heavy operations there are."""
        self._heavy["running"].set(running)
        self._heavy["waiting"].set(waiting)

    @contextmanager
    def websocket_connection(self) -> Iterator[None]:
        """Count a WebSocket connection for as long as it is open."""
        with self._connections.track_inprogress():
            yield

    @contextmanager
    def subscription(self) -> Iterator[None]:
        """Count a subscription for as long as it is followed."""
        with self._subscriptions.track_inprogress():
            yield

    def rate_limited(self) -> None:
        """Count a request that was one too many."""
        self._limited.inc()

    def authentication_failed(self, method: Shown) -> None:
        """Count a request whose caller did not prove who they are."""
        self._refused[method].inc()

    def neo4j_answers(self, answers: bool) -> None:  # noqa: FBT001 it is the value itself
        """Say whether Neo4j answers."""
        self._up.set(answers)

    def render(self, accept: str | None = None) -> tuple[str, bytes]:
        """Return the content type and the text: OpenMetrics for those who ask for it by name, else Prometheus' own."""
        kinds = (part.partition(";")[0].strip().lower() for part in (accept or "").split(","))
        if "application/openmetrics-text" in kinds:
            return openmetrics.CONTENT_TYPE_LATEST, openmetrics.generate_latest(self.registry)  # type: ignore[no-untyped-call]
        return CONTENT_TYPE_PLAIN_0_0_4, generate_latest(self.registry)
