"""When tokens were last used: noted on the way, written beside it."""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from graph_api.errors import GraphApiError
from graph_api.store import tokens
from graph_api.store.connection import Store

EVERY = 60.0
"""Seconds between two writes for the same token."""
LOOK = 5.0
"""Seconds between two looks at what is to be written."""
CLOSING = 3.0
"""Seconds that the last write may take."""

log = logging.getLogger(__name__)


class Usage:
    """Writes when tokens were last used, at most once in `EVERY` seconds for each. No request ever waits for it."""

    def __init__(
        self,
        store: Callable[[], Store],
        *,
        now: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._now = now
        self._monotonic = monotonic
        self._noted: dict[str, float] = {}
        self._written: dict[str, float] = {}
        self._task: asyncio.Task[None] | None = None

    def note(self, identity: str) -> None:
        """Note that a token is used now, by its id."""
        self._noted[identity] = self._now()

    async def write(self, *, everything: bool = False) -> None:
        """Write what is due; a fault is logged, and what it concerns is due again next time."""
        moment = self._monotonic()
        self._written = {identity: at for identity, at in self._written.items() if moment - at < EVERY}
        due = {identity: at for identity, at in self._noted.items() if everything or identity not in self._written}
        if not due:
            return
        try:
            await tokens.used(self._store(), {one: datetime.fromtimestamp(at, UTC) for one, at in due.items()})
        except GraphApiError as error:
            log.warning("When tokens were last used could not be written: %s", error.message)
            return
        except Exception:
            log.exception("When tokens were last used could not be written.")
            return
        self._written.update(dict.fromkeys(due, moment))
        # What was used again meanwhile is to be written again.
        self._noted = {identity: at for identity, at in self._noted.items() if due.get(identity) != at}

    def start(self) -> None:
        """Begin to write now and then."""
        self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Write what is still to be written, and stop."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        try:
            async with asyncio.timeout(CLOSING):
                await self.write(everything=True)
        except TimeoutError:
            log.warning("When tokens were last used could not be written in %s seconds.", CLOSING)

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(LOOK)
            await self.write()
