"""The feed: the history, told to all who follow it as it grows, whoever writes it.

One poller for a process, and only while somebody follows; what was recorded is what is told, so that a follower can go
on from any change, here or on another server of the same graph. Numbers without holes tell that nothing is missing:
Neo4j shows a commit piece by piece, so that a change may be found a moment before one with a lower number.
"""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress
from time import monotonic
from typing import Any

from graph_api.compile.run import Reader
from graph_api.errors import Code, GraphApiError
from graph_api.questions.changes import HIGHEST, LOWEST, Change, Wanted, cursor
from graph_api.store.statements import load

POLL = 0.25
"""Seconds between two looks at the history, where nothing in this process has told of a change before."""

BATCH = 500
WAITING = 1_000
"""How many changes wait for a follower before it counts as too slow."""

SPAN = 50_000
"""More changes than one commit has."""

HOLE = 5.0
"""Seconds after which a missing number counts as one that nobody will ever see."""

PAUSES = (0.25, 0.5, 1.0, 2.0)
"""Seconds before another attempt where Neo4j does not answer; the last one again and again."""

_log = logging.getLogger(__name__)


class SlowReaderError(GraphApiError):
    """A follower did not take its changes for so long that too many waited."""

    code = Code.SLOW_READER

    def __init__(self, position: int) -> None:
        super().__init__(
            f"More than {WAITING} changes waited to be read; this subscription has ended. Go on from the `cursor` here."
        )
        self.cursor = cursor(position)


class Follower:
    """One who follows: the changes that wait for it, at most `WAITING` of them."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._position: int | None = None
        self._changes: deque[Change] = deque()
        self._come = asyncio.Event()
        self.late = False
        """Whether too many waited, so that it gets no more."""

    def attach(self, position: int) -> None:
        """Take every change after this one from now on."""
        self._position = position

    def offer(self, change: Change) -> None:
        """Let a change wait for it, if it wants it."""
        if self._position is None or change.seq <= self._position or not self._wanted.holds(change):
            return
        if len(self._changes) >= WAITING:
            self.late, self._position = True, None
            self._changes.clear()
        else:
            self._changes.append(change)
        self._come.set()

    async def next(self) -> Change | None:
        """Wait for the next change; none once it is too late."""
        while not self._changes and not self.late:
            self._come.clear()
            await self._come.wait()
        return None if self.late else self._changes.popleft()


class Feed:
    """The history as it grows. Made for one event loop; polls only while somebody follows."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._followers: set[Follower] = set()
        self._poller: asyncio.Task[None] | None = None
        self._head = LOWEST
        """All changes up to this one are known to be seen by whoever looks."""
        self._begun = asyncio.Event()
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Look at once, because something was written here."""
        self._woken.set()

    async def last(self) -> int:
        """Return the number of the last change; raises what keeps Neo4j from answering."""
        number, _ = await self._read_head()
        return number

    async def follow(self, position: int, wanted: Wanted) -> AsyncGenerator[Change, None]:
        """Yield every wanted change after that of the number `position`, in order, for ever.

        Raises SlowReaderError where the changes are not taken as they come. Neo4j may go and come back meanwhile.
        """
        follower = Follower(wanted)
        self._join(follower)
        try:
            await self._begun.wait()
            while position < self._head:
                head = self._head
                rows = await self._patiently(wanted.conditions, position, head)
                for row in rows:
                    yield Change(*row)
                position = rows[-1][0] if len(rows) == BATCH else head
            # Nothing is awaited since the last look at the head: what comes after it is offered.
            follower.attach(position)
            while change := await follower.next():
                position = change.seq
                yield change
            raise SlowReaderError(position)
        finally:
            self._leave(follower)

    def _join(self, follower: Follower) -> None:
        self._followers.add(follower)
        if self._poller is None:
            self._poller = asyncio.create_task(self._poll(), name="feed")

    def _leave(self, follower: Follower) -> None:
        self._followers.discard(follower)
        if not self._followers and self._poller:
            self._poller.cancel()
            self._poller = None
            self._begun.clear()

    async def _poll(self) -> None:
        failures = 0
        hole: float | None = None
        while True:
            self._woken.clear()
            try:
                if not self._begun.is_set():
                    await self._begin()
                rows = await self._read({}, self._head, HIGHEST)
            except Exception as error:  # noqa: BLE001 - whatever happened, those who follow wait for what comes after it
                failures += 1
                _report(error, failures)
                await asyncio.sleep(_pause(failures))
                continue
            failures = 0
            told = self._tell(rows, over=hole is not None and monotonic() - hole > HOLE)
            hole = None if told == len(rows) else hole or monotonic()
            if told < BATCH:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), POLL)

    async def _begin(self) -> None:
        """Find the place to begin: the last change, once all before it can be seen."""
        patience = monotonic() + HOLE
        while True:
            number, whole = await self._read_head()
            if whole or monotonic() > patience:
                self._head = number
                self._begun.set()
                return
            await asyncio.sleep(POLL)

    def _tell(self, rows: list[list[Any]], *, over: bool) -> int:
        """Tell the changes that follow without a hole, or over one; return how many these are."""
        for place, row in enumerate(rows):
            change = Change(*row)
            if change.seq != self._head + 1 and not over:
                return place
            if change.seq != self._head + 1:
                _log.warning("There are no changes from %d to %d.", self._head + 1, change.seq - 1)
            self._head = change.seq
            for follower in self._followers:
                follower.offer(change)
        return len(rows)

    async def _patiently(self, conditions: Mapping[str, Any], low: int, high: int) -> list[list[Any]]:
        """Read changes after `low` and up to `high`, `BATCH` at most, however long it takes until Neo4j answers."""
        failures = 0
        while True:
            try:
                return await self._read(conditions, low, high + 1)
            except GraphApiError as error:
                failures += 1
                _report(error, failures)
            await asyncio.sleep(_pause(failures))

    async def _read(self, conditions: Mapping[str, Any], low: int, high: int) -> list[list[Any]]:
        """Read changes between the two numbers."""
        bounds = {"lowest": LOWEST, "highest": HIGHEST, "low": low, "high": high, "limit": BATCH}
        wanted = {**bounds, "descending": False, "counted": False, "images": True, **conditions}
        ((rows, _, _),) = await self._reader.read(load("change/page").text, {"wanted": wanted})
        return list(rows)

    async def _read_head(self) -> tuple[int, bool]:
        ((number, whole),) = await self._reader.read(load("change/head").text, {"span": SPAN})
        return number, whole


def _pause(failures: int) -> float:
    return PAUSES[min(failures, len(PAUSES)) - 1]


def _report(error: Exception, failures: int) -> None:
    """Log the first of several failures in a row."""
    if failures > 1:
        return
    if isinstance(error, GraphApiError):
        _log.warning("Changes cannot be read, and are read later: %s", error.message)
    else:
        _log.error("Changes cannot be read, and are read later.", exc_info=error)
