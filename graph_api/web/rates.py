"""How often one client may ask: the sliding window of the library `limits`, in this process's memory."""

import ipaddress
import math
import time

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from graph_api.errors import RateLimitedError, UserInputError

OFF = "off"
NETWORK = 64
"""How many bits of an IPv6 address tell clients apart: whoever has one has all that begin with these."""


class Rates:
    """Counts the requests of each client. Made for one event loop."""

    def __init__(self, allowed: str) -> None:
        """Read what is allowed, as `100/second`; raises UserInputError where that cannot be read."""
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._allowed = read_rate(allowed)

    async def count(self, client: str) -> None:
        """Count one request; raises RateLimitedError where it is one too many."""
        if self._allowed is None or await self._limiter.hit(self._allowed, client):
            return
        (reset, _) = await self._limiter.get_window_stats(self._allowed, client)
        message = (
            f"More than {self._allowed.amount} requests came from this client in {self._allowed.get_expiry()} seconds"
            " (LIMIT_REQUESTS). Wait, and ask less often."
        )
        raise RateLimitedError(message, retry_after=_until(reset))


def read_rate(text: str) -> RateLimitItem | None:
    """Read a rate as people write it, none where it is switched off; raises UserInputError where it is no rate."""
    if text.strip().lower() == OFF:
        return None
    try:
        return parse(text)
    except ValueError:
        message = f"LIMIT_REQUESTS cannot be read: {text!r}. Write it as `100/second` or `6000/minute`, or `off`."
        raise UserInputError(message) from None


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
