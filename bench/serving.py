"""What the service costs beside the statements it sends, and what an earlier version of it did.

    python -m bench.serving --before ../graph_api-before --rounds 20

Starts an embedded Neo4j of its own, loads a generated graph, and asks three sides the same, turn by turn in one run:
the service, a bare route that sends the very same statements (`bench.bare`), and, where a checkout of it is named, the
service as it was before. See README.md for how to read the table.
"""

import argparse
import asyncio
import json
import os
import sys
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path
from statistics import median
from time import monotonic
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bench.measuring import arguments_with_graph, generated, tell
from bench.peer import path_of
from bench.queries import QUERIES, Query
from bench.reads import WARMING
from bench.sides import KEYS, SERVE, known_keys, running, timed
from graph_api.cli.terminal import console, report, told

BARE = ("-m", "bench.bare")


class Side:
    """One of those that are asked, and what it took, in milliseconds: for each query the median of each round."""

    def __init__(self, name: str, connection: Any, *, bare: bool = False) -> None:
        self.name = name
        self.connection = connection
        self.bare = bare
        self.rounds: dict[str, list[float]] = {query.name: [] for query in QUERIES}

    def ask(self, query: Query, key: str | None) -> float:
        """Send one request; return the milliseconds until the whole answer was there."""
        body = json.dumps({"query": query.graphql, "variables": {} if key is None else {"key": key}})
        return timed(self.connection, path_of(query) if self.bare else "/graphql", body)[0]


def compare(sides: list[Side], known: dict[str, list[str | None]], given: argparse.Namespace) -> None:
    """Measure in rounds: in each, every query, all sides turn by turn, so that what disturbs meets all."""
    for query in QUERIES:
        for _, key in zip(range(max(WARMING, KEYS)), cycle(known[query.name]), strict=False):
            for side in sides:
                side.ask(query, key)
    end = monotonic() + given.seconds
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as progress:
        for number in progress.track(range(given.rounds), description="Measuring"):
            if monotonic() > end:
                report(f"Time is up after {number} of {given.rounds} rounds.")
                break
            for query in QUERIES:
                times: list[list[float]] = [[] for _ in sides]
                some = cycle(known[query.name][number % len(known[query.name]) :] + known[query.name])
                for turn in range(given.requests):
                    key = next(some)
                    for place in range(len(sides)):
                        at = (turn + place) % len(sides)
                        times[at].append(sides[at].ask(query, key))
                for side, took in zip(sides, times, strict=True):
                    side.rounds[query.name].append(median(took))


def facts(sides: list[Side], given: argparse.Namespace) -> dict[str, Any]:
    """Return the figures for programs: milliseconds, and ratios to the bare route, each the median of the rounds."""
    *services, bare = sides
    return {
        "entities": given.entities,
        "requestsInARound": given.requests,
        "loadBefore": given.load,
        "cores": os.cpu_count(),
        "queries": [
            {
                "query": query.name,
                "bareMs": round(median(bare.rounds[query.name]), 3),
                **{
                    side.name: {
                        "ms": round(median(side.rounds[query.name]), 3),
                        "ratio": round(median(_ratios(side, bare, query)), 3),
                        "min": round(min(_ratios(side, bare, query)), 3),
                        "max": round(max(_ratios(side, bare, query)), 3),
                    }
                    for side in services
                },
            }
            for query in QUERIES
        ],
    }


def _ratios(side: Side, bare: Side, query: Query) -> list[float]:
    return [ours / theirs for ours, theirs in zip(side.rounds[query.name], bare.rounds[query.name], strict=True)]


def show(found: dict[str, Any]) -> None:
    """Show the figures to people."""
    names = [name for name, its in found["queries"][0].items() if isinstance(its, dict)]
    table = Table(
        title=f"{found['entities']} entities: the service against a bare route that sends the same statements"
    )
    table.add_column("query")
    for name in ("bare ms", *(f"{name}: {what}" for name in names for what in ("ms", "ratio", "min … max"))):
        table.add_column(name, justify="right")
    for one in found["queries"]:
        cells = [one["query"], f"{one['bareMs']:.2f}"]
        for name in names:
            its = one[name]
            cells += [f"{its['ms']:.2f}", f"{its['ratio']:.2f}", f"{its['min']:.2f} … {its['max']:.2f}"]
        table.add_row(*cells)
    console().print(table)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bench.serving", description="Compare the service with bare statements.")
    parser.add_argument("--rounds", type=int, default=20, help="how many, at most (default: 20)")
    parser.add_argument("--requests", type=int, default=20, help="of each query to each side in a round (default: 20)")
    parser.add_argument("--seconds", type=float, default=180, help="after which no round is begun (default: 180)")
    parser.add_argument("--before", type=Path, help="a checkout of the version before, to be measured as well")
    return arguments_with_graph(parser)


def main() -> None:
    """Run the comparison."""
    given = arguments()
    with told(), generated(given) as endpoint, ExitStack() as stack:
        sides = [Side("now", stack.enter_context(running(SERVE, endpoint)))]
        if given.before:
            # Python would look into the folder where it is started, this version's, before all else.
            there = {"PYTHONPATH": str(given.before.resolve()), "PYTHONSAFEPATH": "1"}
            sides.append(Side("before", stack.enter_context(running(SERVE, endpoint, there))))
        sides.append(Side("bare", stack.enter_context(running(BARE, endpoint)), bare=True))
        compare(sides, asyncio.run(known_keys(endpoint, *QUERIES)), given)
        tell(facts(sides, given), given, show, f"serving-{given.entities}")


if __name__ == "__main__":
    main()
