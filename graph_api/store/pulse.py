"""Whether Neo4j is there: asked again and again, so that nobody who uses the graph waits for a Neo4j that is gone.

Only the served graph has a pulse; a command finds out by itself, with its own statement. The pulse has a connection of
its own: that all others are busy is no sign of anything. Times are seconds.
"""

import asyncio
import logging
from time import monotonic
from typing import NoReturn

from neo4j import READ_ACCESS, AsyncDriver
from neo4j.exceptions import DriverError, Neo4jError, ServiceUnavailable

from graph_api.store.connection import Store, close_driver, driver_for
from graph_api.store.faults import translated

EVERY = 0.5  # between an answer and the next question
TICK = 0.25
SILENCE = 3.0  # without any answer, until Neo4j counts as gone: a busy Java pauses for a second or two

_log = logging.getLogger(__name__)


class Pulse:
    """Asks Neo4j whether it is there, and tells the store when it goes and when it is back; see `Store.lose`.

    It is gone when it refuses connections, and when it has been silent for `SILENCE`. An error that it answers is an
    answer; but it is back only when it does what it is asked.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._driver: AsyncDriver = driver_for(store.endpoint)
        self._question: asyncio.Task[DriverError | Neo4jError | None] | None = None

    async def beats(self) -> bool:
        """Ask now, or wait for the question that is on its way; takes as long as Neo4j is silent, up to `SILENCE`."""
        question = self._ask()
        await asyncio.wait({question})
        return not question.cancelled() and question.result() is None and not self._store.lost

    async def run(self) -> NoReturn:
        """Ask until cancelled."""
        since = 0.0
        try:
            while True:
                fault = await self._patiently(self._ask())
                if self._store.lost and fault is None:
                    self._store.regain()
                    _log.warning("Neo4j answers again, after %.1f seconds.", monotonic() - since)
                elif not self._store.lost and isinstance(fault, DriverError):
                    since = monotonic()
                    self._store.lose()
                    _log.warning(
                        "%s Until it does, statements are refused.", translated(fault, self._store.endpoint).message
                    )
                await asyncio.sleep(EVERY)
        finally:
            if self._question:
                self._question.cancel()
            await close_driver(self._driver)

    def _ask(self) -> "asyncio.Task[DriverError | Neo4jError | None]":
        """Return the question that is on its way, if there is one, or ask one."""
        if self._question is None or self._question.done():
            self._question = asyncio.create_task(self._answer(), name="pulse")
        return self._question

    async def _patiently(
        self, question: "asyncio.Task[DriverError | Neo4jError | None]"
    ) -> DriverError | Neo4jError | None:
        """Return what came of the question; silence is given up.

        It is counted in short waits: when this process itself was held up, what had come by then is still read.
        """
        for _ in range(round(SILENCE / TICK)):
            await asyncio.wait({question}, timeout=TICK)
            if question.done():
                return question.result()
        question.cancel()
        return ServiceUnavailable()

    async def _answer(self) -> DriverError | Neo4jError | None:
        """Ask Neo4j for the least that there is; return what was wrong, None when nothing was."""
        try:
            return await self._once()
        except DriverError:
            # The connection may have broken by itself; then a new one can be had.
            try:
                return await self._once()
            except DriverError as error:
                return error

    async def _once(self) -> Neo4jError | None:
        try:
            async with self._driver.session(
                database=self._store.endpoint.database, default_access_mode=READ_ACCESS
            ) as session:
                await (await session.run("RETURN 1")).consume()
        except Neo4jError as error:
            return error
        except OSError as error:
            raise ServiceUnavailable from error
        return None
