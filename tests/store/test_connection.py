import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from graph_api.errors import Code, GraphApiError, ServiceUnavailableError, UserInputError
from graph_api.store.connection import STATEMENT, Store, require_supported
from graph_api.store.endpoint import Endpoint
from graph_api.store.faults import CredentialsError, StatementTimeoutError, TakenError, UnsupportedVersionError


def elsewhere(endpoint: Endpoint, **changes: object) -> Endpoint:
    facts = {"uri": endpoint.uri, "user": endpoint.user, "password": endpoint.password, "database": endpoint.database}
    return Endpoint(**(facts | changes))  # type: ignore[arg-type]


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Yield the port of a peer that accepts connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


async def test_a_read_answers_its_one_record_in_the_order_of_the_columns(store: Store) -> None:
    assert await store.read("RETURN $b AS b, $a AS a", {"a": 1, "b": [2, "x"]}) == [[2, "x"], 1]


async def test_a_read_that_answers_no_record_or_two_is_a_fault_of_ours(store: Store) -> None:
    with pytest.raises(GraphApiError, match="must answer one record, not none") as none:
        await store.read("UNWIND [] AS n RETURN n")
    with pytest.raises(GraphApiError, match="must answer one record, not more"):
        await store.read("UNWIND [1, 2] AS n RETURN n")
    assert none.value.code is Code.INTERNAL


async def test_rows_are_dictionaries_by_column(store: Store) -> None:
    rows = await store.run("UNWIND range(1, 2500) AS n RETURN n, n % 2 = 0 AS even")
    assert rows[:2] == [{"n": 1, "even": False}, {"n": 2, "even": True}]
    assert len(rows) == 2500


async def test_a_transaction_commits_when_it_ends_cleanly(graph: Store) -> None:
    async with graph.transaction() as tx:
        assert await tx.run("CREATE (n:Kept {name: $name}) RETURN n.name AS name", {"name": "é"}) == [{"name": "é"}]
        assert await tx.run("MATCH (n:Kept) RETURN count(n) AS found") == [{"found": 1}]
    assert await graph.read("MATCH (n:Kept) RETURN collect(n.name)") == [["é"]]


async def test_a_transaction_leaves_no_trace_of_what_failed_or_was_rolled_back(graph: Store) -> None:
    async def fail(cypher: str) -> None:
        async with graph.transaction() as tx:
            await tx.run("CREATE (:Undone)")
            await tx.run(cypher)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail("CREATE (:Undone)")
    async with graph.transaction() as tx:
        await tx.run("CREATE (:Undone)")
        await tx.rollback()
    with pytest.raises(GraphApiError, match="refused a statement"):
        await fail("CREATE (:Undone {wrong: 1/0})")
    assert await graph.read("MATCH (n:Undone) RETURN count(n)") == [0]


async def test_a_cancelled_transaction_leaves_no_trace_and_the_store_serves_on(graph: Store) -> None:
    async def write() -> None:
        async with graph.transaction() as tx:
            await tx.run("CREATE (:Cancelled)")
            await asyncio.sleep(60)

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(write(), 0.5)
    assert await graph.read("MATCH (n:Cancelled) RETURN count(n)") == [0]


async def test_a_read_cannot_write(graph: Store) -> None:
    with pytest.raises(GraphApiError):
        await graph.run("CREATE (:Smuggled)")
    assert await graph.read("MATCH (n:Smuggled) RETURN count(n)") == [0]


async def test_a_statement_is_stopped_when_its_time_is_over(store: Store) -> None:
    started = time.monotonic()
    with pytest.raises(StatementTimeoutError, match="took too long") as stopped:
        await store.read("UNWIND range(1, 1000000000000) AS n RETURN sum(n % 7)", within=0.5)
    assert time.monotonic() - started < 4
    assert stopped.value.code is Code.TIMEOUT


