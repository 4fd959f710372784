"""How quick a small query stays while eight expensive ones are always in flight, in one run.

    python -m bench.crowd --entities 20000

Starts an embedded Neo4j and a service of its own over a generated graph. For each expensive query the small one is
asked alone, then beside eight clients, in a process of their own, that send the expensive one again and again.
"""

import argparse
import asyncio
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http.client import HTTPConnection
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import Any

from rich.table import Table

from bench.queries import QUERIES
from bench.reads import RESULTS, SERVE, known_keys, prepared, running, timed
from graph_api.cli.terminal import console, report, told
from graph_api.errors import UserInputError
from graph_api.settings import Settings
from graph_api.store.endpoint import open_endpoint

SMALL = QUERIES[0]
CLIENTS = 8
EXPENSIVE = {
    "coverage": "{ coverage { pains { total } } }",
    "gaps": "{ gaps(first: 100) { totalCount nodes { mending } } }",
    "deep list": (
        "{ insights(first: 200) { nodes { key opportunities { nodes { key propositions { nodes { key initiatives {"
        " nodes { key ownedBy { name } } } } } } } } } }"
    ),
    "portfolio": "{ portfolio(of: PROPOSITION, first: 50) { nodes { item { key } score { value } } } }",
    "plan": '{ plan(budget: "5000000") { objective } }',
}


def press(host: str, port: int, query: str, until: float) -> None:
    """Send an expensive query again and again, `CLIENTS` at a time, until a moment of the monotonic clock."""

    def one() -> None:
        connection = HTTPConnection(host, port, timeout=120)
        while monotonic() < until:
            timed(connection, "/graphql", json.dumps({"query": query}))

    with ThreadPoolExecutor(CLIENTS) as clients:
        for client in [clients.submit(one) for _ in range(CLIENTS)]:
            client.result()


def small(connection: HTTPConnection, keys: list[str | None], seconds: float) -> list[float]:
    """Ask the small query for so long; return the milliseconds, the shortest first."""
    end, times = monotonic() + seconds, []
    for key in cycle(keys):
        body = json.dumps({"query": SMALL.graphql, "variables": {"key": key}})
        times.append(timed(connection, "/graphql", body)[0])
        if monotonic() > end:
            return sorted(times)
    raise AssertionError


def measured(connection: HTTPConnection, keys: list[str | None], seconds: float) -> list[dict[str, Any]]:
    """Measure the small query alone and beside each expensive one."""
    context, found = get_context("spawn"), []
    for query in EXPENSIVE.values():
        timed(connection, "/graphql", json.dumps({"query": query}))
    sleep(10)  # until the annex, which the first of them has called for, is ready
    small(connection, keys, 3)
    for name, query in EXPENSIVE.items():
        alone = small(connection, keys, seconds)
        # Long enough for the process to begin, which takes a processor for a while.
        until = monotonic() + seconds + 6
        crowd = context.Process(target=press, args=(connection.host, connection.port, query, until))
        crowd.start()
        sleep(5)
        beside = small(connection, keys, seconds)
        crowd.join()
        if crowd.exitcode:
            message = f"The clients that ask for {name!r} did not all get their answers; the lines above say why."
            raise UserInputError(message)
        quiet, crowded = _told(alone), _told(beside)
        ratio = round(crowded["p99"] / quiet["p99"], 2)
        found.append({"beside": name, "alone": quiet, "crowded": crowded, "p99Ratio": ratio})
    return found


def _told(times: list[float]) -> dict[str, float]:
    return {f"p{part}": round(times[len(times) * part // 100], 2) for part in (50, 95, 99)} | {"requests": len(times)}


def show(found: list[dict[str, Any]]) -> None:
    """Show the figures to people."""
    table = Table(title=f"A small query alone and beside {CLIENTS} clients with an expensive one, in milliseconds")
    for name in ("beside", "alone p50", "p99", "crowded p50", "p99", "ratio of p99"):
        table.add_column(name, justify="left" if name == "beside" else "right")
    for one in found:
        cells = [f"{one[when][part]:.2f}" for when in ("alone", "crowded") for part in ("p50", "p99")]
        table.add_row(one["beside"], *cells, f"{one['p99Ratio']:.2f}")
    console().print(table)


def main() -> None:
    """Run the measurement."""
    parser = argparse.ArgumentParser(prog="bench.crowd", description="A small query beside expensive ones.")
    parser.add_argument("--entities", type=int, default=20_000, help="size of the graph (default: 20000)")
    parser.add_argument("--seed", type=int, default=1, help="of the graph (default: 1)")
    parser.add_argument("--seconds", type=float, default=10, help="of each measurement (default: 10)")
    parser.add_argument("--data-dir", type=Path, help="where to keep the graph for another run (default: nowhere)")
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    given = parser.parse_args()
    given.load = round(os.getloadavg()[0], 1)
    with told(), ExitStack() as stack:
        temporary = Path(stack.enter_context(TemporaryDirectory(prefix="graph-api-bench-")))
        folder = given.data_dir / f"bench-{given.entities}-{given.seed}" if given.data_dir else temporary / "data"
        endpoint = stack.enter_context(open_endpoint(Settings(data_dir=folder, neo4j_uri=None), report))
        asyncio.run(prepared(endpoint, given, temporary / "files"))
        connection = stack.enter_context(running(SERVE, endpoint))
        keys = asyncio.run(known_keys(endpoint, SMALL))[SMALL.name]
        found = measured(connection, keys, given.seconds)
        text = json.dumps({"entities": given.entities, "loadBefore": given.load, "found": found}, indent=1)
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / f"crowd-{given.entities}.json").write_text(f"{text}\n", encoding="utf-8")
        if given.json:
            sys.stdout.write(f"{text}\n")
        else:
            show(found)


if __name__ == "__main__":
    main()
