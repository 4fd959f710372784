"""The gate before heavy operations: few of them are answered at once, so that small ones stay quick beside them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from graph_api.errors import ServiceUnavailableError


class CrowdedError(ServiceUnavailableError):
    """More heavy operations wait already than may."""


class Gate:
    """Lets some in at once, and some wait, first come first served; who comes when all places are taken is told so.

    Made for one event loop.
    """

    def __init__(self, places: int, waiting: int) -> None:
        self._places = asyncio.Semaphore(places)
        self._most = waiting
        self.inside = 0
        self.waiting = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a place and keep it. Raises CrowdedError, at once, where too many wait."""
        if self._places.locked() and self.waiting >= self._most:
            message = (
                f"{self.waiting} heavy operations wait to be answered, as many as may (LIMIT_WAITING)."
                " Try again in some seconds, or ask for less at a time."
            )
            raise CrowdedError(message)
        self.waiting += 1
        try:
            await self._places.acquire()
        finally:
            self.waiting -= 1
        self.inside += 1
        try:
            yield
        finally:
            self.inside -= 1
            self._places.release()