async def test_a_second_node_with_a_unique_key_is_a_conflict(graph: Store) -> None:
    async with graph.transaction() as tx:
        await tx.run("CREATE CONSTRAINT only_here IF NOT EXISTS FOR (n:OnlyHere) REQUIRE n.key IS UNIQUE")
    try:
        with pytest.raises(TakenError, match="same key") as conflict:
            async with graph.transaction() as tx:
                await tx.run("CREATE (:OnlyHere {key: 'secret-value'}), (:OnlyHere {key: 'secret-value'})")
        assert "secret-value" not in conflict.value.message
    finally:
        async with graph.transaction() as tx:
            await tx.run("DROP CONSTRAINT only_here")


async def test_an_explanation_names_the_operators_without_running_the_statement(graph: Store) -> None:
    plan = await graph.explain("CREATE (n:Planned {name: $name}) RETURN n", {"name": "x"})
    assert [operator.name for operator in plan.walk()] == ["ProduceResults", "Create"]
    assert plan.arguments["planner"] == "COST"
    assert await graph.read("MATCH (n:Planned) RETURN count(n)") == [0]


async def test_an_observer_counts_statements_and_records(store: Store) -> None:
    seen: list[tuple[str, int]] = []
    store.on_statement = lambda cypher, records: seen.append((cypher, records))
    try:
        await store.read("RETURN 1")
        await store.run("UNWIND [1, 2, 3] AS n RETURN n")
        async with store.transaction() as tx:
            await tx.run("RETURN 2")
    finally:
        store.on_statement = None
    assert seen == [("RETURN 1", 1), ("UNWIND [1, 2, 3] AS n RETURN n", 3), ("RETURN 2", 1)]


async def test_nobody_at_the_address_is_said_within_five_seconds(endpoint: Endpoint, silent_port: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        closed_port = server.getsockname()[1]
    for port in (closed_port, silent_port):
        uri = f"bolt://127.0.0.1:{port}"
        started = time.monotonic()
        with pytest.raises(ServiceUnavailableError, match=f"Neo4j at {uri} does not answer") as gone:
            await Store.open(elsewhere(endpoint, uri=uri))
        assert time.monotonic() - started < 5
        assert gone.value.code is Code.SERVICE_UNAVAILABLE


async def test_wrong_credentials_are_named_without_printing_them(endpoint: Endpoint) -> None:
    with pytest.raises(CredentialsError, match="refuses the password of user 'neo4j'") as refused:
        await Store.open(elsewhere(endpoint, password=SecretStr("not-the-password")))
    assert "not-the-password" not in refused.value.message


async def test_an_unknown_database_and_an_address_of_no_known_kind_are_named(endpoint: Endpoint) -> None:
    with pytest.raises(UserInputError, match="no database 'elsewhere'; correct NEO4J_DATABASE"):
        await Store.open(elsewhere(endpoint, database="elsewhere"))
    with pytest.raises(UserInputError, match="NEO4J_URI"):
        await Store.open(elsewhere(endpoint, uri="http//localhost"))


def test_a_server_that_is_too_old_or_no_neo4j_is_refused() -> None:
    for agent in ("Neo4j/5.26.0", "Neo4j/5.27-aura", "Neo4j/2026.09.0"):
        require_supported(agent, "bolt://there")
    for agent in ("Neo4j/4.4.30", "Neo4j/5.9.0", "Other/7.1"):
        with pytest.raises(UnsupportedVersionError) as refused:
            require_supported(agent, "bolt://there")
        assert refused.value.message == f"{agent} at bolt://there is not supported; use Neo4j 5.26 or newer."


def test_the_driver_does_not_bring_what_statistics_need() -> None:
    loaded = "import sys, graph_api.store.connection as _; print({'numpy', 'pandas', 'scipy'} & sys.modules.keys())"
    ran = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert ran.stdout == "set()\n"


async def test_a_statement_has_the_time_that_the_store_gives_unless_it_is_told_another(endpoint: Endpoint) -> None:
    store = await Store.open(endpoint, 0.5)
    try:
        assert store.patience == STATEMENT
        store.patience = 0.5
        with pytest.raises(StatementTimeoutError):
            await store.read("UNWIND range(1, 1000000000000) AS n RETURN sum(n % 7)")
    finally:
        await store.close()
