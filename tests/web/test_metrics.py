"""Metrics: what is counted, under which labels, and how it is told."""

from contextlib import suppress
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from graph_api.errors import Code
from graph_api.settings import Method
from graph_api.web.finished import Finished
from graph_api.web.metrics import CODES, OPERATIONS, Metrics


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


def value(metrics: Metrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(name, labels)


def finished(**other: Any) -> Finished:
    known: dict[str, Any] = {"surface": "http", "seconds": 0.03, "sort": "query", "cost": 700.0}
    return Finished(**known | other)


def test_an_operation_is_counted_by_its_sort_and_its_first_error(metrics: Metrics) -> None:
    metrics.count_operation(finished())
    metrics.count_operation(finished(codes=("TIMEOUT", "INTERNAL")))
    metrics.count_operation(finished(sort=None, codes=("GRAPHQL_PARSE_FAILED",), cost=None))
    counted = [
        value(metrics, "graph_api_operations_total", type="query", code="OK"),
        value(metrics, "graph_api_operations_total", type="query", code="TIMEOUT"),
        value(metrics, "graph_api_operations_total", type="query", code="INTERNAL"),
        value(metrics, "graph_api_operations_total", type="unknown", code="GRAPHQL_PARSE_FAILED"),
    ]
    assert counted == [1, 1, 0, 1]
    assert value(metrics, "graph_api_operation_duration_seconds_bucket", type="query", le="0.02") == 0
    assert value(metrics, "graph_api_operation_duration_seconds_bucket", type="query", le="0.05") == 2
    assert value(metrics, "graph_api_operation_cost_sum", type="query") == 1_400


def test_what_a_client_chooses_makes_no_new_series(metrics: Metrics) -> None:
    before = len(list(metrics.registry.collect())), metrics.render()[1].count(b"\n")
    for number in range(100):
        metrics.count_operation(finished(sort=f"sort{number}", codes=(f"CODE{number}",), name=f"n{number}", actor="a"))
    assert (len(list(metrics.registry.collect())), metrics.render()[1].count(b"\n")) == before
    assert value(metrics, "graph_api_operations_total", type="unknown", code="INTERNAL") == 100


def test_every_series_of_the_operations_is_there_from_the_start(metrics: Metrics) -> None:
    assert {"OK", "CANCELLED", *Code} == CODES
    there = [
        value(metrics, "graph_api_operations_total", type=each, code=code) for each in OPERATIONS for code in CODES
    ]
    assert there == [0] * len(OPERATIONS) * len(CODES)
    assert [value(metrics, "graph_api_authentication_failures_total", method=each) for each in (*Method, "none")] == [
        0,
        0,
        0,
    ]


def test_what_lasts_is_counted_while_it_lasts_and_no_longer_also_where_it_fails(metrics: Metrics) -> None:
    names = ("graph_api_operations_in_flight", "graph_api_websocket_connections", "graph_api_subscriptions")
    with (
        suppress(ZeroDivisionError),
        metrics.operation_in_flight(),
        metrics.websocket_connection(),
        metrics.subscription(),
    ):
        during = [value(metrics, name) for name in names]
        _ = 1 / 0
    assert (during, [value(metrics, name) for name in names]) == ([1] * 3, [0] * 3)


def test_heavy_operations_and_neo4j_are_told(metrics: Metrics) -> None:
    metrics.heavy_operations(running=1, waiting=4)
    assert value(metrics, "graph_api_heavy_operations", state="running") == 1
    assert value(metrics, "graph_api_heavy_operations", state="waiting") == 4
    metrics.neo4j_answers(True)  # noqa: FBT003 it is the value itself
    assert value(metrics, "graph_api_neo4j_up") == 1
    metrics.neo4j_answers(False)  # noqa: FBT003
    assert value(metrics, "graph_api_neo4j_up") == 0


def test_two_applications_in_one_process_count_apart(metrics: Metrics) -> None:
    other = Metrics()
    other.rate_limited()
    assert value(metrics, "graph_api_rate_limited_total") == 0


@pytest.mark.parametrize("accept", [None, "", "*/*", "text/plain;version=0.0.4", "text/plain; version=\x00é", ";;,,q="])
def test_prometheus_own_format_is_for_all_who_do_not_ask_for_another(metrics: Metrics, accept: str | None) -> None:
    kind, text = metrics.render(accept)
    assert kind == "text/plain; version=0.0.4; charset=utf-8"
    families = {family.name: family for family in text_string_to_metric_families(text.decode())}
    assert {"graph_api_build_info", "graph_api_operations", "python_gc_collections"} <= set(families)
    assert [name for name, family in families.items() if not family.documentation] == []
    assert not [name for name in families if name.endswith("_created")]


def test_openmetrics_is_for_those_who_ask_for_it(metrics: Metrics) -> None:
    kind, text = metrics.render("application/openmetrics-text;version=1.0.0;q=0.8,text/plain;q=0.5")
    assert kind.startswith("application/openmetrics-text")
    assert text.endswith(b"# EOF\n")
