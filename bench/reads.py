"""Compare the service's reads with hand-written peers.

    python -m bench.reads --entities 20000 --rounds 20

Starts an embedded Neo4j of its own, loads a generated graph, starts the service as `graph-api serve` does and the peer
beside it, and asks both the same over connections that are kept open, one request at a time. Before anything is
measured both must have given equal answers. See README.md for how to read the table.
"""

import argparse
import asyncio
import json
import os
import platform
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from pathlib import Path
from re import search
from statistics import median
from subprocess import PIPE, Popen
from tempfile import TemporaryDirectory
from threading import Thread
from time import monotonic, perf_counter
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bench.generate import FEWEST, generate
from bench.load import load
from bench.peer import path_of
from bench.queries import QUERIES, Query
from graph_api.cli.terminal import console, report, told
from graph_api.errors import UserInputError
from graph_api.settings import Settings
from graph_api.store.connection import Store
from graph_api.store.endpoint import Endpoint, open_endpoint

RESULTS = Path(__file__).parent / "results"
AIM = 1.2
KEYS = 60
"""So many entities are asked for in turn by the queries that take a key."""
WARMING = 60
FIRST_SEEN = 5
FEWEST_ROUNDS = 3
STARTING = 60.0
SERVE = ("-c", "from graph_api.cli import app; app()", "serve", "--port", "0")
PEER = ("-m", "bench.peer")


@dataclass
class Asked:
    """One of the two sides: where it answers, and how it is asked."""

    connection: HTTPConnection
    graphql: bool

    def ask(self, query: Query, key: str | None, remark: str = "") -> tuple[float, bytes]:
        """Send one request; return the milliseconds until the whole answer was there, and the answer."""
        given = {} if key is None else {"key": key}
        body = json.dumps({"query": query.graphql + remark, "variables": given} if self.graphql else given)
        path = "/graphql" if self.graphql else path_of(query)
        return timed(self.connection, path, body)


def timed(connection: HTTPConnection, path: str, body: str) -> tuple[float, bytes]:
    """Send one request; return the milliseconds until the whole answer was there, and the answer.

    Raises UserInputError where the answer is an error: what it took would tell nothing.
    """
    try:
        return _timed(connection, path, body)
    except (ConnectionError, HTTPException):
        # A server closes a connection that was idle for some seconds, as while the other side was slow.
        connection.close()
        return _timed(connection, path, body)


def _timed(connection: HTTPConnection, path: str, body: str) -> tuple[float, bytes]:
    begun = perf_counter()
    connection.request("POST", path, body, {"content-type": "application/json"})
    response = connection.getresponse()
    answer = response.read()
    took = (perf_counter() - begun) * 1000
    # A refusal would be quick; errors come first in a response.
    if response.status != HTTPStatus.OK or answer.startswith(b'{"errors"'):
        message = f"{path} gave {response.status} to {body[:200]}: {answer[:500]!r}"
        raise UserInputError(message)
    return took, answer


