"""graphql-ws, the usual client of subscriptions, follows the history."""

import asyncio
import json
import shutil
import signal
import socket
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import randbytes
from typing import Any

import pytest

from graph_api.change.apply import apply
from graph_api.change.changeset import ChangeSet, EntityChange, Mode
from graph_api.questions.changes import cursor
from graph_api.schema.feed import WAITING
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from tests.cli.commands import Commands
from tests.clients.tools import FOLDER, PATIENCE, require


@pytest.fixture(scope="module")
async def prepared(graph: Store) -> Store:
    await prepare(graph)
    return graph


async def put(store: Store, *keys: str, **fields: Any) -> None:
    entities = tuple(EntityChange(Mode.PUT, "Goal", key, {"name": key, **fields}) for key in keys)
    await apply(store, ChangeSet(entities, (), "ann", "test"))


async def end(store: Store) -> int:
    (seq,) = await store.read("MATCH (g:Graph) RETURN g.seq")
    return int(seq)


class Following:
    """The client in its own process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    async def hear(self) -> dict[str, Any]:
        """Return what it writes down next."""
        assert self.process.stdout
        async with asyncio.timeout(PATIENCE):
            line = await self.process.stdout.readline()
        assert line, "It has ended."
        said: dict[str, Any] = json.loads(line)
        return said

    async def go_on(self) -> None:
        assert self.process.stdin
        self.process.stdin.write(b"\n")
        await self.process.stdin.drain()


@asynccontextmanager
async def following(*arguments: str) -> AsyncIterator[Following]:
    require()
    process = await asyncio.create_subprocess_exec(
        shutil.which("node") or "node",
        "follow.js",
        *arguments,
        cwd=FOLDER,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        yield Following(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return str(listener.getsockname()[1])


async def test_it_goes_on_by_cursor_when_the_service_was_killed_and_misses_nothing(prepared: Store) -> None:
    commands, port = Commands(prepared.endpoint), free_port()
    begin = await end(prepared)
    heard = []
    async with following("resume", f"http://127.0.0.1:{port}", cursor(begin), str(begin + 80)) as client:
        for turn in range(3):
            with commands.serving("serve", "--port", port) as service:
                await asyncio.to_thread(service.wait_for, "Ready.")
                await put(prepared, *(f"up-{turn}-{number}" for number in range(20)))
                # The last time all; before, some are written and not read when the service is killed.
                heard += [(await client.hear())["seq"] for _ in range(15 if turn < 2 else 50)]
                await asyncio.to_thread(service.end, signal.SIGKILL if turn < 2 else signal.SIGTERM)
            await put(prepared, *(f"down-{turn}-{number}" for number in range(10)))
    assert heard == list(range(begin + 1, begin + 81))


async def test_a_slow_one_is_told_from_where_to_go_on(prepared: Store) -> None:
    with Commands(prepared.endpoint).serving("serve", "--port", "0") as service:
        address = (await asyncio.to_thread(service.wait_for, "Serving at ")).removesuffix("/graphql")
        await asyncio.to_thread(service.wait_for, "Ready.")
        begin = await end(prepared)
        async with following("slow", address, cursor(begin)) as client:
            await put(prepared, "slow")
            assert await client.hear() == {"seq": begin + 1}
            # More than the connection holds on its way, also compressed, and then more than may wait.
            for number in range(300):
                await put(prepared, f"slow-{number}", description=randbytes(45_000).hex())
            await put(prepared, *(f"quick-{number}" for number in range(WAITING + 1)))
            async with following(
                "resume", address, cursor(await end(prepared) - 1), str(await end(prepared))
            ) as prompt:
                await prompt.hear()
            await client.go_on()
            heard = [begin + 1]
            while "seq" in (said := await client.hear()):
                heard.append(said["seq"])
            assert said["error"] == {"code": "SLOW_READER", "cursor": said["cursor"]}
            assert said["cursor"] == cursor(heard[-1])
            assert heard == list(range(begin + 1, heard[-1] + 1))
            assert heard[-1] < await end(prepared)


async def test_a_malformed_message_ends_its_connection_with_the_protocols_code(prepared: Store) -> None:
    with Commands(prepared.endpoint).serving("serve", "--port", "0") as service:
        address = (await asyncio.to_thread(service.wait_for, "Serving at ")).removesuffix("/graphql")
        await asyncio.to_thread(service.wait_for, "Ready.")
        async with following("malformed", address, cursor(await end(prepared))) as client:
            assert await client.hear() == {"code": 4400, "reason": "WebSocket message must be valid JSON"}
