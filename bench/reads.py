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
from dataclasses import dataclass, field
from itertools import cycle
from statistics import median
from time import monotonic
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bench.generate import FEWEST
from bench.measuring import arguments_with_graph, generated, tell
from bench.queries import QUERIES, Query
from bench.sides import SERVE, Asked, keys_of, running
from graph_api.cli.terminal import console, report, told
from graph_api.errors import UserInputError
from graph_api.store.connection import Store
from graph_api.store.endpoint import Endpoint

AIM = 1.2
WARMING = 60
FIRST_SEEN = 5
FEWEST_ROUNDS = 3
PEER = ("-m", "bench.peer")


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
    parser.add_argument("--rounds", type=int, default=20, help="how many, at most (default: 20)")
    parser.add_argument("--requests", type=int, default=20, help="of each query to each side in a round (default: 20)")
    parser.add_argument("--seconds", type=float, default=180, help="after which no round is begun (default: 180)")
    given = arguments_with_graph(parser)
    if given.entities < FEWEST or given.rounds < FEWEST_ROUNDS or given.requests < 1:
        parser.error(f"{FEWEST} entities, {FEWEST_ROUNDS} rounds and a request in each are the fewest.")
    return given


def main() -> None:
    """Run the comparison."""
    given = arguments()
    with told(), generated(given) as endpoint, running(SERVE, endpoint) as ours, running(PEER, endpoint) as theirs:
        service, peer = Asked(ours, graphql=True), Asked(theirs, graphql=False)
        facts = asyncio.run(measured(endpoint, service, peer, given))
        tell(facts, given, show, f"reads-{given.entities}")


if __name__ == "__main__":
    main()
