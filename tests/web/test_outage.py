"""What clients see of a service whose Neo4j goes and comes back, and what of one that is told to stop."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from follower import opened

from graph_api.errors import AWAY
from graph_api.store.connection import Store
from graph_api.store.endpoint import Endpoint
from graph_api.store.migrations import prepare
from graph_api.web.running import STOPPING
from tests.cli.commands import Commands, Service
from tests.store.line import Line, line_to

PATIENCE = 60.0  # seconds; how quick it is on a quiet machine is measured by bench.outage, not tested
SMALL = '{ persona(key: "nobody") { key } }'
CHANGE = 'mutation { createGoal(input: {name: "Grow", dryRun: true}) { goal { key } } }'
WAITING = (
    "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS 'g.revision + 1'"
    " AND NOT currentQuery STARTS WITH 'SHOW' RETURN 1"
)


class Caller:
    """A client of a service."""

    def __init__(self, service: Service, http: httpx.AsyncClient) -> None:
        self.service = service
        self.http = http

    async def ask(self, query: str = SMALL) -> Any:
        """Return the data, or the one error's code and sentence."""
        answer = (await self.http.post("/graphql", json={"query": query})).json()
        if "errors" not in answer:
            return answer["data"]
        (error,) = answer["errors"]
        return error["extensions"]["code"], error["message"]

    async def health(self) -> tuple[int, int]:
        """Return the status of `/healthz` and that of `/readyz`."""
        healthz, readyz = [await self.http.get(path) for path in ("/healthz", "/readyz")]
        return healthz.status_code, readyz.status_code

    async def until_health(self, *wanted: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while await self.health() != wanted:  # noqa: ASYNC110 - no event tells
                await asyncio.sleep(0.05)


@pytest.fixture(scope="module")
async def prepared(graph: Store) -> Store:
    await prepare(graph)
    return graph


@asynccontextmanager
async def served(endpoint: Endpoint) -> AsyncIterator[Caller]:
    with Commands(endpoint).serving("serve", "--port", "0") as service:
        address = (await asyncio.to_thread(service.wait_for, "Serving at ")).removesuffix("/graphql")
        await asyncio.to_thread(service.wait_for, "Ready.")
        async with httpx.AsyncClient(base_url=address, timeout=PATIENCE) as http:
            yield Caller(service, http)


@pytest.fixture
async def line(prepared: Store) -> AsyncIterator[Line]:
    async with line_to(prepared.endpoint) as line:
        yield line


@asynccontextmanager
async def changes_wait(store: Store, caller: Caller) -> AsyncIterator["asyncio.Task[Any]"]:
    """Hold the lock that changes need; yield a client's change, which waits for it in Neo4j."""
    async with store.transaction() as tx:
        await tx.run("MATCH (g:Graph) SET g.held = true")
        change = asyncio.create_task(caller.ask(CHANGE))
        await until_waiting(store, 1)
        yield change
        await tx.rollback()


async def until_waiting(store: Store, count: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while len(await store.run(WAITING)) != count:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.02)


async def test_a_service_whose_neo4j_is_cut_off_says_so_and_goes_on_when_it_is_back(line: Line) -> None:
    async with served(line.endpoint) as caller:
        assert await caller.ask() == {"persona": None}
        line.cut()
        await caller.until_health(200, 503)
        assert await caller.ask() == ("SERVICE_UNAVAILABLE", AWAY)
        assert await caller.ask(CHANGE) == ("SERVICE_UNAVAILABLE", AWAY)
        assert (await caller.http.get("/readyz")).json() == {"ok": False, "detail": AWAY}
        await line.mend()
        await caller.until_health(200, 200)
        assert await caller.ask() == {"persona": None}
        said = caller.service.said
    assert said.index("Until it does, statements are refused.") < said.index("Neo4j answers again")


async def test_what_runs_in_a_neo4j_that_falls_silent_is_answered(prepared: Store, line: Line) -> None:
    async with served(line.endpoint) as caller, changes_wait(prepared, caller) as change:
        line.fall_silent()
        asked = asyncio.create_task(caller.ask())
        await caller.until_health(200, 503)
        assert not change.done()  # whether Neo4j is only slow is not known yet
        assert await asked == await change == ("SERVICE_UNAVAILABLE", AWAY)
        line.speak()
        await caller.until_health(200, 200)
        assert await caller.ask() == {"persona": None}
        await until_waiting(prepared, 0)


async def test_a_service_stops_whatever_is_open(prepared: Store) -> None:
    async with served(prepared.endpoint) as caller, changes_wait(prepared, caller) as change:
        async with opened(str(caller.http.base_url).rstrip("/")) as socket:
            await socket.subscribe()
            await caller.health()  # over a connection that stays
            seconds = await asyncio.to_thread(caller.service.end, signal.SIGTERM)
            assert await socket.closed() == (1012, "")
        assert await change == ("SERVICE_UNAVAILABLE", STOPPING)
        await until_waiting(prepared, 0)
    assert (caller.service.process.returncode, "Traceback" in caller.service.said) == (0, False)
    assert seconds < 30  # ten on a quiet machine
