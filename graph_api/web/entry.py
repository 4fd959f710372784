"""The way in, the same for HTTP and WebSocket: from where somebody comes, who it is, and how often they ask."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import HTTPConnection

from graph_api.errors import ForbiddenError, UnauthenticatedError
from graph_api.settings import Limits
from graph_api.web.access.bearer import only
from graph_api.web.access.identity import Authenticator, Identity
from graph_api.web.origins import WRONG_ORIGIN, may_ask
from graph_api.web.rates import Rates, client_of

ACTOR_HEADER = "x-actor"
"""Who makes a change, as long as nobody has to prove it."""


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

    def check_origin(self, connection: HTTPConnection) -> None:
        """Raise ForbiddenError for what a page of another origin sends."""
        if not may_ask(connection, self.origins):
            raise ForbiddenError(WRONG_ORIGIN)

    async def identify(self, connection: HTTPConnection, shown: str | None = None) -> Identity:
        """Tell who asks, and count the request; `shown` is what stands for the header `Authorization`, where it does.

        Raises what the authenticator raises, and RateLimitedError.
        """
        try:
            identity = await self.prove(connection, shown)
        except (UnauthenticatedError, ForbiddenError):
            # Whoever guesses is told apart by where they are.
            await self.rates.count(_address(connection))
            raise
        await self.count(connection, identity)
        return identity

    async def prove(self, connection: HTTPConnection, shown: str | None = None) -> Identity:
        """Tell who asks, without counting."""
        authorization = shown or only(connection.headers.getlist("authorization"))
        return await self.authenticator.identify(authorization, connection.headers.get(ACTOR_HEADER))

    async def count(self, connection: HTTPConnection, identity: Identity) -> None:
        """Count one request; raises RateLimitedError where it is one too many."""
        await self.rates.count(identity.actor if self.proved else _address(connection))


def _address(connection: HTTPConnection) -> str:
    return client_of(connection.client.host if connection.client else None)
