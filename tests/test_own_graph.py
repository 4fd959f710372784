"""The tests empty the graph they are given: only one that is theirs."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from graph_api.store.connection import Store

TESTS = Path(__file__).parent

Claim = Callable[[Store], Awaitable[None]]


@pytest.fixture
async def unmarked(graph: Store, claim: Claim) -> AsyncIterator[Store]:
    """Yield the store with an empty graph, as one that no test has ever seen; make it the tests' own again."""
    await change(graph, "MATCH (n) DETACH DELETE n")
    yield graph
    await change(graph, "MATCH (n) DETACH DELETE n")
    await claim(graph)


async def change(store: Store, cypher: str) -> None:
    async with store.transaction() as tx:
        await tx.run(cypher)


async def labels(store: Store) -> object:
    return await store.read("MATCH (n) RETURN collect(labels(n)[0])")


async def test_an_empty_graph_is_marked_and_then_the_tests_own(unmarked: Store, claim: Claim) -> None:
    await claim(unmarked)
    assert await labels(unmarked) == [["TestGraph"]]
    await change(unmarked, "CREATE (:Insight {key: 'left-by-a-test'})")
    await claim(unmarked)


async def pytest_on(store: Store) -> tuple[int | None, str]:
    """Run some tests on a Neo4j named as people name theirs; return the exit status and what was said."""
    environment = os.environ | {
        "NEO4J_URI": store.endpoint.uri,
        "NEO4J_USER": store.endpoint.user,
        "NEO4J_PASSWORD": store.endpoint.password.get_secret_value(),
        "NEO4J_DATABASE": store.endpoint.database,
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(TESTS / "store/test_migrations.py")]
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await process.communicate()
    return process.returncode, said.decode()


async def test_a_graph_that_people_filled_ends_the_test_run_and_is_left_as_it_was(unmarked: Store) -> None:
    await change(unmarked, "CREATE (:Insight {key: 'theirs'})")
    status, said = await pytest_on(unmarked)
    database = f"database {unmarked.endpoint.database!r} at {unmarked.endpoint.uri}"
    assert f"The tests would delete the graph in {database}, which holds nodes that no test made." in said
    assert status == pytest.ExitCode.USAGE_ERROR
    assert await labels(unmarked) == [["Insight"]]
