"""GraphQL over WebSocket: the protocol graphql-transport-ws, to the letter.

What a client sends and gets wrong closes the connection with the protocol's code and a reason, never without a word;
what is wrong with an operation is an `error` message for that operation, and the others go on.
https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.websockets import WebSocket

from graph_api.errors import GraphApiError, RateLimitedError
from graph_api.web.conversation import PROTOCOL, CloseCode, Conversation, close
from graph_api.web.endpoint import Answering
from graph_api.web.entry import Entry
from graph_api.web.faults import refuse_for
from graph_api.web.observation import Observation
from graph_api.web.rates import client_of

CROWDED = "This client has {count} connections open, as many as it may (LIMIT_CONNECTIONS). Close one first."
WAIT = 5.0
"""Seconds after which a client that has too many connections may try again."""


class SocketEndpoint:
    """Answers GraphQL operations over WebSocket connections."""

    def __init__(self, service: Answering, entry: Entry, observation: Observation) -> None:
        self._service = service
        self._entry = entry
        self._observation = observation
        self.open: Counter[str] = Counter()
        """How many connections there are of each client, by its address."""

    async def converse(self, socket: WebSocket) -> None:
        """Answer the messages of one connection, until either side closes it."""
        client = client_of(socket.client.host if socket.client else None)
        try:
            self._entry.check_origin(socket)
            with self._place(client):
                await self._admitted(socket)
        except GraphApiError as error:
            await refuse_for(error)(socket.scope, socket.receive, socket.send)

    async def _admitted(self, socket: WebSocket) -> None:
        """Open the connection and hold it; raises, before anything is opened, where it is refused."""
        shown = socket.headers.get("authorization")
        if shown:
            # Who shows a token that is not believed gets no connection; who shows none may do so when it begins.
            await self._entry.identify(socket)
        await socket.accept(PROTOCOL if PROTOCOL in socket.scope["subprotocols"] else None)
        if PROTOCOL not in socket.scope["subprotocols"]:
            await close(socket, CloseCode.SUBPROTOCOL_NOT_ACCEPTABLE, f"Subprotocol not acceptable: use {PROTOCOL}")
            return
        with self._observation.metrics.websocket_connection():
            await Conversation(socket, self._service, self._entry, self._observation, shown).hold()

    @contextmanager
    def _place(self, client: str) -> Iterator[None]:
        """Count a connection of a client as long as it lasts, from before it is open; raises where it is too many."""
        if (count := self.open.get(client, 0)) >= self._entry.limits.connections:
            raise RateLimitedError(CROWDED.format(count=count), WAIT)
        self.open[client] += 1
        try:
            yield
        finally:
            self.open[client] -= 1
            if not self.open[client]:
                del self.open[client]
