"""The graph behind the application: opened with it, closed with it, and ready or not in between."""

import asyncio
import signal
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

from graph_api.errors import AWAY, ServiceUnavailableError
from graph_api.garbage import spare_what_stays
from graph_api.questions.figures.interruption import warm_up
from graph_api.store.connection import STATEMENT, Store
from graph_api.store.endpoint import Endpoint
from graph_api.store.migrations import prepare
from graph_api.store.pulse import Pulse
from graph_api.web.health import Readiness

ENGINE_POLL = 1.0  # seconds between two looks at an embedded engine

Fill = Callable[[Store], Awaitable[None]]


class Graph:
    """A store that is opened when the application starts, prepared, and filled while it serves already.

    Statements are refused until the store is open, and while Neo4j is gone; see `pulse`. `ready` is false until the
    database is prepared and filled. An operation has so many seconds; see `Store.open`.
    """

    def __init__(self, endpoint: Endpoint, fill: Fill | None = None, operation: float = STATEMENT) -> None:
        self.endpoint = endpoint
        self.prepared = asyncio.Event()
        """Set once it can be asked."""
        self._fill = fill
        self._operation = operation
        self._store: Store | None = None
        self._pulse: Pulse | None = None
        self._missing: str | None = "The graph is being opened."

    async def read(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> list[Any]:
        """Run a statement that gives one record; see `Store.read`."""
        return await self.store().read(cypher, parameters)

    async def ready(self) -> Readiness:
        """Say whether questions can be answered now; asks Neo4j each time, and waits while that is silent."""
        if self._missing or self._pulse is None:
            return Readiness(ok=False, detail=self._missing or AWAY)
        if self.lost or not await self._pulse.beats():
            return Readiness(ok=False, detail=AWAY)
        return Readiness(ok=True, detail="Neo4j answers.")

    @property
    def lost(self) -> bool:
        """Whether Neo4j is known to be gone; costs nothing."""
        return self._store is not None and self._store.lost

    @asynccontextmanager
    async def lifespan(self, _: object) -> AsyncIterator[None]:
        """Open the store while the application runs.

        Raise what went wrong while it was prepared and filled, or that the embedded engine under it has ended for good.
        """
        self._store = await Store.open(self.endpoint, self._operation)
        self._pulse = Pulse(self._store)
        spare_what_stays()
        try:
            # In the order of importance: an engine that is gone explains everything else.
            jobs = (self._watch(), self._get_ready(self._store), self._pulse.run())
            tasks = [asyncio.create_task(job) for job in jobs]
            for task in tasks:
                task.add_done_callback(_end_when_failed)
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()
                outcomes = await asyncio.gather(*tasks, return_exceptions=True)
            for outcome in outcomes:
                if isinstance(outcome, Exception):
                    raise outcome
        finally:
            await self._store.close()

    async def _watch(self) -> None:
        """Raise an EngineError when the embedded engine, where there is one, has ended for good."""
        while engine := self.endpoint.engine:
            if failure := engine.failure():
                raise failure
            await asyncio.sleep(ENGINE_POLL)

    async def _get_ready(self, store: Store) -> None:
        self._missing = "The database is being prepared."
        await prepare(store)
        if self._fill:
            self._missing = "The graph is being filled."
            await self._fill(store)
        self._missing = None
        self.prepared.set()
        # Nobody waits for it, not even the end of the service; a question imports for itself what is not there yet.
        threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()

    def store(self) -> Store:
        """Return the store; raises ServiceUnavailableError while it is not open."""
        if self._store is None:
            message = "The graph is not open yet; try again in a moment."
            raise ServiceUnavailableError(message)
        return self._store


def _warm_up() -> None:
    with suppress(Exception):
        warm_up()


def _end_when_failed(task: "asyncio.Task[None]") -> None:
    """End the service as a user would: a graph that cannot be prepared, or is gone for good, is not worth serving."""
    if not task.cancelled() and task.exception():
        signal.raise_signal(signal.SIGTERM)
