"""Take Neo4j away from a running service, give it back, and tell it to stop: how long each takes to be seen.

    python -m bench.outage --rounds 3

Starts `graph-api serve` with an embedded Neo4j of its own, and again with one that NEO4J_URI names. Java is killed as
the kernel does, and stopped (SIGSTOP: it keeps its connections and says nothing). Meanwhile a change waits in Neo4j for
a lock, small queries are sent one after the other, and `/readyz` and `/healthz` are asked all the time. In the end the
service is told to stop while a change, an idle connection and a subscription are open, and another program holds the
lock: an embedded Neo4j waits for that one, longer than the service does. All times are seconds.
"""

import argparse
import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

import httpx
from rich.table import Table
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from graph_api.cli.terminal import console
from graph_api.errors import ServiceUnavailableError
from graph_api.settings import Settings
from graph_api.store import engine
from graph_api.store.connection import Store
from graph_api.store.endpoint import Endpoint, open_endpoint

SERVE = ("-c", "from graph_api.cli import app; app()", "serve")
SILENT = 8.0  # for which Java is stopped
BEFORE = 1.0  # for which all goes well before anything happens
PATIENCE = 120.0
SMALL = '{ persona(key: "nobody") { key } }'
CHANGE = 'mutation { createGoal(input: {name: "Grow", dryRun: true}) { goal { key } } }'
FOLLOW = "subscription { changes { cursor } }"
UNAVAILABLE = "SERVICE_UNAVAILABLE"


class Watched:
    """A running service, and what is asked of it all the time: (when asked, seconds, what came) each."""

    def __init__(self, address: str, http: httpx.AsyncClient) -> None:
        self.small: list[tuple[float, float, str]] = []
        self.ready: list[tuple[float, float, str]] = []
        self.health: list[tuple[float, float, str]] = []
        self._address = address
        self._http = http

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[None]:
        """Ask all the time."""
        tasks = [
            asyncio.create_task(self._again(self.small, self.ask)),
            asyncio.create_task(self._again(self.ready, lambda: self._status("/readyz"))),
            asyncio.create_task(self._again(self.health, lambda: self._status("/healthz"))),
        ]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def ask(self, query: str = SMALL) -> str:
        """Return OK or the code of the first error."""
        answer = (await self._http.post(f"{self._address}/graphql", json={"query": query}, timeout=PATIENCE)).json()
        return str(answer["errors"][0]["extensions"]["code"]) if "errors" in answer else "OK"

    async def until(self, log: list[tuple[float, float, str]], what: str, since: float) -> tuple[float, float]:
        """Wait for an answer to what was asked after a moment; return when it was asked and when it came."""
        while True:
            for asked, took, came in log:
                if asked >= since and came == what:
                    return asked, asked + took
            await asyncio.sleep(0.02)

    async def _status(self, path: str) -> str:
        return str((await self._http.get(f"{self._address}{path}", timeout=PATIENCE)).status_code)

    async def _again(self, log: list[tuple[float, float, str]], ask: Any) -> None:
        while True:
            asked = monotonic()
            with suppress(httpx.HTTPError):
                came = await ask()
                log.append((asked, monotonic() - asked, came))
            await asyncio.sleep(0.05)


def java_on(folder: Path) -> int:
    """Return the process number of the Java on a data directory."""
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            words = (entry / "cmdline").read_bytes().split(b"\0") if entry.name.isdigit() else [b""]
            if words[0].endswith(b"java") and any(os.fsencode(folder) in word for word in words):
                return int(entry.name)
    message = f"No Java runs on {folder}."
    raise ServiceUnavailableError(message)


@contextmanager
def named(folder: Path) -> Iterator[Endpoint]:
    """Run an engine of its own, whose address is then to be named."""
    settings = Settings(neo4j_uri=None, data_dir=folder)
    try:
        yield engine.start_detached(settings, lambda _: None).endpoint
    finally:
        engine.stop(settings)


