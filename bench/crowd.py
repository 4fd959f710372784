"""How quick a small query stays while eight expensive ones are always in flight, in one run.

    python -m bench.crowd --entities 20000

Starts an embedded Neo4j and a service of its own over a generated graph. For each expensive query the small one is
asked alone, then beside eight clients, in a process of their own, that send the expensive one again and again.
"""

import argparse
import asyncio
import json
import os
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import cycle
from multiprocessing import get_context
from time import monotonic, sleep
from typing import Any

from rich.table import Table

from bench.measuring import arguments_with_graph, generated, tell
from bench.queries import QUERIES
from bench.sides import SERVE, known_keys, running, timed
from graph_api.cli.terminal import console, told
from graph_api.errors import UserInputError

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
    # Clients have machines of their own: here they take only what the service, its Neo4j and who measures leave over.
    os.nice(19)

    def one() -> None:
        connection = HTTPConnection(host, port, timeout=120)
        while monotonic() < until:
            timed(connection, "/graphql", json.dumps({"query": query}))

    with ThreadPoolExecutor(CLIENTS) as clients:
        for client in [clients.submit(one) for _ in range(CLIENTS)]:
            client.result()


def small(connection: HTTPConnection, keys: list[str | None], seconds: float) -> list[float]:
    """Ask the small query for so long; return the milliseconds."""
    end, times = monotonic() + seconds, []
    for key in cycle(keys):
        body = json.dumps({"query": SMALL.graphql, "variables": {"key": key}})
        times.append(timed(connection, "/graphql", body)[0])
        if monotonic() > end:
            return times
    raise AssertionError


def measured(connection: HTTPConnection, keys: list[str | None], seconds: float) -> list[dict[str, Any]]:
    """Measure the small query alone and beside each expensive one."""
    context, found = get_context("spawn"), []
    for query in EXPENSIVE.values():
        timed(connection, "/graphql", json.dumps({"query": query}))
    sleep(10)  # until the annex, which the first of them has called for, is ready
    small(connection, keys, 3)
    for name, query in EXPENSIVE.items():
        # Half of it afterwards, so that what else goes on at the time meets both.
        alone = small(connection, keys, seconds / 2)
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
        alone += small(connection, keys, seconds / 2)
        quiet, crowded = _told(sorted(alone)), _told(sorted(beside))
        ratio = round(crowded["p99"] / quiet["p99"], 2)
        found.append({"beside": name, "alone": quiet, "crowded": crowded, "p99Ratio": ratio})
    return found


def _told(times: list[float]) -> dict[str, float]:
    return {f"p{part}": round(times[len(times) * part // 100], 2) for part in (50, 95, 99)} | {"requests": len(times)}


def show(facts: dict[str, Any]) -> None:
    """Show the figures to people."""
    table = Table(title=f"A small query alone and beside {CLIENTS} clients with an expensive one, in milliseconds")
    for name in ("beside", "alone p50", "p99", "crowded p50", "p99", "ratio of p99"):
        table.add_column(name, justify="left" if name == "beside" else "right")
    for one in facts["found"]:
        cells = [f"{one[when][part]:.2f}" for when in ("alone", "crowded") for part in ("p50", "p99")]
        table.add_row(one["beside"], *cells, f"{one['p99Ratio']:.2f}")
    console().print(table)


def main() -> None:
    """Run the measurement."""
    parser = argparse.ArgumentParser(prog="bench.crowd", description="A small query beside expensive ones.")
    parser.add_argument("--seconds", type=float, default=10, help="of each measurement (default: 10)")
    given = arguments_with_graph(parser)
    with told(), generated(given) as endpoint, running(SERVE, endpoint) as connection:
        keys = asyncio.run(known_keys(endpoint, SMALL))[SMALL.name]
        found = measured(connection, keys, given.seconds)
        facts = {"entities": given.entities, "loadBefore": given.load, "found": found}
        tell(facts, given, show, f"crowd-{given.entities}")


if __name__ == "__main__":
    main()
