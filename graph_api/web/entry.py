"""The way in, the same for HTTP and WebSocket: from where somebody comes, who it is, and how often they ask."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from hashlib import sha256

from starlette.requests import HTTPConnection

from graph_api.errors import ForbiddenError, RateLimitedError, UnauthenticatedError
from graph_api.settings import Limits
from graph_api.web.access.bearer import method_of, only
from graph_api.web.access.identity import Authenticator, Identity
from graph_api.web.access.known import Known
from graph_api.web.metrics import Metrics
from graph_api.web.origins import WRONG_ORIGIN, may_ask
from graph_api.web.rates import Rates, client_of

ACTOR_HEADER = "x-actor"
"""Who makes a change, as long as nobody has to prove it."""
REMEMBERED = 3_600.0
"""Seconds for which a proof that was good is no guess, whatever others at the same address try meanwhile."""
PROOFS = 10_000
"""How many of those are remembered."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Whom the service lets in."""

    authenticator: Authenticator
    proved: bool
    """Whether callers prove who they are; otherwise they are told apart by their addresses."""
    limits: Limits
    rates: Rates
    origins: Sequence[str] = ()
    """Other origins whose pages may ask."""
    metrics: Metrics = field(default_factory=Metrics)
    """Where is counted who was refused."""
    _good: Known[bool] = field(default_factory=lambda: Known(PROOFS, REMEMBERED), init=False)
    """Proofs that were good lately, by their hashes."""

    def check_origin(self, connection: HTTPConnection) -> None:
        """Raise ForbiddenError for what a page of another origin sends."""
        if not may_ask(connection, self.origins):
            raise ForbiddenError(WRONG_ORIGIN)

    async def identify(self, connection: HTTPConnection, shown: str | None = None) -> Identity:
        """Tell who asks, and count the request; `shown` is what stands for the header `Authorization`, where it does.

        Raises what the authenticator raises, and RateLimitedError: for one request too many of who asks, or one failure
        too many of those at an address, and then before the proof is looked at.
        """
        with self._counting_refusals():
            identity = await (self._proof if self.proved else self.prove)(connection, shown)
            await self._count(connection, identity)
        return identity

    async def prove(self, connection: HTTPConnection, shown: str | None = None) -> Identity:
        """Tell who asks, without counting."""
        authorization = shown or only(connection.headers.getlist("authorization"))
        return await self.authenticator.identify(authorization, connection.headers.get(ACTOR_HEADER))

    async def count(self, connection: HTTPConnection, identity: Identity) -> None:
        """Count one request; raises RateLimitedError where it is one too many."""
        with self._counting_refusals():
            await self._count(connection, identity)

    async def _count(self, connection: HTTPConnection, identity: Identity) -> None:
        await self.rates.count(f"actor:{identity.actor}" if self.proved else _address(connection))

    async def _proof(self, connection: HTTPConnection, shown: str | None) -> Identity:
        """Tell who asks, and count a failure: whoever guesses is told apart by where they are."""
        authorization = shown or connection.headers.get("authorization") or ""
        proof = sha256(authorization.encode(errors="surrogatepass")).hexdigest()
        place = f"failed:{_address(connection)}"
        async with nullcontext() if self._good.get(proof) else self.rates.attempt(place):
            try:
                identity = await self.prove(connection, shown)
            except (UnauthenticatedError, ForbiddenError) as error:
                if isinstance(error, UnauthenticatedError):
                    self.metrics.authentication_failed(method_of(authorization) or "none")
                await self.rates.count(place)
                raise
        self._good.keep(proof, value=True, of=time.monotonic())
        return identity

    @contextmanager
    def _counting_refusals(self) -> Iterator[None]:
        try:
            yield
        except RateLimitedError:
            self.metrics.rate_limited()
            raise


def _address(connection: HTTPConnection) -> str:
    return client_of(connection.client.host if connection.client else None)