@asynccontextmanager
async def serving(folder: Path, endpoint: Endpoint | None) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """Run the service on a folder, or on the Neo4j that is named; yield its process and its address."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "ENGINE_"))}
    environment |= {"DATA_DIR": str(folder), "PORT": "0"}
    if endpoint:
        environment |= {"NEO4J_URI": endpoint.uri, "NEO4J_PASSWORD": endpoint.password.get_secret_value()}
    process = await asyncio.create_subprocess_exec(sys.executable, *SERVE, env=environment, stderr=-1)
    said = ""
    assert process.stderr  # noqa: S101 - it was asked for
    while "Ready." not in said:
        line = (await process.stderr.readline()).decode()
        if not line:
            raise ServiceUnavailableError(said)
        said += line
    reading = asyncio.create_task(_read(process.stderr))
    try:
        yield process, said.partition("Serving at ")[2].partition("/graphql")[0]
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
        reading.cancel()


async def _read(stream: asyncio.StreamReader) -> None:
    while line := await stream.readline():
        print("   ", line.decode(), end="", file=sys.stderr)  # noqa: T201 - what the service says


@asynccontextmanager
async def held(endpoint: Endpoint) -> AsyncIterator[None]:
    """Hold the lock that every change needs."""
    store = await Store.open(endpoint)
    try:
        with suppress(ServiceUnavailableError):
            async with store.transaction() as tx:
                await tx.run("MATCH (g:Graph) SET g.held = true")
                try:
                    yield
                finally:
                    await tx.rollback()
    finally:
        await store.close()


async def lose(watched: Watched, endpoint: Endpoint, java: int, number: signal.Signals) -> dict[str, float | str]:
    """Take Neo4j away, give it back, and return what was seen."""
    async with watched.looking():
        await asyncio.sleep(BEFORE)
        async with held(endpoint):
            change = asyncio.create_task(watched.ask(CHANGE))
            await asyncio.sleep(BEFORE)
            os.kill(java, number)
            lost = monotonic()
            code = await change
            ended = monotonic() - lost
            if number is signal.SIGSTOP:
                await asyncio.sleep(max(0, SILENT - ended))
                os.kill(java, signal.SIGCONT)
        back = await _back(endpoint) if number is signal.SIGKILL else monotonic()
        _, answered = await watched.until(watched.small, "OK", max(back, lost))
        _, ready = await watched.until(watched.ready, "200", back)
        await asyncio.sleep(BEFORE)
    _, unready = await watched.until(watched.ready, "503", lost - 2)
    during = [(took, came) for asked, took, came in watched.small if lost <= asked + took and asked < back]
    after = [took for begun, took, _ in watched.small if begun >= answered]
    return {
        "not ready after": unready - lost,
        "change answered after": ended,
        "as": code,
        "slowest small query": max(took for took, _ in during),
        "wrong codes": ", ".join({came for _, came in during} - {UNAVAILABLE, "OK"}) or "none",
        "answers again after": answered - back,
        "ready again after": ready - back,
        "slowest query then": max(after, default=0.0),
        "slowest /healthz": max(took for _, took, _ in watched.health),
        "/healthz": ", ".join({came for _, _, came in watched.health}),
    }


async def _back(endpoint: Endpoint) -> float:
    while True:
        with suppress(ServiceUnavailableError):
            await (await Store.open(endpoint)).close()
            return monotonic()
        await asyncio.sleep(0.02)


async def stop(
    process: asyncio.subprocess.Process, address: str, watched: Watched, endpoint: Endpoint, number: signal.Signals
) -> dict[str, float | str]:
    """Tell the service to stop while all sorts of things are open; return how long it took."""
    async with held(endpoint):
        change = asyncio.create_task(watched.ask(CHANGE))
        where = f"{address.replace('http', 'ws', 1)}/graphql"
        async with connect(where, subprotocols=[Subprotocol("graphql-transport-ws")], proxy=None) as socket:
            await socket.send(json.dumps({"type": "connection_init"}))
            await socket.recv()
            await socket.send(json.dumps({"type": "subscribe", "id": "1", "payload": {"query": FOLLOW}}))
            await asyncio.sleep(BEFORE)
            process.send_signal(number)
            told = monotonic()
            code = await asyncio.gather(change, return_exceptions=True)
            answered = monotonic() - told
            status = await process.wait()
            ended = monotonic() - told
    return {"change answered after": answered, "as": str(code[0]), "ended after": ended, "status": str(status)}


async def rounds(folder: Path, endpoint: Endpoint | None, count: int) -> list[tuple[str, dict[str, float | str]]]:
    """Lose Neo4j in both ways, `count` times each, and stop; return what was seen, by what was done."""
    way = "embedded" if endpoint is None else "named"
    seen = []
    for _ in range(count):
        async with serving(folder, endpoint) as (process, address), httpx.AsyncClient() as http:
            with open_endpoint(Settings(neo4j_uri=None, data_dir=folder), lambda _: None) as used:
                watched = Watched(address, http)
                for number in (signal.SIGKILL, signal.SIGSTOP):
                    watched = Watched(address, http)
                    seen.append((f"{way} {number.name}", await lose(watched, used, java_on(folder), number)))
                seen.append((f"{way} stop", await stop(process, address, watched, used, signal.SIGTERM)))
    return seen


def show(seen: Sequence[tuple[str, dict[str, float | str]]]) -> None:
    """Print what was seen."""
    for name in dict.fromkeys(name for name, _ in seen):
        runs = [run for each, run in seen if each == name]
        table = Table(title=name)
        table.add_column("")
        for number in range(len(runs)):
            table.add_column(str(number + 1), justify="right")
        for row in runs[0]:
            table.add_row(row, *(f"{run[row]:.2f}" if isinstance(run[row], float) else str(run[row]) for run in runs))
        console().print(table)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bench.outage", description="Take Neo4j away from a running service.")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is done")
    given = parser.parse_args()
    with TemporaryDirectory() as made:
        own, other = Path(made, "own"), Path(made, "named")
        seen = asyncio.run(rounds(own, None, given.rounds))
        with named(other) as endpoint:
            seen += asyncio.run(rounds(other, endpoint, given.rounds))
    show(seen)


if __name__ == "__main__":
    main()
