"""The connection to Neo4j: statements go in, values come out. No other layer knows the driver.

A statement is text with `$parameters`; values never stand in the text. Times are seconds. Every failure is a
`GraphApiError`: see `faults`. `within` is how long Neo4j may work on a statement or hold a transaction open. Whoever is
cancelled while a statement runs takes it along: its connection is broken off, and Neo4j then ends the statement.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, Protocol, Self, TypeVar

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncResult,
    AsyncSession,
    AsyncTransaction,
    NotificationMinimumSeverity,
    Query,
)
from neo4j.exceptions import DriverError, IncompleteCommit, Neo4jError, ServiceUnavailable

from graph_api.errors import GraphApiError
from graph_api.store.endpoint import Endpoint
from graph_api.store.faults import TOO_MUCH, UnsupportedVersionError, translated
from graph_api.store.operator import Operator

OLDEST_VERSION = (5, 26)
OPENING = 4.5  # for connectivity, credentials and version together
CONNECTING = 2.0  # for one TCP connection
ACQUIRING = 4.0  # for a connection of the pool
STATEMENT = 30.0  # for one that reads, unless whoever opens the store gives operations longer
TRANSACTION = 120.0
CLOSING = 1.0  # for telling Neo4j that its connections are closed
REPLYING = 5.0  # beyond a statement's own time, before a silent server counts as gone
WRITERS = 4  # who wait for Neo4j's writer lock at a time; others wait here, and leave the pool to readers
RETRIES = (0.05, 0.2, 0.5)  # pauses before the second, third and last attempt

Parameters = Mapping[str, Any]
Observer = Callable[[str, int], None]
T = TypeVar("T")


class Runner(Protocol):
    """Where a statement can be run: in a transaction, or, where it only reads, in the store itself."""

    async def run(self, cypher: str, parameters: Parameters | None = None) -> list[dict[str, Any]]:
        """Run one statement and return its records, each a dictionary by column."""


class Transaction:
    """An open write transaction; see `Store.transaction`."""

    def __init__(self, native: AsyncTransaction, observe: Observer) -> None:
        self._native = native
        self._observe = observe

    async def run(self, cypher: str, parameters: Parameters | None = None) -> list[dict[str, Any]]:
        """Run one statement and return its records, each a dictionary by column."""
        result = await self._native.run(cypher, dict(parameters or {}))
        records = await _dictionaries(result)
        self._observe(cypher, len(records))
        return records

    async def read(self, cypher: str, parameters: Parameters | None = None) -> list[Any]:
        """Run a statement that answers exactly one record and return its values: as `Store.read`, but in here."""
        result = await self._native.run(cypher, dict(parameters or {}))
        record = await result.single(strict=True)
        self._observe(cypher, 1)
        return list(record.values())

    async def rollback(self) -> None:
        """Undo everything; the transaction then ends without a commit."""
        await self._native.rollback()


class Reading:
    """An open read transaction; see `Store.reading`."""

    def __init__(self, native: AsyncTransaction, observe: Observer) -> None:
        self._native = native
        self._observe = observe

    async def stream(self, cypher: str, parameters: Parameters | None = None) -> AsyncIterator[list[Any]]:
        """Run one statement and yield the values of its records as they come; take them all before the next one."""
        result = await self._native.run(cypher, dict(parameters or {}))
        count = 0
        async for record in result:
            count += 1
            yield list(record.values())
        self._observe(cypher, count)


class Store:
    """An open connection to one Neo4j database, made by `Store.open`.

    `on_statement`, when set, is called with the text and the number of records of each statement that was answered; it
    lets tests count what crosses the driver.
    """

    def __init__(self, endpoint: Endpoint, driver: AsyncDriver, patience: float = STATEMENT) -> None:
        self.endpoint = endpoint
        self.patience = patience
        """Seconds that a statement has which reads."""
        self.on_statement: Observer | None = None
        self.writers = asyncio.Semaphore(WRITERS)
        """The places of those who write, or wait for their turn in Neo4j: whoever is to write takes one first."""
        self._driver = driver
        self._lost = False
        self._limits: set[asyncio.Timeout] = set()
        """The time limits of all that runs."""
        self._closing: set[asyncio.Task[None]] = set()
        # On a cluster, reads that follow a write must wait until their member has seen it.
        self._bookmarks = AsyncGraphDatabase.bookmark_manager()

    @classmethod
    async def open(cls, endpoint: Endpoint, operation: float = STATEMENT) -> Self:
        """Connect, and make sure that Neo4j answers, knows the user and the database, and is new enough.

        Answers within five seconds, also when nobody else does. An `operation` may take so many seconds, and each of
        its statements, too; those that belong to none have `STATEMENT` at least.
        """
        store = cls(endpoint, driver_for(endpoint), max(STATEMENT, operation))
        try:
            async with asyncio.timeout(OPENING):
                await store._verify()
        except BaseException as error:
            await store.close()
            if isinstance(error, TimeoutError):
                raise translated(ServiceUnavailable(), endpoint) from error
            raise
        return store

    async def close(self) -> None:
        """Close every connection, within `CLOSING` seconds."""
        await asyncio.gather(close_driver(self._driver), *self._closing)

    @property
    def lost(self) -> bool:
        """Whether Neo4j is known to be gone; see `lose`."""
        return self._lost

    def lose(self) -> None:
        """Take note that Neo4j is gone: what runs ends now, and what comes is refused until `regain`.

        Each ends with a ServiceUnavailableError. See `pulse`, which finds it out.
        """
        if self._lost:
            return
        self._lost = True
        for limit in self._limits:
            if not limit.expired():
                limit.reschedule(0)
        # What lies in the pool may be dead without knowing: whoever took it first would wait for an answer in vain.
        closing = asyncio.create_task(close_driver(self._driver))
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)
        self._driver = driver_for(self.endpoint)

    def regain(self) -> None:
        """Take note that Neo4j is there again."""
        self._lost = False

    async def read(
        self, cypher: str, parameters: Parameters | None = None, *, within: float | None = None
    ) -> list[Any]:
        """Run a reading statement that answers exactly one record and return its values in the order of the columns."""

        async def single(result: AsyncResult) -> tuple[list[Any], int]:
            records = await result.fetch(2)
            if len(records) != 1:
                message = (
                    f"A statement of this service must answer one record, not {'none' if not records else 'more'}."
                )
                raise GraphApiError(message)
            return list(records[0].values()), 1

        return await self._reading(cypher, parameters, within, single)

    async def run(
        self, cypher: str, parameters: Parameters | None = None, *, within: float | None = None
    ) -> list[dict[str, Any]]:
        """Run a reading statement and return all its records, each a dictionary by column."""

        async def every(result: AsyncResult) -> tuple[list[dict[str, Any]], int]:
            records = await _dictionaries(result)
            return records, len(records)

        return await self._reading(cypher, parameters, within, every)

    async def explain(self, cypher: str, parameters: Parameters | None = None) -> Operator:
        """Return what Neo4j would do with the statement, without doing it."""

        async def plan(result: AsyncResult) -> tuple[Operator, int]:
            summary = await result.consume()
            if summary.plan is None:
                message = "Neo4j explained no plan for a statement of this service."
                raise GraphApiError(message)
            return Operator.from_plan(summary.plan), 0

        return await self._reading(f"EXPLAIN {cypher}", parameters, None, plan)

    @asynccontextmanager
    async def transaction(self, *, within: float = TRANSACTION) -> AsyncIterator[Transaction]:
        """Open a write transaction: it commits when the context ends cleanly, and leaves no trace when it does not.

        Nothing is run twice: an error that another attempt may mend, such as a conflict with another write, is the
        caller's to repeat.
        """
        limit = self._limit(within + REPLYING)
        committing = False
        try:
            async with limit, self._session(WRITE_ACCESS) as session:
                self._limits.add(limit)
                # Nothing has been written yet, so a connection that died while it lay idle may be replaced.
                begun = await self._retrying(lambda: session.begin_transaction(timeout=within))
                async with begun as native:
                    yield Transaction(native, self._observe)
                    committing = not native.closed()
        except (DriverError, Neo4jError) as error:
            raise translated(error, self.endpoint) from error
        except TimeoutError as error:
            if not limit.expired():
                raise  # somebody else's, on its way through
            raise translated(IncompleteCommit() if committing else ServiceUnavailable(), self.endpoint) from error
        finally:
            self._limits.discard(limit)

    @asynccontextmanager
    async def reading(self, *, within: float) -> AsyncIterator[Reading]:
        """Open a read transaction, for answers that are too many to hold.

        It sees what others commit meanwhile: Neo4j keeps no snapshots.
        """
        limit = self._limit(None)  # whoever takes the records may take their time
        try:
            async with limit, self._session(READ_ACCESS) as session:
                self._limits.add(limit)
                begun = await self._retrying(lambda: session.begin_transaction(timeout=within))
                async with begun as native:
                    yield Reading(native, self._observe)
        except (DriverError, Neo4jError) as error:
            raise translated(error, self.endpoint) from error
        except TimeoutError as error:
            if not limit.expired():
                raise  # somebody else's, on its way through
            raise translated(ServiceUnavailable(), self.endpoint) from error
        finally:
            self._limits.discard(limit)

    async def _reading(
        self,
        cypher: str,
        parameters: Parameters | None,
        within: float | None,
        take: Callable[[AsyncResult], Awaitable[tuple[T, int]]],
    ) -> T:
        within = self.patience if within is None else within
        query = Query(cypher, timeout=within)

        async def once() -> tuple[T, int]:
            async with self._session(READ_ACCESS) as session:
                return await take(await session.run(query, dict(parameters or {})))

        limit = self._limit(within + REPLYING)
        try:
            async with limit:
                self._limits.add(limit)
                answer, count = await self._retrying(once)
        except (DriverError, Neo4jError) as error:
            raise translated(error, self.endpoint) from error
        except TimeoutError as error:
            raise translated(ServiceUnavailable(), self.endpoint) from error
        finally:
            self._limits.discard(limit)
        self._observe(cypher, count)
        return answer

    async def _retrying(self, attempt: Callable[[], Awaitable[T]]) -> T:
        for pause in RETRIES:
            try:
                return await attempt()
            except (DriverError, Neo4jError) as error:
                if not error.is_retryable() or (isinstance(error, Neo4jError) and error.code in TOO_MUCH):
                    raise
                await asyncio.sleep(pause)
        return await attempt()

    async def _verify(self) -> None:
        try:
            async with self._session(READ_ACCESS) as session:
                summary = await (await session.run("RETURN 1")).consume()
        except (DriverError, Neo4jError) as error:
            raise translated(error, self.endpoint) from error
        require_supported(summary.server.agent, self.endpoint.uri)

    def _limit(self, seconds: float | None) -> asyncio.Timeout:
        """Return the limit of something that begins now; raises where Neo4j is known to be gone."""
        if self._lost:
            raise translated(ServiceUnavailable(), self.endpoint)
        return asyncio.timeout(seconds)

    def _session(self, access: str) -> AsyncSession:
        return self._driver.session(
            database=self.endpoint.database, default_access_mode=access, bookmark_manager=self._bookmarks
        )

    def _observe(self, cypher: str, count: int) -> None:
        if self.on_statement:
            self.on_statement(cypher, count)


def driver_for(endpoint: Endpoint) -> AsyncDriver:
    """Return a driver with no connection yet; raises where the address cannot be one."""
    try:
        return AsyncGraphDatabase.driver(
            endpoint.uri,
            auth=(endpoint.user, endpoint.password.get_secret_value()),
            connection_timeout=CONNECTING,
            connection_acquisition_timeout=ACQUIRING,
            notifications_min_severity=NotificationMinimumSeverity.OFF,
            telemetry_disabled=True,
        )
    except DriverError as error:
        raise translated(error, endpoint) from error


async def close_driver(driver: AsyncDriver) -> None:
    """Close a driver's connections; those to a Neo4j that is silent are broken off after `CLOSING` seconds."""
    with suppress(TimeoutError, DriverError, OSError):
        async with asyncio.timeout(CLOSING):
            await driver.close()


def require_supported(agent: str, uri: str) -> None:
    """Refuse a server that is too old or no Neo4j; `agent` is its own word, as `Neo4j/5.26.1` or `Neo4j/2026.09.0`."""
    numbers = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
    if numbers is None or tuple(map(int, numbers.groups())) < OLDEST_VERSION:
        oldest = ".".join(map(str, OLDEST_VERSION))
        message = f"{agent} at {uri} is not supported; use Neo4j {oldest} or newer."
        raise UnsupportedVersionError(message)


async def _dictionaries(result: AsyncResult) -> list[dict[str, Any]]:
    columns = result.keys()
    return [dict(zip(columns, record, strict=True)) async for record in result]
