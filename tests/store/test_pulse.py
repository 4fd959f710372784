"""A Neo4j that goes, is silent, and comes back, as those see it who are about to use it."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, suppress

import pytest
from neo4j.exceptions import AuthError, ClientError, ConfigurationError, DriverError, IncompleteCommit, Neo4jError
from neo4j.exceptions import ServiceUnavailable as Unreachable

from graph_api.errors import AWAY, Code, ServiceUnavailableError
from graph_api.store.connection import Store
from graph_api.store.endpoint import Endpoint
from graph_api.store.faults import CredentialsError, SetUpError, translated
from graph_api.store.pulse import SILENCE, Pulse
from tests.store.line import Line, line_to

PATIENCE = 60.0  # seconds; how quick it is on a quiet machine is measured by bench.outage, not tested
LONG = "UNWIND range(1, 1000000000000) AS n RETURN sum(n % 7)"
RUNNING = "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH 'UNWIND range' RETURN 1"
CONNECTIONS = 100  # that the driver's pool has


@pytest.fixture
async def line(endpoint: Endpoint) -> AsyncIterator[Line]:
    async with line_to(endpoint) as line:
        yield line


@pytest.fixture
async def served(line: Line) -> AsyncIterator[tuple[Store, Pulse]]:
    """Yield a store over the line, as the service has it, and its pulse, which runs."""
    store = await Store.open(line.endpoint)
    pulse = Pulse(store)
    running = asyncio.create_task(pulse.run())
    try:
        yield store, pulse
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await store.close()


async def until(condition: Callable[[], Awaitable[bool] | bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not (seen if isinstance(seen := condition(), bool) else await seen):  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.02)


async def test_a_neo4j_that_refuses_connections_is_gone_at_once_and_back_without_anything_done(
    line: Line, served: tuple[Store, Pulse]
) -> None:
    store, pulse = served
    assert await pulse.beats()
    line.cut()
    await until(lambda: store.lost)
    started = time.monotonic()
    for _ in range(100):
        with pytest.raises(ServiceUnavailableError, match="does not answer"):
            await store.read("RETURN 1")
        with pytest.raises(ServiceUnavailableError, match="does not answer"):
            async with store.transaction():
                pass
    assert time.monotonic() - started < SILENCE  # none of the 200 tried to connect
    assert not await pulse.beats()
    await line.mend()
    await until(lambda: not store.lost)
    assert await store.read("RETURN 1") == [1]
    assert await pulse.beats()


async def test_what_runs_ends_when_neo4j_has_been_silent_for_too_long(
    line: Line, served: tuple[Store, Pulse], store: Store
) -> None:
    served_store, _ = served

    async def write() -> None:
        async with served_store.transaction() as tx:
            await tx.run("CREATE (:Silenced)")
            await asyncio.sleep(PATIENCE)

    async def stream() -> None:
        async with served_store.reading(within=PATIENCE) as reading:
            async for _ in reading.stream("WITH range(1, 1000000) AS numbers UNWIND numbers AS n RETURN n"):
                await asyncio.sleep(0.1)

    works = [asyncio.create_task(each) for each in (served_store.read(LONG), served_store.run(LONG), write(), stream())]
    await until(lambda: _several(store, RUNNING, 2))
    line.fall_silent()
    async with asyncio.timeout(PATIENCE):
        ended = await asyncio.gather(*works, return_exceptions=True)
    assert [type(each).code for each in ended if isinstance(each, ServiceUnavailableError)] == [
        Code.SERVICE_UNAVAILABLE
    ] * len(works)
    assert served_store.lost
    line.speak()
    await until(lambda: not served_store.lost)
    assert await served_store.read("MATCH (n:Silenced) RETURN count(n)") == [0]
    await until(lambda: _several(store, RUNNING, 0))  # nothing goes on in Neo4j that nobody waits for


async def test_whoever_stops_waiting_takes_the_statement_along(served: tuple[Store, Pulse], store: Store) -> None:
    reading = asyncio.create_task(served[0].read(LONG))
    await until(lambda: _several(store, RUNNING, 1))
    reading.cancel()
    await until(lambda: _several(store, RUNNING, 0))
    assert await served[0].read("RETURN 1") == [1]


async def test_a_neo4j_that_pauses_for_a_second_is_not_gone(line: Line, served: tuple[Store, Pulse]) -> None:
    store, _ = served
    line.fall_silent()
    reading = asyncio.create_task(store.read("RETURN 'after the pause'"))
    await asyncio.sleep(1)
    line.speak()
    assert await reading == ["after the pause"]
    assert not store.lost


async def test_a_service_that_was_held_up_itself_does_not_take_neo4j_for_gone(served: tuple[Store, Pulse]) -> None:
    store, pulse = served
    await pulse.beats()
    asking = asyncio.create_task(pulse.beats())
    await asyncio.sleep(0)
    time.sleep(SILENCE + 1)  # noqa: ASYNC251 - this is the point
    assert await asking
    assert not store.lost


async def test_a_pool_without_a_free_connection_is_no_sign_that_neo4j_is_gone(served: tuple[Store, Pulse]) -> None:
    store, pulse = served
    async with AsyncExitStack() as busy:
        for _ in range(CONNECTIONS):
            await busy.enter_async_context(store.reading(within=PATIENCE))
        assert await pulse.beats()
        assert not store.lost


async def test_an_error_that_neo4j_answers_is_an_answer_but_no_beat(line: Line) -> None:
    known = line.endpoint
    store = await Store.open(known)
    store.endpoint = Endpoint(known.uri, known.user, known.password, "elsewhere")
    pulse = Pulse(store)
    running = asyncio.create_task(pulse.run())
    assert not await pulse.beats()
    await asyncio.sleep(1)  # for the pulse to make up its mind
    assert not store.lost
    running.cancel()
    await store.close()


def _neo4j(code: str) -> Neo4jError:
    return Neo4jError._hydrate_neo4j(code=code, message="bolt://inside")  # as the driver makes them


@pytest.mark.parametrize(
    "error",
    [
        Unreachable("inside"),
        ConfigurationError("inside"),
        DriverError("inside"),
        IncompleteCommit("inside"),
        _neo4j("Neo.ClientError.Security.Unauthorized"),
        _neo4j("Neo.ClientError.Security.AuthenticationRateLimit"),
        _neo4j("Neo.ClientError.Security.CredentialsExpired"),
        _neo4j("Neo.ClientError.Security.Forbidden"),
        _neo4j("Neo.ClientError.Database.DatabaseNotFound"),
        _neo4j("Neo.TransientError.General.DatabaseUnavailable"),
        _neo4j("Neo.TransientError.General.OutOfMemoryError"),
    ],
    ids=lambda error: getattr(error, "code", None) or type(error).__name__,
)
def test_clients_learn_nothing_of_the_neo4j_behind_and_that_they_cannot_mend_it(
    error: DriverError | Neo4jError, endpoint: Endpoint
) -> None:
    seen = translated(error, endpoint).seen_from_outside()
    assert seen.code is Code.SERVICE_UNAVAILABLE
    assert not any(each in seen.message for each in ("NEO4J", "inside", endpoint.uri, endpoint.user, "database"))
    assert (seen.message == AWAY) is not isinstance(error, IncompleteCommit)


def test_whoever_runs_the_service_is_told_more(endpoint: Endpoint) -> None:
    refused = translated(AuthError("inside"), endpoint)
    assert isinstance(refused, CredentialsError)
    assert "NEO4J_PASSWORD" in refused.message
    missing = translated(_neo4j("Neo.ClientError.Database.DatabaseNotFound"), endpoint)
    assert isinstance(missing, SetUpError)
    assert endpoint.uri in missing.message


def test_what_clients_can_mend_is_told_as_it_is(endpoint: Endpoint) -> None:
    timeout = translated(_neo4j("Neo.ClientError.Transaction.TransactionTimedOut"), endpoint)
    assert timeout.seen_from_outside() is timeout
    assert isinstance(_neo4j("Neo.ClientError.Statement.SyntaxError"), ClientError)


async def _several(store: Store, cypher: str, count: int) -> bool:
    return len(await store.run(cypher)) == count
