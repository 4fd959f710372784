"""How often one client may ask: the sliding window of the library `limits`, in this process's memory."""

import ipaddress
import math
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from graph_api.errors import RateLimitedError

OFF = "off"
NETWORK = 64
"""How many bits of an IPv6 address tell clients apart: whoever has one has all that begin with these."""
ADDRESSES = 10_000
"""How many addresses are remembered with the clients that they belong to."""


class Rates:
    """Counts the requests of each client. Made for one event loop."""

    def __init__(self, allowed: str) -> None:
        """Take what is allowed, as the settings have it: `100/second`, or `off`."""
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._allowed = None if allowed == OFF else parse(allowed)
        self._attempts: Counter[str] = Counter()

    async def count(self, client: str) -> None:
        """Count one request; raises RateLimitedError where it is one too many."""
        if self._allowed is not None and not await self._limiter.hit(self._allowed, client):
            raise await self._refusal(self._allowed, client)

    @asynccontextmanager
    async def attempt(self, client: str) -> AsyncIterator[None]:
        """Hold a place for what counts only where it fails, and is then to be counted inside.

        Raises RateLimitedError where its failure, with those of the attempts that go on, would be one too many.
        """
        self._attempts[client] += 1
        try:
            going_on = self._attempts[client]
            if self._allowed is not None and not await self._limiter.test(self._allowed, client, cost=going_on):
                raise await self._refusal(self._allowed, client)
            yield
        finally:
            self._attempts[client] -= 1
            if not self._attempts[client]:
                del self._attempts[client]

    async def _refusal(self, allowed: RateLimitItem, client: str) -> RateLimitedError:
        (reset, _) = await self._limiter.get_window_stats(allowed, client)
        message = (
            f"More than {allowed.amount} requests came from this client in {allowed.get_expiry()} seconds"
            " (LIMIT_REQUESTS). Wait, and ask less often."
        )
        return RateLimitedError(message, retry_after=_until(reset))


@lru_cache(ADDRESSES)
def client_of(address: str | None) -> str:
    """Name a client by its address; by its network where addresses are for the taking."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return address or "unknown"
    if parsed.version == 4:  # noqa: PLR2004 - IPv4
        return str(parsed)
    return str(ipaddress.ip_network((parsed, NETWORK), strict=False))


def _until(reset: float) -> float:
    return max(1.0, math.ceil(reset - time.time()))
