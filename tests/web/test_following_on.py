"""Following the history while servers end, start again and lose Neo4j: nothing is missed, and nothing comes twice."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from follower import SEQ, end, opened, put

from graph_api.questions.changes import cursor
from graph_api.store.connection import Store
from graph_api.store.endpoint import Endpoint
from graph_api.store.migrations import prepare
from tests.cli.commands import Commands


@pytest.fixture(scope="module")
async def prepared(graph: Store) -> Store:
    await prepare(graph)
    return graph


@pytest.fixture(scope="module")
def commands(prepared: Store) -> Commands:
    return Commands(prepared.endpoint)


@pytest.fixture(scope="module")
def address(commands: Commands) -> Iterator[str]:
    with commands.serving("serve", "--port", "0") as service:
        address = service.wait_for("Serving at ").removesuffix("/graphql")
        service.wait_for("Ready.")
        yield address


@pytest.mark.long
async def test_after_a_restart_nothing_is_missed_and_nothing_comes_twice(prepared: Store, commands: Commands) -> None:
    begin = await end(prepared)
    seen: list[int] = []
    position = cursor(begin)
    for round_, meanwhile in enumerate((600, 3)):
        # Killed, not asked to end: it has no chance to remember anything.
        with commands.serving("serve", "--port", "0") as service:
            address = service.wait_for("Serving at ").removesuffix("/graphql")
            service.wait_for("Ready.")
            async with opened(address) as socket:
                await socket.subscribe(SEQ, after=position)
                await put(prepared, *(f"r{round_}-{n}" for n in range(40)))
                for event in await socket.events(25):
                    seen.append(event["change"]["seq"])
                    position = event["cursor"]
                service.end(signal.SIGKILL)
        await put(prepared, *(f"s{round_}-{n}" for n in range(meanwhile)))
    with commands.serving("serve", "--port", "0") as service:
        address = service.wait_for("Serving at ").removesuffix("/graphql")
        service.wait_for("Ready.")
        async with opened(address) as socket:
            await socket.subscribe(SEQ, after=position)
            last = await end(prepared)
            seen += [event["change"]["seq"] for event in await socket.events(last - begin - len(seen))]
    assert seen == list(range(begin + 1, last + 1))


async def test_two_servers_of_one_graph_tell_the_same_and_one_goes_on_where_the_other_stopped(
    prepared: Store, commands: Commands, address: str
) -> None:
    begin = await end(prepared)
    with commands.serving("serve", "--port", "0") as service:
        other = service.wait_for("Serving at ").removesuffix("/graphql")
        service.wait_for("Ready.")
        async with opened(address) as one, opened(other) as two:
            await one.subscribe(SEQ, after=cursor(begin))
            await two.subscribe(SEQ, after=cursor(begin))
            await asyncio.gather(*(put(prepared, f"a{n}", f"b{n}") for n in range(20)))
            heard, also = await asyncio.gather(one.events(40), two.events(40))
            assert [event["change"]["seq"] for event in heard] == list(range(begin + 1, begin + 41))
            assert also == heard
        async with opened(other) as two:
            await two.subscribe(SEQ, after=heard[29]["cursor"])
            assert await two.events(10) == heard[30:]


@asynccontextmanager
async def proxied(endpoint: Endpoint) -> AsyncIterator["Proxy"]:
    proxy = Proxy(endpoint)
    await proxy.restore()
    try:
        yield proxy
    finally:
        await proxy.cut()


class Proxy:
    """Stands between a server and Neo4j, so that one of them can be made to lose the other."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.host, _, port = endpoint.uri.rpartition("//")[2].partition(":")
        self.port = int(port)
        self.listens = 0
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    async def restore(self) -> None:
        self._server = await asyncio.start_server(self._join, "127.0.0.1", self.listens)
        self.listens = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        if self._server:
            self._server.close()
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(self.host, self.port)
        self._writers |= {writer, far_writer}
        await asyncio.gather(_pump(reader, far_writer), _pump(far_reader, writer))


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.transport.abort()


async def test_neo4j_may_go_and_come_back_meanwhile(prepared: Store) -> None:
    begin = await end(prepared)
    async with proxied(prepared.endpoint) as proxy:
        commands = Commands(replace(prepared.endpoint, uri=f"bolt://127.0.0.1:{proxy.listens}"))
        with commands.serving("serve", "--port", "0") as service:
            # The proxy is served by this loop, so that nothing may wait for the service in it.
            address = (await asyncio.to_thread(service.wait_for, "Serving at ")).removesuffix("/graphql")
            await asyncio.to_thread(service.wait_for, "Ready.")
            async with opened(address) as socket:
                query = "subscription F($after: String) { changes(after: $after) { change { seq entity { id } } } }"
                await socket.subscribe(query, after=cursor(begin))
                await put(prepared, "here")
                heard = [await socket.event()]
                await proxy.cut()
                await put(prepared, *(f"away-{n}" for n in range(50)))
                await asyncio.to_thread(service.wait_for, "Changes cannot be read")
                await proxy.restore()
                heard += await socket.events(50)
            await asyncio.to_thread(service.end, signal.SIGTERM)
    assert [event["change"]["seq"] for event in heard] == list(range(begin + 1, begin + 52))
    assert all(event["change"]["entity"] for event in heard)


async def test_a_service_that_ends_ends_its_subscriptions(prepared: Store, commands: Commands) -> None:
    with commands.serving("serve", "--port", "0") as service:
        address = service.wait_for("Serving at ").removesuffix("/graphql")
        service.wait_for("Ready.")
        async with opened(address) as socket:
            await socket.subscribe(after=cursor(await end(prepared)))
            await put(prepared, "ending")
            await socket.event()
            service.process.send_signal(signal.SIGTERM)
            assert (await socket.closed())[0] == 1012  # the service restarts
        assert await asyncio.to_thread(service.end, signal.SIGTERM) < 10
    assert "Traceback" not in service.said
    assert service.process.returncode == 0