@dataclass
class Figures:
    """What was measured for one query, in milliseconds: for each round the median of the service and of the peer."""

    query: Query
    keys: list[str | None]
    size: int = 0
    """Bytes of an answer."""
    rounds: list[tuple[float, float]] = field(default_factory=list)
    every: tuple[list[float], list[float]] = field(default_factory=lambda: ([], []))
    """All times of the service and of the peer."""
    first_seen: tuple[float, float] = (0.0, 0.0)

    @property
    def ratios(self) -> list[float]:
        """The service's time as a multiple of the peer's, for each round."""
        return sorted(service / peer for service, peer in self.rounds)

    @property
    def undisturbed(self) -> tuple[float, float]:
        """The time within which the fastest tenth of all answers came: what it takes when nobody else is at work."""
        ours, theirs = (sorted(times)[len(times) // 10] for times in self.every)
        return ours, theirs

    def as_json(self) -> dict[str, Any]:
        """Return the figures for programs."""
        ratios, (ours, theirs) = self.ratios, self.undisturbed
        return {
            "query": self.query.name,
            "says": self.query.says,
            "answerBytes": self.size,
            "ratio": {"min": round(ratios[0], 3), "median": round(median(ratios), 3), "max": round(ratios[-1], 3)},
            "serviceMs": round(median(service for service, _ in self.rounds), 3),
            "peerMs": round(median(peer for _, peer in self.rounds), 3),
            "fastestTenth": {
                "ratio": round(ours / theirs, 3),
                "serviceMs": round(ours, 3),
                "peerMs": round(theirs, 3),
            },
            "firstSeenMs": {"service": round(self.first_seen[0], 1), "peer": round(self.first_seen[1], 1)},
            "rounds": [[round(service, 3), round(peer, 3)] for service, peer in self.rounds],
        }


def compare(service: Asked, peer: Asked, queries: list[Figures], given: argparse.Namespace) -> None:
    """Measure in rounds: in each, every query, the two sides turn by turn, so that what disturbs meets both."""
    end = monotonic() + given.seconds
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as progress:
        for number in progress.track(range(given.rounds), description="Measuring"):
            if monotonic() > end and number >= FEWEST_ROUNDS:
                report(f"Time is up after {number} of {given.rounds} rounds.")
                break
            for figures in queries:
                times: tuple[list[float], list[float]] = ([], [])
                keys = cycle(figures.keys[number % len(figures.keys) :] + figures.keys[: number % len(figures.keys)])
                for turn in range(given.requests):
                    key = next(keys)
                    for side in (0, 1) if turn % 2 else (1, 0):
                        times[side].append((service, peer)[side].ask(figures.query, key)[0])
                for side in (0, 1):
                    figures.every[side].extend(times[side])
                figures.rounds.append((median(times[0]), median(times[1])))


def check_equal(service: Asked, peer: Asked, figures: Figures) -> None:
    """Make sure that both sides give the same data for every key, whatever the order of its fields."""
    for key in figures.keys:
        (_, ours), (_, theirs) = service.ask(figures.query, key), peer.ask(figures.query, key)
        answer = json.loads(ours)
        if "errors" in answer or answer != json.loads(theirs):
            message = f"The two answers to {figures.query.name!r} with the key {key} differ:\n{ours!r}\n{theirs!r}"
            raise UserInputError(message)
        figures.size = len(ours)


def warm(service: Asked, peer: Asked, figures: Figures) -> None:
    """Ask both sides until caches are full and code is compiled."""
    for _, key in zip(range(WARMING), cycle(figures.keys), strict=False):
        service.ask(figures.query, key)
        peer.ask(figures.query, key)


async def first_seen(store: Store, service: Asked, peer: Asked, figures: Figures) -> None:
    """Ask what nobody has asked before: Neo4j's plans are thrown away, and a remark makes the document a new one."""
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(FIRST_SEEN):
        for side in (0, 1):
            async with store.transaction() as tx:
                await tx.run("CALL db.clearQueryCaches()")
            remark = "" if side else f"\n# {number}"
            times[side].append((service, peer)[side].ask(figures.query, figures.keys[0], remark)[0])
    figures.first_seen = (median(times[0]), median(times[1]))


async def prepared(endpoint: Endpoint, given: argparse.Namespace, files: Path) -> None:
    """Generate and load the graph, unless it is there already."""
    store = await Store.open(endpoint)
    try:
        (count,) = await store.read("MATCH (n:Entity) RETURN count(n)")
        if count < given.entities:
            report(f"Generating and loading {given.entities} entities …")
            await load(store, generate(given.entities, given.seed, files))
    finally:
        await store.close()


async def measured(endpoint: Endpoint, service: Asked, peer: Asked, given: argparse.Namespace) -> dict[str, Any]:
    """Measure everything; return the report for programs."""
    store = await Store.open(endpoint)
    try:
        queries = [Figures(query, await keys_of(store, query)) for query in QUERIES]
        for figures in queries:
            check_equal(service, peer, figures)
        for figures in queries:
            warm(service, peer, figures)
        for figures in queries:
            await first_seen(store, service, peer, figures)
        for figures in queries:
            warm(service, peer, figures)
        compare(service, peer, queries, given)
        (neo4j,) = await store.read("CALL dbms.components() YIELD versions RETURN head(collect(versions[0]))")
    finally:
        await store.close()
    return {
        "entities": given.entities,
        "seed": given.seed,
        "requestsInARound": given.requests,
        "machine": {
            "cores": os.cpu_count(),
            "processor": platform.machine(),
            "loadBefore": given.load,
            "python": platform.python_version(),
            "neo4j": neo4j,
        },
        "queries": [figures.as_json() for figures in queries],
    }


async def keys_of(store: Store, query: Query) -> list[str | None]:
    """Choose the entities to ask for, from all over the graph, the same each time."""
    if query.keys is None:
        return [None]
    (keys,) = await store.read(f"MATCH (n:{query.keys}) WITH n.key AS key ORDER BY key RETURN collect(key)")
    step = max(len(keys) // KEYS, 1)
    return list(keys[::step][:KEYS])


async def known_keys(endpoint: Endpoint, *queries: Query) -> dict[str, list[str | None]]:
    """Choose the entities to ask for, by the name of the query."""
    store = await Store.open(endpoint)
    try:
        return {query.name: await keys_of(store, query) for query in queries}
    finally:
        await store.close()


@contextmanager
def running(
    command: tuple[str, ...], endpoint: Endpoint, environment: Mapping[str, str] | None = None
) -> Iterator[HTTPConnection]:
    """Run one side in a process of its own, connected to the Neo4j; yield a connection to it."""
    reached = {
        **(environment or {}),
        "LIMIT_REQUESTS": "off",
        "NEO4J_URI": endpoint.uri,
        "NEO4J_USER": endpoint.user,
        "NEO4J_PASSWORD": endpoint.password.get_secret_value(),
        "NEO4J_DATABASE": endpoint.database,
    }
    with Popen([sys.executable, *command], stderr=PIPE, text=True, env=os.environ | reached) as process:  # noqa: S603 - our own
        try:
            host, port = _address(process)
            connection = HTTPConnection(host, port, timeout=60)
            yield connection
            connection.close()
        finally:
            process.terminate()


def _address(process: "Popen[str]") -> tuple[str, int]:
    """Wait until the process says that it is ready; read on what it says, so that it never has to wait for us."""
    assert process.stderr  # noqa: S101 - opened as a pipe
    said: list[str] = []
    for line in process.stderr:
        said.append(line)
        if found := search(r"^Ready.* http://([\d.]+):(\d+)", line):
            Thread(target=process.stderr.read, daemon=True).start()
            return found[1], int(found[2])
    message = f"It did not start: {''.join(said)}"
    raise UserInputError(message)


def show(facts: dict[str, Any]) -> None:
    """Show the figures to people."""
    table = Table(title=f"{facts['entities']} entities: the service against a hand-written route (aim: {AIM} or less)")
    for name in (
        "query",
        "ratio",
        "min … max",
        "service ms",
        "peer ms",
        "fastest tenth",
        "first seen: service",
        "peer",
        "bytes",
    ):
        table.add_column(name, justify="left" if name == "query" else "right")
    for one in facts["queries"]:
        ratio, first = one["ratio"], one["firstSeenMs"]
        table.add_row(
            one["query"],
            f"{ratio['median']:.2f}",
            f"{ratio['min']:.2f} … {ratio['max']:.2f}",
            f"{one['serviceMs']:.2f}",
            f"{one['peerMs']:.2f}",
            f"{one['fastestTenth']['ratio']:.2f}",
            f"{first['service']:.0f}",
            f"{first['peer']:.0f}",
            str(one["answerBytes"]),
        )
    console().print(table)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bench.reads", description="Compare the service with hand-written routes.")
    parser.add_argument("--entities", type=int, default=20_000, help="size of the graph (default: 20000)")
    parser.add_argument("--seed", type=int, default=1, help="of the graph (default: 1)")
    parser.add_argument("--rounds", type=int, default=20, help="how many, at most (default: 20)")
    parser.add_argument("--requests", type=int, default=20, help="of each query to each side in a round (default: 20)")
    parser.add_argument("--seconds", type=float, default=180, help="after which no round is begun (default: 180)")
    parser.add_argument("--data-dir", type=Path, help="where to keep the graph for another run (default: nowhere)")
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    given = parser.parse_args()
    if given.entities < FEWEST or given.rounds < FEWEST_ROUNDS or given.requests < 1:
        parser.error(f"{FEWEST} entities, {FEWEST_ROUNDS} rounds and a request in each are the fewest.")
    given.load = round(os.getloadavg()[0], 1)
    return given


def main() -> None:
    """Run the comparison."""
    given = arguments()
    with told(), ExitStack() as stack:
        temporary = Path(stack.enter_context(TemporaryDirectory(prefix="graph-api-bench-")))
        folder = given.data_dir / f"bench-{given.entities}-{given.seed}" if given.data_dir else temporary / "data"
        # Always an engine of its own: this must never write into a graph that somebody needs.
        endpoint = stack.enter_context(open_endpoint(Settings(data_dir=folder, neo4j_uri=None), report))
        asyncio.run(prepared(endpoint, given, temporary / "files"))
        service = Asked(stack.enter_context(running(SERVE, endpoint)), graphql=True)
        peer = Asked(stack.enter_context(running(PEER, endpoint)), graphql=False)
        facts = asyncio.run(measured(endpoint, service, peer, given))
        RESULTS.mkdir(exist_ok=True)
        text = json.dumps(facts, indent=1)
        (RESULTS / f"reads-{given.entities}.json").write_text(f"{text}\n", encoding="utf-8")
        if given.json:
            sys.stdout.write(f"{text}\n")
        else:
            show(facts)


if __name__ == "__main__":
    main()
