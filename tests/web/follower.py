"""A client that speaks graphql-transport-ws word by word, so that tests see every message."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from graph_api.change.apply import apply
from graph_api.change.changeset import ChangeSet, EntityChange, Mode
from graph_api.store.connection import Store

PROTOCOL = "graphql-transport-ws"
PATIENCE = 60.0  # seconds
CLIENT = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol": PROTOCOL,
}

FOLLOW = """
subscription Follow($filter: ChangeFilter, $after: String) {
  changes(filter: $filter, after: $after) { cursor change { seq action key } }
}
"""
SEQ = "subscription Follow($after: String) { changes(after: $after) { cursor change { seq } } }"


class Socket:
    """An open connection."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    async def send(self, message: object) -> None:
        await self.connection.send(message if isinstance(message, str | bytes) else json.dumps(message))

    async def receive(self) -> Any:
        async with asyncio.timeout(PATIENCE):
            return json.loads(await self.connection.recv())

    async def begin(self) -> None:
        await self.send({"type": "connection_init"})
        assert await self.receive() == {"type": "connection_ack"}

    async def subscribe(self, query: str = FOLLOW, name: str = "1", **variables: Any) -> None:
        await self.send({"type": "subscribe", "id": name, "payload": {"query": query, "variables": variables}})

    async def event(self) -> dict[str, Any]:
        """Return the next event of the only subscription."""
        message = await self.receive()
        assert message["type"] == "next", message
        assert "errors" not in message["payload"], message
        event: dict[str, Any] = message["payload"]["data"]["changes"]
        return event

    async def events(self, count: int) -> list[dict[str, Any]]:
        return [await self.event() for _ in range(count)]

    async def closed(self) -> tuple[int, str]:
        """Wait until the other side has closed the connection, and return its code and reason."""
        with pytest.raises(ConnectionClosed) as end:
            await self._drained()
        assert end.value.rcvd is not None
        return end.value.rcvd.code, end.value.rcvd.reason

    async def _drained(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while True:
                await self.connection.recv()


@asynccontextmanager
async def opened(address: str, *, begun: bool = True, **options: Any) -> AsyncIterator[Socket]:
    """Open a connection to a service at `http://…`; `options` are those of websockets."""
    given = {"subprotocols": [Subprotocol(PROTOCOL)], "proxy": None, **options}
    async with connect(f"{address.replace('http', 'ws', 1)}/graphql", **given) as connection:
        socket = Socket(connection)
        if begun:
            await socket.begin()
        yield socket


async def nothing_is_left() -> None:
    """Wait until no task of any connection is there any more."""
    async with asyncio.timeout(30):
        while any(task.get_name().startswith("websocket: ") for task in asyncio.all_tasks()):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def upgrade(address: str, **headers: str) -> httpx.Response:
    """Ask for a connection as a client does that can read why it gets none."""
    async with httpx.AsyncClient(base_url=address) as http:
        return await http.get("/graphql", headers=CLIENT | headers)


def operation(query: str, name: str = "1", **payload: Any) -> dict[str, Any]:
    return {"type": "subscribe", "id": name, "payload": {"query": query, **payload}}


async def is_alive(socket: Socket) -> None:
    """See that a connection answers, and has nothing else to say before."""
    await socket.send({"type": "ping"})
    assert await socket.receive() == {"type": "pong"}


async def put(store: Store, *keys: str, kind: str = "Goal", actor: str = "ann", **fields: Any) -> None:
    """Write entities; each is one change, the first time and whenever its fields differ."""
    entities = tuple(EntityChange(Mode.PUT, kind, key, {"name": key, **fields}) for key in keys)
    await apply(store, ChangeSet(entities, (), actor, "test"))


async def end(store: Store) -> int:
    """Return the number of the last change."""
    (seq,) = await store.read("MATCH (g:Graph) RETURN g.seq")
    return int(seq)
