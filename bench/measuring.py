"""What the measurements share: a Neo4j of their own, its graph, and how they tell what they found."""

import asyncio
import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.generate import generate
from bench.load import load
from graph_api.cli.terminal import report
from graph_api.settings import Settings
from graph_api.store.connection import Store
from graph_api.store.endpoint import Endpoint, open_endpoint

RESULTS = Path(__file__).parent / "results"


def arguments_of(parser: ArgumentParser) -> Namespace:
    """Read the command line of a measurement, with `json`, which all of them have, and the `load` before."""
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    given = parser.parse_args()
    given.load = round(os.getloadavg()[0], 1)
    return given


def arguments_with_graph(parser: ArgumentParser) -> Namespace:
    """Read the command line of a measurement over a generated graph; see `generated`."""
    parser.add_argument("--entities", type=int, default=20_000, help="size of the graph (default: 20000)")
    parser.add_argument("--seed", type=int, default=1, help="of the graph (default: 1)")
    parser.add_argument("--data-dir", type=Path, help="where to keep the graph for another run (default: nowhere)")
    return arguments_of(parser)


@contextmanager
def own_engine(folder: Path | None = None) -> Iterator[Endpoint]:
    """Run an embedded Neo4j: a measurement must never write into a graph that somebody needs."""
    with TemporaryDirectory(prefix="graph-api-bench-") as temporary:
        settings = Settings(data_dir=folder or Path(temporary), neo4j_uri=None)
        with open_endpoint(settings, report) as endpoint:
            yield endpoint


@contextmanager
def generated(given: Namespace) -> Iterator[Endpoint]:
    """Run an embedded Neo4j with the graph that the command line asks for, loaded unless it is there already."""
    folder = given.data_dir / f"bench-{given.entities}-{given.seed}" if given.data_dir else None
    with own_engine(folder) as endpoint:
        asyncio.run(_filled(endpoint, given))
        yield endpoint


def tell(facts: dict[str, Any], given: Namespace, show: Callable[[dict[str, Any]], None], name: str = "") -> None:
    """Print what was found, for people or as JSON, and keep it among the results where it is given a name."""
    text = f"{json.dumps(facts, indent=1)}\n"
    if name:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / f"{name}.json").write_text(text, encoding="utf-8")
    if given.json:
        sys.stdout.write(text)
    else:
        show(facts)


async def _filled(endpoint: Endpoint, given: Namespace) -> None:
    store = await Store.open(endpoint)
    try:
        (count,) = await store.read("MATCH (n:Entity) RETURN count(n)")
        if count < given.entities:
            report(f"Generating and loading {given.entities} entities …")
            with TemporaryDirectory(prefix="graph-api-bench-") as files:
                await load(store, generate(given.entities, given.seed, Path(files)))
    finally:
        await store.close()
